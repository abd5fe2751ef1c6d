"""Three-level quality control (三级质控): checklists, audits, actions, activities, adverse events."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wardteam.domain.census import CatheterKind
from wardteam.errors import Named


class ControlArea(StrEnum):
    """What a checklist controls."""

    CHECKING = "checking_rules"
    GRADED_NURSING = "graded_nursing"
    RECORDS = "nursing_records"
    EDUCATION_ADMISSION = "education_before_admission"
    EDUCATION_STAY = "education_during_stay"
    EDUCATION_DISCHARGE = "education_after_discharge"
    OWN = "own"


@dataclass(frozen=True)
class ChecklistItem:
    """One thing to check, with its weight in the score; a core item not met fails the audit."""

    code: str
    text: Named
    weight: float = 1.0
    is_core: bool = False


@dataclass(frozen=True)
class Checklist:
    """A checklist (检查表); an audit passes at `pass_share` of the weighted items that apply."""

    code: str
    day: date
    name: Named
    area: ControlArea
    items: tuple[ChecklistItem, ...]
    pass_share: float = 0.9
    is_retired: bool = False

    def __post_init__(self) -> None:
        codes = [item.code for item in self.items]
        if not codes or len(set(codes)) != len(codes):
            raise ValueError(f"checklist {self.code} needs items with different codes, got {codes}")


class AuditLevel(StrEnum):
    """Who controls: the nurse herself, the team leader, the head nurse."""

    NURSE = "nurse"
    LEADER = "leader"
    HEAD_NURSE = "head_nurse"


class Mark(StrEnum):
    """How an item was found."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


MARK_POINTS = {Mark.MET: 1.0, Mark.PARTLY: 0.5, Mark.NOT_MET: 0.0}


@dataclass(frozen=True)
class ItemScore:
    """An item's mark with a note on what was found."""

    item: str
    mark: Mark
    note: str = ""


@dataclass(frozen=True)
class Audit:
    """A checklist gone through on a day, in a team; `subject` is the nurse, if one is meant."""

    code: str
    day: date
    checklist: str
    level: AuditLevel
    team: str
    auditor: str
    scores: tuple[ItemScore, ...]
    subject: str = ""
    bed: str = ""

    def share(self, checklist: Checklist) -> float | None:
        """Give the weighted share of the applicable items that were met, None where none applies."""
        weights = {item.code: item.weight for item in checklist.items}
        judged = [score for score in self.scores if score.mark in MARK_POINTS and score.item in weights]
        total = sum(weights[score.item] for score in judged)
        return sum(weights[s.item] * MARK_POINTS[s.mark] for s in judged) / total if total else None

    def is_passed(self, checklist: Checklist) -> bool | None:
        """Whether the audit passed, None where no item applies."""
        share = self.share(checklist)
        core = {item.code for item in checklist.items if item.is_core}
        if any(score.item in core and score.mark is Mark.NOT_MET for score in self.scores):
            return False
        return None if share is None else share >= checklist.pass_share


class ActionSource(StrEnum):
    """Where a finding came from."""

    AUDIT = "audit"
    SYMPOSIUM = "symposium"
    EVENT = "event"
    REPORT = "report"


class ActionStatus(StrEnum):
    """How far a corrective action is."""

    OPEN = "open"
    DONE = "done"
    VERIFIED = "verified"
    INEFFECTIVE = "ineffective"


@dataclass(frozen=True)
class Action:
    """A finding with its corrective action (整改): owner, due date, done, verified by somebody else."""

    code: str
    day: date
    source: ActionSource
    source_code: str
    finding: str
    measure: str
    owner: str
    due: date
    team: str = ""
    item: str = ""
    done_on: date | None = None
    done_note: str = ""
    verified_on: date | None = None
    verified_by: str = ""
    is_effective: bool | None = None

    @property
    def status(self) -> ActionStatus:
        """How far it is."""
        if self.verified_on is not None:
            return ActionStatus.VERIFIED if self.is_effective else ActionStatus.INEFFECTIVE
        return ActionStatus.OPEN if self.done_on is None else ActionStatus.DONE

    def is_overdue(self, today: date) -> bool:
        """Whether its due date has passed and it isn't done."""
        return self.done_on is None and today > self.due

    @property
    def is_on_time(self) -> bool | None:
        """Whether it was done by its due date; None while it isn't done."""
        return None if self.done_on is None else self.done_on <= self.due


class ActivityKind(StrEnum):
    """What a leader does for her team beside the beds."""

    RESCUE = "rescue"
    ROUND = "round"
    TEACHING = "teaching"
    STUDY_SESSION = "study_session"
    CASE_DISCUSSION = "case_discussion"


@dataclass(frozen=True)
class Activity:
    """One activity of a leader: its topic (no patient's name), how many took part, how long."""

    code: str
    day: date
    kind: ActivityKind
    leader: str
    topic: str
    team: str = ""
    present: int = 0
    minutes: int = 0


class EventKind(StrEnum):
    """Kinds of adverse events (不良事件)."""

    FALL = "fall"
    PRESSURE_INJURY = "pressure_injury"
    EXTUBATION = "unplanned_extubation"
    MEDICATION = "medication"
    EXTRAVASATION = "extravasation"
    ASPIRATION = "aspiration"
    OTHER = "other"


class EventLevel(StrEnum):
    """Levels of adverse events: I death or lasting harm, II harm, III no harm, IV a near miss."""

    I = "I"  # noqa: E741  # the level's own name
    II = "II"
    III = "III"
    IV = "IV"


@dataclass(frozen=True)
class AdverseEvent:
    """An adverse event, without names. `stage` is a pressure injury's (1-4, 5 unstageable, 6 deep tissue)."""

    code: str
    day: date
    kind: EventKind
    level: EventLevel
    team: str = ""
    bed: str = ""
    stay: str = ""
    catheter: CatheterKind | None = None
    stage: int | None = None
    is_acquired: bool = True
    description: str = ""


class Audience(StrEnum):
    """Whose symposium (座谈会) it is."""

    PATIENTS = "patients"
    NURSES = "nurses"
    DOCTORS = "doctors"


@dataclass(frozen=True)
class Symposium:
    """A symposium: those present by role, the points raised; its actions name it as their source."""

    code: str
    day: date
    audience: Audience
    present: dict[Audience, int] = field(default_factory=dict)
    points: tuple[str, ...] = ()
    chair: str = ""
