"""The kinds of value that a cell of the ward's workbook may hold: text, numbers, dates, choices."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import TypeVar

from wardteam.errors import Message
from wardteam.exchange.grid import Value
from wardteam.exchange.tables import Kind, Known, Refused
from wardteam.exchange.words import code_text, normal
from wardteam.i18n import Language, translator

E = TypeVar("E", bound=Enum)

TEXT_EXPECTED = Message("Text was expected.")
DATE_EXPECTED = Message("A date was expected, such as 2026-12-01.")
MOMENT_EXPECTED = Message("A date with a time was expected, such as 2026-12-01 14:30.")
YES_NO_EXPECTED = Message("Yes or no was expected.")
COLOUR_EXPECTED = Message("A colour was expected, such as #fdf3d8.")

_YES = {normal(word) for word in ("是", "有", "对", "yes", "y", "true", "1", "√", "✓")}
_NO = {normal(word) for word in ("否", "无", "不", "no", "n", "false", "0", "×", "x")}
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_PACKED_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MOMENT = re.compile(r"(.+?)[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?")


def _same(value: Value, _language: Language) -> Value:
    return value


def narrow(value: Value) -> str:
    """Give a cell's text with full-width signs narrowed and outer spaces gone."""
    return unicodedata.normalize("NFKC", code_text(value)).strip()


def _read_text(value: Value, _known: Known) -> str:
    if isinstance(value, (bool, date, datetime)):
        raise Refused(TEXT_EXPECTED)
    return code_text(value) if isinstance(value, float) else str(value).strip()


def _read_code(value: Value, _known: Known) -> str:
    if isinstance(value, (bool, date, datetime)):
        raise Refused(TEXT_EXPECTED)
    return narrow(value)


TEXT = Kind(TEXT_EXPECTED, _read_text, _same, width=16)
CODE = Kind(TEXT_EXPECTED, _read_code, _same, number_format="@", width=11)


def whole(low: int, high: int) -> Kind:
    """Make the kind of whole numbers between two bounds, both included."""
    expected = Message("A whole number from {low} to {high} was expected.", low=low, high=high)

    def read(value: Value, _known: Known) -> int:
        number = _number(value, expected)
        if not number.is_integer() or not low <= number <= high:
            raise Refused(expected)
        return int(number)

    return Kind(expected, read, _same, width=9)


def hours(low: int, high: int) -> Kind:
    """Make the kind of hours, kept as whole minutes."""
    expected = Message("Hours from {low} to {high} were expected, in steps of a minute.", low=low, high=high)

    def read(value: Value, _known: Known) -> int:
        minutes = round(_number(value, expected) * 60)
        if not low * 60 <= minutes <= high * 60:
            raise Refused(expected)
        return minutes

    return Kind(expected, read, lambda minutes, _language: minutes / 60, width=9)


def _number(value: Value, expected: Message) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, str) or not re.fullmatch(r"[+-]?\d{1,12}(\.\d{1,9})?", narrow(value)):
        raise Refused(expected)
    return float(narrow(value))


