"""What a roster is to be made for: people, shifts, days and needs, as indexes and plain numbers.

Wards (through `wardteam.services`) and public benchmarks build the same `Problem`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from wardteam_solver.limits import AnyOf, Fact, On, Options

OFF = -1
"""The option of a day without duty."""


@dataclass(frozen=True)
class ShiftSpec:
    """A shift of the problem. Minutes count from 00:00 of its day; `kind` serves the rotation rules."""

    code: str
    minutes: int
    kind: str = ""
    segments: tuple[tuple[int, int], ...] = ()
    posts: tuple[str, ...] = ("",)
    is_duty: bool = True
    minimum_senior: int | None = None
    name: str = ""
    name_en: str = ""

    @property
    def ends_next_day(self) -> bool:
        """Whether duty passes midnight into the following date."""
        return bool(self.segments) and self.segments[-1][1] > 1440


class Ban(NamedTuple):
    """Shifts that a nurse may not work on some days, with the code of the rule that says so."""

    rule: str
    days: range
    shifts: frozenset[str]


@dataclass(frozen=True)
class Person:
    """A nurse as the engine sees her. `posts` are those she may hold; `minutes_owed` is her norm.

    `minutes_less` shortens each of her duties, as the nursing hour does; `contract_percent` is her share
    of full time; `helps` gives the days on which she counts for another team, with that team.
    """

    key: str
    name: str = ""
    name_en: str = ""
    team: int | None = None
    level: int = 0
    posts: frozenset[str] = frozenset({""})
    is_first_year: bool = False
    is_supervised: bool = False
    is_preceptor: bool = False
    may_work_nights: bool = True
    no_overtime: bool = False
    minutes_owed: int = 0
    minutes_balance: int = 0
    minutes_less: int = 0
    contract_percent: int = 100
    leave: Mapping[int, str] = field(default_factory=dict)
    bans: tuple[Ban, ...] = ()
    annual_leave_left: int | None = None
    helps: Mapping[int, int] = field(default_factory=dict)

    def team_on(self, day: int) -> int | None:
        """Give the team that she works for on a day."""
        return self.helps.get(day, self.team)


class Need(NamedTuple):
    """Staff asked for on a day: how many of `people` (all if None) on one of `options`.

    `below` and `above` multiply the cost of each nurse missing or too many.
    """

    day: int
    options: Options
    minimum: int
    wished: int
    maximum: int | None = None
    people: tuple[int, ...] | None = None
    shift: str = ""
    team: int | None = None
    detail: str = ""
    is_double: bool = False
    below: int = 1
    above: int = 1


class Request(NamedTuple):
    """A wish: to work one of `options` on the day, or not to; `points` weigh it.

    `remembered` of the points are there because her wishes were refused before.
    """

    nurse: int
    day: int
    options: Options
    wants: bool
    points: int = 1
    is_day_off: bool = False
    remembered: int = 0


class BedNeed(NamedTuple):
    """Beds of a team on a day that need a holder of at least this level."""

    team: int
    day: int
    level: int
    beds: int


class FairShare(NamedTuple):
    """How many of a measure a nurse should get, between low and high, less what she carries in."""

    measure: str
    nurse: int
    low: int
    high: int


class Lock(NamedTuple):
    """A cell that stays as it is: an option, or OFF."""

    nurse: int
    day: int
    option: int


@dataclass(frozen=True)
class Problem:
    """Everything the rules read. Days run from 0; `tail[n][-1]` is the last day before.

    `tail` holds shift indexes (or OFF) and is as long for every nurse; `capacity` is how many beds
    a post may hold on a day. `holidays` are days of public holidays; the day after the last one may be
    among them, for the nights that end on it.
    """

    first: date
    day_count: int
    shifts: tuple[ShiftSpec, ...]
    people: tuple[Person, ...]
    tail: tuple[tuple[int, ...], ...] = ()
    needs: tuple[Need, ...] = ()
    requests: tuple[Request, ...] = ()
    bed_needs: tuple[BedNeed, ...] = ()
    capacity: Mapping[str, int] = field(default_factory=dict)
    owned_beds: Mapping[int, int] = field(default_factory=dict)
    patients: tuple[int, ...] = ()
    bed_count: int = 0
    fair_shares: tuple[FairShare, ...] = ()
    locks: tuple[Lock, ...] = ()
    holidays: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.day_count < 1 or not self.shifts or not self.people:
            raise ValueError("a roster needs at least one day, one shift and one nurse")
        lengths = {len(days) for days in self.tail}
        if len(lengths) > 1 or (self.tail and len(self.tail) != len(self.people)):
            raise ValueError("the tail must have the same days for every nurse")

    @cached_property
    def options(self) -> tuple[tuple[int, str], ...]:
        """Every (shift index, post) that a cell can hold."""
        return tuple((s, post) for s, shift in enumerate(self.shifts) for post in shift.posts)

    @cached_property
    def duty(self) -> Options:
        """Options that are duty (on call is not)."""
        return frozenset(k for k, (s, _) in enumerate(self.options) if self.shifts[s].is_duty)

    @cached_property
    def overnight(self) -> Options:
        """Duty that ends on the following date."""
        return frozenset(k for k in self.duty if self.shift_of(k).ends_next_day)

    @cached_property
    def by_code(self) -> dict[str, Options]:
        """Options of each shift code."""
        codes: dict[str, set[int]] = {shift.code: set() for shift in self.shifts}
        for k, (s, _) in enumerate(self.options):
            codes[self.shifts[s].code].add(k)
        return {code: frozenset(ks) for code, ks in codes.items()}

    @cached_property
    def by_kind(self) -> dict[str, Options]:
        """Duty options of each kind of shift, in the order of the shifts."""
        kinds: dict[str, set[int]] = {}
        for k, (s, _) in enumerate(self.options):
            if self.shifts[s].is_duty and self.shifts[s].kind:
                kinds.setdefault(self.shifts[s].kind, set()).add(k)
        return {kind: frozenset(ks) for kind, ks in kinds.items()}

    @property
    def tail_length(self) -> int:
        """Days before day 0 that are known."""
        return len(self.tail[0]) if self.tail else 0

    @property
    def everyone(self) -> range:
        """Indexes of all nurses."""
        return range(len(self.people))

    @property
    def days(self) -> range:
        """Indexes of all days."""
        return range(self.day_count)

    def shift_of(self, option: int) -> ShiftSpec:
        """Give the shift of an option."""
        return self.shifts[self.options[option][0]]

    def with_post(self, post: str) -> Options:
        """Give the options that hold this post."""
        return frozenset(k for k, (_, p) in enumerate(self.options) if p == post)

    def date_of(self, day: int) -> date:
        """Give the date of a day's index."""
        return self.first + timedelta(days=day)

    def weekday(self, day: int) -> int:
        """Give the weekday, 0 for Monday."""
        return (self.first.weekday() + day) % 7

    def works(self, nurse: int, day: int) -> On:
        """Fact: she has a duty in this day's column."""
        return On(nurse, day, self.duty)

    def busy(self, nurse: int, day: int) -> Fact:
        """Fact: she has duty on this date, or comes from a night (下): no day off."""
        if not self.overnight or day - 1 < -self.tail_length:
            return self.works(nurse, day)
        return AnyOf((self.works(nurse, day), On(nurse, day - 1, self.overnight)))

    def unfree(self, nurse: int, day: int) -> Fact:
        """Fact: duty, on call, or coming from a night: not free for leave or for a wish."""
        everything = frozenset(range(len(self.options)))
        if everything == self.duty:
            return self.busy(nurse, day)
        here = On(nurse, day, everything)
        if not self.overnight or day - 1 < -self.tail_length:
            return here
        return AnyOf((here, On(nurse, day - 1, self.overnight)))

    def starts(self, length: int, *, past_end: int = 0) -> Iterator[int]:
        """Give the first days of all windows of this length that touch the period and are known."""
        first = max(-self.tail_length, 1 - length)
        return iter(range(first, self.day_count - length + 1 + past_end))

    def weekends(self) -> Iterator[tuple[int, ...]]:
        """Give the days of each weekend that is known, tail included; one may be cut by the period."""
        for day in range(-self.tail_length, self.day_count):
            if self.weekday(day) == 5:
                yield tuple(d for d in (day, day + 1) if d < self.day_count)
            elif self.weekday(day) == 6 and day == -self.tail_length:
                yield (day,)

    def weeks(self) -> Iterator[range]:
        """Give the days of each calendar week that touches the period, known days only."""
        start = -self.weekday(0)
        for monday in range(start, self.day_count, 7):
            yield range(max(monday, -self.tail_length), min(monday + 7, self.day_count))
