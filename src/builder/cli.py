"""The command ``builder``. Nothing else in the package prints or exits."""

import gc
import json
import logging
import os
import shlex
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from builder import __version__
from builder.commands.coding import coding, sample
from builder.commands.importing import import_
from builder.commands.review import adjudicate, review
from builder.commands.shared import EXIT_FAILED, EXIT_FINDINGS, PATH, coding_option, package_argument, reported, say
from builder.commands.sharing import diff, export, release, speakers
from builder.corpus import OBJECTS_BETWEEN_COLLECTIONS
from builder.errors import PublishError
from builder.observing import LogFormat, observing
from builder.publish.citation import Style
from builder.publish.writing import write_whole
from builder.text.printable import printable

if TYPE_CHECKING:
    from builder.pipeline import Build, Settings
    from builder.validate.findings import Finding

_MOST_FINDINGS = 200


def main() -> None:
    """Runs the command with one thread of linear algebra a process: on products this small, more only burn processor time.

    Ends the process at once: freeing each object first takes a tenth of a build of 4 MB.
    """
    _open_streams()
    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it notes of a file is told as a reject
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    try:
        with reported():
            app(prog_name="builder")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        try:
            sys.stdout.flush()
        except OSError as error:
            if not code:
                code = EXIT_FAILED
                print(f"builder: output: {error.strerror}", file=sys.stderr)
        with suppress(OSError):
            sys.stderr.flush()
        os._exit(code)


