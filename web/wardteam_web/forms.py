"""Forms: fields described once, made for a request in its language by WTForms, rendered by one macro."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FloatField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from wardteam.domain.labels import label
from wardteam.errors import Message, WardteamError
from wardteam.i18n import Translator

LONGEST_TEXT = 200
LONGEST_PARAGRAPH = 4000
MOST = 1_000_000
REQUIRED = Message("This has to be filled in.")
NOT_A_DATE = Message("A date such as 2026-12-01 was expected.")
NOT_WHOLE = Message("A whole number was expected.")
NOT_A_NUMBER = Message("A number was expected.")
NOT_OFFERED = Message("This is not one of the choices.")
OUT_OF_RANGE = Message("A number from {low} to {high} was expected.")
CHOOSE = Message("Please choose")
TOO_LONG = Message("At most {most} characters fit here.")

Choices = Sequence[tuple[str, str]]


class Kind(StrEnum):
    """What a field holds."""

    DATE = "date"
    TEXT = "text"
    LONG = "long"
    WHOLE = "whole"
    DECIMAL = "decimal"
    CHOICE = "choice"
    MANY = "many"
    CHECK = "check"


@dataclass(frozen=True)
class FieldSpec:
    """One field: its name in the form, label, kind, and what it accepts.

    `choices` (value, words) are given for CHOICE and MANY; `low` and `high` bound numbers.
    """

    name: str
    label: Message
    kind: Kind = Kind.TEXT
    is_required: bool = True
    choices: Choices = ()
    hint: Message | None = None
    low: float = 0
    high: float = MOST


def enum_choices(kind: type[Enum], t: Translator, *, empty: Message | None = None) -> Choices:
    """Give an enum's values as choices, with an empty one first where `empty` words it."""
    first = [("", t(empty))] if empty is not None else []
    return [*first, *((str(value.value), t(label(value))) for value in kind)]


def make_form(
    specs: Sequence[FieldSpec],
    t: Translator,
    values: Mapping[str, Any] | None = None,
    *,
    asked: MultiDict[str, str] | None = None,
) -> FlaskForm:
    """Make the form of these fields in a language, filled with values until something was sent.

    `asked` is the address's own query, for a form that only asks and writes nothing.
    """
    fields = {spec.name: _MAKERS[spec.kind](spec, t) for spec in specs}
    sent = {} if asked is None else {"formdata": asked}
    made: FlaskForm = type("MadeForm", (_Form,), fields)(data=dict(values or {}), **sent)
    return made


def refuse(form: FlaskForm, refusal: WardteamError, t: Translator) -> tuple[str, ...]:
    """Put a refusal's findings beside their fields; give the words of those that belong to none."""
    rest = []
    for finding in getattr(refusal, "findings", ()):
        words = t(finding.problem)
        if finding.column in form:
            form[finding.column].errors = (*form[finding.column].errors, words)
        else:
            rest.append(words)
    if not getattr(refusal, "findings", ()):
        rest.append(t(refusal.message))
    return tuple(rest)


class _Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The base of all made forms; the token is checked for the whole application."""

    class Meta:
        """Token checking is the application's."""

        csrf = False


class _Worded:
    """Says in our words what a field expected."""

    words: str

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the value, with our words where it can't be read."""
        try:
            super().process_formdata([value.strip() for value in valuelist])  # type: ignore[misc]  # a mixin
        except ValueError as error:
            raise ValueError(self.words) from error


class _Date(_Worded, DateField):  # type: ignore[misc]  # WTForms ships no types
    pass


class _Whole(_Worded, IntegerField):  # type: ignore[misc]  # the same
    pass


class _Decimal(_Worded, FloatField):  # type: ignore[misc]  # the same
    pass


class _Choice(SelectField):  # type: ignore[misc]  # the same
    words: str

    def pre_validate(self, form: object) -> None:  # noqa: ARG002  # WTForms' form
        """Refuse what was not offered."""
        if self.data not in {choice.value for choice in self.choices}:
            raise ValidationError(self.words)


def _basics(spec: FieldSpec, t: Translator) -> dict[str, Any]:  # WTForms' keywords
    first = InputRequired(t(REQUIRED)) if spec.is_required else Optional()
    return {"label": t(spec.label), "validators": [first], "description": t(spec.hint) if spec.hint else ""}


def _worded(kind: type[Field], words: str) -> type[Field]:
    return type(kind.__name__, (kind,), {"words": words})


def _date(spec: FieldSpec, t: Translator) -> Field:
    basics = _basics(spec, t)
    return _worded(_Date, t(NOT_A_DATE))(**basics)


def _text(spec: FieldSpec, t: Translator) -> Field:
    is_long = spec.kind is Kind.LONG
    most = LONGEST_PARAGRAPH if is_long else LONGEST_TEXT
    basics = _basics(spec, t)
    basics["validators"].append(Length(max=most, message=t(TOO_LONG.text, most=most)))
    return (TextAreaField if is_long else StringField)(**basics, filters=[_stripped])


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _number(spec: FieldSpec, t: Translator) -> Field:
    basics = _basics(spec, t)
    message = t(OUT_OF_RANGE.text, low=f"{spec.low:g}", high=f"{spec.high:g}")
    basics["validators"].append(NumberRange(spec.low, spec.high, message))
    if spec.kind is Kind.WHOLE:
        return _worded(_Whole, t(NOT_WHOLE))(**basics)
    return _worded(_Decimal, t(NOT_A_NUMBER))(**basics)


def _offered(spec: FieldSpec) -> list[SelectChoice]:
    return [SelectChoice(value, words) for value, words in spec.choices]


def _choice(spec: FieldSpec, t: Translator) -> Field:
    return _worded(_Choice, t(NOT_OFFERED))(**_basics(spec, t), choices=_offered(spec))


def _many(spec: FieldSpec, t: Translator) -> Field:
    return SelectMultipleField(**_basics(spec, t), choices=_offered(spec))


def _check(spec: FieldSpec, t: Translator) -> Field:
    return BooleanField(**{**_basics(spec, t), "validators": []})


_MAKERS: dict[Kind, Callable[[FieldSpec, Translator], Field]] = {
    Kind.DATE: _date,
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.WHOLE: _number,
    Kind.DECIMAL: _number,
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
    Kind.CHECK: _check,
}


def day_or_none(value: object) -> date | None:
    """Give a date field's value."""
    return value if isinstance(value, date) else None
