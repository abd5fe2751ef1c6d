"""Two periods in a form: their date fields, and reading them with what is wrong beside the field."""

from __future__ import annotations

from datetime import date

from flask_wtf import FlaskForm
from wtforms import Field

from wardteam.domain.calendar import Period
from wardteam.errors import BadInput, Message
from wardteam.i18n import Translator
from wardteam.services.compare import check_apart
from wardteam_web.forms import FieldSpec, Kind, day_or_none

FIRST_OF_BASELINE = Message("Baseline from")
LAST_OF_BASELINE = Message("Baseline to")
FIRST_OF_INTERVENTION = Message("Intervention from")
LAST_OF_INTERVENTION = Message("Intervention to")
END_BEFORE_BEGIN = Message("The period ends before it begins: a date from {first} on was expected.")
TOO_LONG_A_PERIOD = Message("A period of at most {years} years was expected.")
MOST_YEARS = 10

BASELINE_FIELDS = (
    FieldSpec("baseline_first", FIRST_OF_BASELINE, Kind.DATE),
    FieldSpec("baseline_last", LAST_OF_BASELINE, Kind.DATE),
)
INTERVENTION_FIELDS = (
    FieldSpec("intervention_first", FIRST_OF_INTERVENTION, Kind.DATE),
    FieldSpec("intervention_last", LAST_OF_INTERVENTION, Kind.DATE),
)


def period_values(baseline: Period, intervention: Period) -> dict[str, date]:
    """Give the fields' values of two periods."""
    return {
        "baseline_first": baseline.first,
        "baseline_last": baseline.last,
        "intervention_first": intervention.first,
        "intervention_last": intervention.last,
    }


def read_period(form: FlaskForm, name: str, t: Translator) -> Period | None:
    """Read a validated form's period; None where a field is wrong, or with words where both are no period."""
    fields = form[f"{name}_first"], form[f"{name}_last"]
    first, last = (day_or_none(field.data) for field in fields)
    # A field that was not sent still has the value that it was offered with.
    if first is None or last is None or any(field.errors for field in fields):
        return None
    if last < first:
        say(form[f"{name}_last"], t(END_BEFORE_BEGIN.text, first=first.isoformat()))
        return None
    if last.year - first.year > MOST_YEARS:
        say(form[f"{name}_last"], t(TOO_LONG_A_PERIOD.text, years=MOST_YEARS))
        return None
    return Period(first, last)


def read_periods(form: FlaskForm, t: Translator) -> tuple[Period, Period] | None:
    """Read both periods of a form; None where a date is missing, one ends early, or they share a date."""
    baseline, intervention = (read_period(form, name, t) for name in ("baseline", "intervention"))
    if baseline is None or intervention is None:
        return None
    try:
        check_apart(baseline, intervention)
    except BadInput as refusal:
        say(form["intervention_first"], t(refusal.findings[0].problem))
        return None
    return baseline, intervention


def say(field: Field, words: str) -> None:
    """Put words beside a field."""
    field.errors = (*field.errors, words)
