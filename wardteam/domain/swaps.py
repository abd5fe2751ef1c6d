"""Swaps (换班): a nurse offers duties, a colleague accepts, the head nurse approves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from wardteam.domain.roster import CellKey, Roster
from wardteam.domain.shifts import Post


class SwapState(StrEnum):
    """How far a swap is; only `OFFERED` and `ACCEPTED` are open."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    STALE = "stale"


_NEXT: dict[SwapState, frozenset[SwapState]] = {
    SwapState.OFFERED: frozenset(
        {SwapState.ACCEPTED, SwapState.REFUSED, SwapState.WITHDRAWN, SwapState.EXPIRED, SwapState.STALE}
    ),
    SwapState.ACCEPTED: frozenset(
        {SwapState.APPROVED, SwapState.REFUSED, SwapState.WITHDRAWN, SwapState.EXPIRED, SwapState.STALE}
    ),
}


@dataclass(frozen=True)
class SwapDuty:
    """A duty as it stood in the roster when somebody put her name to it; `code` is the shift's."""

    day: date
    code: str
    post: Post = Post.NONE


@dataclass(frozen=True)
class Swap:
    """A swap request (换班申请). `day` is the first offered date.

    `staff_no` gives the duties `gives`; `asks` are the duties she would take in return, any of them, and
    none where she gives hers away. `to` are the colleagues she asks, everybody where it is empty. With
    `partner` and `takes` a colleague has accepted: on all the days named, the two exchange their cells.
    """

    code: str
    day: date
    staff_no: str
    gives: tuple[SwapDuty, ...]
    asks: tuple[SwapDuty, ...] = ()
    to: tuple[str, ...] = ()
    partner: str = ""
    takes: tuple[SwapDuty, ...] = ()
    state: SwapState = SwapState.OFFERED
    reason: str = ""

    def __post_init__(self) -> None:
        days = [duty.day for duty in self.gives]
        if not days or len(set(days)) != len(days) or self.day != min(days):
            raise ValueError(f"swap {self.code} needs offered duties, its day the first, got {days}")
        if self.staff_no in (self.partner, *self.to):
            raise ValueError(f"nurse {self.staff_no} can't swap with herself")
        needs_partner = self.state in (SwapState.ACCEPTED, SwapState.APPROVED)
        if needs_partner and not self.partner:
            raise ValueError(f"swap {self.code} is {self.state} without a partner")

    @property
    def is_open(self) -> bool:
        """Whether anything can still be decided."""
        return self.state in _NEXT

    @property
    def days(self) -> tuple[date, ...]:
        """Dates on which the two exchange their cells, as far as they are agreed."""
        return tuple(sorted({duty.day for duty in (*self.gives, *self.takes)}))

    def is_for(self, staff_no: str) -> bool:
        """Whether this colleague may accept it."""
        return staff_no != self.staff_no and (not self.to or staff_no in self.to)

    def may_become(self, state: SwapState) -> bool:
        """Whether this step is allowed."""
        return state in _NEXT.get(self.state, frozenset())

    def moved(self, state: SwapState, *, reason: str = "") -> Swap:
        """Give the swap in its next state; ValueError where the step is not allowed."""
        if not self.may_become(state):
            raise ValueError(f"swap {self.code} is {self.state} and can't become {state}")
        return replace(self, state=state, reason=reason)

    def accepted(self, partner: str, takes: tuple[SwapDuty, ...]) -> Swap:
        """Give the swap as a colleague accepts it; ValueError where it is not open to her."""
        if not self.may_become(SwapState.ACCEPTED) or not self.is_for(partner):
            raise ValueError(f"swap {self.code} ({self.state}) can't be accepted by {partner}")
        return replace(self, state=SwapState.ACCEPTED, partner=partner, takes=takes, reason="")

    def is_stale(self, roster: Roster) -> bool:
        """Whether a duty that was offered or accepted stands no longer where it stood."""
        mine = ((self.staff_no, duty) for duty in self.gives)
        theirs = ((self.partner, duty) for duty in self.takes)
        return any(not _stands(roster, (who, duty.day), duty) for who, duty in (*mine, *theirs))


def _stands(roster: Roster, key: CellKey, duty: SwapDuty) -> bool:
    cell = roster.cell(*key)
    return cell is not None and (cell.code, cell.post) == (duty.code, duty.post)