def _open_streams() -> None:
    """Streams that were closed lead nowhere; else the next file that is opened would take their place."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            setattr(sys, name, os.fdopen(number, "w" if number else "r"))


def _columns(command: "Callable[..., None]") -> "Callable[..., None]":
    """An option for each field of an article: the column or key that holds it."""
    for field in ("language", "url", "published", "publisher", "title", "article_id", "text"):
        option = {"article_id": "id", "published": "date"}.get(field, field)
        what = f"Column or key of an article's {option}, where it has none of the usual names."
        command = click.option(f"--{option}-column", f"{field}_column", metavar="NAME", help=what)(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="builder %(version)s", help="Print the version.")
def app() -> None:
    """Turn news articles into checked, citable tables of participants, agencies, quotes and dates."""


for _command in (sample, review, adjudicate, coding, diff, speakers, export, import_, release):
    app.add_command(_command)


@app.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=PATH)
@click.option("--out", metavar="DIR", type=PATH, help="Folder that becomes the package.")
@click.option(
    "--metadata", metavar="FILE", type=PATH, help="YAML file with the dataset's title, licence, contributors and so on."
)
@click.option("--encoding", metavar="NAME", help="Encoding of text and CSV files; else what is not UTF-8 is guessed, and told.")
@_columns
@click.option(
    "--dates",
    "day_order",
    type=click.Choice(["dmy", "mdy"]),
    help="What 05/06/2020 gives first; in a text only where language and publisher do not tell.",
)
@click.option("--urls", metavar="FILE", type=PATH, help="Table with address, date and more of saved pages, joined by address.")
@click.option("--join-lines", is_flag=True, help="Put together words and lines that a printed page has broken.")
@click.option(
    "--text/--no-text", "include_text", default=True, help="Publish the articles' texts (the default), or only their checksums."
)
@click.option("--strict", is_flag=True, help="End at the first article that cannot be read.")
@click.option("--follow-links", is_flag=True, help="Read links that lead out of the folder they are in, too.")
@click.option("--csv", is_flag=True, help="CSV files too, where a package is large enough to be in parts.")
@click.option(
    "--partition-by", type=click.Choice(["published-year"]), help="Parts by the year of publication, for large packages."
)
@click.option("--jobs", "-j", metavar="N", type=click.IntRange(min=1), help="Processes; by default one for each core.")
@click.option("--scheduler", metavar="ADDRESS", help="A running Dask cluster, such as tcp://host:8786.")
@click.option(
    "--log-format",
    type=click.Choice([str(form) for form in LogFormat]),
    default=str(LogFormat.text),
    help="What is said on stderr: text for people (the default), or a JSON object a line.",
)
@coding_option
@click.option("--report", metavar="FILE", type=PATH, help="Write counts, rejects and seconds by stage to FILE.")
def build(
    paths: tuple[Path, ...],
    out: Path | None,
    metadata: Path | None,
    coding: Path | None,
    report: Path | None,
    log_format: str,
    **options: Any,
) -> None:
    """Build a package: CSV and Parquet tables with their descriptor.

    PATH is a file of articles or a folder of such files: texts, tables, JSON, saved pages, word processors' files, and
    downloads of Nexis, Factiva and ProQuest; docs/sources.md says which forms are read, and how. Without PATH, build the project
    in the working directory: sources/ into datapackage/ and datapackage.json.

    What cannot be read becomes a row of the table rejects. A package that stands there is replaced only when the new one is
    complete and has passed its checks; a build that was killed goes on where it stood when it is run again.

    Decisions of people in coding/ are applied; `builder coding check` says what became of them.
    """
    from builder import pipeline  # noqa: PLC0415

    settings = _settings(**options)
    with reported():
        if report:
            _refuse_report(report)
        with observing(LogFormat(log_format), paths) as observer:
            result = pipeline.build(paths, out, metadata=metadata, settings=settings, observer=observer, coding=coding)
        observer.done(result)
        if report:
            write_whole(report, (json.dumps(result.report(), ensure_ascii=False, indent=2) + "\n").encode())
        _summarise(result)


def _settings(*, partition_by: str | None, **options: Any) -> "Settings":
    """The options of a build that are called as its settings, with those of columns put together."""
    from builder.pipeline import Settings  # noqa: PLC0415
    from builder.reading.columns import Columns  # noqa: PLC0415

    columns = {name: options.pop(name) for name in list(options) if name.endswith("_column")}
    given = Columns(**{name.removesuffix("_column"): column for name, column in columns.items()})
    return Settings(columns=given, by_year=partition_by is not None, **options)


@app.command()
@package_argument
@click.option(
    "--frictionless/--no-frictionless", default=False, help="Run frictionless too, which finds nothing more but takes long."
)
def validate(package: Path, frictionless: bool) -> None:
    """Check a published package.

    Everything frictionless checks, and spans, references within articles, and that CSV and Parquet hold the same.
    DATAPACKAGE is a datapackage.json or its folder.

    Exit code 0: valid (there may be warnings); 1: findings; 2: the package could not be read; 3: a fault of builder.
    """
    from builder.pipeline import own_page  # noqa: PLC0415
    from builder.validate.findings import errors  # noqa: PLC0415
    from builder.validate.package import validate_package  # noqa: PLC0415

    with reported():
        findings = validate_package(package, frictionless, own_page)
    if findings:
        _list_findings(findings)
    wrong = errors(findings)
    say(f"{package}: " + (f"{len(wrong)} findings" if wrong else "valid") + f", {len(findings) - len(wrong)} warnings")
    if wrong:
        sys.exit(EXIT_FINDINGS)


@app.command()
@package_argument
@click.option("--out", metavar="DIR", type=PATH, default="page", show_default=True, help="Folder for the pages.")
def page(package: Path, out: Path) -> None:
    """Write the reading page: articles with their spans marked.

    The tables stand beside the articles, in HTML that needs no network. All articles are in one file as long as that stays
    small; else there is a list, index.html, and a file for each. DATAPACKAGE is a datapackage.json or its folder.
    """
    from builder.page.writing import write_pages  # noqa: PLC0415

    with reported():
        written = write_pages(package, out)
    say(f"{written[0]}" + (f" and {len(written) - 1:,} pages beside it" if written[1:] else ""))


@app.command()
@click.argument("row_id", metavar="[ROW_ID]", required=False)
@click.option(
    "--package",
    metavar="DATAPACKAGE",
    type=PATH,
    default="datapackage.json",
    show_default=True,
    help="A datapackage.json, or its folder.",
)
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice([str(style) for style in Style]),
    default=str(Style.apa),
    show_default=True,
    help="The form of the citation.",
)
def cite(row_id: str | None, package: Path, form: str) -> None:
    """Print how to cite the dataset, or one row of it.

    ROW_ID is the key of a row, which is cited with its article, its span and the dataset's version.
    """
    from builder.publish.cite import cite as citation  # noqa: PLC0415

    with reported():
        text = citation(package, row_id, Style(form))
    say(text, nl=False)


@app.command()
@package_argument
@click.option("--out", metavar="DIR", type=PATH, default="figures", show_default=True, help="Folder for the figures.")
def plot(package: Path, out: Path) -> None:
    """Write a timeline and a network of speakers as figures.

    As SVG and PNG; needs the extra 'plot'. DATAPACKAGE is a datapackage.json or its folder.
    """
    from builder.plot import write_figures  # noqa: PLC0415

    with reported():
        written = write_figures(package, out)
    for path in written:
        say(str(path))


@app.command()
@click.argument("directory", metavar="DIR", type=PATH)
def new(directory: Path) -> None:
    """Start a dataset of your own.

    DIR, which must be new or empty, gets an example article, its metadata, a README with the citation, and CI that installs this
    builder (the wheel or the repository that it was installed from) and validates.
    """
    from builder.new import WHEELS, origin, start_project  # noqa: PLC0415

    with reported():
        installed = origin()
        written = start_project(directory, installed)
    for path in written:
        say(str(path))
    if not installed.is_complete:
        source = shlex.quote(str(installed.checkout or "FOLDER-OF-ITS-SOURCE"))
        say(f"its CI needs the builder's wheel: pip wheel --no-deps -w {shlex.quote(str(directory / WHEELS))} {source}")
    say(f"next: cd {shlex.quote(str(directory))} && builder build && builder validate")


def _refuse_report(path: Path) -> None:
    """What would fail when everything is published is told before anything is."""
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise PublishError(f"{path}: no place for the report")


def _summarise(result: "Build") -> None:
    places = {name: result.root / "datapackage" / name for name in result.rows}
    lines = [("table", "rows", "files")]
    lines += [
        (name, f"{rows:,}", f"{places[name]}/*.parquet" if places[name].is_dir() else f"{places[name]}.csv, .parquet")
        for name, rows in result.rows.items()
    ]
    widths = [max(len(line[i]) for line in lines) for i in range(2)]
    for name, rows, files in lines:
        say(f"{name:<{widths[0]}}  {rows:>{widths[1]}}  {files}")
    say(f"package: {result.root / 'datapackage.json'}")
    if result.corpus.warnings:
        say(f"{result.corpus.warnings} warnings; `builder validate` lists them")


def _list_findings(findings: "list[Finding]") -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table("severity", "file", "row", "column", "check", "expected", "found", box=None, header_style="bold")
    for finding in findings[:_MOST_FINDINGS]:
        table.add_row(*(Text("" if cell is None else printable(str(cell))) for cell in finding))
    console = Console(width=None if sys.stdout.isatty() else 200)
    console.print(table)
    if len(findings) > _MOST_FINDINGS:
        console.print(f"... and {len(findings) - _MOST_FINDINGS:,} more")
