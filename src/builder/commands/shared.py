"""What all commands share: exit codes, and errors as one line."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from builder.errors import BuilderError

EXIT_FINDINGS = 1
EXIT_FAILED = 2

PATH = click.Path(path_type=Path)
package_argument = click.argument("package", metavar="[DATAPACKAGE]", type=PATH, default="datapackage.json")
coding_option = click.option(
    "--coding", metavar="DIR", type=PATH, help="Folder of people's decisions; by default coding/ beside datapackage.json."
)


@contextmanager
def reported() -> Iterator[None]:
    """Errors raised on purpose become one line on stderr and exit code 2."""
    try:
        yield
    except BuilderError as error:
        click.echo(f"builder: {error}".replace("\n", " "), err=True)
        sys.exit(EXIT_FAILED)
