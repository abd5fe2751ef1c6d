"""Swaps in words on the screen: who could take a duty, what an exchange does, the list of requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wardteam.cli.screen import Screen
from wardteam.domain.swaps import Swap
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.services.swap_effect import Bent, Effect
from wardteam.services.swap_partners import Proposal
from wardteam.services.swap_standing import ListedSwap, name_of
from wardteam.services.swap_words import named_duties

NOTHING = Message("nothing")
MOST_SHOWN = 20


def show_proposals(screen: Screen, book: WardBook, proposals: Sequence[Proposal]) -> None:
    """List who could take the offered duties, best first."""
    if not proposals:
        screen.warn("Under the ward's rules no colleague can take these duties.")
        return
    rows = [
        (
            place,
            name_of(book, p.partner),
            p.partner,
            named_duties(book, p.takes) or NOTHING,
            remarks(p),
            f"{p.price:+d}" if p.price else "0",
        )
        for place, p in enumerate(proposals[:MOST_SHOWN], start=1)
    ]
    headings = ("No.", "Nurse", "Staff number", "Gives in return", "Remarks", "Price")
    screen.table(headings, rows, right=(0, 5))
    if len(proposals) > MOST_SHOWN:
        screen.line("    and {count} more.", count=len(proposals) - MOST_SHOWN)


def remarks(proposal: Proposal) -> tuple[Message, ...]:
    """Say of a colleague whether she is of the same team, and on call."""
    same, on_call = Message("same team"), Message("on call that day")
    return (*((same,) if proposal.is_same_team else ()), *((on_call,) if proposal.is_on_call else ()))


def show_effect(screen: Screen, effect: Effect) -> None:
    """Say what an exchange does to the two and to the ward."""
    for nurse in effect.nurses:
        counts = tuple(
            Message("{measure} {before} → {after}", measure=c.measure, before=c.before, after=c.after)
            for c in nurse.counts
        )
        hours = f"{nurse.minutes / 60:+g}" if nurse.minutes else "0"
        screen.line("{name}: hours {hours}, price {price}", name=nurse.name, hours=hours, price=nurse.price)
        screen.list([*counts, *(priced(bent) for bent in nurse.bent)])
    if effect.ward:
        screen.line("The ward:")
        screen.list([priced(bent) for bent in effect.ward])
    for breach in (*effect.hard, *effect.short):
        screen.warn(breach.words)
    screen.line("Price of the exchange in all: {price}", price=effect.price)


def priced(bent: Bent) -> Message:
    """Give a bent rule with its price; one that is no longer bent is said to be mended."""
    if bent.price < 0:
        return Message("Eased by {points}: {rule}", points=-bent.price, rule=bent.words)
    return Message("{rule} (+{points})", rule=bent.words, points=bent.price)


def show_list(screen: Screen, book: WardBook, listed: Sequence[ListedSwap]) -> None:
    """List swap requests, the newest step first."""
    rows = [
        (
            one.swap.code,
            name_of(book, one.swap.staff_no),
            named_duties(book, one.swap.gives),
            name_of(book, one.swap.partner) if one.swap.partner else asked(book, one.swap),
            named_duties(book, one.swap.takes or one.swap.asks) or NOTHING,
            one.state,
        )
        for one in listed
    ]
    if rows:
        screen.table(("Swap", "Offered by", "Gives", "To", "In return", "State"), rows)
    else:
        screen.line("There are no swap requests.")


def asked(book: WardBook, swap: Swap) -> object:
    """Name the colleagues who are asked, or say that everybody is."""
    return tuple(name_of(book, one) for one in swap.to) or Message("everybody")


def plain_effect(effect: Effect | None) -> Mapping[str, object] | None:
    """Give an effect for programs."""
    if effect is None:
        return None
    cells = [
        {"staff_no": who, "day": day, "code": cell.code, "post": cell.post}
        for (who, day), cell in effect.cells.items()
    ]
    return {
        "is_allowed": effect.is_allowed,
        "price": effect.price,
        "nurses": effect.nurses,
        "ward": effect.ward,
        "hard": effect.hard,
        "short": effect.short,
        "cells": cells,
    }
