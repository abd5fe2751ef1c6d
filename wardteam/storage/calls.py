"""Keeps bell calls by the million: takes them in batches, gives them back as columns or as single rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from wardteam.domain.calendar import Period
from wardteam.domain.calls import BellCall, CallReason
from wardteam.services.call_columns import CallColumns
from wardteam.services.quality_ports import CallsSpan, CallsTaken
from wardteam.storage.call_reading import columns_of
from wardteam.storage.call_rows import COLUMNS, CallRow, call_of, completed, row_of
from wardteam.storage.quality_changes import changes_counted, count_change, lock_ward
from wardteam.storage.quality_tables import bell_calls as t
from wardteam.storage.zones import ward_zone

BATCH = 5000
CODES_AT_ONCE = 1000
READ_AT_ONCE = 20_000


class SqlCalls:
    """The bell calls of all wards."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def take(self, ward: str, calls: Sequence[BellCall]) -> CallsTaken:
        """Keep calls: new codes are added; a kept call's open moments, staff and ending are filled in.

        A call that says something else than the kept one changes nothing and is named. Codes within
        one batch may repeat; later ones complete earlier ones.
        """
        lock_ward(self._connection, ward)
        taken = CallsTaken()
        for first in range(0, len(calls), BATCH):
            taken = _sum(taken, self._take(ward, calls[first : first + BATCH]))
        if taken.added or taken.completed:
            count_change(self._connection, ward, "calls")
        return taken

    def find(self, ward: str, code: str) -> BellCall | None:
        """Give the call kept under a code, or None."""
        row = self._kept(ward, {code}).get(code)
        return None if row is None else call_of(row, ward_zone(self._connection, ward))

    def columns(self, ward: str, span: Period | None = None) -> CallColumns:
        """Give the calls placed on the ward's dates of a span as columns, in the order of time."""
        zone = ward_zone(self._connection, ward)
        names = ("bed", "stay", "staff", "reason", "source", "ended_by", *COLUMNS[-4:])
        chosen = sa.select(*(t.c[name] for name in names)).where(*_placed(ward, span, zone))
        ordered = chosen.order_by(t.c.ward, t.c.placed, t.c.code)
        found = self._connection.execute(ordered.execution_options(yield_per=READ_AT_ONCE))
        return columns_of(found.partitions(), zone)

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
        zone = ward_zone(self._connection, ward)
        chosen = sa.select(*(t.c[name] for name in COLUMNS)).where(*_placed(ward, span, zone))
        if bed:
            chosen = chosen.where(t.c.bed == bed)
        if reason is not None:
            chosen = chosen.where(t.c.reason == reason.value)
        ordered = chosen.order_by(t.c.ward, t.c.placed, t.c.code).offset(first).limit(most)
        return tuple(call_of(tuple(row), zone) for row in self._connection.execute(ordered))

    def span(self, ward: str) -> CallsSpan | None:
        """Give how many calls are kept, from when to when; None where there is none."""
        figures = sa.select(sa.func.count(), sa.func.min(t.c.placed), sa.func.max(t.c.placed))
        count, first, last = self._connection.execute(figures.where(t.c.ward == ward)).one()
        if not count:
            return None
        zone = ward_zone(self._connection, ward)
        moments = (datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=ms) for ms in (first, last))
        return CallsSpan(count, *(moment.astimezone(zone) for moment in moments))

    def revision(self, ward: str) -> int:
        """Give a number that grows with every change of the ward's calls; 0 where there is none."""
        return changes_counted(self._connection, ward, "calls")

    def _take(self, ward: str, calls: Sequence[BellCall]) -> CallsTaken:
        batch = _Batch(self._kept(ward, {call.code for call in calls}))
        for call in calls:
            batch.take(row_of(call))
        if batch.new:
            rows = [dict(zip(COLUMNS, row, strict=True), ward=ward) for row in batch.new.values()]
            self._connection.execute(sa.insert(t), rows)
        if batch.filled:
            self._complete(ward, batch.filled.values())
        return batch.outcome()

    def _kept(self, ward: str, codes: set[str]) -> dict[str, CallRow]:
        choose = _by_array if self._connection.dialect.name == "postgresql" else _by_list
        ordered, kept = sorted(codes), dict[str, CallRow]()
        for first in range(0, len(ordered), CODES_AT_ONCE):
            found = self._connection.execute(choose(ward, ordered[first : first + CODES_AT_ONCE]))
            kept.update((row[0], tuple(row)) for row in found)
        return kept

    def _complete(self, ward: str, rows: Iterable[CallRow]) -> None:
        names = [name for name in COLUMNS if name != "code"]
        change = sa.update(t).where(t.c.ward == sa.bindparam("of"), t.c.code == sa.bindparam("called"))
        change = change.values({name: sa.bindparam(f"new_{name}") for name in names})
        self._connection.execute(
            change,
            [
                {"of": ward, "called": row[0]}
                | {f"new_{name}": value for name, value in zip(names, row[1:], strict=True)}
                for row in rows
            ],
        )


@dataclass
class _Batch:
    """What a batch does to the kept calls, call by call."""

    kept: dict[str, CallRow]
    new: dict[str, CallRow] = field(default_factory=dict)
    filled: dict[str, CallRow] = field(default_factory=dict)
    completed: int = 0
    known: int = 0
    contradictions: list[str] = field(default_factory=list)
    added: int = 0

    def take(self, row: CallRow) -> None:
        """Add a call, complete the one kept under its code, or name it as contradicting that."""
        code = str(row[0])
        old = self.kept.get(code)
        if old is None:
            self.kept[code] = self.new[code] = row
            self.added += 1
            return
        whole = completed(old, row)
        if whole is None:
            self.contradictions.append(code)
        elif whole == old:
            self.known += 1
        else:
            self.completed += 1
            self.kept[code] = whole
            (self.new if code in self.new else self.filled)[code] = whole

    def outcome(self) -> CallsTaken:
        """Count what it did."""
        return CallsTaken(self.added, self.completed, self.known, tuple(self.contradictions))


def _by_list(ward: str, codes: list[str]) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(*(t.c[name] for name in COLUMNS)).where(t.c.ward == ward, t.c.code.in_(codes))


def _by_array(ward: str, codes: list[str]) -> sa.Select[*tuple[Any, ...]]:
    """Look every code up by itself: before its first ANALYZE, PostgreSQL reads the whole ward for a list."""
    given = sa.func.unnest(sa.cast(codes, ARRAY(sa.Text))).table_valued("code").render_derived("given")
    one = sa.select(*(t.c[name] for name in COLUMNS)).where(t.c.ward == ward, t.c.code == given.c.code)
    found = one.limit(1).lateral("kept")
    return sa.select(*(found.c[name] for name in COLUMNS)).select_from(sa.join(given, found, sa.true()))


def _sum(first: CallsTaken, second: CallsTaken) -> CallsTaken:
    return CallsTaken(
        first.added + second.added,
        first.completed + second.completed,
        first.known + second.known,
        first.contradictions + second.contradictions,
    )


def _placed(ward: str, span: Period | None, zone: ZoneInfo) -> list[sa.ColumnElement[bool]]:
    """Choose the ward's calls, of a span from its first local midnight to the one after its last day."""
    of_ward = t.c.ward == ward
    if span is None:
        return [of_ward]
    after = span.last + timedelta(days=1)
    return [of_ward, t.c.placed >= _midnight(span.first, zone), t.c.placed < _midnight(after, zone)]


def _midnight(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time.min, tzinfo=zone).timestamp()) * 1000
