"""The ward's daily numbers: midnight census by grade, comings and goings, infusions, catheters, restraint."""

from __future__ import annotations

from wardteam.domain.beds import NursingGrade
from wardteam.domain.census import CatheterKind, PatientDays
from wardteam.errors import Message
from wardteam_web.forms import FieldSpec, Kind
from wardteam_web.records.ground import Ground
from wardteam_web.records.page import Column, RecordPage, Values

DATE = Message("Date")
OPTIONAL = Message("Leave empty what the ward does not count.")
COUNTS = {
    "admissions": Message("Admissions"),
    "discharges": Message("Discharges"),
    "restraint_days": Message("Patients under restraint"),
}
IN_BEDS = Message("Occupied beds, {grade}")
WITH_CATHETER = Message("Patients with: {catheter}")


def _fields(_ground: Ground, day: PatientDays | None) -> list[FieldSpec]:
    return [
        *([] if day else [FieldSpec("day", DATE, Kind.DATE)]),
        *(
            FieldSpec(f"grade-{g.value}", Message(IN_BEDS.text, grade=g), Kind.WHOLE, high=500)
            for g in NursingGrade
        ),
        *(FieldSpec(n, words, Kind.WHOLE, is_required=False, high=500) for n, words in COUNTS.items()),
        FieldSpec(
            "infusion_hours",
            Message("Infusion hours"),
            Kind.DECIMAL,
            is_required=False,
            high=20_000,
            hint=OPTIONAL,
        ),
        *(
            FieldSpec(
                f"catheter-{kind.value}",
                Message(WITH_CATHETER.text, catheter=kind),
                Kind.WHOLE,
                is_required=False,
                high=500,
            )
            for kind in CatheterKind
        ),
    ]


def _fill(day: PatientDays) -> Values:
    return {
        **{f"grade-{grade.value}": day.occupied.get(grade, 0) for grade in NursingGrade},
        **{name: getattr(day, name) for name in COUNTS},
        "infusion_hours": day.infusion_hours,
        **{f"catheter-{kind.value}": day.catheter_days.get(kind) for kind in CatheterKind},
    }


def _read(values: Values, _code: str, before: PatientDays | None, _ground: Ground) -> PatientDays:
    catheters = {kind: values[f"catheter-{kind.value}"] for kind in CatheterKind}
    return PatientDays(
        day=before.day if before else values["day"],
        occupied={grade: values[f"grade-{grade.value}"] for grade in NursingGrade},
        infusion_hours=values["infusion_hours"],
        catheter_days={kind: count for kind, count in catheters.items() if count is not None},
        **{name: values[name] for name in COUNTS},
    )


def _count(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


DAYS: RecordPage[PatientDays] = RecordPage(
    address="days",
    kind=PatientDays,
    title=Message("Patient-days and daily numbers"),
    new=Message("Enter a day"),
    about=Message("The census at midnight, and what else the indicators divide by."),
    prefix="",
    columns=(
        Column(DATE, lambda day, ground: ground.words.plain_day(day.day)),
        Column(Message("Occupied beds"), lambda day, _ground: str(day.total), is_figure=True),
        Column(COUNTS["admissions"], lambda day, _ground: _count(day.admissions), is_figure=True),
        Column(COUNTS["discharges"], lambda day, _ground: _count(day.discharges), is_figure=True),
        Column(Message("Infusion hours"), lambda day, _ground: _count(day.infusion_hours), is_figure=True),
        Column(
            Message("Catheter-days"),
            lambda day, _ground: _count(sum(day.catheter_days.values()) if day.catheter_days else None),
            is_figure=True,
        ),
    ),
    fields=_fields,
    fill=_fill,
    read=_read,
)
