"""What a day's cover had to break, in words with names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wardteam.domain.beds import Cover, HolderKind
from wardteam.errors import Message
from wardteam_solver.cover.case import DayCase


def day_notes(case: DayCase, covers: Sequence[Cover]) -> tuple[Message, ...]:
    """Name beds without a holder, overloads, help from other teams, and levels too low."""
    if not case.holders:
        return (Message("{day}: nobody is on duty who could hold a bed.", day=case.day),)
    return (*_overloads(case, covers), *_strangers(case, covers), *_levels(case, covers))


def _overloads(case: DayCase, covers: Sequence[Cover]) -> list[Message]:
    counts = Counter(cover.staff_no for cover in covers)
    return [
        Message(
            "{day}: {name} holds {beds} beds, {over} above the cover cap of {most}.",
            day=case.day,
            name=holder.name,
            beds=counts[holder.staff_no],
            over=counts[holder.staff_no] - holder.most,
            most=holder.most,
        )
        for holder in case.holders
        if counts[holder.staff_no] > holder.most
    ]


def _strangers(case: DayCase, covers: Sequence[Cover]) -> list[Message]:
    names = {holder.staff_no: holder.name for holder in case.holders}
    helped = [cover for cover in covers if cover.kind is HolderKind.OTHER_TEAM]
    found = []
    for team in sorted({case.teams[cover.bed] for cover in helped if cover.bed in case.teams}):
        mine = [cover for cover in helped if case.teams.get(cover.bed) == team]
        found.append(
            Message(
                "{day}: beds {beds} of team {team} are held by {names} of another team.",
                day=case.day,
                beds=tuple(cover.bed for cover in mine),
                team=team,
                names=tuple(dict.fromkeys(names[cover.staff_no] for cover in mine)),
            )
        )
    return found


def _levels(case: DayCase, covers: Sequence[Cover]) -> list[Message]:
    levels = {holder.staff_no: holder.level for holder in case.holders}
    least = {bed.code: bed.minimum_level for bed in case.beds}
    return [
        Message(
            "{day}: bed {bed} needs a nurse of level {level} or higher; nobody with that level was free.",
            day=case.day,
            bed=cover.bed,
            level=least[cover.bed],
        )
        for cover in covers
        if least[cover.bed] > levels[cover.staff_no]
    ]
