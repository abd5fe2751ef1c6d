"""The unit of work: one transaction with all repositories; nothing is kept unless `commit` is called."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import sqlalchemy as sa

from wardteam.services.ports import Books, Jobs, Photos, Rosters, Runs
from wardteam.services.quality_ports import Calls, Captured
from wardteam.storage.books import SqlBooks
from wardteam.storage.calls import SqlCalls
from wardteam.storage.captured import SqlCaptured
from wardteam.storage.job_rows import SqlJobs
from wardteam.storage.photos import SqlPhotos
from wardteam.storage.rosters import SqlRosters
from wardteam.storage.runs import SqlRuns


class SqlUnitOfWork:
    """A unit of work on one database; enter it once, in one thread."""

    books: Books
    photos: Photos
    rosters: Rosters
    runs: Runs
    calls: Calls
    captured: Captured
    jobs: Jobs

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._connection: sa.Connection | None = None

    def __enter__(self) -> Self:
        connection = self._connection = self._engine.connect()
        self.books = SqlBooks(connection)
        self.photos = SqlPhotos(connection)
        self.rosters = SqlRosters(connection)
        self.runs = SqlRuns(connection)
        self.calls = SqlCalls(connection)
        self.captured = SqlCaptured(connection)
        self.jobs = SqlJobs(connection)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def commit(self) -> None:
        """Keep everything done in this unit."""
        if self._connection is None:
            raise ValueError("a unit of work is committed inside its with block")
        self._connection.commit()
