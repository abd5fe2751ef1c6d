"""Who was on duty when: the published rosters' shifts as real moments, counted at any moment of the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.calendar import Period
from wardteam.domain.hours import shift_minutes
from wardteam.domain.people import Nurse
from wardteam.domain.roster import Roster, RosterCell
from wardteam.domain.shifts import DAY_MINUTES, Segment, Shift
from wardteam.domain.ward import WardBook
from wardteam.services.problem import is_summer
from wardteam.services.quality_data import QualityData
from wardteam.services.sheet_view import is_counted

HOUR = 3600.0
HALF_HOUR = 1800
WRITTEN_SHARE = 0.8
"""A day of the book's history counts as known where at least this share of the staff has a cell."""

Floats = NDArray[np.float64]
Day = Mapping[str, RosterCell]


@dataclass(frozen=True)
class Duty:
    """One nurse's shift as worked: stretches in seconds since the epoch, and the hours it counts for.

    `day` is the column's date; a night of the 5th is worked on the 6th from 00:00 to 08:00.
    """

    staff_no: str
    day: date
    shift: str
    stretches: tuple[tuple[float, float], ...]
    paid_share: float = 1.0

    def hours_between(self, start: float, end: float) -> float:
        """Give the paid hours of it that fall between two moments."""
        overlaps = (min(last, end) - max(first, start) for first, last in self.stretches)
        return self.paid_share * sum(overlap for overlap in overlaps if overlap > 0) / HOUR


@dataclass(frozen=True, eq=False)
class DutyHours:
    """Every counted duty, and at which moments the rosters say who was there.

    Counted is the ward's own registered staff on shifts of the nurse-to-patient ratio: no head nurse, no
    student, trainee or borrowed nurse, no assistant's post, nobody on call. They stand in the order of their
    columns. `columns` are the dates whose roster is known; `unknown_people` stand on a roster, but not in
    the book.
    """

    zone: ZoneInfo
    shifts: tuple[Shift, ...]
    columns: frozenset[date]
    duties: tuple[Duty, ...]
    summer: frozenset[date] = frozenset()
    unknown_people: tuple[str, ...] = ()

    def nurses_at(self, moments: Floats) -> Floats:
        """Count the nurses on duty at moments (seconds since the epoch); NaN where no roster says."""
        begun = np.searchsorted(self._starts, moments, side="right")
        over = np.searchsorted(self._ends, moments, side="right")
        return np.where(self.is_known(moments), (begun - over).astype(np.float64), np.nan)

    def presence(self, moments: Floats) -> Floats:
        """Give the nurse-hours worked up to each moment, as if every moment were known."""
        if not self.duties:
            return np.zeros(moments.shape)
        return np.interp(moments, self._turns, self._presence)

    def nurse_hours(self, edges: Floats) -> Floats:
        """Give the nurse-hours between neighbouring edges, as if every moment were known."""
        return np.diff(self.presence(edges))

    def is_known(self, moments: Floats) -> NDArray[np.bool_]:
        """Say at which moments every column that could put somebody on duty is known."""
        if not self.columns:
            return np.zeros(len(moments), dtype=np.bool_)
        place = np.searchsorted(self._midnights, moments, side="right") - 1
        inside = (place >= 0) & (place < len(self._midnights) - 1)
        day = np.where(inside, place, 0)
        slot = ((moments - self._midnights[day]) // HALF_HOUR).clip(0, 47).astype(np.int64)
        return inside & self._known[day, slot]

    @property
    def span(self) -> Period | None:
        """The dates from the first known column to the day after the last one."""
        if not self.columns:
            return None
        return Period(min(self.columns), max(self.columns) + timedelta(days=1))

    def is_known_day(self, day: date) -> bool:
        """Whether every half-hour of a date is known."""
        return self.half_hours(day) is not None

    def half_hours(self, day: date) -> Floats | None:
        """Give the mean number of nurses on duty in each of a date's 48 half-hours; None if not known."""
        edges = midnight(day, self.zone) + HALF_HOUR * np.arange(49.0)
        if not self.is_known(edges[:-1]).all():
            return None
        return self.nurse_hours(edges) * (HOUR / HALF_HOUR)

    def paid_hours(self, span: Period) -> float:
        """Sum the paid hours worked on the dates of a span, from midnight to midnight."""
        first, last = (
            midnight(span.first, self.zone),
            midnight(span.last + timedelta(days=1), self.zone),
        )
        columns = Period(span.first - timedelta(days=1), span.last)
        near = (duty for day in columns for duty in self._of_column.get(day, ()))
        return sum(duty.hours_between(first, last) for duty in near)

    def windows(self, shift: Shift, days: Iterable[date]) -> tuple[tuple[float, float], ...]:
        """Give the stretches of a shift on the columns of some dates, in seconds since the epoch."""
        return tuple(
            stretch
            for day in days
            for stretch in real_stretches(segments_on(shift, is_summer=day in self.summer), day, self.zone)
        )

    @cached_property
    def _of_column(self) -> dict[date, tuple[Duty, ...]]:
        """The duties of each column; one reaches at most into the next date."""
        return {day: tuple(found) for day, found in groupby(self.duties, key=lambda duty: duty.day)}

    @cached_property
    def _starts(self) -> Floats:
        return np.sort(np.array([first for d in self.duties for first, _ in d.stretches], dtype=np.float64))

    @cached_property
    def _ends(self) -> Floats:
        return np.sort(np.array([last for d in self.duties for _, last in d.stretches], dtype=np.float64))

    @cached_property
    def _turns(self) -> Floats:
        return np.unique(np.concatenate((self._starts, self._ends)))

    @cached_property
    def _presence(self) -> Floats:
        """Hours of presence from the first turn up to each turn."""
        begun = np.searchsorted(self._starts, self._turns[:-1], side="right")
        over = np.searchsorted(self._ends, self._turns[:-1], side="right")
        return np.concatenate(([0.0], np.cumsum((begun - over) * np.diff(self._turns) / HOUR)))

    @cached_property
    def _midnights(self) -> Floats:
        first, last = min(self.columns), max(self.columns) + timedelta(days=2)
        return np.array([midnight(day, self.zone) for day in Period(first, last)])

    @cached_property
    def _known(self) -> NDArray[np.bool_]:
        """Days by half-hours: a column is needed only where one of its shifts could be on."""
        first = min(self.columns)
        return np.array(
            [
                [self._is_known_slot(first + timedelta(days=i), slot * 30) for slot in range(48)]
                for i in range(len(self._midnights) - 1)
            ]
        )

    def _is_known_slot(self, day: date, minute: int) -> bool:
        columns = ((day, minute), (day - timedelta(days=1), minute + DAY_MINUTES))
        return all(column in self.columns or at not in self._busy for column, at in columns)

    @cached_property
    def _busy(self) -> frozenset[int]:
        """The half-hours of a column, in minutes, in which any counted shift runs at any time of year."""
        spans = [s for shift in self.shifts for s in (*shift.segments, *shift.summer_segments)]
        every = range(0, 2 * DAY_MINUTES, 30)
        return frozenset(m for m in every for s in spans if s.start_minute < m + 30 and m < s.end_minute)


def duty_hours(book: WardBook, rosters: Sequence[Roster]) -> DutyHours:
    """Read who was on duty from the published rosters (newest first) and, before them, the book's history."""
    shifts = tuple(shift for shift in book.shifts if shift.is_duty and shift.counts_in_ratio)
    columns = _columns(book, rosters)
    nurses = {nurse.staff_no: nurse for nurse in book.nurses}
    on_rosters = {staff_no for cells in columns.values() for staff_no in cells}
    return DutyHours(
        zone=book.settings.zone,
        shifts=shifts,
        columns=frozenset(columns),
        duties=tuple(_duties(book, nurses, {shift.code: shift for shift in shifts}, columns)),
        summer=frozenset(day for day in columns if is_summer(book, day)),
        unknown_people=tuple(sorted(on_rosters - nurses.keys())),
    )


@lru_cache(maxsize=2)
def duty_of(data: QualityData) -> DutyHours:
    """Give who was on duty by one state of the data, the same for every part that asks."""
    return duty_hours(data.book, data.rosters)


def midnight(day: date, zone: ZoneInfo) -> float:
    """Give the moment at which a date begins, in seconds since the epoch."""
    return datetime.combine(day, time(), zone).timestamp()


def segments_on(shift: Shift, *, is_summer: bool) -> tuple[Segment, ...]:
    """Give a shift's times of the season."""
    return shift.summer_segments if is_summer and shift.summer_segments else shift.segments


def real_stretches(segments: Iterable[Segment], day: date, zone: ZoneInfo) -> tuple[tuple[float, float], ...]:
    """Give segments of a date's column as real moments; minutes past 24:00 lie on the next date."""
    return tuple((_moment(day, s.start_minute, zone), _moment(day, s.end_minute, zone)) for s in segments)


def _moment(day: date, minute: int, zone: ZoneInfo) -> float:
    days, rest = divmod(minute, DAY_MINUTES)
    return datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), zone).timestamp()


