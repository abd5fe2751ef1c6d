"""Clashes planted into generated wards: each kind with the rules, nurses and dates that make it up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from wardteam.domain.defaults import EVENING, NIGHT, STRAIGHT
from wardteam.domain.ladder import ladder_level
from wardteam.domain.people import Level, Nurse, Restriction, RestrictionKind
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.rules import RuleSetting, Severity
from wardteam.domain.shifts import Leave, LeaveKind
from wardteam.domain.ward import WardBook
from wardteam_solver.benchmarks.wards import GeneratedWard, Planted, generated_ward
from wardteam_solver.rules import WARD_RULES

ONE_DAY = timedelta(days=1)
NIGHTS_OF_ONE = 6
LOCKED_TOO_MANY = 7
AWAY_ALL_THE_TIME = 3
BARS = frozenset(("barred_shift", "pregnancy", "nursing_mother"))
"""What keeps a nurse from a night as surely as the planted leave or bar does."""
NIGHT_RULES = BARS | frozenset(
    (
        "seniority",
        "leave",
        "nights_in_a_row",
        "days_in_a_row",
        "weekly_rest",
        "rest",
        "off_after_nights",
        "free_weekend",
    )
)


WARD_CODES = frozenset(rule.code for rule in WARD_RULES)


class ClashKind(StrEnum):
    """What is planted."""

    SENIORS_AWAY = "all seniors on leave on one day"
    BROKEN_REST = "locks that break the rest"
    NO_PRECEPTOR = "a learner locked where no preceptor may be"
    BARRED_NIGHT = "a late pregnancy locked on a night"
    ONE_SENIOR = "one senior for six nights"
    TEAM_AWAY = "hard minima and most of a team on leave"
    OVER_MAXIMUM = "more locked than the shift takes"
    LOCKED_LEAVE = "a duty locked on a day of leave"
    WHOLE_WARD = "three nurses away all month where nobody can be spared"

    @property
    def is_local(self) -> bool:
        """Whether it lies on a few days; the others are spread over the ward and its period."""
        return self not in (ClashKind.ONE_SENIOR, ClashKind.WHOLE_WARD)


@dataclass
class _Site:
    """The ward that a clash is planted into, and the day around which it lies."""

    ward: GeneratedWard
    day: date

    @property
    def book(self) -> WardBook:
        """The ward's book."""
        return self.ward.book

    def is_free(self, nurse: Nurse, days: Iterable[date]) -> bool:
        """Whether she has neither leave near the days nor a restriction."""
        near = [d + i * ONE_DAY for d in days for i in (-1, 0, 1, 2)]
        on_leave = any(x.staff_no == nurse.staff_no and x.includes(d) for x in self.book.leaves for d in near)
        return not on_leave and not any(r.staff_no == nurse.staff_no for r in self.book.restrictions)

    def ordinary(self) -> tuple[Nurse, ...]:
        """Give the nurses whom nothing keeps from duty around the day."""
        return tuple(n for n in self.book.nurses if self.is_free(n, (self.day,)))

    def seniors(self) -> tuple[Nurse, ...]:
        """Give the nurses of N2 and above."""
        on = self.ward.period.first
        return tuple(n for n in self.book.nurses if ladder_level(n, on) >= Level.N2)

    def restricted(self, kind: RestrictionKind) -> str:
        """Give the first nurse with a restriction of this kind."""
        return next(r.staff_no for r in self.book.restrictions if r.kind is kind)

    def planted(
        self,
        book: WardBook,
        rules: Iterable[str],
        staff: Iterable[str],
        days: Iterable[date],
        locked: Mapping[CellKey, RosterCell] | None = None,
    ) -> GeneratedWard:
        """Give the ward with the clash."""
        planted = Planted("", frozenset(rules), frozenset(staff), frozenset(days))
        return replace(self.ward, book=book, locked=locked or {}, planted=planted)


