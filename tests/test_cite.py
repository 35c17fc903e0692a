"""Citations of a dataset and of its rows, read back by the tools that will read them."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

import builder
from builder.publish.citation import CitedRow, apa, bibtex, citation_cff, csl_json, tex
from builder.publish.contributors import Contributor
from builder.publish.metadata import Metadata

METADATA = Metadata(
    name="arctic-rescue",
    title="Arctic rescue talks & more",
    version="1.2.0",
    released=date(2021, 5, 4),
    homepage="https://example.org/arctic",
    contributors=(Contributor("The Arctic Project"), Contributor("The Rescue_Project")),
)
ROW = CitedRow(
    key="nordnews-2021-03-04.q630",
    noun="quote",
    text="Nobody looked at the clock & nobody paid $5_000 for 100% of {it}.",
    start=630,
    end=695,
    who="Ingrid Solheim",
    article_title="Norway, Iceland Hold Talks",
    publisher="NORDNEWS",
    published=date(2021, 3, 4),
    source="nordnews.txt",
)


def printed(field: str) -> str:
    """What TeX prints of an escaped field."""
    commands = {
        "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^", "textasciitilde": "~",
        "textless": "<", "textgreater": ">", "textbar": "|",
    }  # fmt: skip
    parts = re.split(r"(\\[a-z]+\{\}|\\[$&#%_]|\{\})", field)
    return "".join(
        commands[p[1:-2]] if p.endswith("{}") and p != "{}" else p.removeprefix("\\") if p != "{}" else "" for p in parts
    )


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("\\{}$&#%_^~<>|-'`?!, ab"))
def test_any_text_is_printed_as_it_is(text: str) -> None:
    entry = parse_string(f"@misc{{key,\n  title = {{{{{tex(text)}}}}}\n}}\n", "bibtex").entries["key"]
    one_line = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", " ".join(text.split()))
    field = entry.fields["title"]
    assert " ".join(printed(field[1:-1]).split()) == " ".join(one_line.split())
    assert not re.search(r"(?<!\\)[$&#%_^~]|--|''|``|[?!]`", field)


@pytest.mark.parametrize("row", [None, ROW])
def test_bibtex_is_read_back(row: CitedRow | None) -> None:
    (entry,) = parse_string(bibtex(METADATA, row), "bibtex").entries.values()
    assert entry.key == (row.key if row else METADATA.name)
    assert (entry.fields["version"], entry.fields["year"]) == ("1.2.0", "2021")
    assert [str(person) for person in entry.persons["author"]] == ["{The Arctic Project}", "{The Rescue\\_Project}"]
    if row:
        assert printed(entry.fields["title"]) == f"{{“{ROW.text}” (Ingrid Solheim)}}"
        for said in (ROW.key, "characters 630–695", "Norway, Iceland Hold Talks", "NORDNEWS", "1.2.0"):
            assert said in printed(entry.fields["note"])


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("row", [None, ROW])
def test_a_csl_processor_reads_the_item(row: CitedRow | None) -> None:
    citeproc = pytest.importorskip("citeproc")
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

    content = json.loads(csl_json(METADATA, row))
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, CiteProcJSON(content), citeproc.formatter.plain)
    bibliography.register(citeproc.Citation([citeproc.CitationItem(content[0]["id"])]))
    (entry,) = map(str, bibliography.bibliography())
    title = f"“{ROW.text}” (Ingrid Solheim)" if row else METADATA.title
    assert title.replace("“", "").replace("”", "") in entry.replace("“", "").replace("”", "").replace("‘", "").replace("’", "")
    assert "2021" in entry
    if row:
        assert content[0]["container-title"] == METADATA.title
        assert content[0]["section"] == "characters 630–695"


def test_apa_says_row_article_span_and_version() -> None:
    assert apa(METADATA) == (
        "The Arctic Project, & The Rescue_Project. (2021). Arctic rescue talks & more (Version 1.2.0) [Data set]. "
        "https://example.org/arctic"
    )
    assert apa(METADATA, ROW) == (
        "The Arctic Project, & The Rescue_Project. (2021). "
        "“Nobody looked at the clock & nobody paid $5_000 for 100% of {it}.” (Ingrid Solheim) "
        "[Quote nordnews-2021-03-04.q630, characters 630–695 of “Norway, Iceland Hold Talks” (NORDNEWS, 2021-03-04)]. "
        "In Arctic rescue talks & more (Version 1.2.0) [Data set]. https://example.org/arctic"
    )


def test_cff_of_a_row_refers_to_the_article() -> None:
    content = yaml.load(citation_cff(METADATA, ROW), yaml.BaseLoader)
    (reference,) = content["references"]
    assert reference["title"] == ROW.article_title
    assert reference["date-published"] == "2021-03-04"
    assert all(said in reference["notes"] for said in (ROW.key, "630–695", str(ROW.text), "Ingrid Solheim"))
    without = yaml.load(citation_cff(METADATA), yaml.BaseLoader)
    assert {name: value for name, value in content.items() if name != "references"} == without


def test_long_quote_is_cut_in_the_title_alone() -> None:
    row = ROW._replace(text="word " * 100)
    assert len(row.label) < 200
    assert json.loads(csl_json(METADATA, row))[0]["abstract"] == row.text


@pytest.mark.parametrize("form", ["bibtex", "apa", "csl", "cff"])
def test_command_cites_dataset_and_every_kind_of_row(built: Path, run: Run, form: str) -> None:
    assert run("cite", "--format", form).returncode == 0
    tables = builder.load(built / "datapackage.json")
    quote = tables["quotes"].query("kind == 'direct'").iloc[0]
    done = run("cite", quote["quote_id"], "--format", form)
    assert (done.returncode, done.stderr) == (0, "")
    for said in (
        quote["quote_id"],
        "We have waited ten years for this",
        "Ada Lindqvist",
        f"{quote['start']}–{quote['end']}",
        "0.1.0",
    ):
        assert said in done.stdout
    for name, key in (("articles", "article_id"), ("agencies", "agency_id"), ("dates", "date_id"), ("mentions", "mention_id")):
        assert tables[name][key][0] in run("cite", tables[name][key][0], "-f", form).stdout


def test_citation_of_the_dataset_is_its_citation_file(built: Path, run: Run) -> None:
    assert run("cite", "-f", "cff").stdout == (built / "CITATION.cff").read_text(encoding="utf-8")
    assert run("cite", "-f", "bibtex").stdout == (built / "docs" / "citation.bib").read_text(encoding="utf-8")


@pytest.mark.parametrize("row_id", ["harbour.q999999", "nowhere.q1", "nowhere", "", "../x", "harbour."])
def test_a_row_that_is_not_there(built: Path, run: Run, row_id: str) -> None:
    done = run("cite", row_id)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"builder: {row_id}: no row of this package has this key\n"


def test_no_package_to_cite(tmp_path: Path, run: Run) -> None:
    done = run("cite")
    assert (done.returncode, done.stdout) == (2, "")
    assert "datapackage.json" in done.stderr
