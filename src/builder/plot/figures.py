"""Timeline and speaker-agency network, drawn by matplotlib as SVG and PNG."""

import io
import math
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

from builder.errors import InputError, PublishError
from builder.plot.series import BELONGS_TO, SPOKE_TO, Dated, Link, dated_statements, speaker_network
from builder.publish.metadata import Metadata, described_metadata
from builder.publish.package import read_steadily, read_tables
from builder.publish.writing import write_whole
from builder.tables.arrow import ArrowTables

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_DATES = 40
MOST_SPEAKERS = 20
MOST_TICKS = 8
_LONGEST_LABEL = 44
_INK, _QUIET, _QUOTE, _DATE, _AGENCY = "#201d19", "#5f574c", "#a87b12", "#8c2a72", "#17694a"
_FAINT = "#a89f92"
STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "svg.hashsalt": "article-tables",
    "svg.fonttype": "path",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _QUIET,
    "xtick.color": _QUIET,
    "text.parse_math": False,
}
_LINES = {BELONGS_TO: ("-", "solid line"), SPOKE_TO: ("--", "dashed line")}
_FROM_PUBLICATION = {
    -36525: "−100 years", -3652: "−10 years", -365: "−1 year", -30: "−1 month", -7: "−1 week",
    0: "published", 7: "1 week", 30: "1 month", 365: "1 year", 3652: "10 years", 36525: "100 years",
}  # fmt: skip
"""Ticks by days from the publication date."""


def write_figures(package: Path, out: Path) -> list[Path]:
    """Writes ``timeline`` and ``network`` in both formats. Raises InputError without a package or without matplotlib."""
    files, tables = read_steadily(package, lambda files: (files, read_tables(files)))
    metadata = described_metadata(files.descriptor)
    written = []
    for name, draw in FIGURES.items():
        for format in ("svg", "png"):
            path = out / f"{name}.{format}"
            try:
                out.mkdir(parents=True, exist_ok=True)
                write_whole(path, render(draw, tables, metadata, format))
            except OSError as error:
                raise PublishError(f"{error.filename or out}: {error.strerror}") from error
            written.append(path)
    return written


Draw = Callable[["Figure", ArrowTables], str]
"""Draws on an empty figure and returns what its caption says of it."""


def render(draw: Draw, tables: ArrowTables, metadata: Metadata, format: str) -> bytes:
    """The figure with a caption that names dataset and version; no date and no software version is in the bytes."""
    try:
        import matplotlib  # noqa: PLC0415 (the extra 'plot')
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError as error:
        raise InputError("figures need matplotlib: pip install 'article-tables[plot]'") from error
    settings: dict[Any, Any] = {**matplotlib.rcParamsDefault, **STYLE}
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(8, 5))
        caption = f"{draw(figure, tables)} {metadata.title}, version {metadata.version}."
        figure.text(0.01, 0.01, fill(caption, 125), fontsize=7.5, color=_QUIET, va="bottom")
        target = io.BytesIO()
        silent = {"Date": None, "Creator": None} if format == "svg" else {"Software": None}
        figure.savefig(target, format=format, dpi=200, metadata=silent, facecolor="white", bbox_inches="tight")
    return target.getvalue()


def timeline(figure: "Figure", tables: ArrowTables) -> str:
    """Stretches of days as bars and dots, one line each, the earliest on top; filled where something was said then."""
    dated = _most_telling(dated_statements(tables))
    axes = _axes(figure, len(dated), left=0.3)
    if not dated:
        return _empty(axes, "No expression of these articles means calendar days.")
    published = tables["articles"]["published"].to_pylist()
    centre = published[0] if len(published) == 1 else None
    for row, item in enumerate(dated):
        colour = _QUOTE if item.quotes else _DATE
        ends = [_position(day, centre) for day in (item.first, item.last)]
        if item.first == item.last:
            axes.plot(ends[:1], [row], "o", color=colour, markersize=6, markerfacecolor=colour if item.quotes else "white")
        else:
            axes.plot(ends, [row, row], color=colour, linewidth=4, solid_capstyle="butt")
    axes.set_yticks(range(len(dated)), [_label(item) for item in dated])
    axes.set_ylim(len(dated) - 0.5, -0.5)
    _scale(axes, dated, centre)
    axes.grid(axis="x", color="#ddd6c8", linewidth=0.6)
    axes.set_axisbelow(True)
    return "Days that the articles speak of; filled dots and ochre bars: days on which something was said."


def _position(day: date, centre: date | None) -> float:
    """Years, or, around a publication date, the logarithm of the days from it: near days stand apart, far ones near by."""
    if centre is None:
        return day.year + (day.timetuple().tm_yday - 1) / 366
    days = (day - centre).days
    return math.copysign(math.log10(1 + abs(days)), days)