def _columns(book: WardBook, rosters: Sequence[Roster]) -> dict[date, Day]:
    """Give the cells of every known date by staff number; the newest published roster of a date wins."""
    found: dict[date, dict[str, RosterCell]] = {}
    for roster in rosters:
        fresh = {day: dict[str, RosterCell]() for day in roster.period if day not in found}
        for (staff_no, day), cell in roster.cells.items():
            if day in fresh:
                fresh[day][staff_no] = cell
        found |= fresh
    return {**_history(book), **found}


def _history(book: WardBook) -> dict[date, Day]:
    found: dict[date, dict[str, RosterCell]] = {}
    for (staff_no, day), cell in book.history.items():
        found.setdefault(day, {})[staff_no] = cell
    return {day: cells for day, cells in found.items() if _is_written(book, day, cells)}


def _is_written(book: WardBook, day: date, cells: Day) -> bool:
    staff = book.staff(day)
    return bool(staff) and sum(n.staff_no in cells for n in staff) >= WRITTEN_SHARE * len(staff)


def _duties(
    book: WardBook, nurses: Mapping[str, Nurse], shifts: Mapping[str, Shift], columns: Mapping[date, Day]
) -> Iterator[Duty]:
    for day, cells in sorted(columns.items()):
        for staff_no, cell in sorted(cells.items()):
            nurse, shift = nurses.get(staff_no), shifts.get(cell.code)
            if nurse is not None and shift is not None and _counts(nurse, cell, day):
                yield _duty(book, nurse, shift, day)


def _counts(nurse: Nurse, cell: RosterCell, day: date) -> bool:
    return nurse.works_here(day) and is_counted(nurse, cell, day)


def _duty(book: WardBook, nurse: Nurse, shift: Shift, day: date) -> Duty:
    segments = segments_on(shift, is_summer=is_summer(book, day))
    minutes = sum(s.end_minute - s.start_minute for s in segments)
    return Duty(
        staff_no=nurse.staff_no,
        day=day,
        shift=shift.code,
        stretches=real_stretches(segments, day, book.settings.zone),
        paid_share=min(shift_minutes(book, nurse, shift, day) / minutes, 1.0),
    )
