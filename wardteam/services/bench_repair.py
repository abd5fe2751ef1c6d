"""Measures repair: random absences that leave a shift below its minimum, from request to covered options."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock_time

import numpy as np

from wardteam.domain.calendar import Period
from wardteam.domain.roster import Roster, RosterStatus
from wardteam.domain.ward import WardBook
from wardteam.services.cover import plan_cover
from wardteam.services.plan import plan_roster
from wardteam.services.problem import build_problem, grid_from
from wardteam.services.repair import Proposal, repair_options
from wardteam.services.repair_effects import Scene
from wardteam.services.repair_events import Absence, RepairEvent, book_after
from wardteam_solver.check import Checker
from wardteam_solver.matrix import Matrix, lay_out
from wardteam_solver.rules import Stage, configured

LENGTHS = (1, 1, 1, 2, 3)
"""Most absences last a day; some two or three."""
MOST_TRIES = 200


@dataclass(frozen=True)
class RepairRun:
    """One absence: seconds from request to options with cover, and what the first option does.

    `short_by` is the shortage's cost above its proven minimum; `hard` counts hard rules that any option
    breaks and the roster before didn't.
    """

    staff_no: str
    first: str
    days: int
    seconds: float
    options: int
    is_proven: bool
    changed_cells: int
    shortage: int
    short_by: int | None
    hard: int


@dataclass(frozen=True)
class RepairFigures:
    """All runs of a measurement."""

    runs: tuple[RepairRun, ...]

    @property
    def median_seconds(self) -> float:
        """Half of the requests were answered sooner."""
        return float(np.median([run.seconds for run in self.runs]))

    @property
    def late_seconds(self) -> float:
        """95 % of the requests were answered sooner."""
        return float(np.quantile([run.seconds for run in self.runs], 0.95))

    @property
    def proven_percent(self) -> float:
        """Share of first options that are proven optimal."""
        return 100.0 * sum(run.is_proven for run in self.runs) / len(self.runs)

    @property
    def median_cells(self) -> float:
        """Changed cells of the first option beyond the absence."""
        return float(np.median([run.changed_cells for run in self.runs]))

    @property
    def hard(self) -> int:
        """Hard rules newly broken, over all options."""
        return sum(run.hard for run in self.runs)

    @property
    def above_minimum(self) -> int:
        """Requests whose first option leaves more shortage than proven least, or has no proof of it."""
        return sum(run.short_by != 0 for run in self.runs)

    @property
    def is_reached(self) -> bool:
        """Whether every target that counts is met; seconds are only told."""
        return (
            self.proven_percent >= 95 and self.median_cells <= 2 and not self.hard and not self.above_minimum
        )


def measure(book: WardBook, period: Period, *, count: int, seed: int, seconds: float) -> Iterator[RepairRun]:
    """Plan a roster for so many seconds, then mend it after each of `count` random absences."""
    plan = plan_roster(book, period, seconds=seconds, seed=seed)
    if plan.roster is None:
        return
    roster = Roster(period, plan.roster.cells, status=RosterStatus.PUBLISHED)
    now = datetime.combine(period.first - timedelta(days=7), clock_time(6), book.settings.zone)
    scene = Scene(book, roster, plan_cover(book, roster).covers, now)
    yield from repairs_of(scene, count=count, seed=seed)


def repairs_of(scene: Scene, *, count: int, seed: int) -> Iterator[RepairRun]:
    """Mend a roster after random absences; the first, unmeasured one warms the process."""
    rng = random.Random(seed)
    matrix = _matrix(scene.book, scene.roster.period)
    for number in range(count + 1):
        absence = _absence(scene, matrix, rng)
        began = time.perf_counter()
        proposal = repair_options(scene, RepairEvent((absence,)))
        took = time.perf_counter() - began
        if number:
            yield _run(scene, absence, proposal, took)


def _matrix(book: WardBook, period: Period) -> Matrix:
    return lay_out(build_problem(book, period), configured(book.rule_settings))


def _absence(scene: Scene, matrix: Matrix, rng: random.Random) -> Absence:
    """Draw an absence that leaves a shift or a bed-holding post below its minimum."""
    problem = matrix.problem
    grid = grid_from(problem, scene.roster.cells)
    base = Checker(matrix).check(grid).stage_cost(Stage.SHORTAGE)
    for _ in range(MOST_TRIES):
        nurse, length = rng.randrange(len(problem.people)), rng.choice(LENGTHS)
        day = rng.randrange(problem.day_count - length + 1)
        gone = grid.copy()
        gone[nurse, day : day + length] = -1
        if Checker(matrix).check(gone).stage_cost(Stage.SHORTAGE) > base:
            first = problem.date_of(day)
            return Absence(problem.people[nurse].key, first, first + timedelta(days=length - 1))
    raise ValueError(f"none of {MOST_TRIES} random absences left a shift below its minimum")


def _run(scene: Scene, absence: Absence, proposal: Proposal, took: float) -> RepairRun:
    stages = {stage.name: stage for stage in proposal.record.stages}
    short = stages.get("shortage")
    is_known = short is not None and short.objective is not None and short.bound is not None
    first = proposal.options[0] if proposal.options else None
    return RepairRun(
        staff_no=absence.staff_no,
        first=absence.first.isoformat(),
        days=(absence.last - absence.first).days + 1,
        seconds=took,
        options=len(proposal.options),
        is_proven=proposal.is_proven,
        changed_cells=len(first.steps) if first else 0,
        shortage=first.missing if first else 0,
        short_by=(short.objective or 0) - (short.bound or 0) if is_known and short else None,
        hard=_newly_broken(scene, proposal),
    )


def _newly_broken(scene: Scene, proposal: Proposal) -> int:
    """Count by the checker, apart from the search, the hard rules that any option breaks anew."""
    matrix = _matrix(book_after(scene.book, proposal.event), scene.roster.period)
    before = matrix.costs(matrix.activity(matrix.point(grid_from(matrix.problem, scene.roster.cells))))
    broken = 0
    for option in proposal.options:
        grid = grid_from(matrix.problem, {**scene.roster.cells, **option.cells})
        after = matrix.costs(matrix.activity(matrix.point(grid)))
        broken += int((matrix.is_hard & (after > before)).sum())
    return broken
