"""Adverse events: kind, level, where, and what the indicators need to know; no names."""

from __future__ import annotations

from wardteam.domain.census import CatheterKind
from wardteam.domain.control import AdverseEvent, EventKind, EventLevel
from wardteam.errors import Message
from wardteam_web.forms import CHOOSE, FieldSpec, Kind, enum_choices
from wardteam_web.records.ground import Ground
from wardteam_web.records.page import Column, RecordPage, Values

NOT_A_CATHETER = Message("no catheter")
DATE = Message("Date")
LEVEL = Message("Level of the event")
TEAM = Message("Team")
BED = Message("Bed")


def _fields(ground: Ground, event: AdverseEvent | None) -> list[FieldSpec]:
    t = ground.words.t
    return [
        FieldSpec("day", DATE, Kind.DATE),
        FieldSpec(
            "kind", Message("Kind of event"), Kind.CHOICE, choices=enum_choices(EventKind, t, empty=CHOOSE)
        ),
        FieldSpec(
            "level",
            LEVEL,
            Kind.CHOICE,
            choices=enum_choices(EventLevel, t, empty=CHOOSE),
            hint=Message("I death or lasting harm, II harm, III no harm, IV a near miss."),
        ),
        FieldSpec("team", TEAM, Kind.CHOICE, is_required=False, choices=ground.teams()),
        FieldSpec(
            "bed", BED, Kind.CHOICE, is_required=False, choices=ground.beds(event.bed if event else "")
        ),
        FieldSpec(
            "catheter",
            Message("Catheter, for an unplanned extubation"),
            Kind.CHOICE,
            is_required=False,
            choices=enum_choices(CatheterKind, t, empty=NOT_A_CATHETER),
        ),
        FieldSpec(
            "stage",
            Message("Stage, for a pressure injury"),
            Kind.WHOLE,
            is_required=False,
            low=1,
            high=6,
            hint=Message("1 to 4; 5 unstageable, 6 deep tissue."),
        ),
        FieldSpec("is_acquired", Message("Arose on this ward"), Kind.CHECK, is_required=False),
        FieldSpec(
            "description",
            Message("What happened"),
            Kind.LONG,
            is_required=False,
            hint=Message("No patient's and no nurse's name."),
        ),
    ]


def _fill(event: AdverseEvent) -> Values:
    return {
        "day": event.day,
        "kind": event.kind.value,
        "level": event.level.value,
        "team": event.team,
        "bed": event.bed,
        "catheter": event.catheter.value if event.catheter else "",
        "stage": event.stage,
        "is_acquired": event.is_acquired,
        "description": event.description,
    }


def _read(values: Values, code: str, before: AdverseEvent | None, _ground: Ground) -> AdverseEvent:
    return AdverseEvent(
        code=code,
        day=values["day"],
        kind=EventKind(values["kind"]),
        level=EventLevel(values["level"]),
        team=values["team"] or "",
        bed=values["bed"] or "",
        stay=before.stay if before else "",
        catheter=CatheterKind(values["catheter"]) if values["catheter"] else None,
        stage=values["stage"],
        is_acquired=bool(values["is_acquired"]),
        description=values["description"] or "",
    )


EVENTS: RecordPage[AdverseEvent] = RecordPage(
    address="events",
    kind=AdverseEvent,
    title=Message("Adverse events"),
    new=Message("Report an adverse event"),
    about=Message("Falls, pressure injuries, unplanned extubations and others, with their level."),
    prefix="E",
    columns=(
        Column(DATE, lambda event, ground: ground.words.plain_day(event.day)),
        Column(Message("Kind of event"), lambda event, ground: ground.words.t(event.kind)),
        Column(LEVEL, lambda event, ground: ground.words.t(event.level)),
        Column(TEAM, lambda event, ground: ground.team(event.team)),
        Column(BED, lambda event, _ground: event.bed),
        Column(Message("What happened"), lambda event, _ground: event.description),
    ),
    fields=_fields,
    fill=_fill,
    read=_read,
)
