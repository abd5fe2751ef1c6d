"""What must be settled before a file's first row is read: its headings, its date order, which way it runs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo

from wardteam.domain.calls import CallField, CallMapping
from wardteam.errors import BadInput, Finding, Message
from wardteam.exchange.call_log.guess import MOMENTS, headings_of
from wardteam.exchange.call_log.head import FileHead, open_rows
from wardteam.exchange.call_log.moments import BadMoment, DateOrder, MomentReader, has_year_last, order_of
from wardteam.exchange.call_log.rows import Reading, column_places
from wardteam.exchange.call_log.zone_clock import SkippedHour

NEEDED = (CallField.PLACED, CallField.BED)
_UNCLEAR = Message(
    "These dates can be read as day/month or as month/day; say which: the date format dmy or mdy "
    "(on the command line --dates)."
)
_MIXED = Message(
    "Some dates of this column are day/month and some month/day. Have the system write them as 2026-01-05."
)


def check_mapping(head: FileHead, mapping: CallMapping) -> None:
    """Refuse a mapping that doesn't fit the file.

    Raises
    ------
    BadInput
        With every heading that is missing, the needed fields without one, and wrong settings.
    """
    findings = tuple(_misfits(head, mapping))
    if findings:
        raise BadInput(findings)


def _misfits(head: FileHead, mapping: CallMapping) -> Iterator[Finding]:
    for field in NEEDED:
        if field not in mapping.columns:
            yield Finding(head.file, Message("No column is named for this: {field}.", field=field))
    for heading in dict.fromkeys(headings_of(mapping)):
        if heading not in head.headings:
            problem = Message("The file has no such heading; it has {headings}.", headings=head.headings)
            yield Finding(head.file, problem, row=head.header_row or None, value=heading)
    if mapping.date_format not in ("", *DateOrder):
        yield Finding(head.file, Message("The date format is dmy, mdy or empty."), value=mapping.date_format)
    try:
        ZoneInfo(mapping.zone or "UTC")
    except (KeyError, ValueError, OSError):
        yield Finding(
            head.file, Message("A time zone was expected, such as Asia/Shanghai."), value=mapping.zone
        )


def decide(head: FileHead, mapping: CallMapping) -> Reading:
    """Settle the date order, from all rows where the sample can't tell, and the direction of the file.

    Raises
    ------
    BadInput
        Where the order can't be told.
    """
    places = column_places(head.headings, mapping)
    order = DateOrder(mapping.date_format) if mapping.date_format else None
    columns = [places[field][0] for field in MOMENTS if field in places]
    if order is None:
        texts = [row[place] for row in head.rows for place in columns if place < len(row)]
        if any(has_year_last(text) for text in texts):
            order = _order_of_all(head, columns)
    return Reading(order, newest_first=_runs_backwards(head, mapping, order))


def _order_of_all(head: FileHead, columns: list[int]) -> DateOrder:
    """Look for a part above 12 in all rows."""
    found: set[DateOrder] = set()
    for number, cells, _ in open_rows(head.path, head.encoding, head.delimiter):
        if number <= head.header_row:
            continue
        for place in columns:
            order = order_of(cells[place]) if place < len(cells) else None
            if order is not None:
                found.add(order)
    if len(found) == 1:
        return found.pop()
    problem = _MIXED if found else _UNCLEAR
    raise BadInput((Finding(head.file, problem, column=head.headings[columns[0]]),))


def _runs_backwards(head: FileHead, mapping: CallMapping, order: DateOrder | None) -> bool:
    reader = MomentReader(ZoneInfo("UTC"), order)
    moments: list[float] = []
    places = column_places(head.headings, mapping)[CallField.PLACED]
    for row in head.rows:
        try:
            moments.append(
                reader.placed(" ".join(row[place].strip() for place in places if place < len(row)))
            )
        except (BadMoment, SkippedHour):
            continue
    steps = [second - first for first, second in pairwise(moments)]
    return sum(step < 0 for step in steps) > sum(step > 0 for step in steps)
