"""The comparison of two periods as plain data: what screens, documents and programs all render."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wardteam.domain.study import MeasureKind, StudyPeriod
from wardteam.errors import Message
from wardteam.stats.counts import Share
from wardteam.stats.results import Interval, Result

MEASURE_NAMES: dict[MeasureKind, Message] = {
    MeasureKind.BELLS: Message("Call bells, infusion calls apart"),
    MeasureKind.ARRIVAL: Message("Nurse's arrival time (call to arrival)"),
    MeasureKind.SATISFACTION: Message("Satisfaction rate"),
    MeasureKind.AWARENESS: Message("Health-education awareness rate"),
}


class LedgerStep(StrEnum):
    """What can happen to a row of the call log; those after KEPT are parts of the kept ones."""

    RECORDED = "recorded"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    MERGED = "merged"
    KEPT = "kept"
    INFUSION = "infusion"
    STAFF = "staff"
    BATHROOM = "bathroom"
    CANCELLED = "cancelled"
    UNANSWERED = "unanswered"
    FLAGGED = "flagged"
    WITHOUT_STAY = "without_stay"


LEDGER_NAMES: dict[LedgerStep, Message] = {
    LedgerStep.RECORDED: Message("calls recorded"),
    LedgerStep.REFUSED: Message("refused: an answer, arrival or clearing before the call"),
    LedgerStep.DUPLICATE: Message("exact duplicates dropped"),
    LedgerStep.MERGED: Message("presses of one bed within 10 s merged"),
    LedgerStep.KEPT: Message("calls kept"),
    LedgerStep.INFUSION: Message("of these infusion calls, counted apart"),
    LedgerStep.STAFF: Message("of these placed by staff who call for help"),
    LedgerStep.BATHROOM: Message("of these placed in a bathroom"),
    LedgerStep.CANCELLED: Message("of these ended by the patient before anybody came"),
    LedgerStep.UNANSWERED: Message("of these never arrived at, not in arrival times"),
    LedgerStep.FLAGGED: Message("of these arrived at after more than 60 min, flagged and kept"),
    LedgerStep.WITHOUT_STAY: Message("of these matching no stay, not in the test of arrival times"),
}


@dataclass(frozen=True)
class LedgerLine:
    """How many calls of each period one step took or found."""

    step: LedgerStep
    baseline: int
    intervention: int


@dataclass(frozen=True)
class RateDescription:
    """Events per 100 patient-days; `missing_days` had no census and are left out, their calls too."""

    events: int
    patient_days: float
    days: int
    missing_days: int
    daily_mean: float
    daily_sd: float

    @property
    def per_100(self) -> float:
        """Events per 100 patient-days."""
        return 100 * self.events / self.patient_days


@dataclass(frozen=True)
class TimeDescription:
    """Seconds of single calls, and the geometric mean over stays (None where no stay is known)."""

    calls: int
    stays: int
    mean: float
    sd: float
    median: float
    lower_quartile: float
    upper_quartile: float
    geometric_mean: float | None
    is_skewed: bool


@dataclass(frozen=True)
class ShareDescription:
    """A share with its Wilson interval."""

    share: Share
    interval: Interval


Description = RateDescription | TimeDescription | ShareDescription


@dataclass(frozen=True)
class MeasureComparison:
    """One measure in both periods: the article's test, the right result beside it, and words.

    `holm_p` stands for secondary measures only; `why` says why the two tests differ; `remarks`
    are warnings, and what could not be answered. `label` is its name where the plan measures it
    otherwise than usual (infusion calls not apart, another duration).
    """

    kind: MeasureKind
    is_primary: bool
    baseline: Description | None
    intervention: Description | None
    naive: Result | None
    right: Result | None
    supporting: tuple[Result, ...]
    sentence: Message
    why: Message
    remarks: tuple[Message, ...] = ()
    holm_p: float | None = None
    label: Message | None = None

    @property
    def name(self) -> Message:
        """The measure's name for people."""
        return self.label or MEASURE_NAMES[self.kind]

    @property
    def deciding_p(self) -> float | None:
        """The P that decides: Holm's for a secondary measure, the right result's own otherwise."""
        return self.holm_p if self.holm_p is not None else self.right.p if self.right else None


@dataclass(frozen=True)
class QuestionnaireFlow:
    """Questionnaires issued, returned and valid: three numbers."""

    issued: int
    returned: int
    valid: int


@dataclass(frozen=True)
class Comparison:
    """Baseline (对照期) against intervention (观察期), measure by measure, with ledger and limits.

    `outside` counts calls of neither period; `unanswered` is the balancing measure of the bells.
    """

    baseline: StudyPeriod
    intervention: StudyPeriod
    measures: tuple[MeasureComparison, ...]
    ledger: tuple[LedgerLine, ...]
    outside: int
    unanswered: tuple[Share, Share] | None
    infusion_per_100: tuple[float, float] | None
    flows: tuple[QuestionnaireFlow, QuestionnaireFlow]
    limits: tuple[Message, ...]
    data_hash: str

    def measure(self, kind: MeasureKind) -> MeasureComparison:
        """Give one measure; every comparison has all four."""
        return next(measure for measure in self.measures if measure.kind is kind)
