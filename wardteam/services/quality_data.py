"""Everything that a ward's quality analysis works on, read from the store at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from wardteam.domain.beds import Cover
from wardteam.domain.calendar import Period
from wardteam.domain.calls import CallImport
from wardteam.domain.census import PatientDays
from wardteam.domain.control import Action, Activity, AdverseEvent, Audit, Checklist, Symposium
from wardteam.domain.questionnaires import QuestionnaireSheet, QuestionnaireVersion
from wardteam.domain.roster import Roster, RosterStatus
from wardteam.domain.study import StudyPlan
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, NotFound
from wardteam.services.call_columns import CallColumns
from wardteam.services.call_days import in_span
from wardteam.services.ports import UnitOfWork, UnitOfWorkFactory
from wardteam.services.proposed_plan import standing_plan
from wardteam.services.quality_ports import Kept, PastVersion, Record

R = TypeVar("R", bound=Record)
NO_RECORDS = Message(
    "Nothing has been captured for this ward yet. Begin with `wardteam calls import FILE`, "
    "`wardteam patient-days import FILE` or `wardteam questionnaires import FILE`."
)
NO_PLAN_KEPT = Message(
    "This ward has no plan yet; `wardteam plan new --baseline A..B --intervention C..D` drafts one."
)


@dataclass(frozen=True, eq=False)
class QualityData:
    """One ward's book, its plan with every earlier version, and all records, whatever their dates.

    `calls` are raw, as kept. `rosters` are the published ones, newest first, and `covers` their bed cover.
    `revisions` pins the state: book, records, calls.
    """

    book: WardBook
    plan: StudyPlan
    plan_versions: tuple[PastVersion[StudyPlan], ...]
    calls: CallColumns
    imports: tuple[CallImport, ...]
    patient_days: tuple[PatientDays, ...]
    versions: tuple[QuestionnaireVersion, ...]
    sheets: tuple[QuestionnaireSheet, ...]
    checklists: tuple[Checklist, ...]
    audits: tuple[Audit, ...]
    actions: tuple[Action, ...]
    activities: tuple[Activity, ...]
    events: tuple[AdverseEvent, ...]
    symposia: tuple[Symposium, ...]
    rosters: tuple[Roster, ...]
    covers: tuple[Cover, ...]
    today: date
    revisions: tuple[int, int, int]

    def has_any(self, span: Period) -> bool:
        """Whether any call, day of the census or questionnaire lies in a span."""
        days = [*(one.day for one in self.patient_days), *(sheet.day for sheet in self.sheets)]
        return any(day in span for day in days) or len(in_span(self.calls, span)) > 0


def read_quality(
    units: UnitOfWorkFactory,
    ward: str,
    *,
    today: date,
    plan_code: str | None = None,
    otherwise: StudyPlan | None = None,
) -> QualityData:
    """Read a ward's quality records with its plan: the one named, else the newest.

    Parameters
    ----------
    otherwise
        Stands in where none is named and the ward has none; by default the standing plan, once captured.

    Raises
    ------
    NotFound
        Where nothing has been captured, or the ward has no plan of that code.
    """
    with units() as unit:
        stored = unit.books.get(ward)
        plan = _plan(unit, ward, plan_code, otherwise or _stand_in(unit, ward, today))
        rosters = _published(unit, ward)
        covers = tuple(cover for r in rosters for cover in unit.rosters.cover(ward, r.period, r.version)[0])
        return QualityData(
            book=stored.book,
            plan=plan,
            plan_versions=unit.captured.history(ward, StudyPlan, plan.code),
            calls=unit.calls.columns(ward),
            imports=_all(unit, ward, CallImport),
            patient_days=_all(unit, ward, PatientDays),
            versions=_all(unit, ward, QuestionnaireVersion),
            sheets=_all(unit, ward, QuestionnaireSheet),
            checklists=_all(unit, ward, Checklist),
            audits=_all(unit, ward, Audit),
            actions=_all(unit, ward, Action),
            activities=_all(unit, ward, Activity),
            events=_all(unit, ward, AdverseEvent),
            symposia=_all(unit, ward, Symposium),
            rosters=rosters,
            covers=covers,
            today=today,
            revisions=(stored.revision, unit.captured.revision(ward), unit.calls.revision(ward)),
        )


def _plan(unit: UnitOfWork, ward: str, code: str | None, otherwise: StudyPlan | None) -> StudyPlan:
    if code is None and otherwise is not None and not unit.captured.all(ward, StudyPlan):
        return otherwise
    if code is None and not unit.captured.all(ward, StudyPlan):
        raise NotFound(NO_RECORDS)
    return newest_plan(unit, ward, code).record


def _stand_in(unit: UnitOfWork, ward: str, today: date) -> StudyPlan | None:
    """Give the standing plan as soon as anything has been captured."""
    is_empty = unit.captured.revision(ward) == 0 and unit.calls.revision(ward) == 0
    return None if is_empty else standing_plan(today)


def _all(unit: UnitOfWork, ward: str, kind: type[R]) -> tuple[R, ...]:
    return tuple(kept.record for kept in unit.captured.all(ward, kind))


def newest_plan(unit: UnitOfWork, ward: str, code: str | None = None) -> Kept[StudyPlan]:
    """Give a plan as kept: the one named, else the newest; NotFound where there is none."""
    if code is not None:
        return unit.captured.get(ward, StudyPlan, code)
    plans = unit.captured.all(ward, StudyPlan)
    if not plans:
        raise NotFound(NO_PLAN_KEPT)
    return plans[-1]


def _published(unit: UnitOfWork, ward: str) -> tuple[Roster, ...]:
    found = (unit.rosters.latest(ward, p, RosterStatus.PUBLISHED) for p in unit.rosters.periods(ward))
    return tuple(roster for roster in found if roster is not None)
