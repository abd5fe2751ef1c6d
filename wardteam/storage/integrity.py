"""Finds what a book contradicts in itself before it is written, so that it can be said in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import sqlalchemy as sa

from wardteam.domain.ward import WardBook
from wardteam.errors import BadInput, Finding, Message
from wardteam.storage.shelves import SHELVES

Records = Mapping[str, Sequence[object]]


def refuse_contradictions(book: WardBook) -> None:
    """Refuse a book with doubled keys, or with records about somebody or something not in it.

    Raises
    ------
    BadInput
        Listing every contradiction.
    """
    records: Records = {name: getattr(book, name) for name in SHELVES}
    findings = tuple(_findings(records))
    if findings:
        raise BadInput(findings)


def _findings(records: Records) -> Iterator[Finding]:
    for name, shelf in SHELVES.items():
        for tie in shelf.table.constraints:
            if isinstance(tie, sa.UniqueConstraint):
                yield from _doubled(name, tie.columns.keys()[-1], records)
            elif isinstance(tie, sa.ForeignKeyConstraint) and len(tie.elements) > 1:
                target = tie.elements[-1].column
                yield from _missing(name, tie.column_keys[-1], target.table.name, target.name, records)


def _doubled(name: str, column: str, records: Records) -> Iterator[Finding]:
    counts = Counter(getattr(record, column) for record in records[name])
    for value, count in counts.items():
        if count > 1:
            problem = Message(
                "{value} stands here {count} times; it must be unique.", value=value, count=count
            )
            yield Finding(file="", sheet=name, column=column, value=str(value), problem=problem)


def _missing(name: str, column: str, target: str, key: str, records: Records) -> Iterator[Finding]:
    known = {getattr(record, key) for record in records[target]}
    for place, record in enumerate(records[name], start=1):
        value = getattr(record, column)
        if value not in known:
            problem = Message("{value} is not known to the ward.", value=value)
            yield Finding(file="", sheet=name, row=place, column=column, value=str(value), problem=problem)
