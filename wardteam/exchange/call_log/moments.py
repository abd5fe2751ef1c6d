"""Reads the moments that call systems write, in many forms, as seconds since the epoch by a zone's clock.

A million rows hold few different days and times of day, so both are looked up once they were read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from wardteam.exchange.call_log.zone_clock import SkippedHour, ZoneClock

_DAY_SECONDS = 86400
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EXCEL_DAY = date(1899, 12, 30).toordinal()

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(
    r"(上午|下午|AM|PM)?\s*(\d{1,2})[:时点](\d{1,2})(?:[:分](?:(\d{1,2})(?:[.,](\d{1,9}))?秒?)?)?\s*(AM|PM)?",
    re.IGNORECASE,
)
_PACKED_TIME = re.compile(r"(\d{2})(\d{2})(\d{2})?(?:[.,](\d{1,9}))?")
_HOURS = r"[+-](?:0\d|1[0-4]):?[0-5]\d"
_OFFSET = re.compile(rf"(.*\d)\s*(Z|UTC|GMT|{_HOURS})", re.IGNORECASE)
_SPLIT = re.compile(r"(.*?\d日?)(?:T|[\s,]+)(.+)|(\d{4}\s*年.*?日)(.+)")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_TAIL = re.compile(rf"(\.\d{{1,3}})?(Z|{_HOURS})?")
MOST_KEPT = 100_000
"""So many days, and so many times of day, are looked up at most."""

NOTHING = frozenset(
    ("", "-", "--", "—", "/", "\\n", "无", "空", "null", "none", "nan", "nat", "n/a", "0000-00-00 00:00:00")
)
"""What systems write, in small letters, where a step never came."""


class DateOrder(StrEnum):
    """Whether 05/01/2026 is the fifth of January or the first of May."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class BadMoment(ValueError):
    """A text that is no moment."""


class MomentReader:
    """Reads texts by one clock.

    Parameters
    ----------
    zone
        The clock's time zone; a text with an offset of its own is read by that.
    order
        How a date with its year last is read; None reads only those with a part above 12.
    newest_first
        Whether the file runs backwards, which tells the two passes of a repeated hour apart.
    """

    def __init__(self, zone: ZoneInfo, order: DateOrder | None = None, *, newest_first: bool = False) -> None:
        self.clock = ZoneClock(zone, newest_first=newest_first)
        self._order = order
        self._days: dict[str, tuple[float, float | None]] = {}
        self._times: dict[str, float] = {}
        self._tails: dict[str, tuple[float, float | None]] = {}

    def placed(self, text: str) -> float:
        """Read the moment of a call.

        Raises
        ------
        BadMoment
            Where the text is none.
        SkippedHour
            Where the clock never showed it.
        """
        local, known = self._read(text)
        return self.clock.next_row(local) if known is None else self.clock.pass_row(known)

    def later(self, text: str, placed: float) -> float:
        """Read a moment of the same call that comes after it was placed; a bare time of day is of its day.

        Raises
        ------
        BadMoment, SkippedHour
            As `placed`.
        """
        if 3 < len(text) <= 12 and ":" in text and text[:4].strip().count(":"):
            return self._time_after(text, placed)
        local, known = self._read(text)
        return self.clock.after(local, placed) if known is None else known

    def _time_after(self, text: str, placed: float) -> float:
        """Read a bare time of day: on the day of the call, or past midnight where that lies near."""
        local = placed + self.clock.offset_at(placed)
        day = local // _DAY_SECONDS * _DAY_SECONDS
        found = day + _time_of_day(text)
        if found < local - _DAY_SECONDS / 2:
            found += _DAY_SECONDS
        return self.clock.after(found, placed)

    def _read(self, text: str) -> tuple[float, float | None]:
        """Give local seconds, and the seconds since the epoch where they are sure."""
        date_text, time_text, tail = _pieces(text)
        day, time = self._days.get(date_text), self._times.get(time_text)
        more = self._tails.get(tail)
        if day is None or time is None or more is None:
            return self._read_slowly(text)
        local, sure = day
        fraction, offset = more
        time += fraction
        if offset is not None:
            return local + time, local + time - offset
        return local + time, None if sure is None else sure + time

    def _read_slowly(self, given: str) -> tuple[float, float | None]:
        text = unicodedata.normalize("NFKC", given).strip()
        number = _from_number(text)
        if number is None:
            number = self._from_words(text)
        self._learn(given)
        return number

    def _from_words(self, text: str) -> tuple[float, float | None]:
        offset = None
        zoned = _OFFSET.fullmatch(text)
        if zoned and ":" in zoned[1]:
            text, offset = zoned[1], _offset_seconds(zoned[2])
        split = _SPLIT.fullmatch(text)
        date_text, time_text = (split[1] or split[3], split[2] or split[4]) if split else (text, "")
        local = self._midnight(date_text.strip())
        sure = self.clock.sure_midnight(local)
        time = _time_of_day(time_text.strip()) if time_text else 0.0
        if offset is not None:
            return local + time, local + time - offset
        return local + time, None if sure is None else sure + time

    def _learn(self, text: str) -> None:
        """Keep the pieces of a text that was read, so that others with them are read at once."""
        date_text, time_text, tail = _pieces(text)
        more = _TAIL.fullmatch(tail)
        if more is None or len(self._times) >= MOST_KEPT or len(self._days) >= MOST_KEPT:
            return
        try:
            local = self._midnight(date_text)
            self._times.setdefault(time_text, _time_of_day(time_text))
        except BadMoment:
            return
        self._days.setdefault(date_text, (local, self.clock.sure_midnight(local)))
        offset = _offset_seconds(more[2]) if more[2] else None
        self._tails[tail] = (float(f"0{more[1] or '.0'}"), offset)

    def _midnight(self, text: str) -> float:
        parts = _YEAR_FIRST.fullmatch(text) or _PACKED.fullmatch(text)
        if parts is not None:
            year, month, day = (int(part) for part in parts.groups())
        else:
            year, month, day = self._year_last(text)
        try:
            return float((date(year, month, day).toordinal() - _EPOCH_DAY) * _DAY_SECONDS)
        except ValueError as error:
            raise BadMoment(text) from error

    def _year_last(self, text: str) -> tuple[int, int, int]:
        parts = _YEAR_LAST.fullmatch(text)
        if parts is None:
            raise BadMoment(text)
        first, second, year = (int(part) for part in parts.groups())
        order = self._order or order_of(text)
        if order is None:
            raise BadMoment(text)
        return (year, second, first) if order is DateOrder.DAY_FIRST else (year, first, second)


