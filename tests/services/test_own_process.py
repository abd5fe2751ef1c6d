"""Work in a process of its own: its answer, its faults, and its end when told to stop."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from wardteam.errors import BadInput, Finding, Message, Stopped, WardteamError
from wardteam.services.own_process import in_process


def refuse() -> None:
    raise BadInput((Finding("a file", Message("Something else was expected.")),))


def outlast(place: Path) -> None:
    place.write_text(str(os.getpid()))
    time.sleep(600)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_answer_comes_from_another_process() -> None:
    assert in_process(os.getpid) != os.getpid()


def test_a_fault_of_the_work_is_raised_as_it_is() -> None:
    with pytest.raises(BadInput) as raised:
        in_process(refuse)
    assert raised.value.findings[0].file == "a file"


def test_a_process_that_ends_without_an_answer_is_told() -> None:
    with pytest.raises(WardteamError, match="7"):
        in_process(partial(os._exit, 7))


def test_stopping_ends_the_process(tmp_path: Path) -> None:
    place = tmp_path / "process"
    has_begun: Callable[[], bool] = lambda: place.exists() and bool(place.read_text())  # noqa: E731
    with pytest.raises(Stopped):
        in_process(partial(outlast, place), has_begun)
    assert not is_running(int(place.read_text()))
