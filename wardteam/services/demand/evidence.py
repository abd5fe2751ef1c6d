"""What the last weeks show: patients by nursing grade, calls by hour, and how long both keep a nurse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wardteam.domain.calendar import Period
from wardteam.domain.census import PatientDays
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.services.bell_log import clean_log
from wardteam.services.call_columns import CallColumns
from wardteam.services.call_days import daily_counts, day_places
from wardteam.services.census_days import patient_days_from_stays
from wardteam.services.demand.assumptions import USUAL_CALL_MINUTES, Assumptions
from wardteam.services.duty_hours import Floats
from wardteam.services.quality_data import QualityData
from wardteam.services.staffing_load import hourly_counts, known_log_days, log_span, patient_calls
from wardteam.stats.call_rates import CallNeeds, DayWork, call_needs
from wardteam.stats.results import Unanswerable

QUARTERS_AN_HOUR = 4
LONGEST_MINUTES = 60.0
LOW, HIGH = 0.1, 0.9
NO_CALLS = Message("No call is kept of these weeks: calls say nothing about staffing here.")
NO_PATIENTS = Message("No census is kept of these weeks: patients say nothing about staffing here.")


@dataclass(frozen=True)
class PatientNeed:
    """Patients of some days, and the care of a day shift in hours: mean, 10th and 90th percentile."""

    days: int
    patients: float
    spread: float
    hours: float
    low: float
    high: float


@dataclass(frozen=True)
class Measured:
    """What one kind of day shows, and what is taken for granted; None where nothing is known."""

    assumed: Assumptions
    calls: CallNeeds | None
    patients: PatientNeed | None


@dataclass(frozen=True, eq=False)
class Weeks:
    """The weeks that a proposal rests on; calls are cleaned, of patients alone.

    `days` are dates with a running call log whose following date is known too; `census` whole dates.
    """

    book: WardBook
    span: Period
    calls: CallColumns
    days: tuple[date, ...]
    census: Mapping[date, PatientDays]
    assumed: Assumptions

    @cached_property
    def minutes(self) -> Floats:
        """Minutes from arrival to leaving, NaN where not known, backwards or longer than an hour."""
        minutes = (self.calls.cleared - self.calls.arrived) / 60
        return np.where((minutes >= 0) & (minutes <= LONGEST_MINUTES), minutes, np.nan)

    @cached_property
    def too_long(self) -> int:
        """Calls whose nurse is said to have stayed longer than an hour; they are not in the mean."""
        return int(((self.calls.cleared - self.calls.arrived) / 60 > LONGEST_MINUTES).sum())

    @property
    def knows_minutes(self) -> bool:
        """Whether the minutes of a call come from the log."""
        return self.assumed.call_minutes is None and bool(np.isfinite(self.minutes).any())

    def waited_longer(self, days: Sequence[date]) -> tuple[float, int] | None:
        """Give the share of answered calls of some dates that waited longer than the target, and their n."""
        waits: Floats = (self.calls.arrived - self.calls.placed) / 60
        chosen = np.isin(self._places, [(day - self.span.first).days for day in days]) & np.isfinite(waits)
        n = int(chosen.sum())
        return (float((waits[chosen] > self.assumed.target_minutes).mean()), n) if n else None

    @cached_property
    def _places(self) -> NDArray[np.int64]:
        return day_places(self.calls, self.span)

    def call_need(
        self, days: Sequence[date], past_midnight: NDArray[np.bool_], *, resamples: int
    ) -> CallNeeds | Message:
        """Give what calls ask for by the clock's hour; hours past midnight are those of the next date.

        A Message says why there is no answer.
        """
        days = [day for day in days if day in self._known]
        if not len(self.calls) or not days:
            return NO_CALLS
        following = [day + timedelta(days=1) for day in days]
        counts = np.where(
            past_midnight, hourly_counts(self.calls, following), hourly_counts(self.calls, days)
        )
        rule = self.assumed.rule(self.assumed.direct_share)
        try:
            return call_needs(counts, self._work(days), rule, resamples=resamples)
        except Unanswerable as refusal:
            return refusal.message

    def patient_need(self, days: Sequence[date]) -> PatientNeed | None:
        """Give patients and hours of care of some dates; None without a census of any."""
        found = [self.census[day] for day in days if day in self.census]
        if not found:
            return None
        patients = np.array([day.total for day in found], dtype=np.float64)
        load = self.book.settings.load
        quarters = [sum(n * load(grade) for grade, n in day.occupied.items()) for day in found]
        hours = np.array(quarters, dtype=np.float64) / QUARTERS_AN_HOUR
        low, high = np.quantile(hours, [LOW, HIGH])
        spread = float(patients.std(ddof=1)) if len(found) > 1 else 0.0
        return PatientNeed(
            len(found), float(patients.mean()), spread, float(hours.mean()), float(low), float(high)
        )

    @cached_property
    def _known(self) -> frozenset[date]:
        return frozenset(self.days)

    def _work(self, days: Sequence[date]) -> DayWork:
        places = [(day - self.span.first).days for day in days]
        if not self.knows_minutes:
            counts = daily_counts(self.calls, self.span)[places]
            minutes = self.assumed.call_minutes or USUAL_CALL_MINUTES
            return DayWork((minutes * counts).astype(np.float64), counts)
        known = np.isfinite(self.minutes)
        inside = known & (self._places >= 0) & (self._places < len(self.span))
        sums = np.bincount(self._places[inside], self.minutes[inside], minlength=len(self.span))
        counts = np.bincount(self._places[inside], minlength=len(self.span))
        return DayWork(sums[places].astype(np.float64), counts[places].astype(np.int64))


def weeks_of(data: QualityData, assumed: Assumptions) -> Weeks:
    """Read the last whole weeks before today: calls cleaned and of patients, and the census."""
    span = Period(data.today - timedelta(days=7 * assumed.weeks), data.today - timedelta(days=1))
    calls = patient_calls(clean_log(data.calls, span, stays=data.book.stays).calls)
    reach = log_span(data.calls)
    known = {day for day in known_log_days(calls, data, span) if reach and day in reach}
    days = tuple(day for day in span if {day, day + timedelta(days=1)} <= known)
    return Weeks(data.book, span, calls, days, _census(data, span), assumed)


def _census(data: QualityData, span: Period) -> dict[date, PatientDays]:
    """Give the census that was kept, else that of the stays; there, a day without any patient is unknown."""
    kept = tuple(day for day in data.patient_days if day.day in span)
    if not kept:
        kept = tuple(day for day in patient_days_from_stays(data.book, span) if day.total)
    return {day.day: day for day in kept}