def clashing_ward(kind: ClashKind, number: int) -> GeneratedWard:
    """Plant a clash of this kind into generated ward `number`."""
    ward = generated_ward(number)
    day = ward.period.first + timedelta(days=len(ward.period) // 2)
    found = _PLANTS[kind](_Site(ward, day))
    planted = replace(found.planted, kind=kind.value) if found.planted else None
    return replace(found, name=f"{ward.name}, {kind}", planted=planted)


def _seniors_away(site: _Site) -> GeneratedWard:
    seniors = [n.staff_no for n in site.seniors()]
    leaves = tuple(Leave(who, LeaveKind.STUDY, site.day, site.day) for who in seniors)
    book = replace(site.book, leaves=(*site.book.leaves, *leaves))
    return site.planted(book, BARS | {"seniority", "leave"}, seniors, (site.day - ONE_DAY, site.day))


def _broken_rest(site: _Site) -> GeneratedWard:
    who = site.ordinary()[0].staff_no
    morning = site.day + ONE_DAY
    locked = {(who, site.day): RosterCell(EVENING.code), (who, morning): RosterCell(STRAIGHT.code)}
    return site.planted(site.book, ("locked", "rest"), (who,), (site.day, morning), locked)


def _no_preceptor(site: _Site) -> GeneratedWard:
    learner = site.restricted(RestrictionKind.SUPERVISED)
    preceptors = [n.staff_no for n in site.book.nurses if n.is_preceptor]
    bars = tuple(Restriction(p, RestrictionKind.NO_NIGHTS, site.day, site.day) for p in preceptors)
    book = replace(site.book, restrictions=(*site.book.restrictions, *bars))
    locked = {(learner, site.day): RosterCell(NIGHT.code)}
    rules = BARS | {"locked", "supervision", "leave"}
    return site.planted(book, rules, (learner, *preceptors), (site.day, site.day + ONE_DAY), locked)


def _barred_night(site: _Site) -> GeneratedWard:
    who = site.restricted(RestrictionKind.PREGNANCY)
    leaves = tuple(x for x in site.book.leaves if x.staff_no != who)
    locked = {(who, site.day): RosterCell(NIGHT.code)}
    book = replace(site.book, leaves=leaves)
    return site.planted(book, ("locked", "pregnancy"), (who,), (site.day,), locked)


def _one_senior(site: _Site) -> GeneratedWard:
    nights = [site.day + i * ONE_DAY for i in range(NIGHTS_OF_ONE)]
    seniors = site.seniors()
    left = next(n for n in seniors if site.is_free(n, nights))
    others = [n.staff_no for n in seniors if n is not left]
    bars = tuple(Restriction(who, RestrictionKind.NO_NIGHTS, nights[0], nights[-1]) for who in others)
    book = replace(site.book, restrictions=(*site.book.restrictions, *bars))
    days = [site.day + i * ONE_DAY for i in range(-7, NIGHTS_OF_ONE + 7)]
    return site.planted(book, NIGHT_RULES, (n.staff_no for n in seniors), days)


def _team_away(site: _Site) -> GeneratedWard:
    team = [m.staff_no for m in site.book.memberships if m.team == 1]
    leaves = tuple(Leave(who, LeaveKind.ANNUAL, site.day, site.day) for who in team[2:])
    hard = RuleSetting("staffing", Severity.HARD)
    kept = tuple(s for s in site.book.rule_settings if s.rule != "staffing")
    book = replace(site.book, leaves=(*site.book.leaves, *leaves), rule_settings=(*kept, hard))
    return site.planted(book, ("staffing", "leave", "post_skill", "maximum_staffing"), team, (site.day,))


def _over_maximum(site: _Site) -> GeneratedWard:
    staff = [n.staff_no for n in site.ordinary()][:LOCKED_TOO_MANY]
    locked = {(who, site.day): RosterCell(NIGHT.code) for who in staff}
    return site.planted(site.book, ("locked", "maximum_staffing"), staff, (site.day,), locked)


def _locked_leave(site: _Site) -> GeneratedWard:
    who = site.ordinary()[0].staff_no
    leave = Leave(who, LeaveKind.MARRIAGE, site.day, site.day)
    book = replace(site.book, leaves=(*site.book.leaves, leave))
    locked = {(who, site.day): RosterCell(STRAIGHT.code)}
    return site.planted(book, ("locked", "leave"), (who,), (site.day,), locked)


def _whole_ward(site: _Site) -> GeneratedWard:
    """Give some nurses leave all the time where every minimum is hard and nobody can be spared."""
    period = site.ward.period
    away = [n.staff_no for n in site.ordinary()][-AWAY_ALL_THE_TIME:]
    leaves = tuple(Leave(who, LeaveKind.STUDY, period.first, period.last) for who in away)
    settings = tuple(s for s in site.book.rule_settings if s.rule != "staffing")
    hard = RuleSetting("staffing", Severity.HARD)
    book = replace(site.book, leaves=(*site.book.leaves, *leaves), rule_settings=(*settings, hard))
    return site.planted(book, WARD_CODES, (n.staff_no for n in book.nurses), period)


_PLANTS: Mapping[ClashKind, Callable[[_Site], GeneratedWard]] = {
    ClashKind.SENIORS_AWAY: _seniors_away,
    ClashKind.BROKEN_REST: _broken_rest,
    ClashKind.NO_PRECEPTOR: _no_preceptor,
    ClashKind.BARRED_NIGHT: _barred_night,
    ClashKind.ONE_SENIOR: _one_senior,
    ClashKind.TEAM_AWAY: _team_away,
    ClashKind.OVER_MAXIMUM: _over_maximum,
    ClashKind.LOCKED_LEAVE: _locked_leave,
    ClashKind.WHOLE_WARD: _whole_ward,
}

MEASURED = (
    (ClashKind.SENIORS_AWAY, 14),
    (ClashKind.BROKEN_REST, 15),
    (ClashKind.NO_PRECEPTOR, 16),
    (ClashKind.BARRED_NIGHT, 20),
    (ClashKind.ONE_SENIOR, 21),
    (ClashKind.TEAM_AWAY, 24),
    (ClashKind.WHOLE_WARD, 5),
)
"""The seven clashes of the measured set, each with the ward that it is planted into."""
