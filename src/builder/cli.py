"""The command ``builder``. Nothing else in the package prints or exits."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from builder import __version__
from builder.errors import BuilderError
from builder.observing import LogFormat, observing
from builder.publish.citation import Style

if TYPE_CHECKING:
    from builder.pipeline import Build
    from builder.validate.findings import Finding

EXIT_FINDINGS = 1
EXIT_FAILED = 2
_MOST_FINDINGS = 200


class Partition(StrEnum):
    published_year = "published-year"


PackagePath = Annotated[Path, typer.Argument(metavar="[DATAPACKAGE]", help="A datapackage.json, or its folder.")]

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def main() -> None:
    """Runs the command with one thread of linear algebra a process: on products this small, more only burn processor time."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app()


@contextmanager
def reported() -> Iterator[None]:
    """Errors raised on purpose become one line on stderr and exit code 2."""
    try:
        yield
    except BuilderError as error:
        _say(f"builder: {error}")
        raise typer.Exit(EXIT_FAILED) from None


def _say(line: str) -> None:
    typer.echo(line.replace("\n", " "), err=True)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"builder {__version__}")
        raise typer.Exit


@app.callback()
def builder(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Turn news articles into checked, citable tables of participants, agencies, quotes and dates."""


@app.command()
def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Articles: .txt, .jsonl (one article a line; also .gz, .zst), .parquet, .arrow, .html, or folders of them.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder that becomes the package.")] = None,
    metadata: Annotated[
        Path | None,
        typer.Option("--metadata", metavar="FILE", help="YAML file with the dataset's title, licence, contributors and so on."),
    ] = None,
    text: Annotated[bool, typer.Option("--text/--no-text", help="Publish the articles' texts, or only their checksums.")] = True,
    strict: Annotated[bool, typer.Option("--strict", help="End at the first article that cannot be read.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV files too, where a package is large enough to be in parts.")] = False,
    partition_by: Annotated[
        Partition | None, typer.Option("--partition-by", help="Parts by the year of publication, for large packages.")
    ] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes; by default one for each core.")] = None,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="A running Dask cluster, such as tcp://host:8786.")
    ] = None,
    log_format: Annotated[
        LogFormat, typer.Option("--log-format", help="What is said on stderr: for people, or a JSON object a line.")
    ] = LogFormat.text,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write counts, rejects and seconds by stage to FILE.")
    ] = None,
) -> None:
    """Build a package: CSV and Parquet tables with their descriptor.

    Without PATH, build the project in the working directory: sources/ into datapackage/ and datapackage.json.
    What cannot be read becomes a row of the table rejects. A package that stands there is replaced only when the new one is
    complete and has passed its checks; a build that was killed goes on where it stood when it is run again.
    """
    from builder import pipeline  # noqa: PLC0415

    settings = pipeline.Settings(
        include_text=text, csv=csv, by_year=partition_by is not None, strict=strict, jobs=jobs, scheduler=scheduler
    )
    with reported(), observing(log_format, paths or []) as observer:
        result = pipeline.build(paths or (), out, metadata=metadata, settings=settings, observer=observer)
    observer.done(result)
    if report:
        report.write_text(json.dumps(result.report(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    _summarise(result)


@app.command()
def validate(
    package: PackagePath = Path("datapackage.json"),
    frictionless: Annotated[
        bool | None,
        typer.Option("--frictionless/--no-frictionless", help="Run frictionless too; by default up to 50 MB of CSV."),
    ] = None,
) -> None:
    """Check a published package: everything frictionless checks, then spans, keys, references, hashes and CSV = Parquet.

    Exit code 0: valid (there may be warnings); 1: findings; 2: the package could not be read.
    """
    from builder.validate.findings import errors  # noqa: PLC0415
    from builder.validate.package import validate_package  # noqa: PLC0415

    with reported():
        findings = validate_package(package, frictionless)
    if findings:
        _list_findings(findings)
    wrong = errors(findings)
    typer.echo(f"{package}: " + (f"{len(wrong)} findings" if wrong else "valid") + f", {len(findings) - len(wrong)} warnings")
    if wrong:
        raise typer.Exit(EXIT_FINDINGS)


@app.command()
def page(
    package: PackagePath = Path("datapackage.json"),
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the pages.")] = Path("page"),
) -> None:
    """Write the reading page: articles with every span marked, tables beside them, in HTML that needs no network.

    All articles stand in one file as long as that stays small; else there is a list, index.html, and a file for each.
    """
    from builder.page.writing import write_pages  # noqa: PLC0415

    with reported():
        written = write_pages(package, out)
    typer.echo(f"{written[0]}" + (f" and {len(written) - 1:,} pages beside it" if written[1:] else ""))


@app.command()
def cite(
    row_id: Annotated[str | None, typer.Argument(metavar="[ROW_ID]", help="Key of a row; without it, the dataset.")] = None,
    package: Annotated[Path, typer.Option("--package", metavar="DATAPACKAGE", help="A datapackage.json, or its folder.")] = Path(
        "datapackage.json"
    ),
    format: Annotated[Style, typer.Option("--format", "-f", help="The form of the citation.")] = Style.apa,
) -> None:
    """Print how to cite the dataset, or one row of it with its article, span and the dataset's version."""
    from builder.cite import cite as citation  # noqa: PLC0415

    with reported():
        text = citation(package, row_id, format)
    typer.echo(text, nl=False)


@app.command()
def plot(
    package: PackagePath = Path("datapackage.json"),
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the figures.")] = Path("figures"),
) -> None:
    """Write the timeline and the network of speakers and agencies as SVG and PNG (needs the extra 'plot')."""
    from builder.plot import write_figures  # noqa: PLC0415

    with reported():
        written = write_figures(package, out)
    for path in written:
        typer.echo(str(path))


@app.command()
def new(directory: Annotated[Path, typer.Argument(metavar="DIR", help="The project's folder; it must be new or empty.")]) -> None:
    """Start a dataset of your own: an example article, its metadata, a README with the citation, and CI that validates."""
    from builder.new import start_project  # noqa: PLC0415

    with reported():
        written = start_project(directory)
    for path in written:
        typer.echo(str(path))
    typer.echo(f"next: cd {directory} && builder build && builder validate")


def _summarise(result: "Build") -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table("table", "rows", "files", box=None, header_style="bold")
    table.columns[1].justify = "right"
    for name, rows in result.rows.items():
        place = result.root / "datapackage" / name
        table.add_row(name, f"{rows:,}", f"{place}/*.parquet" if place.is_dir() else f"{place}.csv, .parquet")
    console = Console()
    console.print(table)
    console.print(f"package: {result.root / 'datapackage.json'}", highlight=False, soft_wrap=True)
    if result.corpus.warnings:
        console.print(f"{result.corpus.warnings} warnings; `builder validate` lists them", highlight=False)


def _list_findings(findings: "list[Finding]") -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table("severity", "file", "row", "column", "check", "expected", "found", box=None, header_style="bold")
    for finding in findings[:_MOST_FINDINGS]:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in finding))
    console = Console(width=None if sys.stdout.isatty() else 200)
    console.print(table)
    if len(findings) > _MOST_FINDINGS:
        console.print(f"... and {len(findings) - _MOST_FINDINGS:,} more")
