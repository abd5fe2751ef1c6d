"""Long work that Ctrl-C ends gently: it is told to stop, and what it has so far is kept."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")
POLL_SECONDS = 0.1


def run_stoppable(work: Callable[[Callable[[], bool]], Result]) -> Result:
    """Run work beside the main thread, which alone hears signals; `work` is given what says whether to stop.

    The first Ctrl-C (or an end asked for by the system) stops the work; a second one leaves it at once.
    """
    stop, results, faults = threading.Event(), list[Result](), list[BaseException]()

    def run() -> None:
        try:
            results.append(work(stop.is_set))
        except BaseException as fault:  # noqa: BLE001  # raised again below, where it is expected
            faults.append(fault)

    thread = threading.Thread(target=run, daemon=True)
    with told_to_stop(stop):
        thread.start()
        while thread.is_alive():
            thread.join(POLL_SECONDS)
    if faults:
        raise faults[0]
    return results[0]


@contextmanager
def told_to_stop(stop: threading.Event) -> Iterator[None]:
    """Set an event at the first Ctrl-C; the next one is as sudden as ever."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in kept.items():
            signal.signal(number, handler)

    def hear(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        restore()

    for number in kept:
        signal.signal(number, hear)
    try:
        yield
    finally:
        restore()
