"""How one kind of record is listed, filled in and read; each kind describes itself with this."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from wardteam.errors import Message
from wardteam.services.quality_ports import Record
from wardteam_web.forms import FieldSpec
from wardteam_web.records.ground import Ground

R = TypeVar("R", bound=Record)
Values = Mapping[str, Any]  # what WTForms read: dates, numbers, text, lists


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column of the list: its heading, and its words for a record."""

    heading: Message
    words: Callable[[R, Ground], str]
    is_figure: bool = False


@dataclass(frozen=True)
class RecordPage(Generic[R]):
    """The pages of one kind of record.

    `fields` are made for the record that is edited (None for a new one); `fill` gives the form's values
    of a record; `read` makes the record from the form's values, with its code, and the record edited.
    `prefix` begins new codes; an empty one means that the record names itself (a day by its date).
    `is_late` marks rows that need attention.
    """

    address: str
    kind: type[R]
    title: Message
    new: Message
    about: Message
    prefix: str
    columns: tuple[Column[R], ...]
    fields: Callable[[Ground, R | None], Sequence[FieldSpec]]
    fill: Callable[[R], Values]
    read: Callable[[Values, str, R | None, Ground], R]
    is_late: Callable[[R, Ground], bool] = lambda _record, _ground: False


def by_year(prefix: str, year: int) -> str:
    """Begin a code with its letter and the year.

    >>> by_year("E", 2026)
    'E26-'
    """
    return f"{prefix}{year % 100:02d}-"
