"""Samples and figures: reproducible draws with their chances, and figures equal to what others publish."""

import csv
import json
import math
import random
from pathlib import Path

import pytest
from conftest import Run
from decided import Coder

import builder
from builder.coding.agreement import Z95, ac1, alpha, effective_count, f1, kappa, percent, span_f1, wilson


@pytest.fixture
def corpus(tmp_path: Path, run: Run) -> Path:
    lines = []
    for number in range(40):
        text = f"Ministers Meet Again\n“We will see about point {number},” Ada Lindqvist said on March {number % 28 + 1}, 2020.\n"
        lines.append(json.dumps({"article_id": f"a{number}", "text": text, "published": "2020-04-01"}))
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run("build", "articles.jsonl", "--out", "package").returncode == 0
    return tmp_path


def drawn(folder: Path, name: str) -> list[dict[str, object]]:
    path = folder / "package" / "coding" / "samples" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_sample_is_the_same_for_the_same_seed(corpus: Path, run: Run) -> None:
    for name, seed in (("one", 1), ("two", 1), ("three", 2)):
        assert run("sample", "package", "--name", name, "--size", 30, "--seed", seed).returncode == 0
    rows = {name: [row["row_id"] for row in drawn(corpus, name)] for name in ("one", "two", "three")}
    assert rows["one"] == rows["two"] != rows["three"]
    assert len(rows["one"]) == 30


def test_probabilities_are_those_of_the_strata(corpus: Path, run: Run) -> None:
    assert run("sample", "package", "--name", "pilot", "--per", 5, "--by", "table,kind").returncode == 0
    assert run("build", "articles.jsonl", "--out", "package").returncode == 0
    tables = builder.load(corpus / "package" / "datapackage.json")
    samples = tables["samples"]
    for stratum, rows in samples.groupby("stratum"):
        table = str(stratum).partition(" / ")[0]
        assert len(rows) == min(5, rows["stratum_rows"].iloc[0])
        assert (rows["inclusion_probability"] == len(rows) / rows["stratum_rows"]).all()
        key = tables[table].columns[0]
        assert rows["row_id"].isin(tables[table][key]).all()
    assert run("validate", "package").returncode == 0


def test_sample_hardly_changes_as_the_corpus_grows(corpus: Path, run: Run) -> None:
    assert run("sample", "package", "--name", "before", "--per", 10, "--tables", "quotes").returncode == 0
    more = json.dumps({"article_id": "b", "text": "Talks\n“It is late,” Ada Lindqvist said.\n"})
    path = corpus / "articles.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + more, encoding="utf-8")
    run("build", "articles.jsonl", "--out", "package")
    assert run("sample", "package", "--name", "after", "--per", 10, "--tables", "quotes").returncode == 0
    before, after = ({row["row_id"] for row in drawn(corpus, name)} for name in ("before", "after"))
    assert len(before & after) >= len(before) - 1


def test_precision_is_told(corpus: Path, run: Run) -> None:
    done = run("sample", "package", "--size", 41, "--tables", "quotes", "--by", "table")
    points = 100 * 1.96 * math.sqrt(0.9 * 0.1 / 40)
    assert done.stdout.splitlines()[0].split() == ["quotes", "40", "rows", "a", "share", "of", "0.90", "would", "be", "known",
                                                   "to", f"+-{points:.1f}", "points"]  # fmt: skip
    for arguments, message in [
        (("--per", 3, "--by", "colour"), "builder: 'colour' is none of table, kind, rule, certainty"),
        (("--per", 3, "--name", "../x"), "builder: the name of a sample, '../x', must match"),
        (("--per", 3), "builder: package/coding/samples/sample.jsonl: another sample has this name"),
    ]:
        done = run("sample", "package", *arguments)
        assert (done.returncode, done.stderr.startswith(message)) == (2, True), done.stderr


def test_wilson_is_that_of_statsmodels() -> None:
    """Values of statsmodels 0.14, proportion_confint(..., method="wilson")."""
    for count, total, low, high in [(9, 10, 0.5958500, 0.9821238), (0, 10, 0.0, 0.2775328), (127, 141, 0.8402334, 0.9399299)]:
        found = wilson(count / total, total)
        assert found == pytest.approx((low, high), abs=2e-6)
    assert wilson(1.0, 0) is None


def test_alpha_is_that_of_krippendorff_s_own_example() -> None:
    """The nominal example of his "Computing Krippendorff's Alpha-Reliability" (2011), four coders and missing values: .743."""
    coders = ["  1   2   3   3   2   1   4   1   2   .   .   .", "  1   2   3   3   2   2   4   1   2   5   .   3",
              "  .   3   3   3   2   3   4   2   2   5   1   .", "  1   2   3   3   2   4   4   1   2   5   1   ."]  # fmt: skip
    units = [[value for value in values if value != "."] for values in zip(*(row.split() for row in coders), strict=True)]
    assert alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_kappa_and_ac1_of_the_paradox() -> None:
    """Where nearly all is right, kappa is below nought at 92 per cent of agreement, and AC1 is not."""
    pairs = [("right", "right")] * 92 + [("right", "wrong")] * 4 + [("wrong", "right")] * 4
    assert percent(pairs) == 0.92
    assert kappa(pairs) == pytest.approx((0.92 - 0.9232) / (1 - 0.9232))
    assert ac1(pairs) == pytest.approx((0.92 - 2 * 0.96 * 0.04) / (1 - 2 * 0.96 * 0.04))
    assert f1(pairs, "wrong") == 0.0


