from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from wardteam.domain.people import Title
from wardteam.errors import BadInput, Finding, Message, NotFound, Stopped, WardteamError
from wardteam.jobs.heart import Pace
from wardteam.jobs.plain import message_from, plain
from wardteam.jobs.running import MOST_ATTEMPTS, run_job
from wardteam.services.ports import Job, JobStatus, Progress
from wardteam.storage.store import Store

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
QUICK = Pace(lease_seconds=30, beat_seconds=5, poll_seconds=0.01)


def clock() -> datetime:
    return START


def add(store: Store) -> str:
    with store() as unit:
        job = unit.jobs.add("roster", "W1", {"seed": 7, "days": [1, 2]}, at=START)
        unit.commit()
    return job.code


def read(store: Store, code: str) -> Job:
    with store() as unit:
        return unit.jobs.get(code)


def take(store: Store, code: str, *, at: datetime = START, worker: str = "dead") -> Job | None:
    with store() as unit:
        job = unit.jobs.take(code, worker=worker, at=at, lease_seconds=30)
        unit.commit()
    return job


def cancel(store: Store, code: str) -> None:
    with store() as unit:
        unit.jobs.ask_cancel(code)
        unit.commit()


def until_told(job: Job, progress: Progress) -> Mapping[str, object]:
    for _ in range(4000):
        if progress("search", {"objective": 3}):
            return {"best": 3}
        threading.Event().wait(0.005)
    return {"best": "nobody told it to stop"}


def test_a_job_runs_with_its_parameters_and_keeps_its_result(store: Store) -> None:
    code = add(store)
    run = run_job(store, code, "w", lambda job, _: {"seed": job.parameters["seed"]}, clock=clock, pace=QUICK)
    job = read(store, code)
    assert run.job == job
    assert (job.status, job.result, job.attempt, job.error) == (JobStatus.DONE, {"seed": 7}, 1, "")


def test_the_last_progress_is_written_even_by_a_job_quicker_than_the_heart(store: Store) -> None:
    code = add(store)

    def work(_: Job, progress: Progress) -> Mapping[str, object]:
        progress("wishes", {"bound": 12, "day": date(2026, 3, 1), "title": Title.NURSE})
        return {}

    run_job(store, code, "w", work, clock=clock, pace=QUICK)
    figures = {"bound": 12, "day": "2026-03-01", "title": "nurse"}
    assert read(store, code).progress == {"step": "wishes", "figures": figures}


def test_cancelling_a_running_job_keeps_the_best_so_far(store: Store) -> None:
    code = add(store)
    began = threading.Event()

    def work(job: Job, progress: Progress) -> Mapping[str, object]:
        began.set()
        return until_told(job, progress)

    canceller = threading.Thread(target=lambda: (began.wait(), cancel(store, code)))
    canceller.start()
    run_job(store, code, "w", work, clock=clock, pace=QUICK)
    canceller.join()
    assert (read(store, code).status, read(store, code).result) == (JobStatus.CANCELLED, {"best": 3})


def test_halting_the_worker_keeps_the_best_so_far(store: Store) -> None:
    code, halt = add(store), threading.Event()
    halt.set()
    run_job(store, code, "w", until_told, clock=clock, pace=QUICK, halt=halt)
    assert (read(store, code).status, read(store, code).result) == (JobStatus.CANCELLED, {"best": 3})


def test_cancelling_a_job_that_nobody_began_closes_it_at_once(store: Store) -> None:
    code = add(store)
    cancel(store, code)
    assert read(store, code).status is JobStatus.CANCELLED
    assert run_job(store, code, "w", until_told, clock=clock, pace=QUICK).wait_seconds is None


def test_a_redelivered_job_whose_lease_is_alive_waits_for_it(store: Store) -> None:
    code = add(store)
    take(store, code)
    run = run_job(store, code, "other", until_told, clock=lambda: START + timedelta(seconds=10), pace=QUICK)
    assert (run.wait_seconds, run.job.status, run.job.attempt) == (20, JobStatus.RUNNING, 1)