def _scale(axes: "Axes", dated: Sequence[Dated], centre: date | None) -> None:
    ends = [_position(day, centre) for item in dated for day in (item.first, item.last)]
    margin = max((max(ends) - min(ends)) / 20, 0.1)
    low, high = min(ends) - margin, max(ends) + margin
    if centre is None:
        years = range(math.floor(low), math.ceil(high) + 1)
        axes.set_xticks(years[:: math.ceil(len(years) / MOST_TICKS)])
    else:
        ticks = {math.copysign(math.log10(1 + abs(days)), days): words for days, words in _FROM_PUBLICATION.items()}
        shown = {place: words for place, words in ticks.items() if low <= place <= high}
        axes.set_xticks(list(shown), list(shown.values()))
    axes.set_xlim(low, high)


def network(figure: "Figure", tables: ArrowTables) -> str:
    """Speakers left, as large as they have quotes; agencies right; the width of a line grows with the number of rows."""
    speakers, links = speaker_network(tables, MOST_SPEAKERS)
    agencies = sorted({link.agency for link in links})
    axes = _axes(figure, max(len(speakers), len(agencies)), left=0.02)
    axes.set_axis_off()
    if not speakers:
        return _empty(axes, "Nobody speaks in these articles, or belongs to an agency.")
    left, right = _heights(list(speakers)), _heights(_by_partners(agencies, list(speakers), links))
    for link in links:
        width = min(0.8 + 0.6 * (link.weight - 1), 5)
        axes.plot([0, 1], [left[link.speaker], right[link.agency]], _LINES[link.kind][0], color=_FAINT, linewidth=width, zorder=1)
    axes.scatter(
        [0] * len(left), list(left.values()), s=[18 + 10 * min(n, 20) for n in speakers.values()], color=_QUOTE, zorder=2
    )
    axes.scatter([1] * len(right), list(right.values()), s=30, color=_AGENCY, marker="s", zorder=2)
    for name, y in left.items():
        axes.text(-0.05, y, _cut(name) + (f" ({speakers[name]})" if speakers[name] else ""), ha="right", va="center")
    for name, y in right.items():
        axes.text(1.04, y, _cut(name), ha="left", va="center")
    axes.set_xlim(-0.95, 1.85)
    axes.set_ylim(1, 0)
    shown = ", ".join(f"{kind} ({words})" for kind, (_, words) in _LINES.items() if any(link.kind == kind for link in links))
    squares = f" and agencies (squares), which the speaker {shown}" if shown else ""
    joined = "Names that `builder speakers` offers together are one dot."
    return f"Speakers and participants (dots, with the number of quotes){squares}. {joined}"


FIGURES: dict[str, Draw] = {"timeline": timeline, "network": network}


def _axes(figure: "Figure", lines: int, left: float) -> "Axes":
    """Axes high enough for so many lines of text, above the caption."""
    height = max(2.0, 0.28 * lines + 0.6)
    figure.set_size_inches(8, height + 0.7)
    return figure.add_axes((left, 0.55 / (height + 0.7) + 0.06, 0.97 - left, height / (height + 0.7) - 0.1))


def _empty(axes: Any, words: str) -> str:
    axes.set_axis_off()
    axes.text(0.5, 0.5, words, ha="center", va="center", transform=axes.transAxes)
    return words


def _most_telling(dated: Sequence[Dated]) -> list[Dated]:
    """Those with most quotes and expressions, in calendar order."""
    kept = sorted(dated, key=lambda d: (-d.quotes, -d.expressions, d.first, d.last))[:MOST_DATES]
    return sorted(kept)


def _label(item: Dated) -> str:
    count = item.quotes or item.expressions
    days = str(item.first) if item.first == item.last else f"{item.first} – {item.last}"
    return f"{_cut(item.label, 30)}{f' ×{count}' if count > 1 else ''}  {days}"


def _heights(names: Sequence[str]) -> dict[str, float]:
    """Names at equal distances, from 0 at the top to 1."""
    return {name: (place + 0.5) / len(names) for place, name in enumerate(names)}


def _by_partners(agencies: Sequence[str], speakers: Sequence[str], links: Sequence[Link]) -> list[str]:
    """Agencies in the mean order of their speakers, so that few lines cross."""
    places = {name: [speakers.index(link.speaker) for link in links if link.agency == name] for name in agencies}
    return sorted(agencies, key=lambda name: (sum(places[name]) / len(places[name]), name))


def _cut(text: str, length: int = _LONGEST_LABEL) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
