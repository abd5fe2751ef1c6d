"""The form of an audit: its head, and a mark with a note for every item of its checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardteam.domain.control import Audit, AuditLevel, Checklist, ChecklistItem, ItemScore, Mark
from wardteam.errors import Message
from wardteam_web.forms import CHOOSE, FieldSpec, Kind, enum_choices
from wardteam_web.records.ground import Ground
from wardteam_web.records.page import Values

DATE = Message("Date")
TEAM = Message("Team")


@dataclass(frozen=True)
class ItemLine:
    """One item with the mark and note given so far."""

    item: ChecklistItem
    mark: str
    note: str


def head_fields(ground: Ground, audit: Audit | None) -> list[FieldSpec]:
    """Give the fields above the items."""
    auditor, subject = (audit.auditor, audit.subject) if audit else ("", "")
    bed = audit.bed if audit else ""
    return [
        FieldSpec("day", DATE, Kind.DATE),
        FieldSpec(
            "level",
            Message("Whose control"),
            Kind.CHOICE,
            choices=enum_choices(AuditLevel, ground.words.t, empty=CHOOSE),
        ),
        FieldSpec("team", TEAM, Kind.CHOICE, choices=ground.teams(empty=False)),
        FieldSpec("auditor", Message("Audited by"), Kind.CHOICE, choices=ground.people(also=auditor)),
        FieldSpec(
            "subject",
            Message("Nurse whose work it was"),
            Kind.CHOICE,
            is_required=False,
            choices=ground.people(empty=True, also=subject),
        ),
        FieldSpec("bed", Message("Bed"), Kind.CHOICE, is_required=False, choices=ground.beds(bed)),
    ]


def head_values(audit: Audit) -> Values:
    """Give the values of the fields above the items."""
    names = ("day", "team", "auditor", "subject", "bed")
    return {**{name: getattr(audit, name) for name in names}, "level": audit.level.value}


def item_lines(checklist: Checklist, audit: Audit | None, sent: Mapping[str, str]) -> tuple[ItemLine, ...]:
    """Give every item with its mark: as sent, else as kept."""
    kept = {score.item: score for score in audit.scores} if audit else {}
    lines = []
    for item in checklist.items:
        score = kept.get(item.code)
        mark = sent.get(f"mark-{item.code}", score.mark.value if score else "")
        note = sent.get(f"note-{item.code}", score.note if score else "")
        lines.append(ItemLine(item, mark, note))
    return tuple(lines)


def read_scores(lines: tuple[ItemLine, ...]) -> tuple[tuple[ItemScore, ...], tuple[str, ...]]:
    """Give the scores, and the codes of items that have no mark yet."""
    known = {mark.value for mark in Mark}
    scores = tuple(
        ItemScore(line.item.code, Mark(line.mark), line.note.strip()) for line in lines if line.mark in known
    )
    return scores, tuple(line.item.code for line in lines if line.mark not in known)


def read_audit(values: Values, code: str, checklist: Checklist, scores: tuple[ItemScore, ...]) -> Audit:
    """Make the audit of a form's values."""
    return Audit(
        code=code,
        day=values["day"],
        checklist=checklist.code,
        level=AuditLevel(values["level"]),
        team=values["team"],
        auditor=values["auditor"],
        scores=scores,
        subject=values["subject"] or "",
        bed=values["bed"] or "",
    )
