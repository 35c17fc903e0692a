"""Figures: what they count, what they say, and that their bytes stay the same."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date

import pyarrow as pa
import pytest
from marked import ARTICLE_ID, tables

from builder.plot.series import BELONGS_TO, SPOKE_TO, Dated, Link, dated_statements, speaker_network
from builder.publish.metadata import Metadata

METADATA = Metadata(title="Arctic $talks_", version="1.2.0")


def test_statements_are_dated_by_their_quotes() -> None:
    march = [date(2021, 3, day) for day in (2, 3, 4)]
    assert dated_statements(tables()) == [
        Dated(march[0], march[0], 1, 0, "March 2"),
        Dated(march[1], march[1], 1, 2, "Ingrid Solheim"),
        Dated(march[2], march[2], 1, 0, "March 4, 2021"),
    ]


def test_network_takes_equal_names_together() -> None:
    network = speaker_network(tables(2), most=5)
    assert network.speakers == {"Ingrid Solheim": 10, "Norwegian delegation": 0}
    assert network.links == [
        Link("Ingrid Solheim", "Polar Wire", SPOKE_TO, 4),
        Link("Norwegian delegation", "Coast Guard", BELONGS_TO, 2),
    ]
    assert list(speaker_network(tables(2), most=1).speakers) == ["Ingrid Solheim"]


def test_network_takes_a_last_name_and_the_whole_name_together() -> None:
    two = tables(2)
    rows = two["participants"].to_pylist()
    (second,) = [row for row in rows if row["participant_id"] == f"{ARTICLE_ID}-1.ingrid-solheim"]
    second["name"] = "Solheim"
    two["participants"] = pa.Table.from_pylist(rows, two["participants"].schema)
    assert speaker_network(two, most=5).speakers == {"Ingrid Solheim": 10, "Norwegian delegation": 0}


def test_network_tells_two_of_one_name_apart_by_country() -> None:
    two = tables(2)
    rows = two["participants"].to_pylist()
    for row in rows:
        if row["name"] == "Ingrid Solheim":
            row["country_iso3"] = "CHL" if row["article_id"] == ARTICLE_ID else "NOR"
    two["participants"] = pa.Table.from_pylist(rows, two["participants"].schema)
    assert {"Ingrid Solheim (CHL)", "Ingrid Solheim (NOR)"} <= set(speaker_network(two, most=5).speakers)


SCRIPT = """
import hashlib, sys
sys.path.insert(0, "tests")
from marked import tables
from builder.publish.metadata import Metadata
from builder.plot.figures import FIGURES, render
for draw in FIGURES.values():
    for format in ("svg", "png"):
        print(hashlib.sha256(render(draw, tables(2), Metadata(), format)).hexdigest())
"""


def test_figures_are_the_same_under_any_hash_seed_and_locale(pytestconfig: pytest.Config) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed (extra 'plot')")
    digests = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "SOURCE_DATE_EPOCH": seed},
            cwd=pytestconfig.rootpath,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, locale in (("1", "C"), ("2", "C.UTF-8"))
    }
    assert len(digests) == 1


@pytest.mark.parametrize("articles", [0, 1, 2])
@pytest.mark.parametrize("name", ["timeline", "network"])
def test_figure_is_drawn_with_dataset_and_version(name: str, articles: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed (extra 'plot')")
    from builder.plot import figures  # noqa: PLC0415

    monkeypatch.setitem(figures.STYLE, "svg.fonttype", "none")
    drawn = figures.render(figures.FIGURES[name], tables(articles), METADATA, "svg")
    words = " ".join(ET.fromstring(drawn).itertext())
    assert "Arctic $talks_, version 1.2.0." in " ".join(words.split())
    if articles:
        assert "Ingrid Solheim" in words
    assert b"<dc:date>" not in drawn