def test_a_job_whose_lease_ran_out_is_taken_again(store: Store) -> None:
    code = add(store)
    take(store, code)
    later = START + timedelta(seconds=31)
    run_job(store, code, "other", lambda job, _: {"attempt": job.attempt}, clock=lambda: later, pace=QUICK)
    assert (read(store, code).status, read(store, code).result) == (JobStatus.DONE, {"attempt": 2})


def test_a_worker_that_lost_its_lease_is_stopped_and_changes_nothing(store: Store) -> None:
    code = add(store)
    later = START + timedelta(seconds=31)

    def work(job: Job, progress: Progress) -> Mapping[str, object]:
        assert take(store, code, at=later, worker="other") is not None
        return until_told(job, progress)

    run_job(store, code, "slow", work, clock=clock, pace=QUICK)
    job = read(store, code)
    assert (job.status, job.attempt, job.result) == (JobStatus.RUNNING, 2, None)


def test_a_job_that_kills_every_worker_is_given_up(store: Store) -> None:
    code = add(store)
    for attempt in range(MOST_ATTEMPTS):
        assert take(store, code, at=START + timedelta(hours=attempt)) is not None
    run_job(store, code, "w", until_told, clock=lambda: START + timedelta(hours=9), pace=QUICK)
    assert read(store, code).status is JobStatus.FAILED
    assert "given up" in read(store, code).error


def test_two_workers_never_share_a_job(store: Store) -> None:
    code = add(store)
    assert [take(store, code, worker=w) is not None for w in ("a", "b")] == [True, False]


FINDING = Finding("w.xlsx", Message("Text was expected."), sheet="nurses", row=3)
FAILURES = {
    "refused input": (BadInput((FINDING,)), JobStatus.FAILED, "Problems in the input: 1"),
    "words": (
        WardteamError(Message("No {title} on {day}.", title=Title.NURSE, day=START)),
        JobStatus.FAILED,
        "No",
    ),
    "stopped early": (Stopped(Message("Nothing yet.")), JobStatus.CANCELLED, "Nothing yet."),
    "a mistake of ours": (KeyError("x"), JobStatus.FAILED, "unexpected error"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_job_that_fails_says_so_in_its_row(store: Store, name: str) -> None:
    error, status, words = FAILURES[name]
    code = add(store)

    def work(_: Job, __: Progress) -> Mapping[str, object]:
        raise error

    run_job(store, code, "w", work, clock=clock, pace=QUICK)
    job = read(store, code)
    assert job.status is status
    assert words in job.error
    assert job.result is not None
    if isinstance(error, WardteamError):
        assert message_from(job.result["error"]).text == error.message.text


def test_a_message_comes_back_from_a_row_with_its_fields() -> None:
    inner = Message("{day} is full.", day=date(2026, 3, 1))
    message = Message("{who}: {why} ({count})", who=(Title.NURSE, "甲"), why=inner, count=2)
    assert message_from(plain(message)) == message


def test_a_job_of_another_database_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        run_job(store, "nowhere", "w", until_told, clock=clock, pace=QUICK)


def test_a_missed_heartbeat_does_not_end_the_work(store: Store) -> None:
    code = add(store)
    misses = iter([True, True])

    def units() -> object:
        if threading.current_thread().name.startswith("heart") and next(misses, False):
            raise WardteamError(Message("The database is busy."))
        return store()

    began = threading.Event()

    def work(job: Job, progress: Progress) -> Mapping[str, object]:
        began.set()
        return until_told(job, progress)

    canceller = threading.Thread(target=lambda: (began.wait(), cancel(store, code)))
    canceller.start()
    run_job(units, code, "w", work, clock=clock, pace=QUICK)
    canceller.join()
    assert read(store, code).result == {"best": 3}
