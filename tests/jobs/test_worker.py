from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from huey.registry import Message as Envelope

from wardteam.errors import WardteamError
from wardteam.jobs.following import follow_job
from wardteam.jobs.heart import Pace
from wardteam.jobs.queue import JsonSerializer, open_queue
from wardteam.jobs.running import CLOSED
from wardteam.jobs.worker import LocalWorker, Workshop
from wardteam.services.ports import Job, JobStatus, Progress
from wardteam.storage.store import Store

PATIENCE_SECONDS = 30


def read(shop: Workshop, code: str) -> Job:
    with shop.units() as unit:
        return unit.jobs.get(code)


def wait_for(shop: Workshop, code: str, is_there: Callable[[Job], bool]) -> Job:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_there(job := read(shop, code)):
        if time.monotonic() > deadline:
            pytest.fail(f"the job stands at {job}")
        time.sleep(0.02)
    return job


def closed(shop: Workshop, code: str) -> Job:
    return wait_for(shop, code, lambda job: job.status in CLOSED)


def until_told(job: Job, progress: Progress) -> Mapping[str, object]:
    for _ in range(3000):
        if progress("search", {"objective": 3}):
            return {"best": 3}
        time.sleep(0.01)
    return {"best": "nobody told it to stop"}


def test_a_worker_runs_what_was_submitted(workshop: Callable[..., Workshop]) -> None:
    shop = workshop(roster=lambda job, _: {"ward": job.ward})
    codes = [shop.submit("roster", ward, {}).code for ward in ("W1", "W2")]
    with LocalWorker(shop):
        assert [closed(shop, code).result for code in codes] == [{"ward": "W1"}, {"ward": "W2"}]


def test_progress_shows_while_the_job_runs_and_cancelling_ends_it(workshop: Callable[..., Workshop]) -> None:
    shop = workshop(roster=until_told)
    with LocalWorker(shop):
        code = shop.submit("roster", "W1", {}).code
        wait_for(shop, code, lambda job: job.progress == {"step": "search", "figures": {"objective": 3}})
        shop.cancel(code)
        job = closed(shop, code)
    assert (job.status, job.result) == (JobStatus.CANCELLED, {"best": 3})


def test_stopping_the_worker_keeps_the_best_so_far(workshop: Callable[..., Workshop]) -> None:
    shop = workshop(roster=until_told)
    with LocalWorker(shop):
        code = shop.submit("roster", "W1", {}).code
        wait_for(shop, code, lambda job: job.status is JobStatus.RUNNING)
    assert read(shop, code).result == {"best": 3}


def test_a_job_of_an_unknown_kind_fails_in_words(workshop: Callable[..., Workshop]) -> None:
    shop = workshop()
    with LocalWorker(shop):
        job = closed(shop, shop.submit("dance", "W1", {}).code)
    assert (job.status, job.error) == (JobStatus.FAILED, "Nobody here knows jobs of the kind dance.")


def test_a_job_whose_message_was_lost_is_sent_again(workshop: Callable[..., Workshop]) -> None:
    shop = workshop(roster=lambda *_: {"done": True}, pace=Pace(0.1, 0.05, 0.01))
    code = shop.submit("roster", "W1", {}).code
    shop.queue.forget()
    with LocalWorker(shop):
        assert closed(shop, code).result == {"done": True}


def test_jobs_of_two_installations_on_one_queue_do_not_mix(workshop: Callable[..., Workshop]) -> None:
    ours, theirs = workshop(), workshop(installation="another")
    ours.submit("roster", "W1", {})
    assert theirs.queue.is_empty()
    assert not ours.queue.is_empty()


def test_a_message_that_is_sent_twice_runs_the_job_once(workshop: Callable[..., Workshop]) -> None:
    runs: list[str] = []
    shop = workshop(roster=lambda job, _: runs.append(job.code) or {})
    code = shop.submit("roster", "W1", {}).code
    shop.queue.put(code)
    with LocalWorker(shop):
        closed(shop, code)
        closed(shop, shop.submit("roster", "W1", {}).code)
    assert runs.count(code) == 1


