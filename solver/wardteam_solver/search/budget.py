"""How long a search may take, by the clock or by counted work; who may stop it, and whom it tells."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from wardteam_solver.matrix import Grid

POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Incumbent:
    """The best roster so far, as it is told to whoever watches: costs by stage, seconds since the start."""

    grid: Grid
    costs: tuple[int, ...]
    seconds: float


Watcher = Callable[[Incumbent], None]


@dataclass
class Budget:
    """Budget of one search, with its workers, seed, and a way to stop it early.

    With `is_counted`, `seconds` are of counted work instead of the clock's: about as long on a quiet machine
    with one worker, and the same on every run. Engines report what they did with `spend`.
    """

    seconds: float
    workers: int = 2
    seed: int = 0
    should_stop: Callable[[], bool] = lambda: False
    watcher: Watcher = lambda _: None
    started: float = field(default_factory=time.monotonic)
    cpu_started: float = field(default_factory=time.process_time)
    is_counted: bool = False
    work: float = 0.0

    def __post_init__(self) -> None:
        """Counted work is done by one worker, in one order."""
        if self.is_counted:
            self.workers = 1

    @property
    def wall(self) -> float:
        """Wall seconds since the start."""
        return time.monotonic() - self.started

    @property
    def elapsed(self) -> float:
        """What is used up: wall seconds since the start, or work."""
        return self.work if self.is_counted else self.wall

    def spend(self, work: float) -> None:
        """Count work that was done."""
        self.work += work

    @property
    def cpu(self) -> float:
        """CPU seconds of the process since the start."""
        return time.process_time() - self.cpu_started

    @property
    def left(self) -> float:
        """Seconds that are left; 0 when stopped."""
        return 0.0 if self.should_stop() else max(0.0, self.seconds - self.elapsed)

    def solver(
        self, seconds: float, *, workers: int | None = None, seed: int | None = None
    ) -> cp_model.CpSolver:
        """Give a solver for at most so many seconds of what is left."""
        solver = cp_model.CpSolver()
        # OR-Tools would take Ctrl-C for itself, and leave a handler behind that ends the process.
        solver.parameters.catch_sigint_signal = False
        most = max(0.01, min(seconds, self.left))
        if self.is_counted:
            solver.parameters.max_deterministic_time = most
        else:
            solver.parameters.max_time_in_seconds = most
        solver.parameters.num_workers = self.workers if workers is None or self.is_counted else workers
        solver.parameters.random_seed = self.seed if seed is None else seed
        return solver

    def solve(
        self,
        solver: cp_model.CpSolver,
        model: cp_model.CpModel,
        callback: cp_model.CpSolverSolutionCallback | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> cp_model.CpSolverStatus:
        """Solve until the solver's limit, or until told to stop; count the work."""
        with stopping(solver, should_stop or self.should_stop):
            code = solver.solve(model, callback)
        self.spend(solver.response_proto.deterministic_time)
        return code


def run_together(works: Sequence[Callable[[], object]]) -> None:
    """Run each in a thread of its own until all are done; what one raises is raised here."""
    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(work) for work in works]:
            done.result()


@contextmanager
def stopping(solver: cp_model.CpSolver, should_stop: Callable[[], bool]) -> Iterator[None]:
    """Stop a running solve soon after `should_stop` says so; a callback alone would wait for a solution."""
    done = threading.Event()

    def poll() -> None:
        while not done.wait(POLL_SECONDS):
            if should_stop():
                solver.stop_search()
                return

    thread = threading.Thread(target=poll, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
