"""Rows of a table divided into groups, and pairs of rows that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Never, TypeVar

from wardteam.errors import BadInput, Finding, Message
from wardteam.exchange.figure_columns import Columns

T = TypeVar("T")

ONE_GROUP = "Two groups or more were expected; the column has: {groups}."
NO_GROUP = "Rows without a group are left out: {count}."
NO_CODE = "Rows with a figure but without a cluster are left out: {count}."
NOT_TWO_GROUPS = "Pairs need two groups; the column has: {groups}."
TWICE_IN_PAIR = Message("This pair has a row of this group already.")
ALL_MISSING = "Group {group} has no figure: all {count} are missing."


@dataclass(frozen=True)
class Grouped(Generic[T]):
    """Values by group in order of first appearance; `rows` are places in the table."""

    names: tuple[str, ...]
    values: tuple[tuple[T | None, ...], ...]
    rows: tuple[tuple[int, ...], ...]
    without: int = 0

    @property
    def warnings(self) -> tuple[Message, ...]:
        """Say how many rows had no group."""
        return (Message(NO_GROUP, count=self.without),) if self.without else ()


def grouped(columns: Columns, values: Sequence[T | None], group: str) -> Grouped[T]:
    """Divide values by a column of groups.

    Raises
    ------
    BadInput
        Where there is one group only, or a group without any value; all wrong cells with it.
    """
    names = columns.names(group)
    known = list(dict.fromkeys(name for name in names if name is not None))
    rows = [tuple(i for i, name in enumerate(names) if name == k) for k in known]
    if len(known) < 2:
        _note(columns, group, Message(ONE_GROUP, groups=tuple(known)))
    for name, places in zip(known, rows, strict=True):
        if all(values[i] is None for i in places):
            _note(columns, group, Message(ALL_MISSING, group=name, count=len(places)))
    columns.close()
    found = tuple(tuple(values[i] for i in places) for places in rows)
    return Grouped(tuple(known), found, tuple(rows), sum(name is None for name in names))


def paired(
    columns: Columns, values: Sequence[T | None], group: str, pair: str
) -> tuple[tuple[str, str], list[tuple[T | None, T | None]]]:
    """Match the rows of two groups by a column of pairs; None where a pair lacks one.

    Raises
    ------
    BadInput
        Where there are not two groups, or a pair has two rows of one.
    """
    names, codes = columns.names(group), columns.codes(pair)
    known = list(dict.fromkeys(name for name in names if name is not None))
    if len(known) != 2:
        _note(columns, group, Message(NOT_TWO_GROUPS, groups=tuple(known)))
    matched: dict[str, dict[str, T | None]] = {}
    for row, name, code, value in zip(columns.table.numbers, names, codes, values, strict=True):
        if name is None or code is None:
            continue
        sides = matched.setdefault(code, {})
        if name in sides:
            columns.findings.append(
                Finding(columns.table.file, TWICE_IN_PAIR, row=row, column=pair, value=code)
            )
        sides[name] = value
    columns.close()
    first, second = known
    return (first, second), [(sides.get(first), sides.get(second)) for sides in matched.values()]


def _note(columns: Columns, column: str, problem: Message) -> None:
    columns.findings.append(Finding(columns.table.file, problem, column=column))


def refuse(columns: Columns, column: str, problem: Message) -> Never:
    """Refuse a column as a whole, with whatever else is wrong."""
    _note(columns, column, problem)
    columns.close()
    raise BadInput(tuple(columns.findings))
