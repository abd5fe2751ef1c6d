"""A ward with weeks of patients and calls, made by hand, for proposals of demand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from tests.services.staffing_kit import at, call, nurse, quality, roster, ward
from wardteam.domain.beds import Bed, NursingGrade
from wardteam.domain.calendar import Calendar
from wardteam.domain.calls import BellCall
from wardteam.domain.census import PatientDays
from wardteam.domain.defaults import DEFAULT_DEMANDS
from wardteam.domain.ward import WardBook
from wardteam.services.quality_data import QualityData

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WEEKS = 8
FIRST = TODAY - timedelta(days=7 * WEEKS)
HOLIDAY = date(2027, 1, 1)


def book(**given: object) -> WardBook:
    """Give a ward of two teams, ten beds and twelve nurses, with the usual shifts and demand."""
    made = ward(
        *(nurse(f"{i:02d}") for i in range(12)),
        beds=tuple(Bed(str(i + 1), "R") for i in range(10)),
        ownerships=(),
        demands=DEFAULT_DEMANDS,
        calendar=Calendar(holidays=((HOLIDAY, "元旦"),)),
    )
    return replace(made, **given)  # type: ignore[arg-type]  # a test's own values


def census(first_grade: int = 4, second: int = 4, *, days: int = 7 * WEEKS) -> tuple[PatientDays, ...]:
    occupied = {NursingGrade.FIRST: first_grade, NursingGrade.SECOND: second}
    return tuple(PatientDays(FIRST + timedelta(days=i), occupied) for i in range(days))


def calls(
    an_hour: float,
    *,
    hours: Iterable[int] = range(24),
    busy: float = 0.0,
    minutes: float = 4.0,
    days: int = 7 * WEEKS,
) -> list[BellCall]:
    """Give calls at these hours of every day, and `busy` more an hour at 19:00, each `minutes` long."""
    rng, found = np.random.default_rng(3), []
    rates = dict.fromkeys(hours, an_hour)
    rates[19] = rates.get(19, 0.0) + busy
    for i in range(days):
        for hour, rate in rates.items():
            for k in range(int(rng.poisson(rate))):
                placed = at(FIRST + timedelta(days=i), hour + rng.random())
                arrived = placed + timedelta(seconds=60)
                cleared = arrived + timedelta(minutes=minutes)
                found.append(call(f"{i}-{hour}-{k}", placed, 60.0, cleared=cleared, bed=str(k % 10 + 1)))
    return found


def data(rung: Iterable[BellCall] = (), **given: object) -> QualityData:
    known: dict[str, object] = {"patient_days": census(), "today": TODAY}
    return quality(given.pop("book", book()), list(rung), **(known | given))  # type: ignore[arg-type]


def worked(days: int = 7 * WEEKS) -> tuple[object, ...]:
    """Give published rosters: four by day, two on each of the other shifts."""
    signs = "DDDDCCPPNN--"
    return (roster(FIRST, **{f"{i:02d}": sign * days for i, sign in enumerate(signs)}),)
