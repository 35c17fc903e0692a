"""What a decision says of a row, what two coders agree on, and what becomes of it beside the row as the machine has it."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from builder.coding.decisions import Decision
from builder.coding.forms import Form, Row

Status = Literal["applied", "not-needed", "conflict", "orphaned", "disputed", "superseded"]


class Machine(NamedTuple):
    """A row as the machine has it in the text of this build; ``form`` has what is judged of it."""

    place: int
    """Its number in its table."""
    row: Row
    form: Form


class Placed(NamedTuple):
    """A decision and where its row stands in the text of this build; ``exact`` where that is the text that was coded."""

    decision: Decision
    start: int
    exact: bool

    @property
    def end(self) -> int:
        return self.start + len(self.decision.anchor.text) if self.decision.anchor else 0

    @property
    def seen(self) -> Form:
        """The row as it was judged, its passage included."""
        seen = self.decision.seen or {}
        if (anchor := self.decision.anchor) is None:
            return seen
        end = anchor.start + len(anchor.text)
        text = {"text": anchor.text, "start": anchor.start, "end": end, "prefix": anchor.prefix, "suffix": anchor.suffix}
        return {**seen, "text": text}


class Claim(NamedTuple):
    """``values`` are those of the row by the coder, None for no such row; columns of ``bad`` are only called wrong."""

    placed: Placed
    seen: Form
    """The row as it was judged, its passage included."""
    values: Form | None
    bad: frozenset[str] = frozenset()
    added: bool = False

    @property
    def decision(self) -> Decision:
        return self.placed.decision


class Outcome(NamedTuple):
    """What the package gets: ``coding_status`` of the row, and ``values`` where they replace the machine's."""

    merge_status: Status
    coding_status: str = "machine"
    values: Form | None = None
    removed: bool = False
    explanation: str | None = None


def claim_of(placed: Placed, earlier: Claim | None) -> Claim | None:
    """``earlier`` is what the same coder said of the row before; None where nothing is said."""
    decision = placed.decision
    if decision.verdict in ("unsure", "undo", "done"):
        return None
    added = decision.verdict == "add" or (earlier is not None and earlier.added)
    seen = placed.seen
    if decision.verdict == "reject":
        return Claim(placed, seen, None, added=added)
    if decision.verdict == "wrong":
        return Claim(placed, seen, seen, frozenset(decision.columns), added)
    return Claim(placed, seen, {**seen, **decision.set} if decision.set else seen, added=added)


def same_value(one: Any, other: Any, exact: bool) -> bool:
    """Whether two values say the same; in another text (not ``exact``) places are not compared."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return bool(one == other)
    if one.get("name", one.get("text")) != other.get("name", other.get("text")):
        return False
    return not exact or "start" not in one or "start" not in other or one["start"] == other["start"]


def differing(one: Form, other: Form, exact: bool) -> list[str]:
    """Columns that both have, with different values."""
    return [name for name, value in one.items() if name in other and not same_value(value, other[name], exact)]


def changed_columns(claim: Claim) -> frozenset[str]:
    """Columns that the coder says are not as they were seen."""
    if claim.bad:
        return claim.bad
    values, seen = claim.decision.set or {}, claim.seen
    return frozenset(name for name, value in values.items() if name not in seen or not same_value(value, seen[name], True))


def agree(claims: Sequence[Claim]) -> Claim | None:
    """What all say, None where they differ. A corrected column agrees with a column that is only called wrong."""
    if len(claims) == 1:
        return claims[0]
    corrections = [claim for claim in claims if not claim.bad]
    if not corrections:
        return claims[0] if len({claim.bad for claim in claims}) == 1 else None
    first = corrections[0]
    return first if all(_agrees(claim, first) for claim in claims) else None


def _agrees(claim: Claim, first: Claim) -> bool:
    if claim.bad:
        return first.values is not None and claim.bad == changed_columns(first)
    if claim.values is None or first.values is None:
        return claim.values is first.values
    return not _differ(claim.values, first.values, claim.decision.sha256 == first.decision.sha256)


def _differ(one: Form, other: Form, exact: bool) -> bool:
    """A column that one leaves out is null there, or the machine's."""
    empty = [name for name in one.keys() ^ other.keys() if one.get(name) is not None or other.get(name) is not None]
    return bool(empty or differing(one, other, exact))


def outcome_of(claim: Claim, machine: Machine | None) -> Outcome:
    """The merge of what was seen, what the machine has, and what the coder says."""
    exact = claim.placed.exact
    as_seen = machine is not None and not differing(claim.seen, machine.form, exact)
    if claim.values is None:
        return _of_rejected(machine, as_seen)
    if claim.bad:
        return _of_wrong(claim, machine)
    if machine is None:
        if claim.added:
            return Outcome("applied", "added", claim.values)
        return Outcome("conflict", "added", claim.values, explanation="the machine has no such row any more")
    columns = [] if as_seen and claim.values is claim.seen else differing(claim.values, machine.form, exact)
    if not columns:
        needed = claim.decision.verdict == "accept" or (as_seen and not changed_columns(claim))
        return Outcome("applied" if needed else "not-needed", "accepted")
    if as_seen and not claim.added:
        return Outcome("applied", "corrected", claim.values)
    return Outcome("conflict", "corrected", claim.values, explanation=f"the machine has another {', '.join(columns)}")


def _of_rejected(machine: Machine | None, as_seen: bool) -> Outcome:
    if machine is None:
        return Outcome("not-needed")
    if as_seen:
        return Outcome("applied", removed=True)
    return Outcome("conflict", explanation="the rejected row has other values, so it is kept")


def _of_wrong(claim: Claim, machine: Machine | None) -> Outcome:
    if machine is None:
        return Outcome("not-needed", explanation="the machine has no such row any more")
    seen = claim.seen
    changed = [name for name in claim.bad if name in seen and differing({name: seen[name]}, machine.form, claim.placed.exact)]
    if changed:
        return Outcome("conflict", explanation=f"the machine has another {', '.join(sorted(changed))} than the one called wrong")
    return Outcome("applied", "disputed")
