"""The transport: Huey in an SQLite file, or in Redis by a URL; a message holds only a job's code."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from huey import Huey, SqliteHuey
from huey.exceptions import RetryTask
from huey.registry import Message as Envelope
from huey.serializer import Serializer

from wardteam.errors import Message, WardteamError

FILE_NAME = "queue.sqlite3"
Deliver = Callable[[str], float | None]
"""Handles a job's code; gives the seconds after which it must be delivered again, or None."""


class JsonSerializer(Serializer):  # type: ignore[misc]  # Huey ships no types
    """Messages as JSON: Huey's own pickles would run whatever somebody else puts into a shared Redis."""

    def _serialize(self, data: Envelope) -> bytes:
        values = data._asdict()
        eta = values["eta"]
        return json.dumps({**values, "eta": eta and eta.isoformat()}).encode("ascii")

    def _deserialize(self, data: bytes) -> Envelope:
        values = json.loads(data)
        eta = values["eta"]
        return Envelope(**{**values, "eta": eta and datetime.fromisoformat(eta)})


class JobQueue:
    """Carries jobs' codes from who asks to who works."""

    def __init__(self, huey: Huey, *, failures: tuple[type[Exception], ...] = (sqlite3.Error,)) -> None:
        self._huey = huey
        self._failures = failures
        self._deliver: Deliver | None = None
        self._task = huey.task(name="job")(self._receive)

    def put(self, code: str) -> None:
        """Send a job's code; sending it twice does no harm."""
        with self._in_words():
            self._task(code)

    def is_empty(self) -> bool:
        """Whether no code waits to be picked up."""
        with self._in_words():
            return bool(self._huey.pending_count() == 0)

    def work_off(self, deliver: Deliver) -> bool:
        """Hand over the next code, if there is one; gives whether there was."""
        self._deliver = deliver
        with self._in_words():
            for due in self._huey.read_schedule(datetime.now(UTC).replace(tzinfo=None)):
                self._huey.enqueue(due)
            task = self._huey.dequeue()
        if task is not None:
            self._huey.execute(task)
        return task is not None

    def forget(self) -> None:
        """Empty the queue; the jobs' rows stay, and are sent again where they wait."""
        self._huey.storage.flush_queue()
        self._huey.storage.flush_schedule()

    def close(self) -> None:
        """Close the connection of this thread."""
        self._huey.storage.close()

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except self._failures as error:
            text = "The job queue can't be reached; check the setting queue and that it is running."
            raise WardteamError(Message(text)) from error

    def _receive(self, code: str) -> None:
        if self._deliver is None:
            raise ValueError("this queue only sends")
        wait = self._deliver(code)
        if wait is not None:
            raise RetryTask(delay=wait)


def open_queue(folder: Path, *, installation: str, url: str = "") -> JobQueue:
    """Open the queue of an installation: a file in its folder, or Redis by a `redis://` URL.

    Raises
    ------
    WardteamError
        Where the URL is none of Redis, or Redis' package is missing.
    """
    name = f"wardteam-{installation}"
    settings = {"results": False, "serializer": JsonSerializer(), "utc": True}
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return JobQueue(SqliteHuey(name, filename=str(folder / FILE_NAME), fsync=True, **settings))
    if not url.startswith(("redis://", "rediss://")):
        raise WardteamError(Message("The setting queue must be a redis:// URL."))
    try:
        from huey import RedisHuey
        from redis import RedisError
    except ImportError as error:
        text = "The queue is set to Redis, but its package is missing; install wardteam with [redis]."
        raise WardteamError(Message(text)) from error
    # A blocking read would hold up a worker that is asked to stop.
    return JobQueue(RedisHuey(name, url=url, blocking=False, **settings), failures=(RedisError,))
