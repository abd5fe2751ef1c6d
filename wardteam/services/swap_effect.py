"""What an exchange does to each of the two and to the ward: hours, fairness, rules bent with their price."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from wardteam.domain.documents import SheetCell
from wardteam.domain.roster import CellKey, Roster, RosterCell
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named
from wardteam.services.sheet_view import sheet_cells
from wardteam.services.swap_scene import SwapScene
from wardteam_solver.check import Checker, Verdict, Violation
from wardteam_solver.matrix import Grid
from wardteam_solver.problem import Problem
from wardteam_solver.rules import Stage
from wardteam_solver.trial import CellChoice
from wardteam_solver.words import nurse_name, say

NEAR = timedelta(days=3)
SATURDAY = 5
Costs = list[tuple[Violation, int]]
MEASURES = {
    "night": Message("nights"),
    "evening": Message("evenings"),
    "weekend": Message("days on duty at weekends"),
    "holiday": Message("public holidays on duty"),
}


@dataclass(frozen=True)
class Bent:
    """A rule that the exchange bends further, in its words, with what that costs; below zero where eased."""

    words: Message
    price: int


@dataclass(frozen=True)
class Breach:
    """A hard rule or a shortage that gets worse, and the staff numbers of those whom it is about."""

    words: Message
    about: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """A share of the roster that changes for a nurse: how often before and after."""

    measure: Message
    before: int
    after: int


@dataclass(frozen=True)
class StripDay:
    """A nurse's day near the exchange, as the posted sheet shows it."""

    day: date
    before: SheetCell
    after: SheetCell

    @property
    def is_changed(self) -> bool:
        """Whether she does something else on it."""
        return self.before.symbol != self.after.symbol


@dataclass(frozen=True)
class NurseEffect:
    """What the exchange does to one of the two; `minutes` are those she works more (or less)."""

    staff_no: str
    name: Named
    minutes: int
    counts: tuple[Counted, ...]
    bent: tuple[Bent, ...]
    price: int
    is_wish_touched: bool
    strip: tuple[StripDay, ...]


@dataclass(frozen=True)
class Effect:
    """What an exchange does: to the giver, her partner and the ward.

    `hard` and `short` are the rules and shortages that get worse; with either it is not allowed.
    `cells` are the roster's cells that change.
    """

    nurses: tuple[NurseEffect, ...]
    ward: tuple[Bent, ...]
    hard: tuple[Breach, ...]
    short: tuple[Breach, ...]
    price: int
    cells: Mapping[CellKey, RosterCell]

    @property
    def is_allowed(self) -> bool:
        """Whether no hard rule and no shortage gets worse."""
        return not self.hard and not self.short

    def of(self, staff_no: str) -> NurseEffect:
        """Give what it does to one nurse; KeyError where she has no part in it."""
        for nurse in self.nurses:
            if nurse.staff_no == staff_no:
                return nurse
        raise KeyError(staff_no)


def effect_of(scene: SwapScene, nurses: tuple[int, int], choices: Iterable[CellChoice]) -> Effect:
    """Work out what an exchange between two nurses does."""
    choices = tuple(choices)
    grid = scene.changed(choices)
    after = Checker(scene.matrix).check(grid)
    moved = tuple(_moved(scene.before, after))
    soft = [(v, cost) for v, cost in moved if not v.is_hard and cost]
    is_shorter = after.stage_cost(Stage.SHORTAGE) > scene.before.stage_cost(Stage.SHORTAGE)
    short = [v for v, cost in soft if cost > 0 and v.rule.stage is Stage.SHORTAGE] if is_shorter else []
    cells = scene.cells(choices)
    return Effect(
        nurses=tuple(_nurse_effect(scene, n, grid, soft, cells) for n in nurses),
        ward=_bent(scene, [(v, cost) for v, cost in soft if not set(v.limit.about.nurses) & set(nurses)]),
        hard=tuple(_said(scene, v) for v, cost in moved if v.is_hard and cost > 0),
        short=tuple(_said(scene, v) for v in short),
        price=after.cost - scene.before.cost,
        cells=cells,
    )


