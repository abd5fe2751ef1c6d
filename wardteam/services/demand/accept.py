"""The head nurse's decision on the demand: checked, written into the book, kept with what stood before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from wardteam.domain.demand_decisions import DemandChange, DemandDecision
from wardteam.domain.shifts import DayKind, Demand
from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput, Conflict, Finding, Message
from wardteam.services.demand.asked import ShiftAsk, asked_on, next_day_of
from wardteam.services.ports import Clock, StoredBook, UnitOfWork, UnitOfWorkFactory
from wardteam.services.quality_ports import Kept

PREFIX = "DEMAND-"
MOST_NURSES = 99
MOVED_ON = Message(
    "The ward was changed in the meantime, and the proposal was made from what stood before. Look at it once "
    "more."
)
NOTHING = Message("None of the numbers differs from what is asked for now; nothing was changed.")
NO_SUCH_LINE = "The ward asks for no such shift on this kind of day."
WRONG_NUMBERS = "Numbers with 0 ≤ minimum ≤ wished ≤ {most} were expected."
TWICE = "This shift and kind of day is named twice."
LATER_CHANGE = Message("The demand was changed after this decision; only the newest one can be put back.")


@dataclass(frozen=True)
class DemandEdit:
    """The numbers that one shift's row is to have on a kind of day, in the row's own unit."""

    shift: str
    kind: DayKind
    minimum: int
    wished: int

    @property
    def key(self) -> str:
        """The line's name, as in the proposal."""
        return f"{self.shift}-{self.kind.value}"


def decide_demand(
    units: UnitOfWorkFactory,
    ward: str,
    edits: Sequence[DemandEdit],
    *,
    expected_revision: int,
    by: str,
    clock: Clock,
    reason: str = "",
    data_hash: str = "",
) -> DemandDecision:
    """Write the numbers into the ward's demand, and keep the decision.

    Demand has no dates of its own: rosters made from now on follow it, rosters that are there stay as they
    are.

    Raises
    ------
    BadInput
        With every line that can't be, or where no number differs; nothing is changed.
    Conflict
        Where the book was changed since it was read.
    """
    at = clock()
    with units() as unit:
        stored = _unmoved(unit, ward, expected_revision)
        changes, demands = _checked(stored.book, edits, at)
        decision = _decision(unit, stored.book, at, changes, demands, data_hash=data_hash)
        _save(unit, stored, decision, by=by, at=at, reason=reason)
    return decision


def put_back(
    units: UnitOfWorkFactory,
    ward: str,
    code: str,
    *,
    expected_revision: int,
    by: str,
    clock: Clock,
    reason: str = "",
) -> DemandDecision:
    """Bring back what stood before the newest decision; both stay readable.

    Raises
    ------
    NotFound
        Where there is no such decision.
    Conflict
        Where the demand, or the book, was changed since.
    """
    at = clock()
    with units() as unit:
        stored = _unmoved(unit, ward, expected_revision)
        made = unit.captured.get(ward, DemandDecision, code).record
        if stored.book.demands != made.after:
            raise Conflict(LATER_CHANGE)
        changes = tuple(_reversed(change) for change in made.changes)
        decision = _decision(unit, stored.book, at, changes, made.before, undoes=code)
        _save(unit, stored, decision, by=by, at=at, reason=reason)
    return decision


def decisions(units: UnitOfWorkFactory, ward: str) -> tuple[Kept[DemandDecision], ...]:
    """Give all decisions, newest first."""
    with units() as unit:
        kept = unit.captured.all(ward, DemandDecision)
    return tuple(sorted(kept, key=lambda one: one.record.code, reverse=True))


def _unmoved(unit: UnitOfWork, ward: str, expected: int) -> StoredBook:
    stored = unit.books.get(ward)
    if stored.revision != expected:
        raise Conflict(MOVED_ON)
    return stored


