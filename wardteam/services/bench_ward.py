"""Measure the ward's own roster: bounds, wishes, continuity, cover; on the demo ward and generated ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from wardteam.domain.calendar import Period
from wardteam.domain.roster import Roster
from wardteam.domain.ward import WardBook
from wardteam.services.bench_search import (
    Reached,
    matrix_of,
    planned_book,
    run_planner,
    run_weighted,
)
from wardteam.services.continuity import Continuity, continuity
from wardteam.services.cover import plan_cover
from wardteam.services.own_process import in_process
from wardteam.services.problem import cells_from
from wardteam.services.roster_report import nights_spread
from wardteam_solver.benchmarks.sizes import large_ward, short_of_staff
from wardteam_solver.benchmarks.wards import GeneratedWard, generated_ward
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.rules import Stage

MOST_RATIO, MOST_GAP, MOST_WISH_POINTS = 0.75, 0.10, 1.0
LEAST_DAY_PERCENT, LEAST_BEDS_PERCENT = 85.0, 50.0
SHORT_OF_STAFF = (2, 5, 8)
"""Places in each ten of the generated wards where nurses are away sick until the minimum can't be met."""


@dataclass(frozen=True)
class WardCase:
    """A ward to measure on: its book, teams and owners planned, its period and the seed of the search."""

    name: str
    book: WardBook
    period: Period
    seed: int = 0
    is_short: bool = False


@dataclass(frozen=True)
class Qualities:
    """What a roster is worth besides its cost. Percents are of wishes' points; None where nobody wishes."""

    wishes_percent: float | None
    wishes_bound_percent: float | None
    nights_spread: int
    continuity: Continuity


@dataclass(frozen=True)
class WardRun:
    """One ward: its size, what the engine reached, what that is worth, and what the weighted sum reached."""

    name: str
    nurses: int
    beds: int
    teams: int
    days: int
    seed: int
    is_short: bool
    staged: Reached | None
    qualities: Qualities | None
    weighted: Reached | None

    @property
    def is_valid(self) -> bool:
        """Whether a roster was found that keeps every hard rule."""
        return self.staged is not None and not self.staged.hard

    @property
    def is_minimal(self) -> bool:
        """Whether no roster has less shortage, proven."""
        return self.is_valid and self.staged is not None and self.staged.above_least == 0

    @property
    def gap(self) -> float | None:
        """(objective - bound) / objective over the soft terms alone, with the least shortage; 0 to 1."""
        if not self.is_minimal or self.staged is None or self.staged.soft_bound is None:
            return None
        return (self.staged.soft - self.staged.soft_bound) / max(1, self.staged.soft)

    @property
    def ratio(self) -> float | None:
        """Soft cost over the weighted sum's, each above the shortage that nobody can avoid."""
        if self.staged is None or self.weighted is None:
            return None
        least = self.staged.bounds[Stage.SHORTAGE]
        return (self.staged.cost - least) / max(1, self.weighted.cost - least)

    @property
    def has_wishes(self) -> bool:
        """Whether a roster was found for a ward where somebody wishes for something."""
        return self.qualities is not None and self.qualities.wishes_percent is not None

    @property
    def wish_points_short(self) -> float | None:
        """How many percentage points the wishes granted lie below their bound."""
        found = self.qualities
        if found is None or found.wishes_percent is None or found.wishes_bound_percent is None:
            return None
        return found.wishes_bound_percent - found.wishes_percent


def demo_case(book: WardBook, period: Period, seed: int) -> WardCase:
    """Give the demo ward, its teams and bed owners planned."""
    return WardCase("demo ward", planned_book(book, period), period, seed)


def generated_cases(count: int, seed: int) -> Iterator[WardCase]:
    """Give so many generated wards, always the same; three in ten are short of staff."""
    for number in range(count):
        ward = generated_ward(number)
        is_short = number % 10 in SHORT_OF_STAFF
        yield _case(short_of_staff(ward) if is_short else ward, seed, is_short=is_short)


def large_case(nurses: int, seed: int) -> WardCase:
    """Give a generated ward of so many nurses."""
    return _case(large_ward(nurses), seed, is_short=False)


def _case(ward: GeneratedWard, seed: int, *, is_short: bool) -> WardCase:
    return WardCase(ward.name, ward.book, ward.period, seed, is_short)


@dataclass(frozen=True)
class Effort:
    """How long the engine searches for each roster by the clock, with how many threads, and what ends it."""

    seconds: float
    workers: int = 2
    should_stop: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class Found:
    """What the engine found for a ward: how it counts, what it is worth, and the roster itself."""

    reached: Reached
    qualities: Qualities
    roster: Roster


