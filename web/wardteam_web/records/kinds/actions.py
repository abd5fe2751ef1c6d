"""Corrective actions: the finding, what is done about it, by whom, until when; done, then verified."""

from __future__ import annotations

from wardteam.domain.control import Action, ActionSource
from wardteam.errors import Message
from wardteam_web.forms import FieldSpec, Kind, enum_choices
from wardteam_web.records.ground import Ground
from wardteam_web.records.page import Column, RecordPage, Values

DUE = Message("Due")
OWNER = Message("Responsible for it")
FINDING = Message("Finding")
MEASURE = Message("Corrective action")
TEAM = Message("Team")


def _fields(ground: Ground, action: Action | None) -> list[FieldSpec]:
    owner = action.owner if action else ""
    return [
        FieldSpec("day", Message("Found on"), Kind.DATE),
        FieldSpec(
            "source", Message("Found by"), Kind.CHOICE, choices=enum_choices(ActionSource, ground.words.t)
        ),
        FieldSpec(
            "source_code",
            Message("Number of the audit, symposium or event"),
            is_required=False,
        ),
        FieldSpec("finding", FINDING, Kind.LONG),
        FieldSpec("measure", MEASURE, Kind.LONG),
        FieldSpec("owner", OWNER, Kind.CHOICE, choices=ground.people(also=owner)),
        FieldSpec("team", TEAM, Kind.CHOICE, is_required=False, choices=ground.teams()),
        FieldSpec("due", DUE, Kind.DATE),
        *(_closing(ground, action) if action else []),
    ]


def _closing(ground: Ground, action: Action) -> list[FieldSpec]:
    t = ground.words.t
    verdicts = [("", ""), ("yes", t(Message("effective"))), ("no", t(Message("not effective")))]
    people = ground.people(empty=True, also=action.verified_by)
    return [
        FieldSpec("done_on", Message("Done on"), Kind.DATE, is_required=False),
        FieldSpec("done_note", Message("What was done"), Kind.LONG, is_required=False),
        FieldSpec("verified_on", Message("Verified on"), Kind.DATE, is_required=False),
        FieldSpec("verified_by", Message("Verified by"), Kind.CHOICE, is_required=False, choices=people),
        FieldSpec("is_effective", Message("Verdict"), Kind.CHOICE, is_required=False, choices=verdicts),
    ]


def _fill(action: Action) -> Values:
    names = ("day", "source_code", "finding", "measure", "owner", "team", "due", "done_on", "done_note")
    effective = {None: "", True: "yes", False: "no"}[action.is_effective]
    return {
        **{name: getattr(action, name) for name in names},
        "source": action.source.value,
        "verified_on": action.verified_on,
        "verified_by": action.verified_by,
        "is_effective": effective,
    }


def _read(values: Values, code: str, before: Action | None, _ground: Ground) -> Action:
    return Action(
        code=code,
        day=values["day"],
        source=ActionSource(values["source"]),
        source_code=values["source_code"] or "",
        finding=values["finding"],
        measure=values["measure"],
        owner=values["owner"],
        due=values["due"],
        team=values["team"] or "",
        item=before.item if before else "",
        done_on=values.get("done_on"),
        done_note=values.get("done_note") or "",
        verified_on=values.get("verified_on"),
        verified_by=values.get("verified_by") or "",
        is_effective={"yes": True, "no": False}.get(values.get("is_effective") or ""),
    )


ACTIONS: RecordPage[Action] = RecordPage(
    address="actions",
    kind=Action,
    title=Message("Corrective actions"),
    new=Message("Add a corrective action"),
    about=Message("Findings, what is done about them and by whom, until it is verified."),
    prefix="M",
    columns=(
        Column(DUE, lambda action, ground: ground.words.plain_day(action.due)),
        Column(Message("State"), lambda action, ground: ground.words.t(action.status)),
        Column(FINDING, lambda action, _ground: action.finding),
        Column(MEASURE, lambda action, _ground: action.measure),
        Column(OWNER, lambda action, ground: ground.name(action.owner)),
        Column(TEAM, lambda action, ground: ground.team(action.team)),
    ),
    fields=_fields,
    fill=_fill,
    read=_read,
    is_late=lambda action, ground: action.is_overdue(ground.today),
)
