"""What the pages of swaps choose from: ranked partners as rows, and what a form sent back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wardteam.domain.swaps import SwapDuty
from wardteam.services.swap_effect import NurseEffect, effect_of
from wardteam.services.swap_partners import Proposal
from wardteam.services.swap_scene import SwapScene

MOST_ROWS = 12


@dataclass(frozen=True)
class Choice:
    """A row to choose: the proposal, its value in the form, and what it does to the one who reads."""

    proposal: Proposal
    value: str
    own: NurseEffect


def choices(
    scene: SwapScene, proposals: Iterable[Proposal], giver: str, reader: str, *, most: int = MOST_ROWS
) -> tuple[Choice, ...]:
    """Give the first proposals with what each does to the reader alone: the other's reasons are hers."""
    rows = []
    for proposal in tuple(proposals)[:most]:
        nurses = scene.nurse(giver), scene.nurse(proposal.partner)
        if nurses[0] is not None and nurses[1] is not None:
            effect = effect_of(scene, (nurses[0], nurses[1]), proposal.choices)
            rows.append(Choice(proposal, value_of(proposal), effect.of(reader)))
    return tuple(rows)


def value_of(proposal: Proposal) -> str:
    """Write a proposal as one value: the colleague, then each duty in return."""
    return " ".join((proposal.partner, *(f"{duty.day.isoformat()}={duty.code}" for duty in proposal.takes)))


def read_choice(value: str) -> tuple[str, tuple[SwapDuty, ...]]:
    """Read a value back; ValueError where it is none."""
    partner, *duties = value.split()
    pairs = (duty.partition("=") for duty in duties)
    return partner, tuple(SwapDuty(date.fromisoformat(day), code) for day, _, code in pairs)


def read_days(values: Sequence[str]) -> tuple[date, ...]:
    """Read dates of a form or an address; ValueError where one is none."""
    return tuple(sorted({date.fromisoformat(value) for value in values}))
