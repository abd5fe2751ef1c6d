"""Runs a step in a process of its own, and says what it cost: seconds, processor time, memory."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Cost:
    """What a step cost; `peak_mb` is None where the system does not say."""

    seconds: float
    cpu_seconds: float
    peak_mb: int | None


@dataclass(frozen=True)
class Costed(Generic[T]):
    """What a step gave, and what it cost."""

    answer: T
    cost: Cost


def run_apart(step: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> Costed[T]:
    """Run a step in a fresh process, its start and imports counted neither in seconds nor processor time."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(_costed, step, arguments, named).result()


def _costed(step: Callable[..., T], arguments: tuple[object, ...], named: dict[str, object]) -> Costed[T]:
    began, used = time.perf_counter(), time.process_time()
    answer = step(*arguments, **named)
    cost = Cost(time.perf_counter() - began, time.process_time() - used, peak_megabytes())
    return Costed(answer, cost)


def peak_megabytes() -> int | None:
    """Give the most memory that this process held at any time; None where the system does not say."""
    if _STATUS.exists():
        # A new process inherits its parent's peak in getrusage, but not here.
        lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
        found = next((line for line in lines if line.startswith("VmHWM:")), None)
        if found is not None:
            return round(int(found.split()[1]) / 2**10)
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 2**20) if sys.platform == "darwin" else round(peak / 2**10)