def _checked(
    book: WardBook, edits: Sequence[DemandEdit], at: datetime
) -> tuple[tuple[DemandChange, ...], tuple[Demand, ...]]:
    today = at.astimezone(book.settings.zone).date()
    asks = {
        (ask.shift.code, kind): ask
        for kind in DayKind
        if (day := next_day_of(book, kind, today)) is not None
        for ask in asked_on(book, day)
    }
    wrong = tuple(_findings(edits, asks))
    if wrong:
        raise BadInput(wrong)
    named = [(edit, asks[edit.shift, edit.kind]) for edit in edits]
    changed = [(e, ask) for e, ask in named if (e.minimum, e.wished) != (ask.row.minimum, ask.row.wished)]
    if not changed:
        raise BadInput((Finding("", NOTHING),))
    demands = book.demands
    for edit, ask in changed:
        demands = with_row(demands, ask.row, edit)
    return tuple(_change(edit, ask.row) for edit, ask in changed), demands


def _findings(edits: Iterable[DemandEdit], asks: dict[tuple[str, DayKind], ShiftAsk]) -> Iterator[Finding]:
    seen = set[str]()
    for edit in edits:
        value = f"{edit.minimum}, {edit.wished}"
        if (edit.shift, edit.kind) not in asks:
            yield Finding("", Message(NO_SUCH_LINE), column=edit.key, value=value)
        elif not 0 <= edit.minimum <= edit.wished <= MOST_NURSES:
            yield Finding("", Message(WRONG_NUMBERS, most=MOST_NURSES), column=edit.key, value=value)
        elif edit.key in seen:
            yield Finding("", Message(TWICE), column=edit.key, value=value)
        seen.add(edit.key)


def with_row(demands: tuple[Demand, ...], row: Demand, edit: DemandEdit) -> tuple[Demand, ...]:
    """Give the demand with one kind of day's row in these numbers; a row for all days stays beside it."""
    most = row.maximum if row.maximum is None else max(row.maximum, edit.wished)
    new = replace(
        row, minimum=edit.minimum, wished=edit.wished, maximum=most, day_kind=edit.kind, weekdays=(), days=()
    )
    place = (new.shift, new.post, new.per_team, new.team, new.day_kind, (), ())
    same = [
        d for d in demands if (d.shift, d.post, d.per_team, d.team, d.day_kind, d.weekdays, d.days) == place
    ]
    if same:
        return tuple(new if d is same[-1] else d for d in demands)
    return (*demands, new)


def _change(edit: DemandEdit, row: Demand) -> DemandChange:
    return DemandChange(
        edit.shift, edit.kind, row.minimum, row.wished, edit.minimum, edit.wished, per_team=row.per_team
    )


def _reversed(change: DemandChange) -> DemandChange:
    return replace(
        change,
        old_minimum=change.minimum,
        old_wished=change.wished,
        minimum=change.old_minimum,
        wished=change.old_wished,
    )


def _decision(
    unit: UnitOfWork,
    book: WardBook,
    at: datetime,
    changes: tuple[DemandChange, ...],
    after: tuple[Demand, ...],
    *,
    data_hash: str = "",
    undoes: str = "",
) -> DemandDecision:
    return DemandDecision(
        code=unit.captured.next_code(book.ward.code, DemandDecision, PREFIX),
        day=at.astimezone(book.settings.zone).date(),
        changes=changes,
        before=book.demands,
        after=after,
        data_hash=data_hash,
        undoes=undoes,
    )


def _save(
    unit: UnitOfWork, stored: StoredBook, decision: DemandDecision, *, by: str, at: datetime, reason: str
) -> None:
    book = replace(stored.book, demands=decision.after)
    unit.books.save(book, expected_revision=stored.revision, by=by, at=at)
    ward = stored.book.ward.code
    unit.captured.put(ward, decision, expected_revision=None, by=by, at=at, reason=reason.strip())
    unit.commit()
