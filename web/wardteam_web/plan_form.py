"""The form of a plan: its fields, their values of a plan, and the plan that they say."""

from __future__ import annotations

from dataclasses import replace

from flask_wtf import FlaskForm

from wardteam.domain.study import (
    SHARES,
    ArrivalTest,
    BellTest,
    Duration,
    Exclusion,
    MeasureKind,
    StudyPeriod,
    StudyPlan,
)
from wardteam.errors import Message, Named
from wardteam.i18n import Translator
from wardteam.stats.comparison import MEASURE_NAMES
from wardteam_web.forms import FieldSpec, Kind, enum_choices
from wardteam_web.records.page import Values
from wardteam_web.study_form import BASELINE_FIELDS, INTERVENTION_FIELDS, period_values, read_periods

REASON = Message("Why it is changed")
TARGETS: dict[MeasureKind, Message] = {
    MeasureKind.BELLS: Message("Bells per 100 patient-days, at most"),
    MeasureKind.ARRIVAL: Message("Median arrival, seconds, at most"),
    MeasureKind.SATISFACTION: Message("Satisfied, %, at least"),
    MeasureKind.AWARENESS: Message("Aware, %, at least"),
}
NAME_FIELDS = (
    FieldSpec("name", Message("Name in Chinese")),
    FieldSpec("name_en", Message("Name in English"), is_required=False),
)
SECTIONS: tuple[tuple[Message, tuple[str, ...]], ...] = (
    (Message("Name of the comparison"), ("name", "name_en")),
    (
        Message("Periods compared"),
        (
            *("baseline_first", "baseline_last", "baseline_name", "baseline_name_en"),
            *("intervention_first", "intervention_last", "intervention_name", "intervention_name_en"),
        ),
    ),
    (Message("Measures and tests"), ("primary", "duration", "bell_test", "arrival_test", "target_seconds")),
    (Message("Left out"), tuple(f"without_{exclusion.value}" for exclusion in Exclusion)),
    (Message("Targets"), tuple(f"target_{kind.value}" for kind in MeasureKind)),
    (Message("Reason"), ("reason",)),
)
"""The form's fields in their sections; a field that the form doesn't have is passed over."""


def plan_fields(t: Translator, *, is_locked: bool) -> list[FieldSpec]:
    """Give the fields; a locked plan's change needs a reason."""
    measures = [(kind.value, t(MEASURE_NAMES[kind])) for kind in MeasureKind]
    return [
        *NAME_FIELDS,
        *_period_fields(),
        FieldSpec(
            "primary",
            Message("Primary measure"),
            Kind.CHOICE,
            choices=measures,
            hint=Message("Declared before looking; Holm's correction is over the other three."),
        ),
        FieldSpec(
            "duration", Message("Which time of a call"), Kind.CHOICE, choices=enum_choices(Duration, t)
        ),
        FieldSpec("bell_test", Message("Test of bells"), Kind.CHOICE, choices=enum_choices(BellTest, t)),
        FieldSpec(
            "arrival_test",
            Message("Test of arrival times"),
            Kind.CHOICE,
            choices=enum_choices(ArrivalTest, t),
        ),
        FieldSpec(
            "target_seconds",
            Message("Arrival aimed at, s"),
            Kind.DECIMAL,
            low=1,
            high=7200,
            hint=Message("The share of calls within it is shown."),
        ),
        *(_exclusion(exclusion, t) for exclusion in Exclusion),
        *(_target(kind) for kind in MeasureKind),
        *([FieldSpec("reason", REASON, Kind.LONG)] if is_locked else []),
    ]


def plan_values(plan: StudyPlan) -> Values:
    """Give the fields' values of a plan."""
    targets = {
        f"target_{kind.value}": 100 * target if kind in SHARES else target
        for kind, target in plan.targets.items()
    }
    return {
        **period_values(plan.baseline.span, plan.intervention.span),
        **targets,
        **{f"without_{exclusion.value}": exclusion in plan.exclusions for exclusion in Exclusion},
        "name": plan.name.zh,
        "name_en": plan.name.en,
        "baseline_name": plan.baseline.name,
        "baseline_name_en": plan.baseline.name_en,
        "intervention_name": plan.intervention.name,
        "intervention_name_en": plan.intervention.name_en,
        "primary": plan.primary.value,
        "duration": plan.duration.value,
        "bell_test": plan.bell_test.value,
        "arrival_test": plan.arrival_test.value,
        "target_seconds": plan.target_seconds,
    }


def read_plan(form: FlaskForm, before: StudyPlan, t: Translator) -> StudyPlan | None:
    """Give the plan that a sent form says; None with the words beside the fields where it is none."""
    is_filled = form.validate()
    spans = read_periods(form, t)
    if not is_filled or spans is None:
        return None
    values = form.data
    baseline, intervention = (
        StudyPeriod(values[f"{name}_name"], values[f"{name}_name_en"] or "", span)
        for name, span in zip(("baseline", "intervention"), spans, strict=True)
    )
    return replace(
        before,
        name=Named(values["name"], values["name_en"] or ""),
        baseline=baseline,
        intervention=intervention,
        primary=MeasureKind(values["primary"]),
        duration=Duration(values["duration"]),
        bell_test=BellTest(values["bell_test"]),
        arrival_test=ArrivalTest(values["arrival_test"]),
        exclusions=tuple(e for e in Exclusion if values[f"without_{e.value}"]),
        targets=_read_targets(values),
        target_seconds=float(values["target_seconds"]),
    )


def _read_targets(values: Values) -> dict[MeasureKind, float]:
    given = {kind: values[f"target_{kind.value}"] for kind in MeasureKind}
    return {
        kind: value / 100 if kind in SHARES else float(value)
        for kind, value in given.items()
        if value is not None
    }


def _period_fields() -> list[FieldSpec]:
    return [
        *BASELINE_FIELDS,
        FieldSpec("baseline_name", Message("Baseline's name in Chinese")),
        FieldSpec("baseline_name_en", Message("Baseline's name in English"), is_required=False),
        *INTERVENTION_FIELDS,
        FieldSpec("intervention_name", Message("Intervention's name in Chinese")),
        FieldSpec("intervention_name_en", Message("Intervention's name in English"), is_required=False),
    ]


def _exclusion(exclusion: Exclusion, t: Translator) -> FieldSpec:
    label = Message("{exclusion}", exclusion=t.show(exclusion))
    return FieldSpec(f"without_{exclusion.value}", label, Kind.CHECK, is_required=False)


def _target(kind: MeasureKind) -> FieldSpec:
    is_share = kind in SHARES
    high = 100 if is_share else 10_000
    return FieldSpec(
        f"target_{kind.value}",
        TARGETS[kind],
        Kind.DECIMAL,
        is_required=False,
        low=0.1,
        high=high,
    )
