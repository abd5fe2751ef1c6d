"""What the services need to keep of quality: calls by the million, and every record that people enter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from wardteam.domain.calendar import Period
from wardteam.domain.calls import BellCall, CallReason
from wardteam.services.call_columns import CallColumns


class Record(Protocol):
    """What can be captured: a frozen dataclass with a code of its kind and the date it belongs to."""

    @property
    def code(self) -> str:
        """Its code, unique within ward and kind."""
        ...

    @property
    def day(self) -> date:
        """The date it belongs to."""
        ...


R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Kept(Generic[R]):
    """A record with the revision it was read at, and who wrote it when."""

    record: R
    revision: int
    by: str
    at: datetime


@dataclass(frozen=True)
class PastVersion(Generic[R]):
    """One version of a record; `record` is None where it was removed."""

    record: R | None
    revision: int
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class PutMany:
    """What putting many records at once did."""

    added: int
    changed: int
    same: int


class Captured(Protocol):
    """Every record that people enter or import, with all its versions; kinds are the domain's classes."""

    def all(self, ward: str, kind: type[R], span: Period | None = None) -> tuple[Kept[R], ...]:
        """Give the records of a kind in the order of day and code, of a span of days if asked."""
        ...

    def find(self, ward: str, kind: type[R], code: str) -> Kept[R] | None:
        """Give one record, or None."""
        ...

    def get(self, ward: str, kind: type[R], code: str) -> Kept[R]:
        """Give one record; NotFound where there is none."""
        ...

    def put(
        self,
        ward: str,
        record: Record,
        *,
        expected_revision: int | None,
        by: str,
        at: datetime,
        reason: str = "",
    ) -> int:
        """Write a record and give its new revision; a new one expects None.

        Conflict where somebody wrote it in between, or where a new record's code is taken.
        """
        ...

    def put_many(self, ward: str, records: Iterable[Record], *, by: str, at: datetime) -> PutMany:
        """Write records by their codes, whatever was there before; equal ones are left alone."""
        ...

    def remove(
        self,
        ward: str,
        kind: type[Record],
        code: str,
        *,
        expected_revision: int,
        by: str,
        at: datetime,
        reason: str,
    ) -> None:
        """Take a record out of use; its versions stay readable. Conflict as in `put`."""
        ...

    def history(self, ward: str, kind: type[R], code: str) -> tuple[PastVersion[R], ...]:
        """Give every version of a record, oldest first."""
        ...

    def next_code(self, ward: str, kind: type[Record], prefix: str) -> str:
        """Give the prefix with the next free number, four digits or more."""
        ...

    def revision(self, ward: str) -> int:
        """Give a number that grows with every change of the ward's records; 0 where there is none."""
        ...


@dataclass(frozen=True)
class CallsTaken:
    """What taking calls did: added, completed (moments that were open), known; codes that contradict."""

    added: int = 0
    completed: int = 0
    known: int = 0
    contradictions: tuple[str, ...] = ()


@dataclass(frozen=True)
class CallsSpan:
    """How many calls are kept, and from when to when."""

    count: int
    first: datetime
    last: datetime


class Calls(Protocol):
    """Bell calls of a ward, found by their codes."""

    def take(self, ward: str, calls: Sequence[BellCall]) -> CallsTaken:
        """Keep calls: new codes are added; a kept call's open moments, staff and ending are filled in.

        A call that says something else than the kept one changes nothing and is named. Codes within
        one batch may repeat; later ones complete earlier ones.
        """
        ...

    def find(self, ward: str, code: str) -> BellCall | None:
        """Give the call kept under a code, or None."""
        ...

    def columns(self, ward: str, span: Period | None = None) -> CallColumns:
        """Give the calls placed on the ward's dates of a span as columns, in the order of time."""
        ...

    def page(
        self,
        ward: str,
        span: Period | None = None,
        *,
        bed: str = "",
        reason: CallReason | None = None,
        first: int = 0,
        most: int = 100,
    ) -> tuple[BellCall, ...]:
        """Give single calls in the order of time, for the rows behind a point."""
        ...

    def span(self, ward: str) -> CallsSpan | None:
        """Give how many calls are kept, from when to when; None where there is none."""
        ...

    def revision(self, ward: str) -> int:
        """Give a number that grows with every change of the ward's calls; 0 where there is none."""
        ...
