"""A repair's ways in words, the same on the command line and on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wardteam.domain.roster import RosterCell
from wardteam.domain.shifts import LeaveKind
from wardteam.domain.ward import WardBook
from wardteam.errors import Message, Named

if TYPE_CHECKING:
    from wardteam.services.repair import Proposal
    from wardteam.services.repair_effects import OpenPost, Option, PersonEffect, Step

KINDS = {
    "nothing": Message("Nobody else is needed"),
    "move": Message("Somebody on duty moves to another shift or post"),
    "call_in": Message("Call in who is on call"),
    "day_off": Message("Somebody comes in on her day off"),
    "other_team": Message("Another team helps for the day"),
    "other_ward": Message("Borrow from another ward, nobody changes"),
}


def kind_words(option: Option) -> Message:
    """Say what kind of way it is."""
    return KINDS[option.kind.value]


def headline(proposal: Proposal) -> Message:
    """Say what was found, and how sure that is."""
    if not proposal.options:
        if proposal.is_impossible:
            return Message("No way keeps the hard rules. Allow locked cells to change, or borrow a nurse.")
        return Message("No way was found in this time, and none was proven impossible.")
    if proposal.is_proven:
        return Message("The first way is proven to leave the least shortage and to disturb the least.")
    return Message("The best found in this time; that nothing better exists is not proven.")


def cell_words(cell: RosterCell | None, shifts: dict[str, Named]) -> object:
    """Give a cell's shift and post in words; a day without duty is just off."""
    if cell is None or cell.code not in shifts:
        is_after_night = cell is not None and cell.code == LeaveKind.POST_NIGHT.value
        return Message("day after a night") if is_after_night else Message("off")
    if not cell.post:
        return shifts[cell.code]
    return Message("{shift} ({post})", shift=shifts[cell.code], post=cell.post)


def team_name(book: WardBook, number: int) -> Named:
    """Give a team's name; its number where it has none."""
    found = next((team for team in book.teams if team.number == number), None)
    if found is None or not found.name:
        return Named(str(number), str(number))
    return Named(found.name, found.name_en)


def step_line(step: Step) -> Message:
    """Say who changes what."""
    fields = {"nurse": step.name, "day": step.day, "old": step.old_words, "new": step.new_words}
    if step.was_on_call:
        return Message("{nurse}, {day}: {old} → {new}; she is on call", **fields)
    if step.days_off:
        return Message("{nurse}, {day}: {old} → {new}; her day off", **fields)
    return Message("{nurse}, {day}: {old} → {new}", **fields)


def balance_line(person: PersonEffect) -> Message:
    """Say what it means for one nurse's hours and shares."""
    counts = tuple(
        Message("{measure} {before} → {after}", measure=c.measure, before=c.before, after=c.after)
        for c in person.counts
    )
    fields = {
        "nurse": person.name,
        "before": person.minutes_before / 60,
        "after": person.minutes_after / 60,
        "balance": f"{person.balance_after / 60:+g}",
    }
    if not counts:
        return Message("{nurse}: {before} → {after} h, balance {balance} h", **fields)
    return Message("{nurse}: {before} → {after} h, balance {balance} h; {counts}", counts=counts, **fields)


def open_post_line(post: OpenPost) -> Message:
    """Say which post is open for a nurse of another ward."""
    words = Message("{shift} ({post})", shift=post.shift, post=post.post) if post.post else post.shift
    fields = {"day": post.day, "shift": words, "count": post.count}
    if post.team is None:
        return Message("{day}, {shift}: {count} to come from another ward", **fields)
    return Message("{day}, {shift}, {team}: {count} to come from another ward", team=post.team, **fields)


def missing_line(option: Option) -> Message:
    """Say how many nurses stay missing, and what that asks for."""
    return Message("Nurses still missing below the minimum: {count}", count=option.missing)
