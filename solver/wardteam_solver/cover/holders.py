"""Who holds each bed on each day: the owner, else a teammate within caps, else what is least bad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from wardteam.domain.beds import Cover, HolderKind
from wardteam.domain.roster import SolveRecord
from wardteam.domain.teams import Role
from wardteam.errors import Message
from wardteam_solver.beds.case import BedState
from wardteam_solver.cover.case import DayCase, Holder
from wardteam_solver.cover.notes import day_notes
from wardteam_solver.lexicographic import (
    DEFAULT_LIMITS,
    SolveLimits,
    Stage,
    StagedResult,
    minimise_in_stages,
    record_of,
)

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    Choice = Mapping[tuple[str, str], cp_model.IntVar]

LEVEL_GAP, FAR_OVER_CAP, OTHER_TEAM, OVER_CAP = 100, 3, 2, 1
"""Prices of what breaks a limit: a bed or two above a cap rather than a strange team, but not three."""

NOTHING_KEPT: Mapping[date, Mapping[str, str]] = MappingProxyType({})

GIVEN_UP, CHANGE = 30_000, 1_000
"""Price of an own bed that an owner on duty hands to a teammate, which only a short team may do, and of a
bed that changes its cover overnight; a difference of one in workload costs 1."""


@dataclass(frozen=True)
class HeldDays:
    """The holders of all days, what had to be broken, and the record of the solves."""

    covers: tuple[Cover, ...]
    notes: tuple[Message, ...]
    record: SolveRecord


def cover_days(
    days: Sequence[DayCase],
    limits: SolveLimits = DEFAULT_LIMITS,
    *,
    kept: Mapping[date, Mapping[str, str]] = NOTHING_KEPT,
) -> HeldDays:
    """Give every bed of every day one holder, day after day, so that cover lasts where it can.

    Parameters
    ----------
    kept
        Holders by bed that a day had already: these stay where they can, rather than those of the day before.
    """
    covers, notes, results, before = list[Cover](), list[Message](), list[StagedResult](), dict[str, str]()
    for case in days:
        holder_of, result = _hold_day(case, kept.get(case.day, before), limits)
        if result is not None:
            results.append(result)
        today = _covers(case, holder_of)
        covers += today
        notes += day_notes(case, today)
        before = holder_of
    figures = {
        "beds held": float(len(covers)),
        "beds covered": float(sum(cover.is_cover for cover in covers)),
        "above the cap": float(sum(cover.is_over_cap for cover in covers)),
        "other team": float(sum(cover.kind is HolderKind.OTHER_TEAM for cover in covers)),
    }
    return HeldDays(tuple(covers), tuple(notes), record_of("cover", results, limits, figures))


def _hold_day(
    case: DayCase, before: Mapping[str, str], limits: SolveLimits
) -> tuple[dict[str, str], StagedResult | None]:
    own, held = case.own_beds(), case.own_beds()
    loose, taken, short = _split(case, held)
    if not loose or not case.holders:
        return held, None
    if short - {None}:
        held = {bed: staff_no for bed, staff_no in own.items() if case.teams.get(bed) not in short}
        loose, taken, short = _split(case, held)
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    holds = {
        (bed.code, holder.staff_no): model.new_bool_var("")
        for bed in loose
        for holder in _candidates(case, bed, short)
    }
    for bed in loose:
        model.add_exactly_one(flag for (code, _), flag in holds.items() if code == bed.code)
    broken = _broken_limits(model, case, loose, holds, taken)
    costs = [
        *(GIVEN_UP * (1 - holds[pair]) for pair in case.owners.items() if pair in holds),
        *(CHANGE * (1 - holds[pair]) for pair in before.items() if pair in holds),
        *_load_spreads(model, case, held, holds),
    ]
    stages = [Stage("cover: beyond limits", sum(broken))] if broken else []
    stages.append(Stage("cover: handovers and workload", sum(costs)))
    result = minimise_in_stages(model, stages, limits)
    return held | {bed: s for (bed, s), flag in holds.items() if result.is_true(flag)}, result


def _split(case: DayCase, held: Mapping[str, str]) -> tuple[list[BedState], Counter[str], set[int | None]]:
    """Give the beds that nobody holds yet, how many each nurse holds, and the teams that are short."""
    loose = [bed for bed in case.beds if bed.code not in held]
    taken = Counter(held.values())
    return loose, taken, _short_teams(case, loose, taken)


def _short_teams(case: DayCase, loose: Sequence[BedState], taken: Counter[str]) -> set[int | None]:
    """Give the teams whose own nurses on duty can't take their loose beds within caps and levels.

    Levels are nested, so counting level by level is exact.
    """
    short: set[int | None] = {None}
    for team in {case.teams.get(bed.code) for bed in loose} - {None}:
        beds = [bed for bed in loose if case.teams.get(bed.code) == team]
        mates = [holder for holder in case.holders if holder.team == team]
        for level in {bed.minimum_level for bed in beds} | {min(bed.minimum_level for bed in beds)}:
            places = sum(max(0, m.most - taken[m.staff_no]) for m in mates if m.level >= level)
            if sum(bed.minimum_level >= level for bed in beds) > places:
                short.add(team)
    return short


def _candidates(case: DayCase, bed: BedState, short: set[int | None]) -> list[Holder]:
    team = case.teams.get(bed.code)
    return [holder for holder in case.holders if team in short or holder.team == team]


def _broken_limits(
    model: cp_model.CpModel,
    case: DayCase,
    loose: Sequence[BedState],
    holds: Choice,
    taken: Counter[str],
) -> list[cp_model.LinearExprT]:
    """Price levels too low, other teams' nurses, and beds above a cap."""
    costs: list[cp_model.LinearExprT] = []
    beds = {bed.code: bed for bed in loose}
    for holder in case.holders:
        own = {code: flag for (code, staff_no), flag in holds.items() if staff_no == holder.staff_no}
        for code, flag in own.items():
            if beds[code].minimum_level > holder.level:
                costs.append(LEVEL_GAP * flag)
            if case.teams.get(code) not in (None, holder.team):
                costs.append(OTHER_TEAM * flag)
        spare = max(0, holder.most - taken[holder.staff_no])
        if len(own) > spare:
            over, far = model.new_int_var(0, len(own), ""), model.new_int_var(0, len(own), "")
            model.add(sum(own.values()) - over <= spare)
            model.add(far >= over - 2)
            costs += [OVER_CAP * over, FAR_OVER_CAP * far]
    return costs


