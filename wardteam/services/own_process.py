"""Runs work in a fresh process, so that memory and processor time are its own; stopping ends the process."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from wardteam.errors import Message, Stopped, WardteamError

T = TypeVar("T")
POLL_SECONDS = 0.2


def in_process(work: Callable[[], T], should_stop: Callable[[], bool] = lambda: False) -> T:
    """Run work in a fresh process and give its answer; `work` and the answer must be picklable.

    Raises
    ------
    Stopped
        As soon as `should_stop` says so before there is an answer.
    WardteamError
        If the process ended without an answer. What the work itself raises is raised here too.
    """
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(sender, work))
    process.start()
    sender.close()
    try:
        while not receiver.poll(POLL_SECONDS):
            if should_stop():
                raise Stopped(Message("Stopped before there was an answer."))
        answer, fault = receiver.recv()
    except EOFError:
        process.join()
        text = "The work of a process ended without an answer (exit code {code})."
        raise WardteamError(Message(text, code=process.exitcode)) from None
    finally:
        process.terminate()
        process.join()
    if fault is not None:
        raise fault
    given: T = answer
    return given


def _answer(sender: Connection, work: Callable[[], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends this process itself
    try:
        sender.send((work(), None))
    except Exception as fault:  # noqa: BLE001  # raised again by the parent
        sender.send((None, fault))
