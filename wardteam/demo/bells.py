"""Invented call bells: over-dispersed, clustered by stay, with a season and a trend, arrival times skewed.

The numbers below say what is put in; nothing here is tuned to a test's outcome.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from wardteam.demo.stays import BedStays
from wardteam.domain.calendar import Period
from wardteam.domain.calls import BellCall, CallReason

TREND_START = date(2025, 1, 1)
CALLS_PER_DAY = 1.3
TREND_PER_YEAR = 0.95
SEASON = 0.12
WINTER_PEAK_DAY = 20
GRADE_FACTORS = np.array((1.9, 1.4, 0.95, 0.6))
PATIENT_SHAPE = 0.8
"""Shape of the gamma of a patient's own intensity; smaller is more clustered."""
DAY_SHAPE = 2.0
ARRIVAL_MEDIAN_SECONDS = 165.0
ARRIVAL_SPREAD = 0.65
ARRIVAL_PATIENT_SPREAD = 0.3
REASONS = tuple(reason for reason in CallReason if reason is not CallReason.UNKNOWN)
REASON_SHARES = (0.33, 0.19, 0.14, 0.12, 0.12, 0.10)
HOURS = np.array((2, 2, 2, 2, 2, 3, 5, 6, 7, 8, 8, 7, 5, 5, 6, 6, 6, 5, 6, 7, 7, 6, 4, 3), dtype=float)
UNANSWERED = 0.025
FORGOTTEN = 0.0008
DOUBLE_PRESSED = 0.012
LOGGED_TWICE = 0.002


@dataclass(frozen=True)
class Effect:
    """What the change of care does: a factor on the calls, and one on the arrival times."""

    calls: float = 1.0
    arrival: float = 1.0


NO_EFFECT = Effect()
TEAM_EFFECT = Effect(calls=0.9, arrival=0.84)


@dataclass(frozen=True)
class _Log:
    """Calls as parallel arrays: seconds from the period's first midnight, -1 where a step never came."""

    stay: NDArray[np.int64]
    reason: NDArray[np.int64]
    placed: NDArray[np.int64]
    answered: NDArray[np.int64]
    arrived: NDArray[np.int64]
    cleared: NDArray[np.int64]

    def rows(self, picked: NDArray[np.int64]) -> _Log:
        """Give the rows at these places."""
        return _Log(*(getattr(self, name)[picked] for name in self.__dataclass_fields__))


Pace = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float64]]
"""Gives a factor on each call's arrival time from its bed and its second of the period."""


