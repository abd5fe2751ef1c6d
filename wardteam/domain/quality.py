"""Everything that is captured of a ward's quality, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam.domain.calls import BellCall
from wardteam.domain.census import PatientDays
from wardteam.domain.control import Action, Activity, AdverseEvent, Audit, Checklist, Symposium
from wardteam.domain.questionnaires import QuestionnaireSheet, QuestionnaireVersion
from wardteam.domain.study import StudyPlan


@dataclass(frozen=True)
class QualityRecords:
    """Plan, calls, patient-days, questionnaires and quality control of one ward."""

    plan: StudyPlan
    calls: tuple[BellCall, ...] = ()
    patient_days: tuple[PatientDays, ...] = ()
    versions: tuple[QuestionnaireVersion, ...] = ()
    sheets: tuple[QuestionnaireSheet, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    audits: tuple[Audit, ...] = ()
    actions: tuple[Action, ...] = ()
    activities: tuple[Activity, ...] = ()
    events: tuple[AdverseEvent, ...] = ()
    symposia: tuple[Symposium, ...] = ()
