"""``builder import``: rows that another tool, program or language model made."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands.shared import EXIT_FINDINGS, PATH, coding_option, package_argument, reported, say
from builder.errors import PublishError
from builder.exchange import EXTRAS, IMPORTED

if TYPE_CHECKING:
    from builder.exchange.claimed import Read
    from builder.exchange.importing import Report

_MOST_REJECTS = 20
_FORMS = "\n".join(f"{name:<15} {what}" for name, what in IMPORTED.items())
_HELP = f"""Take rows that another tool, a program or a language model made of the package's articles.

Every passage is proved: it must stand in the article where the row says, or stand there once; else the row is
rejected, with its reason. The rows are kept in coding/imports/NAME.jsonl, and the next `builder build` puts them
beside the machine's, under the rule import:NAME, or in their place.

\b
{_FORMS}
"""


@click.command("import", help=_HELP)
@click.argument("file", metavar="FILE", type=PATH)
@package_argument
@click.option("--format", "-f", "form", type=click.Choice(list(IMPORTED)), required=True, help="The form; see above.")
@click.option("--as", "name", metavar="NAME", required=True, help="Name of the import: small letters, digits, hyphens.")
@click.option("--instead-of", metavar="TABLES", help="Tables whose machine rows give way, in the articles that FILE is about.")
@click.option("--table", metavar="TABLE", help="The table of rows that do not name one.")
@click.option("--label", "labels", multiple=True, metavar="NAME=TABLE-KIND", help="What a label of another scheme means.")
@click.option("--offsets", type=click.Choice(["utf-16", "code-points"]), default="utf-16", help="Unit of doccano's offsets.")
@click.option("--model", metavar="TEXT", help="The model or program that made the rows.")
@click.option("--prompt", metavar="FILE", type=PATH, help="The prompt that it was given; its SHA-256 is kept.")
@click.option("--parameters", metavar="TEXT", help="Its parameters, as they should stand in the table runs.")
@click.option("--again", is_flag=True, help="Replace the import that has this name.")
@click.option("--strict", is_flag=True, help="Exit code 1, and nothing written, where a row is rejected.")
@coding_option
def import_(
    file: Path,
    package: Path,
    form: str,
    name: str,
    instead_of: str | None,
    table: str | None,
    labels: tuple[str, ...],
    offsets: str,
    model: str | None,
    prompt: Path | None,
    parameters: str | None,
    again: bool,
    strict: bool,
    coding: Path | None,
) -> None:
    from builder.coding.runs import Run  # noqa: PLC0415
    from builder.exchange.claimed import parse_labels  # noqa: PLC0415
    from builder.exchange.files import fingerprint_of  # noqa: PLC0415
    from builder.exchange.importing import import_rows  # noqa: PLC0415

    replaced = _imported_tables(instead_of)
    _imported_tables(table)
    own: dict[str, dict[str, object]] = {"rows": {"table": table}, "doccano": {"utf16": offsets == "utf-16"}}
    with reported():
        run = Run(
            run=name,
            form=form,
            source=_written(file.resolve().name),
            source_sha256=fingerprint_of(file),
            instead_of=replaced,
            imported=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            model=_written(model or "") or None,
            prompt_sha256=fingerprint_of(prompt) if prompt else None,
            parameters=_written(parameters or "") or None,
        )
        read = _reader(form)(file, parse_labels(labels), **own.get(form, {}))
        report = import_rows(package, coding, run, read, strict=strict, again=again)
    _tell(report, strict)


def _imported_tables(given: str | None) -> tuple[str, ...]:
    """Names with commas between them, each once."""
    from builder.coding.runs import IMPORTED_TABLES  # noqa: PLC0415

    names = tuple(dict.fromkeys(given.split(","))) if given else ()
    for name in names:
        if name not in IMPORTED_TABLES:
            raise click.UsageError(f"{name!r} is none of {', '.join(IMPORTED_TABLES)}")
    return names


def _reader(form: str) -> Callable[..., "Iterator[Read]"]:
    """Raises PublishError where an extra is missing."""
    try:
        reader: Callable[..., Iterator[Read]] = import_module(f"builder.exchange.{form.replace('-', '_')}").read
    except ImportError as error:
        extra = EXTRAS.get(form, form)
        raise PublishError(f"{form} needs the extra {extra!r}: pip install 'article-tables[{extra}]' ({error})") from None
    return reader


def _written(text: str) -> str:
    """Text of the command line, which need not be UTF-8, as a table can hold it."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _tell(report: "Report", strict: bool) -> None:
    for table, count in report.rows.items():
        say(f"{table:<13} {count:>8,}")
    if report.placed["moved"] or report.placed["anchored"]:
        say(f"{report.placed['moved']:,} moved to the one place where their text stands")
        say(f"{report.placed['anchored']:,} had no place, and were put where their text stands once")
    for (table, column), count in sorted(report.ignored.items()):
        say(f"{column}: no column of {table}, left out of {count:,} rows")
    say(f"{'rejected':<13} {len(report.rejects):>8,}")
    for reject in report.rejects[:_MOST_REJECTS]:
        say(f"  {reject.place}: {reject.reason}", err=True)
    if len(report.rejects) > _MOST_REJECTS:
        say(f"  ... and {len(report.rejects) - _MOST_REJECTS:,} more, in the file", err=True)
    if strict and report.rejects:
        say("nothing written")
        sys.exit(EXIT_FINDINGS)
    say(f"{report.path}")
    say("next: builder build")
