"""What one period of a ward holds, cleaned and joined: calls, census, questionnaires, arrival times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from wardteam.domain.census import PatientDays
from wardteam.domain.study import Duration, StudyPeriod
from wardteam.services.asked import Asked, asked_in
from wardteam.services.bell_log import CleanLog, Mask, clean_log
from wardteam.services.call_days import gap_days
from wardteam.services.quality_data import QualityData
from wardteam.stats.measures import ArrivalTimes
from wardteam.stats.ratios import DailyCounts


@dataclass(frozen=True, eq=False)
class PeriodRecords:
    """What one period holds, cleaned: calls, census of its days, questionnaires, gaps in the call log."""

    period: StudyPeriod
    log: CleanLog
    asked: Asked
    census: Mapping[date, PatientDays]
    gaps: tuple[date, ...]
    today: date

    def exposures(self) -> tuple[float, ...]:
        """Give the patient-days of each date, 0 where no census or no call log was kept."""
        gaps = set(self.gaps)
        return tuple(
            float(self.census[day].total) if day in self.census and day not in gaps else 0.0
            for day in self.period.span
        )

    def daily(self, mask: Mask) -> DailyCounts | None:
        """Count the calls under a mask by day against patient-days; None below two recorded days."""
        return self._counted(mask, self.exposures())

    def daily_bells(self) -> tuple[int, ...]:
        """Give the bells of every date of the period, recorded or not."""
        counts = np.bincount(self.log.day[self.log.is_bell], minlength=len(self.period.span))
        return tuple(counts.tolist())

    def daily_infusion(self, *, by_hours: bool) -> DailyCounts | None:
        """Count infusion calls by day against infusion hours, or against patient-days."""
        hours = infusion_exposures(self) if by_hours else None
        return self._counted(self.log.is_patients & self.log.is_infusion, hours or self.exposures())

    @property
    def missing_days(self) -> int:
        """How many days before today count for nothing: no census, no patient, or no call log."""
        passed = zip(self.period.span, self.exposures(), strict=True)
        return sum(exposure == 0 and day < self.today for day, exposure in passed)

    def _counted(self, mask: Mask, exposures: tuple[float, ...]) -> DailyCounts | None:
        days = [place for place, exposure in enumerate(exposures) if exposure > 0]
        if not len(self.log.calls) or len(days) < 2:
            return None
        counts = np.bincount(self.log.day[mask], minlength=len(exposures))
        known = tuple(exposures[place] for place in days)
        return DailyCounts(tuple(counts[days].tolist()), known, self.missing_days)


def infusion_exposures(side: PeriodRecords) -> tuple[float, ...] | None:
    """Give the infusion hours of each date, 0 where unknown; None where no date has any."""
    hours = [side.census[day].infusion_hours if day in side.census else None for day in side.period.span]
    recorded = side.exposures()
    known = tuple(h if h is not None and e > 0 else 0.0 for h, e in zip(hours, recorded, strict=True))
    return known if sum(h > 0 for h in known) >= 2 else None


def period_records(data: QualityData) -> tuple[PeriodRecords, PeriodRecords]:
    """Clean what the plan's two periods hold."""
    census = {day.day: day for day in data.patient_days}
    return (
        records_of(data, data.plan.baseline, census),
        records_of(data, data.plan.intervention, census),
    )


def records_of(
    data: QualityData, period: StudyPeriod, census: Mapping[date, PatientDays] | None = None
) -> PeriodRecords:
    """Clean what one period holds."""
    by_day = {day.day: day for day in data.patient_days} if census is None else census
    totals = {day: by_day[day].total for day in period.span if day in by_day}
    return PeriodRecords(
        period=period,
        log=clean_log(data.calls, period.span, stays=data.book.stays, exclusions=data.plan.exclusions),
        asked=asked_in(data.sheets, data.versions, period.span),
        census={day: by_day[day] for day in totals},
        gaps=gap_days(data.calls, period.span, totals),
        today=data.today,
    )


def arrival_times(log: CleanLog, duration: Duration) -> ArrivalTimes:
    """Give the seconds of the plan's duration: all of them, and by stay where the stay is known."""
    timed = log.is_timed(duration)
    seconds, stay = log.seconds(duration)[timed], log.calls.stay[timed]
    order = np.argsort(stay, kind="stable")
    seconds, stay = seconds[order], stay[order]
    nameless = int(np.searchsorted(stay, 0))
    starts = np.flatnonzero(np.diff(stay, prepend=-1)[nameless:]) + nameless
    groups = np.split(seconds, starts)[1:] if len(starts) else []
    by_stay = {
        log.calls.stays[place]: tuple(group.tolist())
        for place, group in zip(stay[starts].tolist(), groups, strict=True)
    }
    return ArrivalTimes(tuple(seconds.tolist()), by_stay, nameless)
