"""``builder coding``: what became of people's decisions, and how far coders agree."""

import sys
from pathlib import Path

import click

from builder.commands.shared import EXIT_FINDINGS, coding_option, package_argument, reported, say

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
