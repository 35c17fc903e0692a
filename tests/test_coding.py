"""People's decisions in a build: what is applied, kept, reported, and proved."""

import json
from pathlib import Path

import pyarrow as pa
from conftest import Run, contents
from decided import Coder

import builder
from builder.publish.loading import Frames
from builder.publish.package import read_package, read_tables
from builder.validate.coding import CodingProof

SOURCE = "sources/harbour.txt"
PERSON = "harbour.ada-lindqvist"


def again(folder: Path, run: Run) -> Frames:
    """Builds, has the package proved, and loads it."""
    done = run("build")
    assert done.returncode == 0, done.stderr
    checked = run("validate")
    assert checked.returncode == 0, checked.stdout
    return builder.load(folder / "datapackage.json")


def status(tables: Frames) -> dict[str, str]:
    reviews = tables["reviews"]
    return dict(zip(reviews["review_id"], reviews["merge_status"], strict=True))


def marked(tables: Frames, column: str) -> list[object]:
    """A column of the two quotes with marks."""
    return list(tables["quotes"].set_index("text")[column].filter(regex="^(We have|It was)"))


def quotes_by_key(tables: Frames) -> dict[str, dict[str, object]]:
    return {row["quote_id"]: row for row in tables["quotes"].to_dict("records")}


def change(folder: Path, old: str, new: str) -> None:
    path = folder / SOURCE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def quote_keys(tables: Frames) -> list[str]:
    """Of the two quotes with marks."""
    quotes = tables["quotes"]
    return list(quotes[quotes["text"].str.startswith(("We have", "It was"))]["quote_id"])


def test_without_decisions_nothing_is_there(built: Path) -> None:
    tables = builder.load(built / "datapackage.json")
    assert "reviews" not in tables
    assert set(tables["quotes"]["coding_status"]) == {"machine"}
    assert not (built / "schema" / "reviews.json").exists()


def test_each_verdict_is_applied(built: Path, run: Run) -> None:
    keys = quote_keys(builder.load(built / "datapackage.json"))
    ada = Coder("ada", built)
    accepted = ada.decide(keys[0], "accept")
    edited = ada.decide(keys[1], "edit", set={"kind": "partial", "speaker": ada.span("Ada Lindqvist"), "attribution": "named"})
    wrong = ada.decide(PERSON, "wrong", columns=["role"])
    added = ada.add("dates", "ten years", {"type": "DURATION", "value": "P10Y"})
    tables = again(built, run)
    expected = {accepted: "applied", edited: "applied", wrong: "applied"}
    assert expected.items() <= status(tables).items()
    quotes = quotes_by_key(tables)
    assert quotes[keys[0]]["coding_status"] == "accepted"
    assert quotes[keys[1]]["coding_status"] == "corrected"
    assert (quotes[keys[1]]["kind"], quotes[keys[1]]["speaker"]) == ("partial", "Ada Lindqvist")
    people = tables["participants"].set_index("participant_id")
    assert people.loc[PERSON, "coding_status"] == "disputed"
    assert status(tables)[added] in ("applied", "conflict", "not-needed")
    assert tables["coders"].to_dict("records") == [{"coder_id": "ada", "decisions": 4, "articles": 1, "adjudicates": "no"}]


def test_rejected_person_leaves_no_reference_behind(built: Path, run: Run) -> None:
    before = builder.load(built / "datapackage.json")
    assert (before["quotes"]["participant_id"] == PERSON).any()
    rejected = Coder("ada", built).decide(PERSON, "reject")
    tables = again(built, run)
    assert status(tables)[rejected] == "applied"
    for name in ("participants", "affiliations", "mentions", "quotes"):
        assert not (tables[name]["participant_id"] == PERSON).any()
    assert len(tables["quotes"]) == len(before["quotes"])
    assert "corrected" in set(tables["quotes"]["coding_status"])
    assert PERSON in set(tables["originals"]["row_id"])


def test_added_row_has_the_rule_human(built: Path, run: Run) -> None:
    ada = Coder("ada", built)
    ada.add("participants", "reporters", {"kind": "group", "name": "reporters"})
    ada.add("mentions", "reporters", {"form": "nominal", "participant_id": {"key": "harbour.reporters", "name": "reporters"}})
    tables = again(built, run)
    assert set(status(tables).values()) == {"applied"}
    row = tables["participants"].set_index("participant_id").loc["harbour.reporters"]
    assert (row["rule"], row["coding_status"], row["text"]) == ("human", "added", "reporters")
    assert "harbour.reporters" in set(tables["mentions"]["participant_id"])


