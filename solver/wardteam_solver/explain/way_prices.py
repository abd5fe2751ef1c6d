"""What a way out costs: one visible table on one scale, each line with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam.errors import Message
from wardteam_solver.explain.clash import WayKind


@dataclass(frozen=True)
class WayPrice:
    """The price of one unit of a change; `rules` narrows it to some, else it is for all the others."""

    kind: WayKind
    points: int
    unit: Message
    reason: Message
    rules: tuple[str, ...] = ()


FOR_PATIENTS = (
    "staffing", "double_staffing", "clock_staffing", "bed_capacity", "seniority", "first_years_apart",
)  # fmt: skip
FOR_REST = (
    "rest", "off_after_nights", "second_day_off_after_nights", "days_in_a_row", "nights_in_a_row",
    "free_weekend",
)  # fmt: skip

WAY_PRICES = (
    WayPrice(
        WayKind.UNLOCK,
        10,
        Message("a cell unlocked"),
        Message("The head nurse locked it herself, and may lock another."),
    ),
    WayPrice(
        WayKind.BEND,
        50,
        Message("a nurse too many on a shift"),
        Message("It costs hours, and harms nobody."),
        ("maximum_staffing",),
    ),
    WayPrice(
        WayKind.BEND, 100, Message("one exception from another rule"), Message("It is unpleasant, once.")
    ),
    WayPrice(
        WayKind.BEND,
        200,
        Message("one exception from a rule that gives nurses rest"),
        Message("One nurse rests less, once."),
        FOR_REST,
    ),
    WayPrice(
        WayKind.LIFT_LEAVE,
        300,
        Message("a day of leave moved"),
        Message("Granted leave is a promise; it is moved only if she agrees."),
    ),
    WayPrice(
        WayKind.BORROW,
        500,
        Message("a duty by a borrowed nurse"),
        Message("Another ward lends a nurse and is short of her itself."),
    ),
    WayPrice(
        WayKind.BEND,
        600,
        Message("a nurse or a bed short of a rule that guards patients"),
        Message("Patients bear it; borrowing a nurse comes first."),
        FOR_PATIENTS,
    ),
    WayPrice(
        WayKind.SWITCH_OFF,
        3000,
        Message("a rule switched off for the whole period, its exceptions added"),
        Message("Nobody is protected by it any more; lending a few nurses comes first."),
    ),
)
"""The table, from cheap to dear."""


def unit_points(kind: WayKind, rule: str) -> int:
    """Give the price of one unit; a rule that is switched off is bent as often as it is missed."""
    of_kind = [p for p in WAY_PRICES if p.kind is (WayKind.BEND if kind is WayKind.SWITCH_OFF else kind)]
    named = (price for price in of_kind if rule in price.rules)
    return next(named, next(price for price in of_kind if not price.rules)).points


def fixed_points(kind: WayKind) -> int:
    """Give what a change costs once, however often it is used."""
    return next((p.points for p in WAY_PRICES if p.kind is kind is WayKind.SWITCH_OFF), 0)