def measure_case(case: WardCase, effort: Effort, *, is_compared: bool = True) -> WardRun:
    """Search for one ward's roster and measure it, each search in a process of its own.

    Parameters
    ----------
    is_compared
        Solve the weighted sum too, with at least the processor time that the search took.

    Raises
    ------
    Stopped
        If the effort is ended before the ward is measured.
    """
    found = search_apart(case, effort)
    weighted = None
    if is_compared:
        cpu = effort.seconds * effort.workers if found is None else found.reached.cpu_seconds
        work = partial(run_weighted, case.book, case.period, cpu, case.seed, effort.workers)
        weighted = in_process(work, effort.should_stop)
    return ward_run(case, found, weighted)


def search_apart(case: WardCase, effort: Effort) -> Found | None:
    """Run the ward's engine in a fresh process."""
    return in_process(partial(run_engine, case, effort.seconds, effort.workers), effort.should_stop)


def ward_run(case: WardCase, found: Found | None, weighted: Reached | None = None) -> WardRun:
    """Put together what is known of one ward."""
    return WardRun(
        name=case.name,
        nurses=len(case.book.staff(case.period.first)),
        beds=len(case.book.beds),
        teams=len(case.book.teams),
        days=len(case.period),
        seed=case.seed,
        is_short=case.is_short,
        staged=None if found is None else found.reached,
        qualities=None if found is None else found.qualities,
        weighted=weighted,
    )


def run_engine(case: WardCase, seconds: float, workers: int) -> Found | None:
    """Search with the ward's engine for so many seconds by the clock; None where nothing was found."""
    matrix = matrix_of(case.book, case.period)
    found = run_planner(matrix, seconds, case.seed, workers)
    if found is None:
        return None
    reached, grid = found
    roster = Roster(case.period, cells_from(matrix.problem, grid, {}))
    return Found(reached, _qualities(case.book, matrix, grid, reached, roster), roster)


def _qualities(book: WardBook, matrix: Matrix, grid: Grid, reached: Reached, roster: Roster) -> Qualities:
    return Qualities(
        wishes_percent=_wishes_percent(matrix, reached.costs[Stage.WISHES]),
        wishes_bound_percent=_wishes_percent(matrix, reached.bounds[Stage.WISHES]),
        nights_spread=nights_spread(matrix.problem, grid),
        continuity=continuity(book, roster, plan_cover(book, roster).covers),
    )


def _wishes_percent(matrix: Matrix, cost: int) -> float | None:
    """Give the share of the wishes' points that a cost of the stage of wishes leaves granted."""
    asked = sum(request.points for request in matrix.problem.requests)
    weight = next((rule.weight for rule in matrix.rules if rule.code == "wishes"), 0)
    return 100.0 * (asked - cost / weight) / asked if asked and weight else None


@dataclass(frozen=True)
class Target:
    """A figure with what it must reach. `value` is None where it could not be measured, which misses it."""

    name: str
    value: float | None
    limit: float
    is_most: bool

    @property
    def is_met(self) -> bool:
        """Whether the figure is on the right side of its limit."""
        if self.value is None:
            return False
        return self.value <= self.limit if self.is_most else self.value >= self.limit


def targets(runs: Sequence[WardRun]) -> tuple[Target, ...]:
    """Hold all runs against what a ward's roster must reach: wishes and cover on every ward, else the median.

    A ward on which the weighted sum found nothing makes no ratio.
    """
    found = [run.qualities for run in runs if run.qualities is not None]
    wishes = [run.wish_points_short for run in runs if run.has_wishes]
    ratios = [run.ratio for run in runs if run.weighted is not None]
    kept = [one.continuity for one in found]
    return (
        *search_targets(runs),
        Target("wishes", _worst(wishes), MOST_WISH_POINTS, is_most=True),
        Target("gap", _median([run.gap for run in runs]), MOST_GAP, is_most=True),
        Target("ratio", _median(ratios), MOST_RATIO, is_most=True),
        Target("own_days", _median([c.day_percent for c in kept]), LEAST_DAY_PERCENT, is_most=False),
        Target("own_beds", _median([c.occupied_percent for c in kept]), LEAST_BEDS_PERCENT, is_most=False),
        Target("cover", float(sum(c.short_days for c in kept)) if kept else None, 0, is_most=True),
    )


def search_targets(runs: Sequence[WardRun], wanted: int | None = None) -> tuple[Target, ...]:
    """Hold runs against what holds for a ward of any size: valid, with its shortage proven minimal.

    Parameters
    ----------
    wanted
        How many of them there should be; as many as there are where nothing is said.
    """
    count = len(runs) if wanted is None else wanted
    return (
        Target("valid", float(sum(run.is_valid for run in runs)), count, is_most=False),
        Target("minimal", float(sum(run.is_minimal for run in runs)), count, is_most=False),
    )


def _worst(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return max(known) if known and len(known) == len(values) else None


def _median(values: Sequence[float | None]) -> float | None:
    """Give the median; None where one ward has no figure."""
    known = [value for value in values if value is not None]
    return median(known) if known and len(known) == len(values) else None
