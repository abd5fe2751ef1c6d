"""How long a search may take, who may stop it, and whom it tells."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
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
    """Wall-clock budget of one search, with its workers, seed, and a way to stop it early."""

    seconds: float
    workers: int = 2
    seed: int = 0
    should_stop: Callable[[], bool] = lambda: False
    watcher: Watcher = lambda _: None
    started: float = field(default_factory=time.monotonic)
    cpu_started: float = field(default_factory=time.process_time)

    @property
    def elapsed(self) -> float:
        """Wall seconds since the start."""
        return time.monotonic() - self.started

    @property
    def cpu(self) -> float:
        """CPU seconds of the process since the start."""
        return time.process_time() - self.cpu_started

    @property
    def left(self) -> float:
        """Wall seconds that are left; 0 when stopped."""
        return 0.0 if self.should_stop() else max(0.0, self.seconds - self.elapsed)

    def solver(
        self, seconds: float, *, workers: int | None = None, seed: int | None = None
    ) -> cp_model.CpSolver:
        """Give a solver for at most so many seconds of what is left."""
        solver = cp_model.CpSolver()
        # OR-Tools would take Ctrl-C for itself, and leave a handler behind that ends the process.
        solver.parameters.catch_sigint_signal = False
        solver.parameters.max_time_in_seconds = max(0.01, min(seconds, self.left))
        solver.parameters.num_workers = self.workers if workers is None else workers
        solver.parameters.random_seed = self.seed if seed is None else seed
        return solver


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
