"""``builder coding``: what became of people's decisions, and how far coders agree."""

import csv
import sys
from pathlib import Path

import click

from builder.commands.shared import EXIT_FINDINGS, PATH, coding_option, package_argument, reported, say, written

_MOST_LINES = 200


@click.group()
def coding() -> None:
    """What became of people's decisions, and how far coders agree."""


@coding.command()
@package_argument
@coding_option
@click.option("--strict", is_flag=True, help="Exit code 1 where there are conflicts, orphans or disputes.")
def check(package: Path, coding: Path | None, strict: bool) -> None:
    """Say what became of each decision in the last build.

    Applied, not needed any more, in conflict, orphaned, disputed or superseded; those that need a person are listed one by one.
    """
    from builder.publish.reviewed import coding_state  # noqa: PLC0415

    with reported():
        state = coding_state(package, coding)
    for status, count in state.counts.items():
        say(f"{status:<11} {count:>8,}")
    for problem in state.problems[:_MOST_LINES]:
        say(problem)
    if len(state.problems) > _MOST_LINES:
        say(f"... and {len(state.problems) - _MOST_LINES:,} more; all are in the table reviews")
    if state.waiting:
        say(f"{state.waiting:,} decisions are not in the package yet; run `builder build`")
    if strict and (state.problems or state.waiting):
        sys.exit(EXIT_FINDINGS)


@coding.command()
@click.argument("one", metavar="CODER")
@click.argument("other", metavar="CODER")
@click.option("--package", metavar="DATAPACKAGE", type=PATH, default="datapackage.json", show_default=True)
@click.option("--disagreements", metavar="FILE", type=PATH, help="Write the rows that they see differently to a CSV file.")
def agreement(one: str, other: str, package: Path, disagreements: Path | None) -> None:
    """Say how far two coders agree, by table and column.

    On what is right and what is wrong in the machine's rows that both have judged, as the last build has them: percent agreement,
    Krippendorff's alpha, Cohen's kappa, Gwet's AC1, and F1 of "wrong"; F1 of the places where each says that there is a row.
    """
    from builder.coding import figures  # noqa: PLC0415
    from builder.publish.quality import figure  # noqa: PLC0415
    from builder.publish.reviewed import review_rows  # noqa: PLC0415

    with reported():
        rows = review_rows(package, one, other)
    click.echo(
        f"{'table':<13} {'column':<20} {'rows':>6}  {'agree':>11} {'alpha':>11} {'kappa':>11} {'AC1':>11} {'F1 of wrong':>11}"
    )
    for each in figures.agreements(rows, one, other):
        numbers = each.percent, each.alpha, each.kappa, each.ac1, each.wrong_f1
        click.echo(f"{each.table:<13} {each.column:<20} {each.rows:>6,}  " + " ".join(f"{figure(n):>11}" for n in numbers))
    for spans in figures.span_agreements(rows, one, other):
        click.echo(f"{spans.table:<13} places: F1 {figure(spans.strict)} (equal), {figure(spans.overlapping)} (overlapping)")
    if disagreements:
        names = ["table", "article_id", "row", "column", one, other]
        with reported(), written(disagreements) as file:
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(figures.disagreements(rows, one, other))


@click.command()
@package_argument
@coding_option
@click.option("--name", default="sample", show_default=True, help="Name of the sample, and of its file in coding/samples/.")
@click.option("--size", type=click.IntRange(min=1), help="How many rows in all, of each stratum its share.")
@click.option("--per", type=click.IntRange(min=1), help="How many rows of each stratum.")
@click.option("--seed", default="1", show_default=True, help="Another seed draws another sample.")
@click.option("--by", default="table,kind", show_default=True, help="What divides the rows: table, kind, rule, certainty.")
@click.option("--tables", metavar="NAMES", help="Tables to draw from, with commas between them; by default all but articles.")
def sample(
    package: Path, coding: Path | None, name: str, size: int | None, per: int | None, seed: str, by: str, tables: str | None
) -> None:
    """Draw rows to be judged.

    Of each stratum the rows with the lowest SHA-256 of seed, article, table and place: the same seed draws the same rows on any
    machine. The chance of each row of being drawn is kept with it, so that figures can be weighted.
    """
    from builder.coding.drawing import DRAWN_FROM, Plan  # noqa: PLC0415
    from builder.publish.sampling import draw_sample  # noqa: PLC0415

    if (size is None) == (per is None):
        raise click.UsageError("give --size or --per")
    chosen = tuple(tables.split(",")) if tables else DRAWN_FROM
    with reported():
        drawn = draw_sample(package, coding, name, Plan(tuple(by.split(",")), chosen, size, per, seed))
    for group, rows, points in drawn.precision:
        precision = f"a share of 0.90 would be known to +-{points:.1f} points" if points is not None else "a stratum is empty"
        click.echo(f"{group:<13} {rows:>6,} rows  {precision}")
    click.echo(f"{drawn.path}")
    click.echo(f"next: builder review --sample {name} --coder NAME")
