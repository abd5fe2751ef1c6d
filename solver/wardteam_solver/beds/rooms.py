"""First stage of the bed plan: which team gets which rooms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from wardteam_solver.beds.case import BedCase, BedState
from wardteam_solver.lexicographic import SolveLimits, Stage, StagedResult, minimise_in_stages

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    Choice = Mapping[tuple[int, int], cp_model.IntVar]

Unit = tuple[BedState, ...]
"""Beds that go to one team together: a room, or a single bed."""

BED_OVER, LEVEL_GAP = 10, 10


@dataclass(frozen=True)
class RoomPlan:
    """Each team's beds, and how the solve ended."""

    beds: Mapping[int, tuple[BedState, ...]]
    result: StagedResult


def rooms_to_teams(case: BedCase, limits: SolveLimits) -> RoomPlan | None:
    """Give whole rooms to teams; only where that alone breaks a limit are rooms divided."""
    rooms = dict[str, list[BedState]]()
    for bed in case.beds:
        rooms.setdefault(bed.room, []).append(bed)
    whole = _solve(case, [tuple(beds) for beds in rooms.values()], limits)
    if whole is None or len(rooms) == len(case.beds) or _misfit(whole) <= unavoidable(case):
        return whole
    divided = _solve(case, [(bed,) for bed in case.beds], limits)
    return whole if divided is None or _misfit(divided) >= _misfit(whole) else divided


def unavoidable(case: BedCase) -> int:
    """Give the misfit that no assignment can avoid, by counting the ward's beds and patients."""
    over = len(case.beds) - sum(case.most(t) for t in case.teams)
    under = sum(case.least(t) for t in case.teams) - sum(bed.is_occupied for bed in case.beds)
    return BED_OVER * max(0, over) + max(0, under)


def _misfit(plan: RoomPlan) -> int:
    return plan.result.stages[0].objective or 0


def _solve(case: BedCase, units: list[Unit], limits: SolveLimits) -> RoomPlan | None:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    gets = {(u, t): model.new_bool_var("") for u in range(len(units)) for t in case.teams}
    for u in range(len(units)):
        model.add_exactly_one(gets[u, t] for t in case.teams)
    if _is_interchangeable(case):
        _number_along_corridor(model, case, gets, len(units))
    found = [
        Stage("rooms: fit", _misfit_terms(model, case, units, gets)),
        *_whole_rooms(model, case, units, gets),
        Stage("rooms: workload", _load_spread(model, case, units, gets)),
        Stage("rooms: neighbours", _breaks(model, case, gets, len(units))),
    ]
    if case.home:
        found.append(Stage("rooms: beds that change team", _changes(case, units, gets)))
    result = minimise_in_stages(model, found, limits)
    if not result.values:
        return None
    beds = {t: tuple(b for u, unit in enumerate(units) if result.is_true(gets[u, t]) for b in unit)
            for t in case.teams}  # fmt: skip
    return RoomPlan(beds, result)


def _is_interchangeable(case: BedCase) -> bool:
    """Whether the teams differ in nothing but their numbers."""
    kinds = {
        (case.most(t), case.least(t), *(case.most_of_level(t, level) for level in case.levels))
        for t in case.teams
    }
    return not case.home and len(kinds) == 1


def _number_along_corridor(model: cp_model.CpModel, case: BedCase, gets: Choice, count: int) -> None:
    for u in range(count):
        for before, team in pairwise(case.teams):
            model.add_bool_or([~gets[u, team], *(gets[earlier, before] for earlier in range(u))])


def _misfit_terms(
    model: cp_model.CpModel, case: BedCase, units: list[Unit], gets: Choice
) -> cp_model.LinearExprT:
    """Price beds above a team's places, patients below its least, and places of a level that lack."""
    terms: list[cp_model.LinearExprT] = []
    total = len(case.beds)
    for t in case.teams:
        over, under = model.new_int_var(0, total, ""), model.new_int_var(0, case.least(t), "")
        model.add(sum(len(unit) * gets[u, t] for u, unit in enumerate(units)) - over <= case.most(t))
        patients = [sum(bed.is_occupied for bed in unit) for unit in units]
        model.add(sum(n * gets[u, t] for u, n in enumerate(patients)) + under >= case.least(t))
        terms += [BED_OVER * over, under]
        for level in case.levels:
            asking = [sum(bed.minimum_level >= level for bed in unit) for unit in units]
            gap = model.new_int_var(0, total, "")
            places = case.most_of_level(t, level)
            model.add(sum(n * gets[u, t] for u, n in enumerate(asking)) - gap <= places)
            terms.append(LEVEL_GAP * gap)
    return sum(terms)


def _whole_rooms(model: cp_model.CpModel, case: BedCase, units: list[Unit], gets: Choice) -> list[Stage]:
    """Count the teams in each room, where units are single beds."""
    rooms = dict[str, list[int]]()
    for u, unit in enumerate(units):
        rooms.setdefault(unit[0].room, []).append(u)
    if len(rooms) == len(units):
        return []
    flags = []
    for members in rooms.values():
        for t in case.teams:
            flag = model.new_bool_var("")
            flags.append(flag)
            for u in members:
                model.add_implication(gets[u, t], flag)
    return [Stage("rooms: kept whole", sum(flags) - len(rooms))]


def _breaks(model: cp_model.CpModel, case: BedCase, gets: Choice, count: int) -> cp_model.LinearExprT:
    """Count the places along the corridor where the team changes."""
    cuts = []
    for u in range(count - 1):
        cut = model.new_bool_var("")
        cuts.append(cut)
        for t in case.teams:
            model.add_implication(gets[u, t], gets[u + 1, t]).only_enforce_if(~cut)
    used = []
    for t in case.teams:
        flag = model.new_bool_var("")
        used.append(flag)
        model.add_max_equality(flag, [gets[u, t] for u in range(count)])
    # Redundant, but without it the least number of breaks is hard to prove.
    model.add(sum(cuts) + 1 >= sum(used))
    return sum(cuts)


def _load_spread(
    model: cp_model.CpModel, case: BedCase, units: list[Unit], gets: Choice
) -> cp_model.LinearExprT:
    """Measure by how many quarters of a mean team's workload the teams differ, each by its share of places.

    The first quarter is free: rooms come whole, and a finer balance is not worth a broken row of rooms
    or a bed that changes hands.
    """
    places, load = sum(case.most(t) for t in case.teams), sum(bed.load for bed in case.beds)
    reach = places * load
    low, high = model.new_int_var(-reach, reach, ""), model.new_int_var(-reach, reach, "")
    for t in case.teams:
        own = sum(places * sum(bed.load for bed in unit) * gets[u, t] for u, unit in enumerate(units))
        model.add(own - load * case.most(t) >= low)
        model.add(own - load * case.most(t) <= high)
    unit = max(1, places * load // (4 * len(case.teams)))
    steps = model.new_int_var(1, 2 * reach // unit + 1, "")
    model.add(high - low <= unit * steps)
    return steps


def _changes(case: BedCase, units: list[Unit], gets: Choice) -> cp_model.LinearExprT:
    homes = ((u, case.home.get(bed.code)) for u, unit in enumerate(units) for bed in unit)
    return sum(1 - gets[u, team] for u, team in homes if team in case.teams)
