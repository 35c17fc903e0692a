"""What all commands share: exit codes, and errors as one line."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NoReturn

import click

from builder.errors import BuilderError, PublishError
from builder.text.printable import printable

EXIT_FINDINGS = 1
EXIT_FAILED = 2
EXIT_FAULT = 3
EXIT_INTERRUPTED = 130
"""What shells give a command that Ctrl-C ended."""

PATH = click.Path(path_type=Path)
package_argument = click.argument("package", metavar="[DATAPACKAGE]", type=PATH, default="datapackage.json")
coding_option = click.option(
    "--coding", metavar="DIR", type=PATH, help="Folder of people's decisions; by default coding/ beside datapackage.json."
)


def say(text: str, *, nl: bool = True, err: bool = False) -> None:
    """Print what may hold words of others."""
    click.echo(printable(text), nl=nl, err=err)


@contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """A text file to write. Raises PublishError where that cannot be."""
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            yield file
    except OSError as error:
        raise PublishError(f"{path}: {error.strerror or error}") from error


@contextmanager
def reported() -> Iterator[None]:
    """Errors raised on purpose, and those of the system, become one line on stderr; any other is told as a fault of ours."""
    try:
        yield
    except BuilderError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or 'output'}: {error.strerror or error}")
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except KeyboardInterrupt:
        fail("interrupted", EXIT_INTERRUPTED)
    except Exception as error:
        say(traceback.format_exc(), err=True)
        fail(f"a fault of builder: {type(error).__name__}; please report it with the lines above", EXIT_FAULT)


def fail(message: str, code: int = EXIT_FAILED) -> NoReturn:
    with suppress(OSError):
        say(f"builder: {message}".replace("\n", " "), err=True)
    sys.exit(code)
