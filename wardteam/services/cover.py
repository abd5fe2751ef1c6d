"""Plan who holds every bed on every day of a roster, and the zones of its other shifts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cached_property

from wardteam.domain.beds import Cover, Zone
from wardteam.domain.ladder import ladder_level
from wardteam.domain.people import Level, Nurse, RestrictionKind
from wardteam.domain.plans import CoverPlan
from wardteam.domain.roster import Roster, RosterCell
from wardteam.domain.shifts import DAY_MINUTES, Post, Shift, ShiftKind
from wardteam.domain.teams import Membership, Role
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named
from wardteam.services.census import census
from wardteam_solver.beds import BedState
from wardteam_solver.cover import DayCase, Holder, ZoneNurse, cover_days, zones
from wardteam_solver.lexicographic import SolveLimits


def plan_cover(
    book: WardBook,
    roster: Roster,
    *,
    days: Collection[date] | None = None,
    kept: Iterable[Cover] = (),
    seed: int = 0,
    workers: int = 1,
    time_limit: float = 5,
) -> CoverPlan:
    """Give every bed a holder on every day of the roster, and the other shifts their zones.

    Parameters
    ----------
    days
        Only these days, where others keep the cover they have.
    kept
        The cover so far, which stays where it can.
    time_limit
        Seconds for one day at most.
    """
    wanted = [_Day(book, roster, day) for day in roster.period if days is None or day in days]
    held_before: dict[date, dict[str, str]] = {}
    for cover in kept:
        held_before.setdefault(cover.day, {})[cover.bed] = cover.staff_no
    limits = SolveLimits(seed, workers, time_limit)
    held = cover_days([day.case() for day in wanted], limits, kept=held_before)
    found = [zone for day in wanted for zone in day.zones()]
    return CoverPlan(held.covers, tuple(found), (*_without_owner(book, roster), *held.notes), held.record)


def day_cases(book: WardBook, roster: Roster) -> list[DayCase]:
    """Lay out every day of the roster for the cover."""
    return [_Day(book, roster, day).case() for day in roster.period]


def _without_owner(book: WardBook, roster: Roster) -> Iterator[Message]:
    bare = tuple(bed.code for bed in book.beds if book.owner(bed.code, roster.period.first) is None)
    if bare:
        yield Message("Beds without an owner: {beds}.", beds=bare)


@dataclass(frozen=True)
class _Day:
    """One day of the roster against the ward's book."""

    book: WardBook
    roster: Roster
    day: date

    def case(self) -> DayCase:
        return DayCase(self.day, census(self.book, self.day), self._holders(), self._owners, self._bed_teams)

    def zones(self) -> Iterator[Zone]:
        teams = self._bed_teams
        for shift in self.book.shifts:
            if shift.is_duty and not shift.holds_beds:
                nurses = [self._zone_nurse(nurse) for nurse, _ in self._on(shift)]
                yield from zones(self.day, shift.code, self._census_at(shift), nurses, teams)

    @cached_property
    def _owners(self) -> dict[str, str]:
        return {o.bed: o.staff_no for o in self.book.ownerships if o.holds(self.day)}

    @cached_property
    def _memberships(self) -> dict[str, Membership]:
        return {m.staff_no: m for m in self.book.memberships if m.holds(self.day)}

    @cached_property
    def _bed_teams(self) -> dict[str, int]:
        homes = ((bed, self._memberships.get(owner)) for bed, owner in self._owners.items())
        return {bed: membership.team for bed, membership in homes if membership is not None}

    def _on(self, shift: Shift) -> list[tuple[Nurse, RosterCell]]:
        cells = ((n, self.roster.cell(n.staff_no, self.day)) for n in self.book.staff(self.day))
        return [(nurse, cell) for nurse, cell in cells if cell is not None and cell.code == shift.code]

    def _holders(self) -> tuple[Holder, ...]:
        """Give who holds beds today; where nobody is on such a shift, whoever is on duty, above any cap."""
        holding = [shift for shift in self.book.shifts if shift.holds_beds]
        found = [
            self._holder(nurse, cell)
            for shift in holding
            for nurse, cell in self._on(shift)
            if cell.post is not Post.ASSISTANT
        ]
        if found:
            return tuple(found)
        others = sorted((s for s in self.book.shifts if s.is_duty), key=lambda s: s.kind is not ShiftKind.DAY)
        on_duty = [pair for shift in others for pair in self._on(shift)]
        return tuple(replace(self._holder(nurse, cell), most=0) for nurse, cell in on_duty)

    def _holder(self, nurse: Nurse, cell: RosterCell) -> Holder:
        """Describe a holder; a sheet without posts is read by the nurse's role in her team."""
        membership = self._memberships.get(nurse.staff_no)
        role = membership.role if membership is not None else Role.MEMBER
        is_head = cell.post is Post.LEADER or (cell.post is Post.NONE and role is Role.LEADER)
        caps = self.book.settings.caps
        return Holder(
            staff_no=nurse.staff_no,
            name=Named(nurse.name, nurse.name_en),
            team=cell.team or (membership.team if membership is not None else None),
            role=role,
            level=ladder_level(nurse, self.day),
            most=caps.leader_cover_most if is_head else caps.responsible_cover_most,
        )

    def _zone_nurse(self, nurse: Nurse) -> ZoneNurse:
        membership = self._memberships.get(nurse.staff_no)
        level = ladder_level(nurse, self.day)
        is_supervised = any(
            r.kind is RestrictionKind.SUPERVISED and r.staff_no == nurse.staff_no and r.holds(self.day)
            for r in self.book.restrictions
        )
        team = membership.team if membership is not None else None
        return ZoneNurse(nurse.staff_no, team, level, is_supervised or level is Level.N0, nurse.is_preceptor)

    def _census_at(self, shift: Shift) -> tuple[BedState, ...]:
        """Give the census when the shift begins, which for a night may be a date later."""
        days, minute = divmod(shift.start_minute, DAY_MINUTES)
        start = time(minute // 60, minute % 60)
        return census(self.book, self.day + timedelta(days=days), start)
