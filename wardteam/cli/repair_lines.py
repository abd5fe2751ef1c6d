"""A repair's ways, as lines for people and as plain data for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wardteam.domain.roster import CellKey, RosterCell
from wardteam.errors import Message
from wardteam.services.repair_words import (
    balance_line,
    headline,
    kind_words,
    missing_line,
    open_post_line,
    step_line,
)

if TYPE_CHECKING:
    from wardteam.cli.screen import Screen
    from wardteam.services.repair import Proposal
    from wardteam.services.repair_effects import Option

MOST_BEDS = 12


def show(screen: Screen, proposal: Proposal) -> None:
    """Show the ways, the best first."""
    screen.record(proposal.record)
    if not proposal.options:
        screen.warn(headline(proposal))
        return
    screen.line(headline(proposal))
    for number, option in enumerate(proposal.options, start=1):
        screen.heading(
            "{number}. {kind}: {price} points", number=number, kind=kind_words(option), price=option.price
        )
        _show_option(screen, option)


def _show_option(screen: Screen, option: Option) -> None:
    screen.list([step_line(step) for step in option.steps])
    screen.list([balance_line(person) for person in option.people])
    screen.list([open_post_line(post) for post in option.open_posts])
    if option.missing and not option.open_posts:
        screen.warn(missing_line(option))
    screen.list(option.shortages)
    if option.bent:
        screen.line("Rules bent, with their points:")
        screen.list([Message("{rule} (+{points})", rule=b.words, points=b.price) for b in option.bent])
    if option.covers:
        screen.line("Beds that change hands: {count}", count=len(option.covers))
        rows = [(c.day, c.bed, c.old or "–", c.new or "–") for c in option.covers[:MOST_BEDS]]
        screen.table(("Day", "Bed", "Before", "Afterwards"), rows)
    screen.list(option.notes)


def plain(proposal: Proposal) -> dict[str, object]:
    """Give a proposal for programs."""
    return {
        "first": proposal.period.first,
        "last": proposal.period.last,
        "version": proposal.version,
        "is_proven": proposal.is_proven,
        "is_impossible": proposal.is_impossible,
        "record": proposal.record,
        "lost": _cells(proposal.lost),
        "options": [_option(number, option) for number, option in enumerate(proposal.options, start=1)],
    }


def _option(number: int, option: Option) -> dict[str, object]:
    shown = {name: getattr(option, name) for name in type(option).__dataclass_fields__}
    shown |= {"number": number, "cells": _cells(option.cells)}
    del shown["expected"]
    return shown


def _cells(cells: Mapping[CellKey, RosterCell]) -> list[dict[str, object]]:
    return [
        {"staff_no": who, "day": day, "code": cell.code, "post": cell.post, "team": cell.team}
        for (who, day), cell in sorted(cells.items())
    ]
