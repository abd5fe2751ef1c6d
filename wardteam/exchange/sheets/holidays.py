"""The sheet of the public holidays and make-up working days."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from wardteam.domain.calendar import Calendar
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.exchange.grid import Value
from wardteam.exchange.kinds import DATE, TEXT, narrow
from wardteam.exchange.tables import Column, Kind, Known, Record, Refused, SheetSpec
from wardteam.i18n import Language


class _Mark(StrEnum):
    """What the calendar says of a date."""

    HOLIDAY = "holiday"
    MAKEUP = "makeup"


_WORDS = {_Mark.HOLIDAY: ("法定节假日", "public holiday"), _Mark.MAKEUP: ("调休上班", "make-up working day")}
_EXPECTED = Message("A public holiday or a make-up working day was expected.")


def _read(value: Value, _known: Known) -> _Mark:
    word = narrow(value).casefold()
    for mark, words in _WORDS.items():
        if word in (*words, mark.value):
            return mark
    raise Refused(_EXPECTED)


def _offered(language: Language) -> tuple[str, ...]:
    return tuple(words[0 if language == "zh" else 1] for words in _WORDS.values())


MARK = Kind(
    _EXPECTED,
    _read,
    lambda mark, language: _WORDS[mark][0 if language == "zh" else 1],
    choices=_offered,
    width=20,
)


def _records(book: WardBook) -> Iterator[Record]:
    for day, name in book.calendar.holidays:
        yield {"day": day, "mark": _Mark.HOLIDAY, "name": name}
    for day in sorted(book.calendar.makeup_days):
        yield {"day": day, "mark": _Mark.MAKEUP, "name": ""}


HOLIDAYS = SheetSpec(
    key="holidays",
    zh="节假日",
    en="Holidays",
    about=Message("Public holidays, and weekend days that are worked in exchange."),
    columns=(
        Column("day", "日期", "Date", DATE),
        Column("mark", "类型", "Kind", MARK),
        Column("name", "节日名称", "Name", TEXT, ""),
    ),
    records=_records,
    unique=(("day",),),
    other_names=("节假日安排",),
)


def build_calendar(records: list[Record]) -> Calendar:
    """Make the calendar."""
    holidays = tuple((r["day"], r["name"]) for r in records if r["mark"] is _Mark.HOLIDAY)
    return Calendar(holidays, frozenset(r["day"] for r in records if r["mark"] is _Mark.MAKEUP))
