"""Whether an open swap still holds: not over, not overtaken by a change of the roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wardteam.domain.roster import Roster, RosterStatus
from wardteam.domain.swaps import Swap, SwapState
from wardteam.domain.ward import WardBook
from wardteam.errors import Conflict, Message, Named
from wardteam.services.carried import carried_book
from wardteam.services.ports import Clock, UnitOfWork, UnitOfWorkFactory
from wardteam.services.quality_ports import Kept
from wardteam.services.swap_scene import SwapScene, is_over, scene_of

OVER = {
    SwapState.EXPIRED: Message("This swap has expired: its first day or shift no longer changes."),
    SwapState.STALE: Message("The roster has been changed since; this swap no longer holds."),
}


@dataclass(frozen=True)
class ListedSwap:
    """A swap as a list shows it: `state` is what it is now, even where nobody has written that yet."""

    swap: Swap
    state: SwapState
    revision: int
    by: str
    at: datetime

    @property
    def is_open(self) -> bool:
        """Whether anything can still be decided."""
        return self.state in (SwapState.OFFERED, SwapState.ACCEPTED)


def list_swaps(units: UnitOfWorkFactory, ward: str, *, clock: Clock) -> tuple[ListedSwap, ...]:
    """Give all swaps, the newest step first, each with where it stands now."""
    with units() as unit:
        book = unit.books.get(ward).book
        now = clock().astimezone(book.settings.zone)
        kept = unit.captured.all(ward, Swap)
        rosters = {
            day: _published(unit, ward, day) for day in {k.record.day for k in kept if k.record.is_open}
        }
    listed = [
        ListedSwap(k.record, standing(k.record, book, rosters.get(k.record.day), now), k.revision, k.by, k.at)
        for k in kept
    ]
    return tuple(sorted(listed, key=lambda one: (one.at, one.swap.code), reverse=True))


def standing(swap: Swap, book: WardBook, roster: Roster | None, now: datetime) -> SwapState:
    """Give where a swap stands by the roster that is published now."""
    if not swap.is_open:
        return swap.state
    if roster is None or swap.is_stale(roster):
        return SwapState.STALE
    givers = ((swap.staff_no, duty.day) for duty in swap.gives)
    takers = ((swap.partner, day) for day in swap.days if swap.partner)
    if any(is_over(book, roster, roster.cell(*key), key[1], now) for key in (*givers, *takers)):
        return SwapState.EXPIRED
    return swap.state


def refuse_over(
    units: UnitOfWorkFactory, ward: str, kept: Kept[Swap], scene: SwapScene, *, by: str, clock: Clock
) -> None:
    """Close a swap that no longer holds, and raise Conflict that says so."""
    state = standing(kept.record, scene.book, scene.roster, scene.now)
    if state in OVER:
        with units() as unit:
            closed = kept.record.moved(state)
            unit.captured.put(ward, closed, expected_revision=kept.revision, by=by, at=clock())
            unit.commit()
        raise Conflict(OVER[state])


def present_scene(units: UnitOfWorkFactory, ward: str, day: date, clock: Clock) -> SwapScene:
    """Lay out the published roster of a date; Conflict where none is published."""
    with units() as unit:
        roster = _published(unit, ward, day)
        if roster is None:
            text = "No roster is published for {day}; before that, wishes are the way to ask."
            raise Conflict(Message(text, day=day))
        book = carried_book(unit, ward, roster.period)
    return scene_of(book, roster, clock())


def _published(unit: UnitOfWork, ward: str, day: date) -> Roster | None:
    roster = unit.rosters.at(ward, day)
    return roster if roster is not None and roster.status is RosterStatus.PUBLISHED else None


def name_of(book: WardBook, staff_no: str) -> Named:
    """Give a nurse's name in both languages; the number itself where nobody has it."""
    return next((Named(n.name, n.name_en) for n in book.nurses if n.staff_no == staff_no), Named(staff_no))
