"""The language in which a sheet of the ward's workbook is described: columns, kinds of value, checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from wardteam.domain.calendar import Period
from wardteam.domain.rules import RuleSetting
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.exchange.grid import Value
from wardteam.exchange.sheetxml import Place
from wardteam.exchange.words import normal
from wardteam.i18n import Language

Record = dict[str, Any]  # values by field name; each column's kind says their type


class Refused(Exception):
    """A cell's value is not what was expected; the message says what was."""

    def __init__(self, expected: Message) -> None:
        super().__init__(str(expected))
        self.expected = expected


@dataclass
class Known:
    """What the sheets read so far have told. None where a sheet was missing, so nothing can be compared."""

    zone: ZoneInfo = ZoneInfo("Asia/Shanghai")
    period: Period | None = None
    rules: frozenset[str] | None = None
    setting_problems: Callable[[RuleSetting], Iterable[Message]] = lambda _: ()
    shifts: dict[str, str] | None = None
    staff: frozenset[str] | None = None
    beds: frozenset[str] | None = None
    teams: frozenset[int] | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of value: read from a cell, written to one, and what is expected in words.

    `choices` gives what a list in the cell offers, by language.
    """

    expected: Message
    read: Callable[[Value, Known], Any]  # the kind's own type
    write: Callable[[Any, Language], Value]  # the same
    choices: Callable[[Language], tuple[str, ...]] | None = None
    number_format: str = ""
    width: int = 12


class _Required:
    """Stands for the default of a column that must be filled."""


REQUIRED = _Required()


@dataclass(frozen=True)
class Column:
    """One column: its field, its headings in Chinese and English, its kind, and what an empty cell means."""

    field: str
    zh: str
    en: str
    kind: Kind
    default: object = REQUIRED
    note: Message | None = None
    other_names: tuple[str, ...] = ()
    is_computed: bool = False
    width: int | None = None

    @property
    def is_required(self) -> bool:
        """Whether an empty cell is an error."""
        return self.default is REQUIRED and not self.is_computed

    def heading(self, language: Language) -> str:
        """Give the heading of one language."""
        return self.zh if language == "zh" else self.en

    def answers_to(self, heading: Value) -> bool:
        """Whether a heading, in either language and however spaced, means this column."""
        known = {normal(name) for name in (self.zh, self.en, self.field, *self.other_names)}
        return heading is not None and normal(heading) in known


Complaint = tuple[str, Message]
"""The field that a check complains about, and what was expected."""

Check = Callable[[Record, Known], Iterator[Complaint]]


@dataclass(frozen=True)
class SheetSpec:
    """One sheet: titles, columns, what makes a line unique, what its columns must say together."""

    key: str
    zh: str
    en: str
    about: Message
    columns: tuple[Column, ...]
    records: Callable[[WardBook], Iterable[Record]]
    checks: tuple[Check, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    is_transposed: bool = False
    other_names: tuple[str, ...] = ()

    def title(self, language: Language) -> str:
        """Give the sheet's title of one language."""
        return self.zh if language == "zh" else self.en

    def answers_to(self, title: str) -> bool:
        """Whether a sheet's title means this sheet."""
        return normal(title) in {normal(name) for name in (self.zh, self.en, self.key, *self.other_names)}

    def column(self, name: str) -> Column:
        """Give the column of a field."""
        return next(column for column in self.columns if column.field == name)


@dataclass(frozen=True)
class Line:
    """A line that was read: its record and its fields' places; not whole where a cell was refused."""

    sheet: str
    record: Record
    places: dict[str, Place]
    is_whole: bool = True
