"""What it would cost if some cells held something else: first alone, then with the cheapest way around."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from wardteam.domain.roster import SolveStatus
from wardteam_solver.check import Violation
from wardteam_solver.explain.alone import Alone, changed_alone, standing_against
from wardteam_solver.explain.rows import Deadline
from wardteam_solver.matrix import Grid, Matrix
from wardteam_solver.search.feasibility import is_confirmed_impossible
from wardteam_solver.search.least_change import Asked, Cells, Part, model_around, no_worse, solve_around

REACHES: tuple[int | None, ...] = (0, 1, 2, 3, 5, 8, None)
"""Days before and after that are freed for everyone, one step after the other; None frees all."""
OWN_DAYS = 8
"""Days before and after that are freed for the asked nurse from the first step."""
LEAST_SECONDS = 0.1


@dataclass
class Answer:
    """What is known of one question; it gets better while the search goes on.

    `against` are hard rules over the asked cells themselves: nothing else is tried then. `grid` is the
    cheapest roster found with what is asked (None: none in the time), `bound` the best value that the
    last proof left possible, `is_best` whether nothing cheaper exists with the rest (frozen and locked
    cells apart) free. `is_impossible` was found by two solves that go different ways.
    """

    cells: Cells
    against: tuple[Violation, ...]
    alone: Alone
    grid: Grid | None = None
    is_best: bool = False
    is_impossible: bool = False
    reach: int | None = -1
    bound: int | None = None
    seconds: float = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the search may still say more."""
        return not (self.against or self.is_best or self.is_impossible)

    @property
    def status(self) -> SolveStatus:
        """Give how the search for it ended."""
        if self.against or self.is_impossible:
            return SolveStatus.INFEASIBLE
        if self.grid is None:
            return SolveStatus.UNKNOWN
        return SolveStatus.OPTIMAL if self.is_best else SolveStatus.FEASIBLE


@dataclass
class Inquiry:
    """Questions about one roster, answered side by side in growing neighbourhoods.

    `kept` (nurses x days) are cells that don't move: locked ones, and days before the freeze line.
    """

    matrix: Matrix
    grid: Grid
    kept: Part
    seconds: float
    workers: int = 2
    seed: int = 0
    should_stop: Callable[[], bool] = lambda: False
    tell: Callable[[list[Answer]], None] = lambda _: None
    answers: list[Answer] = field(default_factory=list)

    def ask(self, questions: list[Cells]) -> list[Answer]:
        """Answer each question as well as the time allows; the first answers need no solve."""
        deadline = Deadline(self.seconds)
        tolerant = no_worse(self.matrix, self.grid)
        self.answers = [self._at_once(tolerant, cells) for cells in questions]
        self.tell(self.answers)
        for reach in REACHES:
            still = [answer for answer in self.answers if answer.is_open]
            if not still or deadline.left < LEAST_SECONDS or self.should_stop():
                break
            self._step(tolerant, still, reach, deadline)
            self.tell(self.answers)
        return self.answers

    def _at_once(self, tolerant: Matrix, cells: Cells) -> Answer:
        alone = changed_alone(self.matrix, self.grid, cells)
        against = standing_against(tolerant, cells)
        return Answer(cells, against, alone, grid=alone.grid if alone.is_valid and not against else None)

    def _step(self, tolerant: Matrix, still: list[Answer], reach: int | None, deadline: Deadline) -> None:
        """Solve every open question with this many days free, several at a time."""
        waiting = len(still)

        def run(answer: Answer) -> None:
            nonlocal waiting
            rounds = -(-waiting // self.workers)
            waiting -= 1
            if deadline.left >= LEAST_SECONDS and not self.should_stop():
                self._solve(tolerant, answer, reach, deadline.left / rounds)

        with ThreadPoolExecutor(self.workers) as pool:
            list(pool.map(run, still))

    def _solve(self, tolerant: Matrix, answer: Answer, reach: int | None, seconds: float) -> None:
        asked = Asked(tolerant, self.grid, answer.cells)
        part = self._part(answer, reach)
        start = answer.alone.grid if answer.grid is None else answer.grid
        found = solve_around(
            asked, part, start, seconds=seconds, seed=self.seed, should_stop=self.should_stop
        )
        answer.seconds += found.seconds
        is_whole = bool((part | self.kept).all())
        if found.grid is not None and (
            answer.grid is None or asked.value(found.grid) <= asked.value(answer.grid)
        ):
            answer.grid, answer.reach = found.grid, reach
        if found.status is SolveStatus.OPTIMAL:
            answer.bound, answer.is_best = found.bound, is_whole
        if found.status is SolveStatus.INFEASIBLE and is_whole:
            answer.is_impossible = is_confirmed_impossible(model_around(asked, part), seconds=seconds)

    def _part(self, answer: Answer, reach: int | None) -> Part:
        """Free everyone on the days around the asked cells, and where the best so far moves somebody.

        The asked nurses' own days are freed further away: a rule of theirs may be mended there.
        """
        part = np.zeros_like(self.kept)
        for nurse, day in answer.cells:
            part[:, _around(day, reach)] = True
            part[nurse, _around(day, None if reach is None else OWN_DAYS + 2 * reach)] = True
        if answer.grid is not None:
            part[:, (answer.grid != self.grid).any(axis=0)] = True
        part &= ~self.kept
        for cell in answer.cells:
            part[cell] = True
        return part


def _around(day: int, reach: int | None) -> slice:
    return slice(None) if reach is None else slice(max(0, day - reach), day + reach + 1)
