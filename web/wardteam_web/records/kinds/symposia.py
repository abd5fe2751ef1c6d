"""Symposia of patients, nurses and doctors: those present by role, and the points raised."""

from __future__ import annotations

from wardteam.domain.control import Audience, Symposium
from wardteam.errors import Message
from wardteam_web.forms import CHOOSE, FieldSpec, Kind, enum_choices
from wardteam_web.records.ground import Ground
from wardteam_web.records.page import Column, RecordPage, Values

DATE = Message("Date")
AUDIENCE = Message("Whose symposium")
CHAIR = Message("In the chair")
POINTS = Message("Points raised")
PRESENT = {
    Audience.PATIENTS: Message("Patients present"),
    Audience.NURSES: Message("Nurses present"),
    Audience.DOCTORS: Message("Doctors present"),
}


def _fields(ground: Ground, symposium: Symposium | None) -> list[FieldSpec]:
    chair = symposium.chair if symposium else ""
    return [
        FieldSpec("day", DATE, Kind.DATE),
        FieldSpec(
            "audience", AUDIENCE, Kind.CHOICE, choices=enum_choices(Audience, ground.words.t, empty=CHOOSE)
        ),
        FieldSpec(
            "chair", CHAIR, Kind.CHOICE, is_required=False, choices=ground.people(empty=True, also=chair)
        ),
        *(FieldSpec(role.value, words, Kind.WHOLE, high=500) for role, words in PRESENT.items()),
        FieldSpec(
            "points",
            POINTS,
            Kind.LONG,
            is_required=False,
            hint=Message("One point a line, without anybody's name; actions are added once it is kept."),
        ),
    ]


def _fill(symposium: Symposium) -> Values:
    present = {role.value: symposium.present.get(role, 0) for role in PRESENT}
    return {
        "day": symposium.day,
        "audience": symposium.audience.value,
        "chair": symposium.chair,
        "points": "\n".join(symposium.points),
        **present,
    }


def _read(values: Values, code: str, _before: Symposium | None, _ground: Ground) -> Symposium:
    points = (line.strip() for line in (values["points"] or "").splitlines())
    return Symposium(
        code=code,
        day=values["day"],
        audience=Audience(values["audience"]),
        present={role: values[role.value] for role in PRESENT if values[role.value]},
        points=tuple(point for point in points if point),
        chair=values["chair"] or "",
    )


def _present(symposium: Symposium, ground: Ground) -> str:
    return ground.words.t.show(
        tuple(
            Message("{role}: {count}", role=role, count=symposium.present[role])
            for role in PRESENT
            if symposium.present.get(role)
        )
    )


SYMPOSIA: RecordPage[Symposium] = RecordPage(
    address="symposia",
    kind=Symposium,
    title=Message("Symposia"),
    new=Message("Add a symposium"),
    about=Message("What patients, nurses and doctors raised, and who was there."),
    prefix="S",
    columns=(
        Column(DATE, lambda symposium, ground: ground.words.plain_day(symposium.day)),
        Column(AUDIENCE, lambda symposium, ground: ground.words.t(symposium.audience)),
        Column(Message("Present"), _present),
        Column(POINTS, lambda symposium, _ground: " / ".join(symposium.points)),
        Column(CHAIR, lambda symposium, ground: ground.name(symposium.chair)),
    ),
    fields=_fields,
    fill=_fill,
    read=_read,
)
