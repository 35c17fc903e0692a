"""What the README shows and says is so."""

import csv
import json
import re
from importlib.resources import files
from pathlib import Path

import pandas as pd
from conftest import ROOT

import builder

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\|(.+)\|$", re.MULTILINE)


def shown_rows() -> list[dict[str, str]]:
    """The rows of the README's tables whose header has a key."""
    rows, header = [], [""]
    for line in README.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if ROW.match(line) else []
        if cells and "_id" in cells[0] and "." not in cells[0]:
            header = cells
        elif cells and "." in cells[0] and header[0].endswith("_id"):
            rows.append(dict(zip(header, cells, strict=True)))
    return rows


def test_rows_in_the_readme_are_rows_of_the_package() -> None:
    published = []
    for path in (ROOT / "datapackage").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            published += list(csv.DictReader(file))
    assert len(shown_rows()) >= 7
    for row in shown_rows():
        assert any(row.items() <= other.items() for other in published), row


def test_documented_ways_to_read_give_the_same_frame() -> None:
    snippet = next(block for block in re.findall(r"```python\n(.*?)```", README, re.DOTALL) if "read_csv" in block)
    names: dict[str, pd.DataFrame] = {}
    exec(snippet.replace('"schema/', f'"{ROOT}/schema/').replace('"datapackage/', f'"{ROOT}/datapackage/'), names)
    pd.testing.assert_frame_equal(names["quotes"], pd.read_parquet(ROOT / "datapackage" / "quotes.parquet"))
    fields = json.loads((ROOT / "schema" / "quotes.json").read_text(encoding="utf-8"))["fields"]
    fixed = {f["name"]: [category["value"] for category in f["categories"]] for f in fields if "categories" in f}
    categorical = names["quotes"].astype({name: pd.CategoricalDtype(values) for name, values in fixed.items()})
    pd.testing.assert_frame_equal(categorical, builder.load(ROOT / "datapackage.json")["quotes"])


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists() or target.startswith("https://"), target
    assert Path(ROOT / "LICENSE").exists()


def test_citation_of_a_row_is_right() -> None:
    quotes = builder.load(ROOT / "datapackage.json")["quotes"].set_index("quote_id")
    key, start, end = re.search(r"row (\S+) \(characters (\d+)–(\d+)", README).groups()  # type: ignore[union-attr]
    assert (quotes.loc[key, "start"], quotes.loc[key, "end"]) == (int(start), int(end))


def test_figures_of_accuracy_are_those_that_were_measured() -> None:
    measured = json.loads((files("builder.publish") / "kept-apart.json").read_text(encoding="utf-8"))
    figures = {f"{figure:.3f}" for figures in measured["sets"] for figure in figures.values() if isinstance(figure, float)}
    section = README.partition("## Accuracy")[2].partition("\n## ")[0]
    shown = re.findall(r"\| (\d\.\d{3}) \|$", section, re.MULTILINE)
    assert f"version {measured['version']}" in section
    assert len(shown) >= 10
    assert set(shown) <= figures


def test_tests_that_the_documentation_names_are_there() -> None:
    named = re.findall(r"…(\w+)::(\w+)", (ROOT / "docs" / "faults.md").read_text(encoding="utf-8"))
    assert named
    for module, test in named:
        assert f"def {test}(" in (ROOT / "tests" / f"test_{module}.py").read_text(encoding="utf-8"), test
