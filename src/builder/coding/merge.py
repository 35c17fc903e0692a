"""People's decisions put into the machine's tables of some articles: every decision comes out again, with what became of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from builder.coding.claims import Claim, Machine, Outcome, Placed, Status, agree, claim_of, outcome_of
from builder.coding.decisions import Decision
from builder.coding.forms import layout
from builder.coding.patch import Original, Patch, Patched, apply, new_patches
from builder.coding.realise import CannotBeAppliedError, Realiser
from builder.coding.targets import AnchorStatus, Lost, Target, find_targets, place
from builder.coding.view import View
from builder.tables.arrays import strings
from builder.tables.arrow import ArrowTables

Check = Callable[[ArrowTables], str | None]
"""The first thing that is wrong with tables of whole articles."""

MOST_CHECKS = 200
TABLES_IN_ORDER = ("participants", "agencies", "dates", "quotes", "affiliations", "mentions", "articles")
"""Each after those whose rows it may refer to by a key made from names."""


class Review(NamedTuple):
    """A decision and what became of it; ``start`` is where its row stands in this build."""

    decision: Decision
    row_id: str | None
    start: int | None
    anchor: AnchorStatus
    merge_status: Status
    explanation: str | None = None


class Merged(NamedTuple):
    tables: dict[str, pa.Table]
    reviews: list[Review]
    originals: list[Original]


class _Settled(NamedTuple):
    """What coders say of one row taken together; ``claim`` is None where nothing is to be done."""

    target: Target
    outcome: Outcome
    claim: Claim | None
    statuses: list[tuple[Placed, Status, str | None]]


def merge(tables: ArrowTables, decisions: Sequence[Decision], check: Check) -> Merged:
    """``tables`` are the machine's, of whole articles; ``decisions`` are on these articles and no others.

    What would make tables that do not pass the ``check`` is not applied, and says so.
    """
    view = View(tables)
    merged, patched = _merge(view, decisions, frozenset())
    if not patched.changed or check(_of_articles(patched.tables, patched.changed)) is None:
        return merged
    refused: set[str] = set()
    for article_id in sorted(patched.changed):
        own = [decision for decision in decisions if decision.article_id == article_id]
        refused |= _refused(View(_of_articles(view.tables, [article_id])), own, check)
    merged, _ = _merge(view, decisions, frozenset(refused))
    return merged


def _refused(view: View, decisions: Sequence[Decision], check: Check) -> set[str]:
    """Ids of the decisions of an article that cannot stand beside those before them.

    After MOST_CHECKS of them, all that are left are refused.
    """
    checks = 0

    def fails(refused: set[str]) -> bool:
        nonlocal checks
        checks += 1
        _, patched = _merge(view, decisions, frozenset(refused))
        return checks > MOST_CHECKS or (bool(patched.changed) and check(patched.tables) is not None)

    def admit(some: Sequence[str], refused: set[str]) -> set[str]:
        """``refused`` less those of ``some`` that can be admitted."""
        without = refused - set(some)
        if not fails(without):
            return without
        if len(some) == 1 or checks > MOST_CHECKS:
            return refused
        middle = len(some) // 2
        return admit(some[middle:], admit(some[:middle], refused))

    ids = [decision.id for decision in decisions]
    return admit(ids, set(ids)) if fails(set()) else set()


def _of_articles(tables: ArrowTables, article_ids: Iterable[str]) -> dict[str, pa.Table]:
    wanted = strings(sorted(article_ids))
    return {
        name: table.filter(pc.is_in(table["article_id"].combine_chunks(), value_set=wanted)) for name, table in tables.items()
    }


def _merge(view: View, decisions: Sequence[Decision], refused: frozenset[str]) -> tuple[Merged, Patched]:
    """Without what the decisions that are ``refused`` say; they are still told."""
    reviews: list[Review] = []
    placed: list[Placed] = []
    anchors: dict[str, AnchorStatus] = {}
    for decision in sorted(decisions, key=lambda each: (each.coder, each.line.number)):
        found = place(view, decision)
        if isinstance(found, Lost):
            reviews.append(Review(decision, None, None, "lost", "orphaned", found.why))
        elif decision.table is None or decision.verdict == "done":
            placed.append(found[0])
            anchors[decision.id] = "none"
        else:
            placed.append(found[0])
            anchors[decision.id] = found[1]
    reviews += _of_articles_as_such([each for each in placed if _is_general(each.decision)])
    targets = find_targets(view, [each for each in placed if not _is_general(each.decision)])
    patched, settled = _settle_all(view, targets, anchors, refused)
    reviews = sorted([*reviews, *settled], key=lambda each: (each.decision.coder, each.decision.line.number))
    return Merged(patched.tables, reviews, patched.originals), patched


def _is_general(decision: Decision) -> bool:
    return decision.table is None or decision.verdict == "done"


def _of_articles_as_such(placed: Sequence[Placed]) -> list[Review]:
    """Decisions that nothing is missing in an article; they hold for the text that was read."""
    last = {(each.decision.coder, each.decision.table): each.decision.id for each in placed}
    reviews = []
    for each in placed:
        decision = each.decision
        if last[decision.coder, decision.table] != decision.id:
            reviews.append(Review(decision, None, None, "none", "superseded"))
        elif each.exact or decision.verdict == "undo":
            reviews.append(Review(decision, None, None, "none", "applied"))
        else:
            reviews.append(Review(decision, None, None, "none", "conflict", "the text has changed since"))
    return reviews


def _settle_all(
    view: View, targets: Sequence[tuple[Target, list[Placed]]], anchors: dict[str, AnchorStatus], refused: frozenset[str]
) -> tuple[Patched, list[Review]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for target, _ in targets:
        if target.row is not None:
            rows[target.table].append(target.row)
    machines = {table: view.machines(table, numbers) for table, numbers in rows.items()}
    settled = [
        _settle(target, placed, machines[target.table][target.row] if target.row is not None else None, refused)
        for target, placed in targets
    ]
    settled.sort(key=lambda each: TABLES_IN_ORDER.index(each.target.table))
    patches, realiser = new_patches(), Realiser(view)
    keys, problems = _take_keys(settled, realiser)
    reviews = []
    for number, each in enumerate(settled):
        machine = machines[each.target.table][each.target.row] if each.target.row is not None else None
        problem = problems.get(number) or _patch(patches[each.target.table], each, machine, keys.get(number), realiser)
        row_id = machine.row[layout(each.target.table).key] if machine else None if problem else keys.get(number)
        for placed, status, explanation in each.statuses:
            if problem and status in ("applied", "not-needed", "conflict"):
                status, explanation = "conflict", f"cannot be applied: {problem}"  # noqa: PLW2901
            start = placed.start if placed.decision.anchor else None
            reviews.append(Review(placed.decision, row_id, start, anchors[placed.decision.id], status, explanation))
    return apply(view, patches), reviews


def _take_keys(settled: Sequence[_Settled], realiser: Realiser) -> tuple[dict[int, str], dict[int, str]]:
    """Keys of the rows that are added, and why some cannot be."""
    keys, problems = {}, {}
    for number, each in enumerate(settled):
        if each.target.row is None and each.outcome.values is not None and each.claim:
            try:
                keys[number] = realiser.key_of(
                    each.target.table, each.target.article_id, each.outcome.values, each.claim.placed.exact
                )
            except (CannotBeAppliedError, KeyError, TypeError) as error:
                problems[number] = _why(error)
    return keys, problems


def _patch(patch: Patch, settled: _Settled, machine: Machine | None, key: str | None, realiser: Realiser) -> str | None:
    """Why the outcome could not be applied, None where it was."""
    outcome, target = settled.outcome, settled.target
    if outcome.values is not None and settled.claim:
        try:
            exact = settled.claim.placed.exact
            row = realiser.row(target.table, target.article_id, outcome.values, machine, key, exact)
        except (CannotBeAppliedError, KeyError, TypeError) as error:
            return _why(error)
        row["coding_status"] = outcome.coding_status
        if machine is None:
            patch.added.append(row)
        else:
            patch.replaced[machine.place] = row
    elif machine is not None and outcome.removed:
        patch.removed.add(machine.place)
    elif machine is not None and outcome.coding_status != "machine":
        patch.status[machine.place] = outcome.coding_status
    return None


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, CannotBeAppliedError) else f"values are missing ({error})"


def _settle(target: Target, placed: Sequence[Placed], machine: Machine | None, refused: frozenset[str]) -> _Settled:
    """What the last words of all coders on a row come to."""
    by_coder: dict[str, list[Placed]] = defaultdict(list)
    for each in placed:
        by_coder[each.decision.coder].append(each)
    claims: list[Claim] = []
    statuses: list[tuple[Placed, Status, str | None]] = []
    for _, own in sorted(by_coder.items()):
        claim: Claim | None = None
        for each in own:
            if each.decision.id not in refused:
                claim = claim_of(each, claim)
            if each.decision.id in refused:
                statuses.append((each, "conflict", "not applied: the tables would not pass their checks"))
            elif each is not own[-1]:
                statuses.append((each, "superseded", None))
        if own[-1].decision.id in refused:
            continue
        if claim is None:
            gone = machine is None and own[-1].decision.verdict == "unsure"
            statuses.append((own[-1], "orphaned" if gone else "applied", "there is no such row" if gone else None))
        else:
            claims.append(claim)
    return _weigh(target, claims, machine, statuses)


def _weigh(
    target: Target, claims: Sequence[Claim], machine: Machine | None, statuses: list[tuple[Placed, Status, str | None]]
) -> _Settled:
    """An adjudicator's word is the last; else all must say the same."""
    final = [claim for claim in claims if claim.decision.adjudicates]
    voices = final or claims
    if not voices:
        return _Settled(target, Outcome("applied"), None, statuses)
    for claim in claims:
        if claim not in voices:
            statuses.append((claim.placed, "superseded", f"settled by {final[0].decision.id}"))
    agreed = agree(voices)
    if agreed is None:
        who = ", ".join(claim.decision.coder for claim in voices)
        statuses += [(claim.placed, "disputed", f"coders differ: {who}") for claim in voices]
        return _Settled(target, Outcome("disputed", "disputed" if machine else "machine"), None, statuses)
    same = [claim for claim in voices if bool(claim.bad) == bool(agreed.bad)]
    outcomes = [(outcome_of(claim, machine), claim) for claim in same]
    outcome, claim = next((pair for pair in outcomes if pair[0].merge_status != "conflict"), outcomes[0])
    statuses += [(voice.placed, outcome.merge_status, outcome.explanation) for voice in voices]
    return _Settled(target, outcome, claim, statuses)
