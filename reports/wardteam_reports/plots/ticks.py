"""Which labels of a time axis are written: months, quarters or years instead of every point."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wardteam.i18n import Language

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_WEEK = re.compile(r"(\d{4})-?W(\d{2})$")
_MONTH = re.compile(r"(\d{4})-(\d{2})$")


@dataclass(frozen=True)
class Tick:
    """A label under a point; `is_year` tells that its year stands under it."""

    index: int
    text: str
    is_year: bool = False


def label_date(label: str) -> date | None:
    """Read a point's label as a date: a day, an ISO week (its Monday) or a month; None for any other.

    >>> label_date("2026-W02")
    datetime.date(2026, 1, 5)
    """
    try:
        if found := _DAY.match(label):
            return date(*map(int, found.groups()))
        if found := _WEEK.match(label):
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        if found := _MONTH.match(label):
            return date(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None
    return None


def time_ticks(labels: Sequence[str], most: int, language: Language) -> list[Tick]:
    """Choose about so many labels: the first point of each month, quarter or year, else every k-th."""
    days = [label_date(label) for label in labels]
    known = [day for day in days if day is not None]
    if len(known) < len(days) or not days:
        return _every(labels, most)
    if len({(day.year, day.month) for day in known}) < 3 and len(known) > 3:
        return _days(known, most, language)
    starts = _month_starts(known)
    for step in (1, 3, 6, 12):
        chosen = [(i, day) for i, day in starts if (day.month - 1) % step == 0]
        if len(chosen) <= most or step == 12:
            return _month_ticks(chosen or starts[:1], language)
    return []


def _month_starts(days: Sequence[date]) -> list[tuple[int, date]]:
    keys = [(day.year, day.month) for day in days]
    return [(i, day) for i, day in enumerate(days) if i == 0 or keys[i] != keys[i - 1]]


def _month_ticks(starts: Sequence[tuple[int, date]], language: Language) -> list[Tick]:
    ticks: list[Tick] = []
    seen: int | None = None
    for index, day in starts:
        text = f"{day.month}月" if language == "zh" else MONTHS[day.month - 1]
        is_new = day.year != seen
        seen = day.year
        ticks.append(Tick(index, f"{text}\n{day.year}" if is_new else text, is_year=is_new))
    return ticks


def _days(days: Sequence[date], most: int, language: Language) -> list[Tick]:
    step = -(-len(days) // max(most, 1))
    is_zh = language == "zh"
    words = [f"{day.month}-{day.day}" if is_zh else f"{day.day} {MONTHS[day.month - 1]}" for day in days]
    return [Tick(i, text) for i, text in enumerate(words) if i % step == 0]


def _every(labels: Sequence[str], most: int) -> list[Tick]:
    step = -(-len(labels) // max(most, 1)) or 1
    return [Tick(i, label) for i, label in enumerate(labels) if i % step == 0]