def _as_ever(bed: NDArray[np.int64], _: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.ones(len(bed))


def make_calls(
    stays: BedStays,
    beds: tuple[str, ...],
    span: Period,
    effect: Effect,
    zone: ZoneInfo,
    rng: np.random.Generator,
    pace: Pace = _as_ever,
) -> tuple[BellCall, ...]:
    """Let each patient ring by her own intensity, and give the log in the order of time."""
    stay, day = _counted_days(stays, span, effect, rng)
    log = _timed(stay, day, len(stays), effect, rng)
    log = _with_repeats(_paced(log, pace(stays.bed[log.stay], log.placed)), rng)
    log = log.rows(np.argsort(log.placed, kind="stable"))
    midnight = datetime.combine(span.first, time(), tzinfo=zone)
    year = span.first.year % 100
    columns = zip(
        log.stay.tolist(),
        stays.bed[log.stay].tolist(),
        log.reason.tolist(),
        log.placed.tolist(),
        log.answered.tolist(),
        log.arrived.tolist(),
        log.cleared.tolist(),
        strict=True,
    )
    return tuple(
        BellCall(
            code=f"C{year}-{number:05d}",
            bed=beds[bed],
            reason=REASONS[why],
            placed=midnight + timedelta(seconds=placed),
            answered=_moment(midnight, answered),
            arrived=_moment(midnight, arrived),
            cleared=_moment(midnight, cleared),
            stay=stay_code(span, whose),
        )
        for number, (whose, bed, why, placed, answered, arrived, cleared) in enumerate(columns, start=1)
    )


def stay_code(span: Period, index: int) -> str:
    """Name a stay of the period."""
    return f"P{span.first.year % 100}-{index + 1:04d}"


def _counted_days(
    stays: BedStays, span: Period, effect: Effect, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw how often each patient rings on each day, and repeat stay and day for each call."""
    lengths = stays.until - stays.since
    stay = np.repeat(np.arange(len(stays)), lengths)
    firsts = np.repeat(np.cumsum(lengths) - lengths, lengths)
    day = np.arange(len(stay)) - firsts + stays.since[stay]
    own = rng.gamma(PATIENT_SHAPE, 1 / PATIENT_SHAPE, len(stays))
    expected = CALLS_PER_DAY * effect.calls * own[stay] * GRADE_FACTORS[stays.grade[stay]]
    expected *= _course(day, span) * rng.gamma(DAY_SHAPE, 1 / DAY_SHAPE, len(stay))
    calls = rng.poisson(expected)
    return np.repeat(stay, calls), np.repeat(day, calls)


def _course(day: NDArray[np.int64], span: Period) -> NDArray[np.float64]:
    """Give the season and the trend of a day, as a factor."""
    into_year = day + (span.first - date(span.first.year, 1, 1)).days
    since_start = day + (span.first - TREND_START).days
    season = 1 + SEASON * np.cos(2 * np.pi * (into_year - WINTER_PEAK_DAY) / 365.25)
    course: NDArray[np.float64] = season * TREND_PER_YEAR ** (since_start / 365.25)
    return course


def _timed(
    stay: NDArray[np.int64], day: NDArray[np.int64], stays: int, effect: Effect, rng: np.random.Generator
) -> _Log:
    count = len(stay)
    hour = rng.choice(24, size=count, p=HOURS / HOURS.sum())
    placed = day * 86400 + hour * 3600 + rng.integers(0, 3600, count)
    own = rng.normal(0, ARRIVAL_PATIENT_SPREAD, stays)[stay]
    median = ARRIVAL_MEDIAN_SECONDS * effect.arrival
    delay = median * np.exp(own + rng.normal(0, ARRIVAL_SPREAD, count))
    delay = np.where(rng.random(count) < FORGOTTEN, rng.uniform(3700, 7200, count), np.maximum(delay, 12))
    answer = np.minimum(rng.lognormal(np.log(20), 0.5, count), delay * 0.8)
    care = rng.lognormal(np.log(150), 0.7, count)
    is_unanswered = rng.random(count) < UNANSWERED
    given_up = np.where(rng.random(count) < 0.6, placed + rng.integers(8, 240, count), -1)
    return _Log(
        stay=stay,
        reason=rng.choice(len(REASONS), size=count, p=REASON_SHARES),
        placed=placed,
        answered=np.where(is_unanswered, -1, placed + answer.astype(np.int64)),
        arrived=np.where(is_unanswered, -1, placed + delay.astype(np.int64)),
        cleared=np.where(is_unanswered, given_up, placed + (delay + care).astype(np.int64)),
    )


def _paced(log: _Log, factor: NDArray[np.float64]) -> _Log:
    """Stretch the arrival times by factors, never below 12 s; what follows an arrival moves with it."""
    delay = log.arrived - log.placed
    stretched = np.maximum(np.rint(delay * factor).astype(np.int64), 12)
    came = log.arrived >= 0
    return _Log(
        stay=log.stay,
        reason=log.reason,
        placed=log.placed,
        answered=np.where(came, np.minimum(log.answered, log.placed + stretched * 4 // 5), log.answered),
        arrived=np.where(came, log.placed + stretched, log.arrived),
        cleared=np.where(came, log.cleared + stretched - delay, log.cleared),
    )


def _with_repeats(log: _Log, rng: np.random.Generator) -> _Log:
    """Add double presses a few seconds later, and rows that the system wrote twice."""
    every = np.arange(len(log.placed))
    pressed = every[(rng.random(len(every)) < DOUBLE_PRESSED) & (log.arrived >= log.placed + 12)]
    twice = every[rng.random(len(every)) < LOGGED_TWICE]
    whole = log.rows(np.concatenate([every, pressed, twice]))
    later = np.zeros(len(whole.placed), dtype=np.int64)
    later[len(every) : len(every) + len(pressed)] = rng.integers(2, 10, len(pressed))
    placed = whole.placed + later
    answered = np.where(whole.answered >= 0, np.maximum(whole.answered, placed), -1)
    return _Log(whole.stay, whole.reason, placed, answered, whole.arrived, whole.cleared)


def _moment(midnight: datetime, seconds: int) -> datetime | None:
    return None if seconds < 0 else midnight + timedelta(seconds=seconds)
