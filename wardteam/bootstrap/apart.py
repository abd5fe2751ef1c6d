"""Runs a step in a process of its own, and says what it cost: seconds, processor time, memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, ParamSpec, TypeVar

from wardteam.services.own_process import in_process

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
    return in_process(partial(_costed, step, arguments, named))


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