def test_decision_survives_a_changed_text(built: Path, run: Run) -> None:
    keys = quote_keys(builder.load(built / "datapackage.json"))
    ada = Coder("ada", built)
    edited = ada.decide(keys[0], "edit", set={"kind": "partial"})
    change(built, "signed the treaty", "signed the long awaited treaty of the northern harbours")
    tables = again(built, run)
    review = tables["reviews"].iloc[0]
    assert (review["review_id"], review["anchor"], review["merge_status"]) == (edited, "moved", "applied")
    assert review["row_id"] != keys[0]
    row = quotes_by_key(tables)[str(review["row_id"])]
    assert (row["kind"], row["coding_status"]) == ("partial", "corrected")


def test_decision_on_words_that_are_gone_is_orphaned_and_kept(built: Path, run: Run) -> None:
    keys = quote_keys(builder.load(built / "datapackage.json"))
    Coder("ada", built).decide(keys[0], "edit", set={"kind": "partial"})
    change(built, "We have waited ten years for this", "We have waited so very long")
    tables = again(built, run)
    review = tables["reviews"].iloc[0]
    assert (review["anchor"], review["merge_status"]) == ("lost", "orphaned")
    assert "words are gone" in review["explanation"]
    assert set(tables["quotes"]["coding_status"]) == {"machine"}


def test_later_decision_of_a_coder_takes_the_place_of_the_earlier(built: Path, run: Run) -> None:
    keys = quote_keys(builder.load(built / "datapackage.json"))
    ada = Coder("ada", built)
    first, second = ada.decide(keys[0], "reject"), ada.decide(keys[0], "accept")
    undone, undo = ada.decide(keys[1], "reject"), ada.decide(keys[1], "undo")
    tables = again(built, run)
    assert status(tables) == {first: "superseded", second: "applied", undone: "superseded", undo: "applied"}
    assert marked(tables, "coding_status") == ["accepted", "machine"]


def test_coders_who_differ_leave_the_machine_s_row_until_it_is_settled(built: Path, run: Run) -> None:
    keys = quote_keys(builder.load(built / "datapackage.json"))
    ada, ben = Coder("ada", built), Coder("ben", built)
    ids = [ada.decide(keys[0], "edit", set={"kind": "partial"}), ben.decide(keys[0], "accept")]
    agreed = [ada.decide(keys[1], "edit", set={"kind": "partial"}), ben.decide(keys[1], "wrong", columns=["kind"])]
    tables = again(built, run)
    assert [status(tables)[id_] for id_ in ids] == ["disputed", "disputed"]
    assert [status(tables)[id_] for id_ in agreed] == ["applied", "applied"]
    assert marked(tables, "coding_status") == ["disputed", "corrected"]
    final = Coder("chair", built).decide(keys[0], "edit", set={"kind": "indirect"}, adjudicates=ids)
    tables = again(built, run)
    assert [status(tables)[id_] for id_ in (*ids, final)] == ["superseded", "superseded", "applied"]
    assert marked(tables, "kind") == ["indirect", "partial"]


def test_what_would_break_the_tables_is_not_applied(built: Path, run: Run) -> None:
    ada = Coder("ada", built)
    overlapping = ada.add("quotes", "waited ten years", {"kind": "direct", "attribution": "unattributed"})
    fine = ada.add("quotes", "signed the treaty", {"kind": "indirect", "attribution": "unattributed"})
    tables = again(built, run)
    assert status(tables) == {overlapping: "conflict", fine: "applied"}


def test_machine_that_says_the_same_needs_no_decision(built: Path, run: Run) -> None:
    template = Coder("ada", built).template(PERSON)
    seen = {**template["seen"], "country_iso3": "SWE"}
    set_ = {"country_iso3": template["seen"]["country_iso3"]}
    same = Coder("ada", built).say({**template, "seen": seen, "verdict": "edit", "set": set_})
    tables = again(built, run)
    assert status(tables)[same] == "not-needed"
    other = {**template["seen"], "role": None, "country_iso3": "NOR"}
    Coder("ada", built).say({**template, "seen": other, "verdict": "edit", "set": {"country_iso3": "DNK"}})
    tables = again(built, run)
    assert list(status(tables).values()) == ["superseded", "conflict"]
    assert tables["participants"].set_index("participant_id").loc[PERSON, "country_iso3"] == "DNK"


