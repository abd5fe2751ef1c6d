"""A workshop with a real database and a real queue: SQLite always, Redis where one answers."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import redis

from wardteam.jobs.heart import Pace
from wardteam.jobs.queue import open_queue
from wardteam.jobs.running import Work
from wardteam.jobs.worker import Workshop
from wardteam.storage.store import Store, create_store

REDIS = os.environ.get("WARDTEAM_TEST_REDIS", "redis://127.0.0.1:6379/15")
QUICK = Pace(lease_seconds=1.0, beat_seconds=0.2, poll_seconds=0.02)
MakeWorkshop = Callable[..., Workshop]


def now() -> datetime:
    return datetime.now(UTC)


@cache
def redis_answers() -> bool:
    client = redis.Redis.from_url(REDIS, socket_connect_timeout=1)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


@pytest.fixture(params=["sqlite", pytest.param("redis", marks=pytest.mark.redis)])
def queue_url(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return ""
    if not redis_answers():
        reason = "no Redis server answers (set WARDTEAM_TEST_REDIS to its URL)"
        if os.environ.get("WARDTEAM_CI") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return REDIS


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = create_store(f"sqlite:///{tmp_path / 'wardteam.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def workshop(store: Store, tmp_path: Path, queue_url: str) -> Iterator[MakeWorkshop]:
    """Make workshops with these handlers, all on one database and one queue."""
    name = f"test-{secrets.token_hex(6)}"
    opened = []

    def make(*, pace: Pace = QUICK, installation: str = name, **handlers: Work) -> Workshop:
        queue = open_queue(tmp_path, installation=installation, url=queue_url)
        opened.append(queue)
        return Workshop(store, queue, handlers, now, pace)

    yield make
    for queue in opened:
        queue.forget()
        queue.close()
