"""Says an instance of Curtois and Qu with the ward's rules: a rule that is the same for many is one rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import gcd
from typing import NamedTuple

from wardteam.domain.rules import Severity
from wardteam_solver.benchmarks.public import MONDAY, Benchmark, grouped
from wardteam_solver.problem import OFF, Lock, Need, Person, Problem, Request, ShiftSpec
from wardteam_solver.rules import Rule
from wardteam_solver.rules.counts import DutiesBetween
from wardteam_solver.rules.hours import MinutesBetween
from wardteam_solver.rules.locked import Locked
from wardteam_solver.rules.rest import Successions
from wardteam_solver.rules.runs import Edge, LongestRun, ShortestRun
from wardteam_solver.rules.weekends import MostWeekends
from wardteam_solver.rules.wished_staffing import MaximumStaffing, WishedStaffing
from wardteam_solver.rules.wishes import Wishes


class Shift(NamedTuple):
    """A shift: its length and what may not follow it on the next day."""

    minutes: int
    cannot_follow: tuple[str, ...]


class Contract(NamedTuple):
    """What an employee may work, in the order of the file's columns."""

    most_minutes: int = 0
    least_minutes: int = 0
    longest_run: int = 0
    shortest_run: int = 0
    shortest_off: int = 0
    most_weekends: int = 0


class Employee(NamedTuple):
    """An employee: at most so many of each shift (one not listed: none), and the contract."""

    caps: dict[str, int]
    contract: Contract


class Wish(NamedTuple):
    """A shift asked for or against on a day."""

    who: str
    day: int
    shift: str
    weight: int
    wants: bool


class Cover(NamedTuple):
    """Staff asked for, and what each missing or too many costs."""

    wanted: int
    below: int
    above: int


@dataclass
class Instance:
    """A file's content, names as they stand there; days count from 0."""

    days: int = 0
    shifts: dict[str, Shift] = field(default_factory=dict)
    staff: dict[str, Employee] = field(default_factory=dict)
    days_off: list[tuple[str, int]] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    cover: dict[tuple[int, str], Cover] = field(default_factory=dict)

    @property
    def unit(self) -> int:
        """The largest number of minutes that divides every shift."""
        return gcd(*(shift.minutes for shift in self.shifts.values())) or 1


def express(name: str, instance: Instance) -> Benchmark:
    """Give the problem and the rules that say the same as the instance."""
    nurse = {code: n for n, code in enumerate(instance.staff)}
    option = {code: frozenset({s}) for s, code in enumerate(instance.shifts)}
    problem = Problem(
        first=MONDAY,
        day_count=instance.days,
        shifts=tuple(ShiftSpec(code, shift.minutes, name=code) for code, shift in instance.shifts.items()),
        people=tuple(Person(code, code) for code in instance.staff),
        needs=tuple(
            Need(
                day, option[code], 0, need.wanted, need.wanted, shift=code, below=need.below, above=need.above
            )
            for (day, code), need in instance.cover.items()
        ),
        requests=tuple(
            Request(nurse[wish.who], wish.day, option[wish.shift], wish.wants, wish.weight)
            for wish in instance.wishes
        ),
        locks=tuple(dict.fromkeys(Lock(nurse[who], day, OFF) for who, day in instance.days_off)),
    )
    return Benchmark(name, problem, (*_hard(instance), *_soft()))


def _soft() -> Iterator[Rule]:
    words = "{nurse}: the wish for {day} is not granted."
    yield Wishes(code="requests", title="Wishes", words=words, severity=Severity.SOFT)
    words = "{day}: {amount} fewer than wished on {where} ({found} of {low})."
    yield WishedStaffing(code="below", title="Wished staff", words=words, severity=Severity.SOFT)
    words = "{day}: {amount} too many on {where} (at most {high})."
    yield MaximumStaffing(code="above", title="Most staff on a shift", words=words, severity=Severity.SOFT)


def _hard(instance: Instance) -> Iterator[Rule]:
    pairs = " ".join(f"{a}>{b}" for a, shift in instance.shifts.items() for b in shift.cannot_follow)
    if pairs:
        title, words = "Successions", "{nurse}: what she works on {last} may not follow {shift} of {first}."
        yield Successions(code="successions", title=title, words=words, pairs=pairs)
    words = "{nurse}, {day}: the locked cell was changed."
    yield Locked(code="days_off", title="Locked cells", words=words)
    yield from _caps(instance)
    yield from _contracts(instance)


def _caps(instance: Instance) -> Iterator[Rule]:
    title, words = "Duties of one shift", "{nurse}: {shift} {found} times, at most {high}."
    for shift in instance.shifts:
        by_most = grouped([employee.caps.get(shift, 0) for employee in instance.staff.values()], int)
        for most, people in by_most.items():
            if most < instance.days:
                code = f"most_{shift}_{most}"
                yield DutiesBetween(
                    code=code, title=title, words=words, shift=shift, most=most, people=people
                )


def _contracts(instance: Instance) -> Iterator[Rule]:
    contracts = [employee.contract for employee in instance.staff.values()]
    title, words = "Hours", "{nurse} works {found} h; allowed are {band} h."
    for (least, most), who in grouped(contracts, lambda c: (c.least_minutes, c.most_minutes)).items():
        code = f"minutes_{least}_{most}"
        yield MinutesBetween(code=code, title=title, words=words, least=least, most=most, people=who)
    title, words = "Working days in a row", "{nurse} works too many days in a row, {first} to {last}."
    for most, who in grouped(contracts, lambda c: c.longest_run).items():
        yield LongestRun(code=f"longest_{most}", title=title, words=words, most=most, people=who)
    title, words = "Shortest run of working days", "{nurse} works too few days in a row, {first} to {last}."
    for least, who in grouped(contracts, lambda c: c.shortest_run).items():
        yield _shortest("work", least, title, words, who)
    title, words = "Shortest run of days off", "{nurse} has too few days off in a row, {first} to {last}."
    for least, who in grouped(contracts, lambda c: c.shortest_off).items():
        yield _shortest("off", least, title, words, who)
    title, words = "Weekends with duty", "{nurse} works {found} weekends, at most {high}."
    for most, who in grouped(contracts, lambda c: c.most_weekends).items():
        yield MostWeekends(code=f"weekends_{most}", title=title, words=words, most=most, people=who)


def _shortest(what: str, least: int, title: str, words: str, people: frozenset[int]) -> Rule:
    """Ask for a shortest run; one that touches either end of the horizon is exempt."""
    return ShortestRun(
        code=f"shortest_{what}_{least}",
        title=title,
        words=words,
        what=what,
        least=least,
        at_start=Edge.FREE.value,
        at_end=Edge.FREE.value,
        people=people,
    )