def to_date(value: Value) -> date | None:
    """Read a date from a real date or one of its usual spellings; None where it is neither."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = re.sub(r"\s", "", narrow(value)) if isinstance(value, (str, int, float)) else ""
    match = _DATE.fullmatch(text) or _PACKED_DATE.fullmatch(text)
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def _read_date(value: Value, _known: Known) -> date:
    day = to_date(value)
    if day is None or not 1900 <= day.year <= 2200:
        raise Refused(DATE_EXPECTED)
    return day


def _read_day_in_period(value: Value, known: Known) -> date:
    day = _read_date(value, known)
    if known.period is not None and day not in known.period:
        first, last = known.period.first.isoformat(), known.period.last.isoformat()
        raise Refused(Message("A date from {first} to {last} was expected.", first=first, last=last))
    return day


DATE = Kind(DATE_EXPECTED, _read_date, _same, number_format="yyyy-mm-dd", width=12)
DAY_IN_PERIOD = Kind(
    Message("A date of the period was expected."),
    _read_day_in_period,
    _same,
    number_format="yyyy-mm-dd",
)


def _read_moment(value: Value, known: Known) -> datetime:
    if isinstance(value, datetime):
        seconds = timedelta(seconds=round(value.microsecond / 1e6))
        return value.replace(microsecond=0, tzinfo=known.zone) + seconds
    match = _MOMENT.fullmatch(narrow(value)) if isinstance(value, str) else None
    day = to_date(match[1] if match else value)
    if day is None:
        raise Refused(MOMENT_EXPECTED)
    hour, minute, second = (int(part or 0) for part in match.groups()[1:]) if match else (0, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        raise Refused(MOMENT_EXPECTED)
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=known.zone)


MOMENT = Kind(MOMENT_EXPECTED, _read_moment, _same, number_format="yyyy-mm-dd hh:mm:ss", width=19)


def _read_yes_no(value: Value, _known: Known) -> bool:
    word = normal(code_text(value)) if not isinstance(value, bool) else ("yes" if value else "no")
    if word not in _YES | _NO:
        raise Refused(YES_NO_EXPECTED)
    return word in _YES


def _write_yes_no(value: bool, language: Language) -> str:
    return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")


YES_NO = Kind(
    YES_NO_EXPECTED,
    _read_yes_no,
    _write_yes_no,
    choices=lambda language: (_write_yes_no(True, language), _write_yes_no(False, language)),
    width=8,
)


def choice(options: type[E], *, other: dict[str, E] | None = None, without: tuple[E, ...] = ()) -> Kind:
    """Make the kind of an enum's members, by their labels in both languages, their names and values."""
    members = tuple(member for member in options if member not in without)
    expected = Message("One of these was expected: {choices}.", choices=members)

    @cache
    def words() -> dict[str, E]:
        known = {normal(word): member for word, member in (other or {}).items()}
        for member in members:
            labels = (translator("zh").show(member), translator("en").show(member))
            known |= {normal(word): member for word in (*labels, member.name, member.value)}
        return known

    def read(value: Value, _known: Known) -> E:
        found = words().get(normal(code_text(value)))
        if found is None:
            raise Refused(expected)
        return found

    def write(value: E | None, language: Language) -> Value:
        return None if value is None else translator(language).show(value)

    def offered(language: Language) -> tuple[str, ...]:
        return tuple(translator(language).show(member) for member in members)

    return Kind(expected, read, write, choices=offered, width=12)


def matching(pattern: str, expected: Message, *, width: int = 12) -> Kind:
    """Make the kind of texts of one pattern."""

    def read(value: Value, known: Known) -> str:
        text = _read_code(value, known)
        if not re.fullmatch(pattern, text):
            raise Refused(expected)
        return text

    return Kind(expected, read, _same, width=width)


COLOUR = matching(r"#[0-9a-fA-F]{6}", COLOUR_EXPECTED, width=10)


def reference(expected: Message, look_up: Callable[[Value, Known], object | None], kind: Kind = CODE) -> Kind:
    """Make the kind that names a thing of another sheet; `look_up` gives None where there is none."""

    def read(value: Value, known: Known) -> object:
        found = look_up(kind.read(value, known), known)
        if found is None:
            raise Refused(expected)
        return found

    return Kind(expected, read, kind.write, number_format=kind.number_format, width=kind.width)


def _staff(value: Value, known: Known) -> Value:
    return value if known.staff is None or value in known.staff else None


def _shift(value: Value, known: Known) -> Value:
    return value if known.shifts is None else known.shifts.get(normal(value))


def _bed(value: Value, known: Known) -> Value:
    return value if known.beds is None or value in known.beds else None


def _team(value: Value, known: Known) -> Value:
    return value if known.teams is None or value in known.teams else None


STAFF_NO = reference(Message("A staff number of the nurses sheet was expected."), _staff)
SHIFT = reference(Message("A shift of the shifts sheet was expected, by symbol, name or code."), _shift)
BED = reference(Message("A bed of the beds sheet was expected."), _bed)
TEAM = reference(Message("A team number of the teams sheet was expected."), _team, whole(1, 99))


def computed() -> Kind:
    """Make the kind of a column that is written for the eye and never read."""
    return Kind(Message("This column is computed and is not read."), lambda value, _known: value, _same)
