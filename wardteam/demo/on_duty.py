"""Who was on duty when a bell rang, from the past rosters, and what that does to the waiting time.

The numbers below say what is put in: a nurse comes the later the fewer are on duty at that hour, a
little sooner to a bed that she owns and a little later to one that she covers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wardteam.demo.past_rosters import PastRoster
from wardteam.domain.beds import Cover, HolderKind
from wardteam.domain.calendar import Period
from wardteam.domain.calls import BellCall, CallReason, CallSource, EndedBy
from wardteam.domain.defaults import DEFAULT_SHIFTS

STAFFING_POWER = -0.35
"""Waiting goes with (on duty / usual at that hour) to this power: a quarter fewer, about 11% longer."""
OWNER_FACTOR = 0.93
COVER_FACTOR = 1.07
HOLDER_COMES = 0.65
"""Chance that a bed's holder of the day comes herself while she is on duty."""
BATHROOM_SHARE = 0.22
"""Share of the toilet calls that are placed in the bathroom."""
STAFF_CALL_SHARE = 0.008
STATION_SHARE = 0.06
_SUMMER = Period(date(2026, 6, 1), date(2026, 9, 30))


@dataclass(frozen=True)
class Duties:
    """The past rosters as who is on duty in each hour, and who holds each bed on each day."""

    rosters: tuple[PastRoster, ...]

    @cached_property
    def by_hour(self) -> Mapping[tuple[date, int], tuple[str, ...]]:
        """Give those on duty by date and hour of the clock."""
        found: dict[tuple[date, int], list[str]] = defaultdict(list)
        for past in self.rosters:
            for (staff_no, day), cell in sorted(past.roster.cells.items()):
                for hour in _hours(cell.code, day):
                    found[day + timedelta(days=hour // 24), hour % 24].append(staff_no)
        return {key: tuple(people) for key, people in found.items()}

    @cached_property
    def holders(self) -> Mapping[tuple[date, str], Cover]:
        """Give who holds a bed on a day."""
        return {(cover.day, cover.bed): cover for past in self.rosters for cover in past.covers}

    @cached_property
    def usual(self) -> Mapping[int, float]:
        """Give how many are on duty at each hour on average."""
        counts: dict[int, list[int]] = defaultdict(list)
        for (_, hour), people in self.by_hour.items():
            counts[hour].append(len(people))
        return {hour: float(np.mean(found)) for hour, found in counts.items()}

    def factor(self, day: date, hour: int, bed: str) -> float:
        """Give the factor on the waiting time of a call; 1 where no roster is kept."""
        here = self.by_hour.get((day, hour), ())
        if not here:
            return 1.0
        held = self.holders.get((day, bed))
        staffing = float((len(here) / self.usual[hour]) ** STAFFING_POWER)
        if held is None or held.staff_no not in here:
            return staffing
        return staffing * (OWNER_FACTOR if held.kind is HolderKind.OWNER else COVER_FACTOR)

    def factors(
        self, first: date, beds: tuple[str, ...], bed: NDArray[np.int64], second: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Give the factors of calls from their beds' places and their seconds since the first midnight."""
        places = zip(bed.tolist(), (second // 3600).tolist(), strict=True)
        return np.array(
            [self.factor(first + timedelta(days=hour // 24), hour % 24, beds[b]) for b, hour in places]
        )


def with_people(
    calls: tuple[BellCall, ...],
    rooms: Mapping[str, str],
    duties: Duties,
    people: tuple[str, ...],
    rng: np.random.Generator,
) -> tuple[BellCall, ...]:
    """Fill in room, place, how the call ended, and who came: of those on duty, else of `people`."""
    chances = rng.random((len(calls), 4))
    return tuple(
        _filled(call, rooms[call.bed], _who(call, duties, people, two), one, other)
        for call, (one, other, *two) in zip(calls, chances.tolist(), strict=True)
    )


def _hours(code: str, day: date) -> list[int]:
    """Give the hours, from the date's midnight on, in which a shift is worked at their middle."""
    shift = next((shift for shift in DEFAULT_SHIFTS if shift.code == code), None)
    if shift is None or not shift.is_duty:
        return []
    segments = shift.summer_segments if day in _SUMMER and shift.summer_segments else shift.segments
    return [
        hour for hour in range(48) if any(s.start_minute <= hour * 60 + 30 < s.end_minute for s in segments)
    ]


def _who(call: BellCall, duties: Duties, people: tuple[str, ...], chances: list[float]) -> str:
    if call.arrived is None:
        return ""
    day, hour = call.placed.date(), call.placed.hour
    here = duties.by_hour.get((day, hour), ()) or people
    held = duties.holders.get((day, call.bed))
    if held is not None and held.staff_no in here and chances[0] < HOLDER_COMES:
        return held.staff_no
    return here[int(chances[1] * len(here))]


def _filled(call: BellCall, room: str, staff: str, place: float, ending: float) -> BellCall:
    source = CallSource.BED
    if place < STAFF_CALL_SHARE:
        source = CallSource.STAFF
    elif call.reason is CallReason.TOILET and place < BATHROOM_SHARE:
        source = CallSource.BATHROOM
    if call.arrived is not None:
        ended = EndedBy.STATION if ending < STATION_SHARE else EndedBy.BEDSIDE
    else:
        ended = EndedBy.UNKNOWN if call.cleared is None else EndedBy.PATIENT
    return replace(call, room=room, staff=staff, source=source, ended_by=ended)