def test_decisions_on_articles_that_are_gone_stay(built: Path, run: Run) -> None:
    Coder("ada", built).decide(PERSON, "accept")
    (built / SOURCE).rename(built / "sources" / "port.txt")
    tables = again(built, run)
    review = tables["reviews"].iloc[0]
    assert review["merge_status"] == "orphaned"
    assert review.isna()["article_id"]


def test_order_of_files_does_not_matter(built: Path, run: Run) -> None:
    keys = quote_keys(builder.load(built / "datapackage.json"))
    for name in ("zoe", "ada"):
        Coder(name, built).decide(keys[0], "accept")
    first = again(built, run)
    (built / "coding" / "ada.jsonl").rename(built / "kept")
    (built / "kept").rename(built / "coding" / "ada.jsonl")
    before = contents(built / "datapackage")
    again(built, run)
    assert contents(built / "datapackage") == before
    assert list(first["reviews"]["coder_id"]) == ["ada", "zoe"]


def bad(line: dict[str, object], **changes: object) -> bytes:
    return json.dumps({**line, **changes}, ensure_ascii=False).encode() + b"\n"


def test_bad_lines_are_named_and_nothing_is_published(built: Path, run: Run) -> None:
    ada = Coder("ada", built)
    ada.decide(PERSON, "accept")
    line = json.loads(ada.path.read_text(encoding="utf-8"))
    good, before = ada.path.read_bytes(), contents(built / "datapackage")
    cases = [
        (good + good[: len(good) // 2], "line 2: no JSON that can be read (cut off in the middle?)"),
        (bad(line, format=2), "line 1: format 2 is not known"),
        (bad(line, verdict="approve"), "line 1: verdict 'approve' is none of"),
        (bad(line, table="people"), "line 1: table 'people'"),
        (bad(line, end=3), "line 1: text has"),
        (bad(line, colour="red"), "line 1: unknown field 'colour'"),
        (bad(line, coder="../ada"), "line 1: the coder is '../ada'"),
        (bad(line, seen={"kind": "alien"}), "line 1: seen.kind is 'alien', not one of"),
        (bad(line, verdict="edit", set={"kind": None}), "line 1: set.kind cannot be null"),
        (bad(line, verdict="edit", set={"role": "envoy"}), "line 1: set.role must be an object"),
        (good + good, f"line 2: id 'ada.1' is already that of {built / 'coding' / 'ada.jsonl'}, line 1"),
        (b"[1]\n", "line 1: not a JSON object"),
        (b"{}\n", "line 1: article_id is missing"),
        (b"\xff\xfe\n", "line 1: no JSON"),
        (
            good.replace(b'"verdict"', b'"verdict": "reject", "verdict"'),
            "line 1: no JSON that can be read: the key 'verdict' stands there twice",
        ),
        (
            good.replace(b'"kind"', b'"kind": "group", "kind"'),
            "line 1: no JSON that can be read: the key 'kind' stands there twice",
        ),
        (b'{"article_id": NaN}\n', "line 1: no JSON"),
        (b"[" * 100_000 + b"\n", "line 1: no JSON"),
        (b'{"article_id": "' + b"a" * (1 << 21), "line 1: longer than"),
    ]
    for content, message in cases:
        ada.path.write_bytes(content)
        done = run("build")
        assert done.returncode == 2, message
        assert message.replace(str(built) + "/", "") in done.stderr
        assert done.stderr.startswith("builder: coding/ada.jsonl, line")
        assert len(done.stderr.splitlines()) == 1
        checked = run("coding", "check")
        assert (checked.returncode, checked.stderr) == (2, done.stderr)
    assert contents(built / "datapackage") == before


def test_names_of_files_are_no_paths_and_files_are_files(built: Path, run: Run) -> None:
    (built / "coding").mkdir()
    (built / "coding" / "Ada Lovelace.jsonl").write_text("")
    assert "must match" in run("build").stderr
    (built / "coding" / "Ada Lovelace.jsonl").rename(built / "coding" / ".ada.jsonl")
    hidden = run("build")
    assert (hidden.returncode, hidden.stderr.split(": ")[1]) == (2, "coding/.ada.jsonl")
    (built / "coding" / ".ada.jsonl").unlink()
    (built / "coding" / "ada.jsonl").symlink_to(built / SOURCE)
    done = run("build")
    assert (done.returncode, done.stderr) == (2, "builder: coding/ada.jsonl: no plain file\n")


def test_rows_that_decisions_do_not_explain_are_found(built: Path, run: Run) -> None:
    keys = quote_keys(builder.load(built / "datapackage.json"))
    Coder("ada", built).decide(keys[0], "edit", set={"kind": "partial"})
    again(built, run)
    tables = read_tables(read_package(built))
    proof = CodingProof(tables["reviews"], tables["originals"], tables["coders"])
    assert list(proof.check(tables)) == []
    rows = tables["quotes"].to_pylist()
    edited = next(row for row in rows if row["quote_id"] == keys[0])
    edited["kind"] = "indirect"
    spoilt = {**tables, "quotes": pa.Table.from_pylist(rows, schema=tables["quotes"].schema)}
    assert [finding.file for finding in proof.check(spoilt)] == ["quotes.parquet"]


def test_check_tells_what_needs_a_person(built: Path, run: Run) -> None:
    keys = quote_keys(builder.load(built / "datapackage.json"))
    ada, ben = Coder("ada", built), Coder("ben", built)
    ada.decide(keys[0], "accept")
    assert "1 decisions are not in the package yet" in run("coding", "check").stdout
    again(built, run)
    done = run("coding", "check", "--strict")
    assert (done.returncode, done.stdout.splitlines()[0].split()) == (0, ["applied", "1"])
    ben.decide(keys[0], "reject")
    again(built, run)
    done = run("coding", "check")
    assert done.returncode == 0
    assert "ben.jsonl, line 1: disputed: reject" in done.stdout
    assert run("coding", "check", "--strict").returncode == 1


def test_decisions_may_stand_elsewhere(built: Path, run: Run) -> None:
    Coder("ada", built).decide(PERSON, "accept")
    (built / "coding").rename(built / "elsewhere")
    assert run("build", "--coding", "elsewhere").returncode == 0
    assert list(builder.load(built / "datapackage.json")["reviews"]["merge_status"]) == ["applied"]
    assert run("build", "--coding", "nowhere").stderr == "builder: nowhere: no such folder of decisions\n"


def test_without_texts_decisions_are_applied_all_the_same(built: Path, run: Run) -> None:
    keys = quote_keys(builder.load(built / "datapackage.json"))
    Coder("ada", built).decide(keys[0], "edit", set={"kind": "partial"})
    change(built, "signed the treaty", "signed the long awaited treaty")
    assert run("build", "--no-text").returncode == 0
    tables = builder.load(built / "datapackage.json")
    assert tables["articles"]["text"].isna().all()
    assert list(status(tables).values()) == ["applied"]
    assert run("validate").returncode == 0


def test_what_coders_say_of_their_coding_is_in_the_package(built: Path, run: Run) -> None:
    Coder("ada", built).decide(PERSON, "accept")
    (built / "coding" / "README.md").write_text("Read twice, by the same person.\n", encoding="utf-8")
    again(built, run)
    assert (
        json.loads((built / "datapackage.json").read_text(encoding="utf-8"))["coding_note"] == "Read twice, by the same person."
    )
    assert "\nRead twice, by the same person.\n" in (built / "docs" / "data-card.md").read_text(encoding="utf-8")


def test_who_settles_disputes_is_no_third_coder_in_the_agreement(built: Path, run: Run) -> None:
    ids = [Coder(name, built).decide(PERSON, verdict) for name, verdict in (("ada", "accept"), ("ben", "reject"))]
    Coder("cleo", built).decide(PERSON, "accept", adjudicates=ids)
    again(built, run)
    card = (built / "docs" / "data-card.md").read_text(encoding="utf-8")
    assert "Agreement of ada and ben" in card
    assert "and cleo, on what" not in card
