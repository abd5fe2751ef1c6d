"""Quality records: call bells, patient-days and questionnaires, as captured and before any statistic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from wardteam.domain.beds import NursingGrade
from wardteam.domain.calendar import Period


class CallReason(StrEnum):
    """Why a call bell (呼叫铃) rang."""

    INFUSION = "infusion"
    TOILET = "toilet"
    PAIN = "pain"
    POSITION = "position"
    QUESTION = "question"
    OTHER = "other"


@dataclass(frozen=True)
class BellCall:
    """One call: placed, then answered, then arrived, then cleared; what did not happen is None."""

    code: str
    bed: str
    reason: CallReason
    placed: datetime
    answered: datetime | None = None
    arrived: datetime | None = None
    cleared: datetime | None = None
    stay: str = ""

    @property
    def arrival_seconds(self) -> float | None:
        """Seconds from call to arrival (护士到位时间), None where nobody arrived."""
        return None if self.arrived is None else (self.arrived - self.placed).total_seconds()


@dataclass(frozen=True)
class PatientDays:
    """The midnight census of one date: occupied beds by nursing grade."""

    day: date
    occupied: dict[NursingGrade, int]

    @property
    def total(self) -> int:
        """Occupied beds at midnight."""
        return sum(self.occupied.values())


@dataclass(frozen=True)
class Questionnaire:
    """One inpatient's answers: items on a 1-5 scale, knowledge items right or wrong.

    `is_satisfied` and `is_aware` are the classified outcomes; None where not answered.
    """

    code: str
    asked_on: date
    satisfaction_items: tuple[int | None, ...]
    knowledge_items: tuple[bool | None, ...]
    is_satisfied: bool | None
    is_aware: bool | None
    is_valid: bool = True


@dataclass(frozen=True)
class StudyPeriod:
    """A named period of the comparison: baseline (对照期) or intervention (观察期)."""

    name: str
    name_en: str
    span: Period


@dataclass(frozen=True)
class QualityRecords:
    """Everything captured for a comparison of two periods."""

    baseline: StudyPeriod
    intervention: StudyPeriod
    calls: tuple[BellCall, ...] = ()
    patient_days: tuple[PatientDays, ...] = ()
    questionnaires: tuple[Questionnaire, ...] = ()
    issued: tuple[int, int] = (0, 0)
    returned: tuple[int, int] = (0, 0)
