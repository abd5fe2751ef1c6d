"""The plan of a comparison: primary measure, periods, tests, exclusions; dated and locked before looking."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from wardteam.domain.calendar import Period
from wardteam.errors import Named


class MeasureKind(StrEnum):
    """The four measures of the study."""

    BELLS = "bells"
    ARRIVAL = "arrival_seconds"
    SATISFACTION = "satisfaction"
    AWARENESS = "awareness"


class Exclusion(StrEnum):
    """What a plan may leave out of the measures, said before the data are looked at."""

    INFUSION_CALLS = "infusion_calls"
    STAFF_CALLS = "staff_calls"
    BATHROOM_CALLS = "bathroom_calls"
    OVER_AN_HOUR = "over_an_hour"
    WITHOUT_STAY = "without_stay"


class Duration(StrEnum):
    """Which of the three durations of a call is meant."""

    ANSWER = "answer"
    ARRIVAL = "arrival"
    CLEARING = "clearing"


class ArrivalTest(StrEnum):
    """How arrival times are compared with calls clustered in stays."""

    STAY_MEANS = "stay_means"
    CLUSTER_ROBUST = "cluster_robust"
    GEE = "gee"


class BellTest(StrEnum):
    """How bell rates are compared."""

    QUASI_POISSON = "quasi_poisson"
    NEGATIVE_BINOMIAL = "negative_binomial"


@dataclass(frozen=True)
class StudyPeriod:
    """A named period of the comparison: baseline (对照期) or intervention (观察期)."""

    name: str
    name_en: str
    span: Period

    @property
    def named(self) -> Named:
        """Its name in both languages."""
        return Named(self.name, self.name_en)


@dataclass(frozen=True)
class StudyPlan:
    """What was decided before the data were looked at. `day` is the plan's date.

    `targets` hold what each measure should reach: bells per 100 patient-days and arrival seconds at
    most, shares of satisfied and aware (0-1) at least. `target_seconds` is the arrival time whose share
    of calls within it is reported. `revised_because` says why a locked plan was changed; every earlier
    version stays readable with its date.
    """

    code: str
    day: date
    name: Named
    baseline: StudyPeriod
    intervention: StudyPeriod
    primary: MeasureKind = MeasureKind.BELLS
    duration: Duration = Duration.ARRIVAL
    bell_test: BellTest = BellTest.QUASI_POISSON
    arrival_test: ArrivalTest = ArrivalTest.STAY_MEANS
    exclusions: tuple[Exclusion, ...] = (Exclusion.INFUSION_CALLS, Exclusion.STAFF_CALLS)
    targets: dict[MeasureKind, float] = field(default_factory=dict)
    target_seconds: float = 180.0
    locked_at: datetime | None = None
    locked_by: str = ""
    revised_because: str = ""

    def __post_init__(self) -> None:
        first, second = self.baseline.span, self.intervention.span
        if first.first <= second.last and second.first <= first.last:
            raise ValueError(
                f"the periods overlap: {first.first}..{first.last}, {second.first}..{second.last}"
            )
        for measure, target in self.targets.items():
            if not 0 < target <= (1 if measure in SHARES else MOST_TARGET):
                raise ValueError(
                    f"the target of {measure.value} must be above 0, a share at most 1, got {target}"
                )

    @property
    def changeover(self) -> date:
        """The first day of the new care model (切换日)."""
        return self.intervention.span.first

    @property
    def is_locked(self) -> bool:
        """Whether it was locked."""
        return self.locked_at is not None


SHARES = (MeasureKind.SATISFACTION, MeasureKind.AWARENESS)
MOST_TARGET = 100_000
