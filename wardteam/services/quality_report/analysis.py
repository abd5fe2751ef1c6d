"""The work that several parts of the report and the dashboard share, done once for one state of the data."""

from __future__ import annotations

from functools import cached_property, lru_cache

from wardteam.domain.census import PatientDays
from wardteam.domain.questionnaires import Questionnaire
from wardteam.domain.study import MeasureKind, StudyPlan
from wardteam.services.bell_log import CleanLog
from wardteam.services.compare import compare_periods, outside_calls
from wardteam.services.period_records import PeriodRecords, infusion_exposures, period_records
from wardteam.services.quality_data import QualityData
from wardteam.services.quality_report.courses import (
    BETTER,
    Course,
    median_course,
    rate_course,
    share_course,
)
from wardteam.services.questionnaires import score
from wardteam.stats.charts.types import Better, ChartKind
from wardteam.stats.comparison import Comparison
from wardteam.stats.ratios import DailyCounts


class Analysis:
    """One ward's data by its plan: cleaned logs, comparison, and the course of every measure.

    Everything is worked out when it is first asked for, and kept. `records` and `logs` are those of
    baseline and intervention, in this order.
    """

    def __init__(self, data: QualityData) -> None:
        self.data = data

    @property
    def plan(self) -> StudyPlan:
        """The plan that the data are analysed by."""
        return self.data.plan

    @cached_property
    def records(self) -> tuple[PeriodRecords, PeriodRecords]:
        """Both periods' calls, census days and questionnaires."""
        return period_records(self.data)

    @property
    def logs(self) -> tuple[CleanLog, CleanLog]:
        """Both periods' cleaned call logs."""
        return self.records[0].log, self.records[1].log

    @cached_property
    def comparison(self) -> Comparison:
        """Both periods compared by the plan."""
        return compare_periods(self.plan, self.records, outside_calls(self.data))

    @cached_property
    def questionnaires(self) -> tuple[Questionnaire, ...]:
        """Every returned sheet as the analysis sees it, whatever its date."""
        versions = {version.code: version for version in self.data.versions}
        returned = (s for s in self.data.sheets if s.is_returned and s.version in versions)
        return tuple(score(versions[sheet.version], sheet) for sheet in returned)

    @cached_property
    def census(self) -> dict[str, PatientDays]:
        """The daily numbers of all dates, by ISO date."""
        return {day.code: day for day in self.data.patient_days}

    @cached_property
    def bells(self) -> tuple[DailyCounts | None, DailyCounts | None]:
        """Both periods' bells by day against patient-days."""
        first, second = (side.daily(side.log.is_bell) for side in self.records)
        return first, second

    @cached_property
    def has_infusion_hours(self) -> bool:
        """Whether infusion calls can be counted against infusion hours in both periods."""
        return all(infusion_exposures(side) is not None for side in self.records)

    @cached_property
    def infusion(self) -> tuple[DailyCounts | None, DailyCounts | None]:
        """Both periods' infusion calls by day, against infusion hours where known, else patient-days."""
        first, second = (side.daily_infusion(by_hours=self.has_infusion_hours) for side in self.records)
        return first, second

    @cached_property
    def weekly_bells(self) -> Course:
        """Bells per 100 patient-days by week, U'."""
        return rate_course(
            self.records,
            [log.is_bell for log in self.logs],
            [side.exposures() for side in self.records],
            target=self.plan.targets.get(MeasureKind.BELLS),
            better=BETTER[MeasureKind.BELLS],
        )

    @cached_property
    def weekly_infusion(self) -> Course:
        """Infusion calls per 100 infusion hours (else patient-days) by week, U'."""
        exposures = [
            (infusion_exposures(side) or side.exposures()) if self.has_infusion_hours else side.exposures()
            for side in self.records
        ]
        masks = [log.is_patients & log.is_infusion for log in self.logs]
        return rate_course(self.records, masks, exposures, target=None, better=Better.NEITHER)

    @cached_property
    def weekly_medians(self) -> Course:
        """Weekly median seconds of the plan's duration, run chart."""
        return self._medians(ChartKind.RUN)

    @cached_property
    def weekly_median_limits(self) -> Course:
        """The same medians with limits, I chart: what the verdict on arrival rests on."""
        return self._medians(ChartKind.I)

    @cached_property
    def _shares(self) -> dict[MeasureKind, Course]:
        return {
            kind: share_course(self.records, kind, target=self.plan.targets.get(kind))
            for kind in (MeasureKind.SATISFACTION, MeasureKind.AWARENESS)
        }

    def monthly_shares(self, kind: MeasureKind) -> Course:
        """Share of valid questionnaires with the outcome by month, P'."""
        return self._shares[kind]

    def course(self, kind: MeasureKind) -> Course:
        """Give the control chart that a measure is judged by."""
        if kind is MeasureKind.BELLS:
            return self.weekly_bells
        return self.weekly_median_limits if kind is MeasureKind.ARRIVAL else self.monthly_shares(kind)

    def _medians(self, kind: ChartKind) -> Course:
        target = self.plan.targets.get(MeasureKind.ARRIVAL)
        return median_course(self.records, self.plan.duration, kind, target=target)


@lru_cache(maxsize=2)
def analysis_of(data: QualityData) -> Analysis:
    """Give the analysis of one state of the data, the same one for every part that asks."""
    return Analysis(data)
