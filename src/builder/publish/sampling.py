"""A sample of a published package's machine rows, as a file in ``coding/samples/``."""

from pathlib import Path
from typing import NamedTuple

from builder.coding.decisions import NAME
from builder.coding.drawing import DRAWN_FROM, STRATA, Plan, Strata, precision, sample_lines
from builder.coding.folder import SAMPLES, SUFFIX
from builder.coding.view import View
from builder.errors import InputError, PublishError
from builder.publish.package import read_package
from builder.publish.reviewed import coding_folder, machine_parts


class DrawnSample(NamedTuple):
    path: Path
    precision: list[tuple[str, int, float | None]]
    """Table, rows drawn, and to how many points a share of 0.9 would be known; None where a stratum has none."""


def draw_sample(package: Path, coding: Path | None, name: str, plan: Plan) -> DrawnSample:
    """Raises InputError, also where a sample of this name is another already; PublishError where it cannot be written."""
    if not NAME.fullmatch(name):
        raise InputError(f"the name of a sample, {name!r}, must match {NAME.pattern}")
    for given, known in ((plan.by, STRATA), (plan.tables, DRAWN_FROM)):
        if unknown := [each for each in given if each not in known]:
            raise InputError(f"{unknown[0]!r} is none of {', '.join(known)}")
    files = read_package(package)
    strata = Strata(plan)
    for tables in machine_parts(files):
        strata.add(View(tables))
    lines = sample_lines(name, strata, map(View, machine_parts(files)))
    if not lines:
        raise InputError(f"{package}: no row to draw")
    path = coding_folder(package, coding) / SAMPLES / f"{name}{SUFFIX}"
    content = b"".join(line + b"\n" for line in lines)
    if path.exists() and path.read_bytes() != content:
        raise InputError(f"{path}: another sample has this name; give --name")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise PublishError(f"{path}: {error.strerror or error}") from error
    return DrawnSample(path, list(precision(strata.drawn(), strata.rows)))
