"""Finds the row of dates in an ordinary roster: real dates, or day numbers with the month from the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from wardteam.errors import Message
from wardteam.exchange.grid import Grid, Value
from wardteam.exchange.kinds import narrow, to_date

LEAST_DAYS = 5
SEARCHED_ROWS = 25

_YEAR_MONTH = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})(?:\s*月|(?!\d))")
_MONTH_ALONE = re.compile(r"(?<!\d)(\d{1,2})\s*月")
_YEAR_ALONE = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_DAY_NUMBER = re.compile(r"(\d{1,2})[日号]?")
_MONTH_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_WEEKDAYS = {
    word: i
    for i, words in enumerate(("一 mo", "二 tu", "三 we", "四 th", "五 fr", "六 sa", "日 天 su"))
    for word in words.split()
}


class NoMonth(Exception):
    """Day numbers were found, but not of which month; the message says what was looked for."""

    def __init__(self, problem: Message, place: tuple[int, int]) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.place = place


@dataclass(frozen=True)
class DatesAcross:
    """The row of the dates, the date of each column, and the first row under dates and weekdays."""

    row: int
    days: dict[int, date]
    body: int


def find_dates(grid: Grid, *, year_hint: int, titles: Iterable[str] = ()) -> DatesAcross | None:
    """Find the dates across; None where the sheet has none.

    Raises
    ------
    NoMonth
        Where day numbers stand without a month, or the weekdays contradict it.
    """
    best: tuple[int, dict[int, Value]] = (0, {})
    for row in range(min(SEARCHED_ROWS, len(grid.rows))):
        dated = {c: v for c, v in enumerate(grid.rows[row]) if _looks_like_a_day(v)}
        run = _longest_run(dated)
        if len(run) > len(best[1]):
            best = (row, run)
    row, cells = best
    if len(cells) < LEAST_DAYS:
        return None
    weekdays = _weekdays(grid, row, cells)
    texts = [narrow(v) for r in grid.rows[: row + 1] for v in r if isinstance(v, str)]
    dates = _Dates(grid, row, cells, weekdays[1], [*texts, *titles], year_hint)
    return DatesAcross(row, dates.days(), max(row + 1, weekdays[0] + 1))


def _looks_like_a_day(value: Value) -> bool:
    if to_date(value) is not None:
        return True
    if isinstance(value, float):
        return value.is_integer() and 1 <= value <= 31
    text = re.sub(r"\s", "", narrow(value)) if isinstance(value, str) else ""
    short = _DAY_NUMBER.match(text)
    is_number = short is not None and 1 <= int(short[1]) <= 31 and _day_number(text) is not None
    return is_number or _MONTH_DAY.match(text) is not None


def _day_number(text: str) -> int | None:
    """Read 1, 1日, or 1 with its weekday beneath in the same cell."""
    bare = re.sub(
        r"[(（]?(周|星期)?[一二三四五六日天][)）]?$", "", text.removesuffix("日").removesuffix("号")
    )
    match = _DAY_NUMBER.fullmatch(bare)
    return int(match[1]) if match else None


def _longest_run(dated: dict[int, Value]) -> dict[int, Value]:
    """Keep the longest run of following days, so that a column of hours beside it is not taken for a date."""
    runs: list[dict[int, Value]] = [{}]
    before: int | date | None = None
    for column, value in sorted(dated.items()):
        day = _ordinal(value)
        if not _follows(before, day):
            runs.append({})
        runs[-1][column] = value
        before = day
    return max(runs, key=len)


def _ordinal(value: Value) -> int | date:
    whole = to_date(value)
    if whole is not None:
        return whole
    if isinstance(value, float):
        return int(value)
    text = re.sub(r"\s", "", narrow(value))
    match = _MONTH_DAY.match(text)
    return int(match[2]) if match else _day_number(text) or 0


def _follows(before: int | date | None, day: int | date) -> bool:
    if isinstance(before, date) and isinstance(day, date):
        return day == before + timedelta(days=1)
    if isinstance(before, int) and isinstance(day, int):
        return day == before + 1 or (before >= 28 and day == 1)
    return False


def _weekdays(grid: Grid, row: int, cells: Iterable[int]) -> tuple[int, dict[int, int]]:
    """Find the row of weekdays beside the dates: its number, and the weekday of each column."""
    columns = list(cells)
    for near in (row + 1, row - 1, row + 2):
        if near >= 0:
            found = {c: _weekday(grid.value(near, c)) for c in columns}
            if sum(day is not None for day in found.values()) * 2 > len(columns):
                return near, {c: day for c, day in found.items() if day is not None}
    return row, {}


def _weekday(value: Value) -> int | None:
    word = re.sub(r"^(周|星期|礼拜)", "", narrow(value).casefold()) if isinstance(value, str) else ""
    return _WEEKDAYS.get(word[:2]) if word[:1].isascii() else _WEEKDAYS.get(word)


@dataclass(frozen=True)
class _Dates:
    """Day cells on their way to whole dates."""

    grid: Grid
    row: int
    cells: dict[int, Value]
    weekdays: dict[int, int]
    texts: list[str]
    year_hint: int

    def days(self) -> dict[int, date]:
        """Give the date of each column."""
        whole = {column: to_date(value) for column, value in self.cells.items()}
        found = {column: day for column, day in whole.items() if day is not None}
        if len(found) < len(self.cells):
            found = self._from_numbers()
        for column, weekday in self.weekdays.items():
            if found[column].weekday() != weekday:
                problem = "The weekday does not belong to {day}; check the month and the year in the title."
                raise NoMonth(Message(problem, day=found[column].isoformat()), (self.row, column))
        return found

    def _from_numbers(self) -> dict[int, date]:
        candidates = [first for first in self._candidates() if self._fits(first)]
        if len(candidates) > 1 and not self._is_month_told():
            whole = len(self.cells) - 1
            candidates = [day for day in candidates if (day + timedelta(days=whole + 1)).day == 1]
        if len(candidates) == 1 or (candidates and self._is_month_told()):
            first = candidates[0]
            return {column: first + timedelta(days=i) for i, column in enumerate(self.cells)}
        problem = Message("The month of these days was not found; a title such as 2026年11月 was expected.")
        raise NoMonth(problem, (self.row, min(self.cells)))

    def _candidates(self) -> Iterator[date]:
        """Give the possible first dates: from the cells or title, else every month of the hinted year."""
        column = min(self.cells)
        number = _ordinal(self.cells[column])
        day = number.day if isinstance(number, date) else number
        months = [*self._cell_month(column), *self._title_months()]
        for year, month in months or [(self.year_hint, month) for month in range(1, 13)]:
            for back in (0, 1) if months and day > 1 else (0,):  # a title may name the later month
                at = year * 12 + month - 1 - back
                try:
                    yield date(at // 12, at % 12 + 1, day)
                except ValueError:
                    continue

    def _is_month_told(self) -> bool:
        """Whether a cell or a title names the month; the first candidate is then the one that is meant."""
        return bool(self._cell_month(min(self.cells)) or self._title_months())

    def _fits(self, first: date) -> bool:
        """Whether the numbers, and the weekdays if there are any, follow from this first date."""
        for i, (column, value) in enumerate(self.cells.items()):
            day = first + timedelta(days=i)
            number = _ordinal(value)
            if (number.day if isinstance(number, date) else number) != day.day:
                return False
            if self.weekdays.get(column, day.weekday()) != day.weekday():
                return False
        return True

    def _cell_month(self, column: int) -> list[tuple[int, int]]:
        value = self.cells[column]
        match = _MONTH_DAY.match(re.sub(r"\s", "", narrow(value))) if isinstance(value, str) else None
        return [(self._year(), int(match[1]))] if match and 1 <= int(match[1]) <= 12 else []

    def _title_months(self) -> list[tuple[int, int]]:
        pairs = [(int(m[1]), int(m[2])) for text in self.texts for m in _YEAR_MONTH.finditer(text)]
        alone = [(self._year(), int(m[1])) for text in self.texts for m in _MONTH_ALONE.finditer(text)]
        return [(year, month) for year, month in pairs or alone if 1 <= month <= 12 and 2000 <= year <= 2100][
            :1
        ]

    def _year(self) -> int:
        years = [int(m[1]) for text in self.texts for m in _YEAR_ALONE.finditer(text)]
        return years[0] if years else self.year_hint