def _pieces(text: str) -> tuple[str, str, str]:
    """Cut a text in the usual places: date, time of day, and the rest of a long one."""
    if len(text) >= 19 and text[10] in " T":
        return text[:10], text[11:19], text[19:]
    if len(text) == 14 and " " not in text:
        return text[:8], text[8:], ""
    day, _, time = text.partition(" ")
    return day, time, ""


def order_of(text: str) -> DateOrder | None:
    """Tell the order from one text with its year last; None where it could be both, or is no such date."""
    parts = _YEAR_LAST.match(text.strip())
    if parts is None or (int(parts[1]) > 12) == (int(parts[2]) > 12):
        return None
    return DateOrder.DAY_FIRST if int(parts[1]) > 12 else DateOrder.MONTH_FIRST


def has_year_last(text: str) -> bool:
    """Whether the text begins with a date whose year stands last."""
    return _YEAR_LAST.match(text.strip()) is not None


def _from_number(text: str) -> tuple[float, float | None] | None:
    """Read packed digits, an Excel serial, or seconds or milliseconds since the epoch."""
    if not _NUMBER.fullmatch(text):
        return None
    whole, _, rest = text.partition(".")
    match len(whole):
        case 5 | 6:
            days = float(text)
            # Excel keeps days; to the millisecond, for a binary fraction is never quite the second.
            return round((_EXCEL_DAY - _EPOCH_DAY + days) * _DAY_SECONDS, 3), None
        case 10:
            return float(text), float(text)
        case 13:
            return float(text) / 1000, float(text) / 1000
        case 8 | 12 | 14 | 17:
            return _packed(whole, rest), None
        case _:
            raise BadMoment(text)


def _packed(digits: str, fraction: str) -> float:
    padded = digits[:14].ljust(14, "0")
    try:
        moment = datetime.strptime(padded, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise BadMoment(digits) from error
    return moment.timestamp() + float(f"0.{digits[14:] or fraction or 0}")


def _time_of_day(text: str) -> float:
    match = _TIME.fullmatch(text)
    if match:
        before, hour, minute, second, fraction, after = match.groups()
        half = (before or after or "").upper()
    else:
        packed = _PACKED_TIME.fullmatch(text)
        if packed is None:
            raise BadMoment(text)
        (hour, minute, second, fraction), half = packed.groups(), ""
    hours = _hour(int(hour), half)
    if hours > 23 or int(minute) > 59 or int(second or 0) > 59:
        raise BadMoment(text)
    return hours * 3600 + int(minute) * 60 + int(second or 0) + float(f"0.{fraction or 0}")


def _hour(hour: int, half: str) -> int:
    if not half:
        return hour
    if half in ("PM", "下午"):
        return hour + 12 if hour < 12 else hour
    return 0 if hour == 12 else hour


def _offset_seconds(text: str) -> float:
    if text.upper() in ("Z", "UTC", "GMT"):
        return 0.0
    digits = text[1:].replace(":", "")
    seconds = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])).total_seconds()
    return -seconds if text[0] == "-" else seconds


__all__ = ["NOTHING", "BadMoment", "DateOrder", "MomentReader", "SkippedHour", "has_year_last", "order_of"]
