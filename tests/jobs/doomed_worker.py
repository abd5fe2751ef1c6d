"""A worker process that the tests kill in the middle of a job; it says when its work has begun."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from wardteam.jobs.heart import Pace
from wardteam.jobs.queue import open_queue
from wardteam.jobs.worker import Workshop, work_until_told
from wardteam.services.ports import Job, Progress
from wardteam.storage.store import create_store


def work(job: Job, progress: Progress) -> Mapping[str, object]:
    sys.stdout.write(f"began {job.attempt}\n")
    sys.stdout.flush()
    while not progress("search", {"objective": job.attempt}):
        time.sleep(0.02)
    return {"best": job.attempt}


def main(database: str, folder: str, installation: str, queue: str) -> None:
    store = create_store(database)
    shop = Workshop(
        store,
        open_queue(Path(folder), installation=installation, url=queue),
        {"roster": work},
        lambda: datetime.now(UTC),
        Pace(lease_seconds=1.0, beat_seconds=0.2, poll_seconds=0.02),
    )
    work_until_told(shop)


if __name__ == "__main__":
    main(*sys.argv[1:])
