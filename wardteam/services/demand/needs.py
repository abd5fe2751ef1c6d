"""What days of one kind need on each shift: the largest of patients, calls and floor, with its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.shifts import ShiftKind
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.services.demand.asked import SLOTS, ShiftAsk, floor_of
from wardteam.services.demand.assumptions import Assumptions
from wardteam.services.demand.evidence import Measured, PatientNeed
from wardteam.stats.call_rates import CallNeeds
from wardteam.stats.least_cover import least_cover

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
OF_PATIENTS = (
    "Patients: {patients} on a day, {hours} hours of planned care on this kind of shift, of which a nurse "
    "gives {each}: {nurses} nurses on these shifts together."
)
OF_CALLS = "Calls: {calls} from {hour} ask for {nurses} nurses on duty ({low} to {high})."
AND_CALLS = "Calls ask for less: at most {nurses} nurses on duty, from {hour}."
KIND_ORDER = (ShiftKind.DAY, ShiftKind.EVENING, ShiftKind.NIGHT)


@dataclass(frozen=True)
class ShiftNeed:
    """The nurses that one shift needs in all: the estimate, and its range (busy days, uncertain rates)."""

    nurses: int
    low: int
    high: int
    reasons: tuple[Message, ...]


@dataclass(frozen=True)
class _Case:
    """The figures that one solution rests on: nurses by hour for calls, care in hours of a day shift."""

    calls: tuple[int, ...] | None
    hours: float | None


def shift_needs(book: WardBook, asks: Sequence[ShiftAsk], seen: Measured) -> tuple[ShiftNeed, ...]:
    """Give each shift's need with its range and reasons, at the fewest paid hours.

    The estimate meets average patients and the calls' estimate; the high end nine days of ten and the
    upper end of the calls' range, and is never below the wished floor; the low end accordingly.
    """
    floors = [floor_of(book, ask, is_wished=False) for ask in asks]
    floor = np.array([nurses for nurses, _ in floors], dtype=np.int64)
    wished = np.array([floor_of(book, ask, is_wished=True)[0] for ask in asks], dtype=np.int64)
    best = _solved(asks, seen.assumed, _case(seen, "best"), floor)
    high = _solved(asks, seen.assumed, _case(seen, "high"), np.maximum(best, wished))
    low = np.minimum(_solved(asks, seen.assumed, _case(seen, "low"), floor), best)
    quiet = _solved(asks, seen.assumed, _case(replace(seen, calls=None), "best"), floor)
    reasons = [
        _reasons(ask, asks, seen, floors[i], nurses=int(best[i]), without_calls=int(quiet[i]))
        for i, ask in enumerate(asks)
    ]
    return tuple(ShiftNeed(int(best[i]), int(low[i]), int(high[i]), reasons[i]) for i in range(len(asks)))


def uncovered_hours(asks: Sequence[ShiftAsk]) -> tuple[int, ...]:
    """Give the hours of the clock of which no shift covers any part."""
    covered = np.array([ask.slots for ask in asks]).reshape(len(asks), 24, 2).any(axis=(0, 2))
    return tuple(np.flatnonzero(~covered).tolist())


def _case(seen: Measured, end: Literal["best", "low", "high"]) -> _Case:
    by_hour, of_hours = {"best": ("nurses", "hours"), "low": ("low", "low"), "high": ("high", "high")}[end]
    return _Case(
        None if seen.calls is None else tuple(getattr(hour, by_hour) for hour in seen.calls.hours),
        None if seen.patients is None else getattr(seen.patients, of_hours),
    )


def _solved(asks: Sequence[ShiftAsk], assumed: Assumptions, case: _Case, least: Counts) -> Counts:
    covers, required = _requirements(asks, assumed, case)
    return least_cover(covers, required, np.array([max(ask.hours, 0.25) for ask in asks]), least)


def _requirements(asks: Sequence[ShiftAsk], assumed: Assumptions, case: _Case) -> tuple[Floats, Floats]:
    """Lay out who gives what: nurses present in each half-hour, and hours of care by kind of shift."""
    rows: list[Floats] = []
    required: list[float] = []
    if case.calls is not None:
        present = np.array([ask.slots for ask in asks], dtype=np.float64).T
        covered = present.sum(axis=1) > 0
        rows += list(present[covered])
        required += [float(case.calls[slot // 2]) for slot in range(SLOTS) if covered[slot]]
    if case.hours is not None:
        for kind in KIND_ORDER:
            row = np.array([care_hours(ask, assumed) if ask.shift.kind is kind else 0.0 for ask in asks])
            if row.any():
                rows.append(row)
                required.append(case.hours * assumed.care_share(kind))
    return np.array(rows).reshape(len(rows), len(asks)), np.array(required)


def care_hours(ask: ShiftAsk, assumed: Assumptions) -> float:
    """Give the hours of care that one nurse of a shift gives."""
    return ask.hours * assumed.direct_share


def _reasons(
    ask: ShiftAsk,
    asks: Sequence[ShiftAsk],
    seen: Measured,
    floor: tuple[int, Message],
    *,
    nurses: int,
    without_calls: int,
) -> tuple[Message, ...]:
    """Say first what decided: the floor, the calls (where without them fewer would do), or the patients."""
    said: list[Message] = [floor[1]] if nurses == floor[0] else []
    if seen.calls is not None:
        said.append(_calls_words(ask, seen.calls, is_decisive=nurses > without_calls))
    if seen.patients is not None:
        is_first = nurses > floor[0] and nurses == without_calls
        said.insert(0 if is_first else len(said), _patients_words(ask, asks, seen.assumed, seen.patients))
    return tuple(said)


def _calls_words(ask: ShiftAsk, calls: CallNeeds, *, is_decisive: bool) -> Message:
    on = np.flatnonzero(ask.slots.reshape(24, 2).any(axis=1)).tolist()
    weakest = max(on, key=lambda h: (calls.hours[h].nurses, calls.hours[h].high, calls.hours[h].calls))
    need = calls.hours[weakest]
    if not is_decisive:
        return Message(AND_CALLS, nurses=need.nurses, hour=clock(weakest))
    return Message(
        OF_CALLS,
        calls=f"{need.calls:.1f}",
        hour=clock(weakest),
        nurses=need.nurses,
        low=need.low,
        high=need.high,
    )


def _patients_words(
    ask: ShiftAsk, asks: Sequence[ShiftAsk], assumed: Assumptions, patients: PatientNeed
) -> Message:
    hours = patients.hours * assumed.care_share(ask.shift.kind)
    each = max(care_hours(one, assumed) for one in asks if one.shift.kind is ask.shift.kind)
    return Message(
        OF_PATIENTS,
        patients=f"{patients.patients:.0f}",
        hours=f"{hours:.1f}",
        each=f"{each:.1f}",
        nurses=f"{hours / each:.1f}" if each else "–",
    )


def clock(hour: int) -> str:
    """Write an hour of the clock."""
    return f"{hour:02d}:00–{hour + 1:02d}:00"  # a range's own dash
