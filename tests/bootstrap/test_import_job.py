"""An import of calls as a job: its ledger is the result, also where it was cancelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.services.call_kit import NOW, call_line, clock, log, opened
from wardteam.bootstrap.job_handlers import IMPORT_CALLS, handlers, import_parameters
from wardteam.jobs.running import run_job
from wardteam.services import call_import
from wardteam.services.call_import import guess_mapping, keep_mapping, read_head
from wardteam.services.ports import Job, JobStatus, Progress
from wardteam.storage.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        yield store


def run(store: Store, path: Path, *, is_cancelled: bool = False) -> Job:
    mapping = keep_mapping(store, "W1", guess_mapping(read_head(path)), by="test", clock=clock)
    with store() as unit:
        given = import_parameters(path, mapping.code, by="test", refused=path.with_suffix(".refused"))
        code = unit.jobs.add(IMPORT_CALLS, "W1", given, at=NOW).code
        unit.commit()
    handler = handlers(store, clock)[IMPORT_CALLS]

    def work(job: Job, progress: Progress) -> Mapping[str, object]:
        return handler(job, lambda step, figures: progress(step, figures) or is_cancelled)

    return run_job(store, code, "worker", work, clock=clock).job


def test_the_ledger_is_the_jobs_result(store: Store, tmp_path: Path) -> None:
    job = run(store, log(tmp_path, call_line(1), call_line(2, "99")))
    assert job.status is JobStatus.DONE
    assert job.result is not None
    assert job.result["ledger"] == {"read": 2, "added": 1, "unknown_bed": 1}
    assert (tmp_path / "calls.refused").exists()


def test_a_cancelled_import_says_what_it_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_import, "CHUNK", 400)
    lines = (call_line(n, "01", f"2026-01-05 {n // 60:02}:{n % 60:02}:00") for n in range(1200))
    job = run(store, log(tmp_path, *lines), is_cancelled=True)
    assert job.result is not None
    assert job.result["ledger"] == {"read": 400, "added": 400}
    assert "401" in str(job.result["notes"])


def test_a_file_that_is_no_table_fails_with_its_findings(store: Store, tmp_path: Path) -> None:
    path = log(tmp_path, call_line(1))
    mapping = keep_mapping(store, "W1", guess_mapping(read_head(path)), by="test", clock=clock)
    path.write_bytes(b"")
    with store() as unit:
        job = unit.jobs.add(IMPORT_CALLS, "W1", import_parameters(path, mapping.code, by="t"), at=NOW)
        unit.commit()
    done = run_job(store, job.code, "worker", handlers(store, clock)[IMPORT_CALLS], clock=clock).job
    assert done.status is JobStatus.FAILED
    assert done.result is not None
    assert len(done.result["findings"]) == 1