def _load_spreads(
    model: cp_model.CpModel, case: DayCase, held: Mapping[str, str], holds: Choice
) -> list[cp_model.LinearExprT]:
    """Measure in each team the difference between the highest and the lowest workload of the day."""
    load_of = {bed.code: bed.load for bed in case.beds}
    total = sum(load_of.values())
    spreads: list[cp_model.LinearExprT] = []
    for team in dict.fromkeys(holder.team for holder in case.holders):
        low, high = model.new_int_var(0, total, ""), model.new_int_var(0, total, "")
        for holder in [h for h in case.holders if h.team == team]:
            fixed = sum(load_of[bed] for bed, s in held.items() if s == holder.staff_no)
            own = [load_of[code] * flag for (code, s), flag in holds.items() if s == holder.staff_no]
            if holder.role is not Role.LEADER:
                model.add(sum(own) + fixed >= low)
            model.add(sum(own) + fixed <= high)
        spreads.append(high - low)
    return spreads


def _covers(case: DayCase, holder_of: Mapping[str, str]) -> list[Cover]:
    """Word the day's holders as cover; beds above a cap are a nurse's last ones, her own counted first."""
    holders = {holder.staff_no: holder for holder in case.holders}
    owned_first = sorted(case.beds, key=lambda bed: holder_of.get(bed.code) != case.owners.get(bed.code))
    seen, over = Counter[str](), set[str]()
    for bed in owned_first:
        if bed.code in holder_of:
            staff_no = holder_of[bed.code]
            seen[staff_no] += 1
            if seen[staff_no] > holders[staff_no].most:
                over.add(bed.code)
    return [
        Cover(
            case.day,
            bed.code,
            holder_of[bed.code],
            _kind(case, bed, holders[holder_of[bed.code]]),
            bed.code in over,
        )
        for bed in case.beds
        if bed.code in holder_of
    ]


def _kind(case: DayCase, bed: BedState, holder: Holder) -> HolderKind:
    if case.owners.get(bed.code) == holder.staff_no:
        return HolderKind.OWNER
    if holder.team is None or case.teams.get(bed.code) != holder.team:
        return HolderKind.OTHER_TEAM
    mates = {Role.LEADER: HolderKind.LEADER, Role.DEPUTY: HolderKind.DEPUTY}
    return mates.get(holder.role, HolderKind.TEAMMATE)