def test_following_tells_of_every_change_and_ends_with_the_job(workshop: Callable[..., Workshop]) -> None:
    shop = workshop(roster=lambda *_: {"done": True})
    told: list[JobStatus] = []
    with LocalWorker(shop):
        job = follow_job(
            shop, shop.submit("roster", "W1", {}).code, lambda job: told.append(job.status), poll_seconds=0.01
        )
    assert job.result == {"done": True}
    assert told[-1] is JobStatus.DONE


def test_ctrl_c_while_following_keeps_the_best_so_far(workshop: Callable[..., Workshop]) -> None:
    shop = workshop(roster=until_told)
    interrupts = iter([KeyboardInterrupt()])

    def tell(job: Job) -> None:
        if job.status is JobStatus.RUNNING:
            for interrupt in interrupts:
                raise interrupt

    with LocalWorker(shop):
        job = follow_job(shop, shop.submit("roster", "W1", {}).code, tell, poll_seconds=0.01)
    assert (job.status, job.result) == (JobStatus.CANCELLED, {"best": 3})


@pytest.fixture
def doomed(store: Store, tmp_path: Path, queue_url: str) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(installation: str) -> subprocess.Popen[str]:
        script = str(Path(__file__).with_name("doomed_worker.py"))
        database = store.engine.url.render_as_string(hide_password=False)
        command = [sys.executable, script, database, str(tmp_path), installation, queue_url]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def began(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_killed_workers_job_is_finished_by_another_on_its_second_attempt(
    workshop: Callable[..., Workshop], doomed: Callable[[str], subprocess.Popen[str]]
) -> None:
    shop = workshop(roster=lambda job, _: {"attempt": job.attempt}, installation="killed")
    code = shop.submit("roster", "W1", {}).code
    victim = doomed("killed")
    assert began(victim) == "began 1"
    victim.kill()
    victim.wait()
    assert read(shop, code).status is JobStatus.RUNNING
    with LocalWorker(shop):
        job = closed(shop, code)
    assert (job.status, job.result) == (JobStatus.DONE, {"attempt": 2})


def test_a_worker_that_is_told_to_end_keeps_the_best_so_far(
    workshop: Callable[..., Workshop], doomed: Callable[[str], subprocess.Popen[str]]
) -> None:
    shop = workshop(installation="told")
    code = shop.submit("roster", "W1", {}).code
    process = doomed("told")
    began(process)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE_SECONDS) == 0
    assert (read(shop, code).status, read(shop, code).result) == (JobStatus.CANCELLED, {"best": 1})


def test_a_job_redelivered_while_its_worker_lives_is_run_after_the_lease(
    workshop: Callable[..., Workshop], store: Store
) -> None:
    shop = workshop(roster=lambda job, _: {"attempt": job.attempt})
    code = shop.submit("roster", "W1", {}).code
    with store() as unit:
        unit.jobs.take(code, worker="gone", at=shop.clock(), lease_seconds=0.5)
        unit.commit()
    with LocalWorker(shop):
        assert closed(shop, code).result == {"attempt": 2}


@pytest.mark.parametrize("url", ["amqp://localhost", "localhost:6379"])
def test_a_queue_that_is_no_redis_is_refused_in_words(tmp_path: Path, url: str) -> None:
    with pytest.raises(WardteamError, match="redis://"):
        open_queue(tmp_path, installation="x", url=url)


@pytest.mark.redis
def test_a_redis_out_of_reach_is_said_in_words(tmp_path: Path) -> None:
    queue = open_queue(tmp_path, installation="x", url="redis://127.0.0.1:1/0")
    with pytest.raises(WardteamError, match="can't be reached"):
        queue.put("code")


def test_a_message_holds_only_the_jobs_code_and_is_no_pickle() -> None:
    envelope = Envelope("id", "queue.job", None, 0, 0, None, ["the-code"], {})
    text = JsonSerializer().serialize(envelope)
    assert json.loads(text)["args"] == ["the-code"]
    assert JsonSerializer().deserialize(text) == envelope