def test_kappa_of_cohen_s_textbook_table() -> None:
    """20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: 0.4."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


def test_all_the_same_is_not_a_number() -> None:
    pairs = [("right", "right")] * 5
    assert (alpha(pairs), kappa(pairs), ac1(pairs), f1(pairs, "wrong")) == (None, None, None, None)
    assert percent([]) is None


def test_alpha_by_its_definition_on_random_sets() -> None:
    """Observed over expected disagreement of all pairs of values, counted one by one."""
    dice = random.Random(0)
    for _ in range(300):
        units = [[dice.choice("abc") for _ in range(dice.randint(1, 4))] for _ in range(dice.randint(2, 30))]
        pairable = [unit for unit in units if len(unit) > 1]
        values = [value for unit in pairable for value in unit]
        total = len(values)
        observed = sum(
            sum(one != other for i, one in enumerate(unit) for j, other in enumerate(unit) if i != j) / (len(unit) - 1)
            for unit in pairable
        )
        expected = sum(one != other for i, one in enumerate(values) for j, other in enumerate(values) if i != j)
        if not expected:
            assert alpha(units) is None
            continue
        assert alpha(units) == pytest.approx(1 - (observed / total) / (expected / (total * (total - 1))), abs=1e-12)


def test_kappa_and_ac1_by_their_definitions_on_random_sets() -> None:
    """Chance is counted one by one: any value of the one beside any of the other (Cohen), and a random guess (Gwet, 2008)."""
    dice = random.Random(1)
    for _ in range(300):
        names = "abcd"[: dice.randint(2, 4)]
        pairs = [(dice.choice(names), dice.choice(names)) for _ in range(dice.randint(2, 40))]
        observed = sum(one == other for one, other in pairs) / len(pairs)
        by_chance = sum(one == other for one, _ in pairs for _, other in pairs) / len(pairs) ** 2
        assert kappa(pairs) == (None if by_chance == 1 else pytest.approx((observed - by_chance) / (1 - by_chance), abs=1e-12))
        shares = [sum((one == name) + (other == name) for one, other in pairs) / (2 * len(pairs)) for name in names]
        guessed = sum(share * (1 - share) for share in shares) / (len(names) - 1)
        assert ac1(pairs, len(names)) == pytest.approx((observed - guessed) / (1 - guessed), abs=1e-12)


def test_wilson_s_ends_are_z_standard_errors_away() -> None:
    """The definition: the shares from which the one that was seen is z standard errors away."""
    dice = random.Random(2)
    for _ in range(300):
        total = dice.randint(1, 500)
        share = dice.randint(0, total) / total
        found = wilson(share, total)
        assert found is not None
        for end in found:
            assert (share - end) ** 2 == pytest.approx(Z95**2 * end * (1 - end) / total, abs=1e-12)


def test_spans_agree_when_equal_or_when_they_overlap() -> None:
    ones, others = [("a", 0, 5), ("a", 10, 20)], [("a", 0, 5), ("a", 12, 22), ("b", 10, 20)]
    assert span_f1(ones, others) == pytest.approx(2 / 5)
    assert span_f1(ones, others, overlapping=True) == pytest.approx(4 / 5)
    assert span_f1([], []) is None


def test_weights_cost_precision() -> None:
    assert effective_count([1.0] * 10) == 10
    assert effective_count([1.0, 3.0]) == pytest.approx(1.6)


def test_agreement_of_two_coders(project: Path, run: Run) -> None:
    run("build")
    keys = list(builder.load(project / "datapackage.json")["mentions"]["mention_id"])
    ada, ben = Coder("ada", project), Coder("ben", project)
    for key in keys:
        ada.decide(key, "accept")
        ben.decide(key, "accept")
    ben.decide(keys[0], "wrong", columns=["form"])
    assert run("build").returncode == 0
    done = run("coding", "agreement", "ada", "ben", "--disagreements", "differ.csv")
    assert done.returncode == 0
    row = next(line.split() for line in done.stdout.splitlines() if line.split()[:2] == ["mentions", "form"])
    assert row[2:4] == [str(len(keys)), f"{(len(keys) - 1) / len(keys):.3f}"]
    with (project / "differ.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["row"], row["ada"], row["ben"]) for row in rows] == [(keys[0], "right", "wrong")]
    assert run("coding", "agreement", "ada", "eve").returncode == 2
    card = (project / "docs" / "data-card.md").read_text(encoding="utf-8")
    assert "Agreement of ada and ben" in card
    assert "No sample was drawn" in card
