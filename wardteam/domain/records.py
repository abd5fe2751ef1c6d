"""The kinds of records that a ward captures beside its calls, and the class of each."""

from __future__ import annotations

from enum import StrEnum

from wardteam.domain.calls import CallImport, CallMapping, EarlyEvent, LiveToken
from wardteam.domain.census import PatientDays
from wardteam.domain.control import Action, Activity, AdverseEvent, Audit, Checklist, Symposium
from wardteam.domain.demand_decisions import DemandDecision
from wardteam.domain.questionnaires import AnswerCode, QuestionnaireSheet, QuestionnaireVersion
from wardteam.domain.study import StudyPlan
from wardteam.domain.swaps import Swap


class RecordKind(StrEnum):
    """What a captured record is."""

    PATIENT_DAYS = "patient_days"
    QUESTIONNAIRE_VERSION = "questionnaire_version"
    QUESTIONNAIRE_SHEET = "questionnaire_sheet"
    ANSWER_CODE = "answer_code"
    CHECKLIST = "checklist"
    AUDIT = "audit"
    ACTION = "action"
    ACTIVITY = "activity"
    ADVERSE_EVENT = "adverse_event"
    SYMPOSIUM = "symposium"
    STUDY_PLAN = "study_plan"
    CALL_MAPPING = "call_mapping"
    CALL_IMPORT = "call_import"
    LIVE_TOKEN = "live_token"
    EARLY_EVENT = "early_event"
    SWAP = "swap"
    DEMAND_DECISION = "demand_decision"


RECORD_CLASSES: dict[RecordKind, type] = {
    RecordKind.PATIENT_DAYS: PatientDays,
    RecordKind.QUESTIONNAIRE_VERSION: QuestionnaireVersion,
    RecordKind.QUESTIONNAIRE_SHEET: QuestionnaireSheet,
    RecordKind.ANSWER_CODE: AnswerCode,
    RecordKind.CHECKLIST: Checklist,
    RecordKind.AUDIT: Audit,
    RecordKind.ACTION: Action,
    RecordKind.ACTIVITY: Activity,
    RecordKind.ADVERSE_EVENT: AdverseEvent,
    RecordKind.SYMPOSIUM: Symposium,
    RecordKind.STUDY_PLAN: StudyPlan,
    RecordKind.CALL_MAPPING: CallMapping,
    RecordKind.CALL_IMPORT: CallImport,
    RecordKind.LIVE_TOKEN: LiveToken,
    RecordKind.EARLY_EVENT: EarlyEvent,
    RecordKind.SWAP: Swap,
    RecordKind.DEMAND_DECISION: DemandDecision,
}
"""The domain class of each kind; only these can be captured."""

_KINDS = {kept: kind for kind, kept in RECORD_CLASSES.items()}


def record_kind(kept: type) -> RecordKind:
    """Give the kind of a class; ValueError where its records aren't captured."""
    kind = _KINDS.get(kept)
    if kind is None:
        raise ValueError(f"records of {kept.__name__} are not captured")
    return kind
