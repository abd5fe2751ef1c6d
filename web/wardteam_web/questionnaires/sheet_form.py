"""The fields of a sheet above its answers."""

from __future__ import annotations

from typing import Any

from wardteam.domain.questionnaires import Mode, QuestionnaireSheet
from wardteam.errors import Message
from wardteam_web.forms import FieldSpec, Kind, enum_choices
from wardteam_web.records.ground import Ground
from wardteam_web.records.page import Values


def sheet_fields(ground: Ground, sheet: QuestionnaireSheet) -> list[FieldSpec]:
    """Give the fields of a sheet that has been returned."""
    interviewers = ground.people(empty=True, also=sheet.interviewer)
    return [
        FieldSpec("day", Message("Issued on"), Kind.DATE),
        FieldSpec("returned_on", Message("Returned on"), Kind.DATE),
        FieldSpec(
            "mode", Message("How it is answered"), Kind.CHOICE, choices=enum_choices(Mode, ground.words.t)
        ),
        FieldSpec("team", Message("Team"), Kind.CHOICE, is_required=False, choices=ground.teams()),
        FieldSpec(
            "interviewer", Message("Interviewer"), Kind.CHOICE, is_required=False, choices=interviewers
        ),
        FieldSpec("stay", Message("Stay's code"), is_required=False),
        FieldSpec(
            "note",
            Message("Note"),
            Kind.LONG,
            is_required=False,
            hint=Message("No patient's and no nurse's name."),
        ),
    ]


def sheet_values(ground: Ground, sheet: QuestionnaireSheet) -> Values:
    """Give the values of the fields; a sheet not returned yet comes back today."""
    names = ("day", "team", "interviewer", "stay", "note")
    values: dict[str, Any] = {name: getattr(sheet, name) for name in names}  # WTForms' values
    return {**values, "mode": sheet.mode.value, "returned_on": sheet.returned_on or ground.today}


def sheet_parts(values: Values) -> dict[str, Any]:
    """Give the sheet's fields as the form says them."""
    texts = {name: values[name] or "" for name in ("team", "interviewer", "stay", "note")}
    return {
        **texts,
        "day": values["day"],
        "returned_on": values["returned_on"],
        "mode": Mode(values["mode"]),
    }