def _moved(before: Verdict, after: Verdict) -> Iterator[tuple[Violation, int]]:
    """Give the violations that change, with how much more each costs (a hard one: is missed by)."""
    old, new = _by_limit(before), _by_limit(after)
    for key in {**old, **new}:
        violation = (new.get(key) or old[key])[0]
        more = sum(map(_weight, new.get(key, ()))) - sum(map(_weight, old.get(key, ())))
        if more:
            yield violation, more


def _by_limit(verdict: Verdict) -> dict[object, list[Violation]]:
    found: dict[object, list[Violation]] = {}
    for violation in verdict.violations:
        key = violation.rule.code, violation.limit.about
        found.setdefault(key, []).append(violation)
    return found


def _weight(violation: Violation) -> int:
    return violation.amount if violation.is_hard else violation.cost


def _said(scene: SwapScene, violation: Violation) -> Breach:
    people = scene.problem.people
    about = tuple(people[n].key for n in violation.limit.about.nurses)
    return Breach(say(scene.problem, violation), about)


def _bent(scene: SwapScene, soft: Costs) -> tuple[Bent, ...]:
    dearest = sorted(soft, key=lambda pair: -pair[1])
    return tuple(Bent(say(scene.problem, violation), cost) for violation, cost in dearest)


def _nurse_effect(
    scene: SwapScene, nurse: int, grid: Grid, soft: Costs, cells: Mapping[CellKey, RosterCell]
) -> NurseEffect:
    own = [(v, cost) for v, cost in soft if nurse in v.limit.about.nurses]
    person = scene.problem.people[nurse]
    return NurseEffect(
        staff_no=person.key,
        name=nurse_name(scene.problem, nurse),
        minutes=minutes_worked(scene.problem, nurse, grid) - minutes_worked(scene.problem, nurse, scene.grid),
        counts=tuple(counts_that_change(scene.problem, nurse, scene.grid, grid)),
        bent=_bent(scene, own),
        price=sum(cost for _, cost in own),
        is_wish_touched=any(v.rule.stage is Stage.WISHES for v, _ in own),
        strip=tuple(strip_of(scene.book, scene.roster, person.key, cells)),
    )


def minutes_worked(problem: Problem, nurse: int, grid: Grid) -> int:
    """Add up the minutes of her duties in the period."""
    duties = [int(option) for option in grid[nurse] if int(option) in problem.duty]
    less = problem.people[nurse].minutes_less
    return sum(max(problem.shift_of(option).minutes - less, 0) for option in duties)


def counts_that_change(problem: Problem, nurse: int, before: Grid, after: Grid) -> Iterator[Counted]:
    """Give the shares of the roster of which she gets more or fewer."""
    for measure, words in MEASURES.items():
        old, new = (_count(problem, nurse, grid, measure) for grid in (before, after))
        if old != new:
            yield Counted(words, old, new)


def _count(problem: Problem, nurse: int, grid: Grid, measure: str) -> int:
    on_duty = [day for day in problem.days if int(grid[nurse, day]) in problem.duty]
    if measure == "weekend":
        return sum(problem.weekday(day) >= SATURDAY for day in on_duty)
    if measure == "holiday":
        return sum(day in problem.holidays for day in on_duty)
    options = problem.by_kind.get(measure, frozenset())
    return sum(int(grid[nurse, day]) in options for day in on_duty)


def strip_of(
    book: WardBook, roster: Roster, staff_no: str, cells: Mapping[CellKey, RosterCell]
) -> Iterator[StripDay]:
    """Give a nurse's days near the changed cells as the posted sheet shows them, before and after."""
    after = replace(roster, cells={**roster.cells, **cells})
    nurse = book.nurse(staff_no)
    shown = (sheet_cells(book, one, nurse, posted=True) for one in (roster, after))
    for day, old, new in zip(roster.period, *shown, strict=True):
        if any(abs(day - changed) <= NEAR for _, changed in cells):
            yield StripDay(day, old, new)
