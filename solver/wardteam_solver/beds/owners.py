"""Second stage of the bed plan: which nurse of the team owns which of its beds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wardteam.domain.shifts import Post
from wardteam_solver.beds.case import BedCase, BedState, Owner
from wardteam_solver.lexicographic import SolveLimits, Stage, StagedResult, minimise_in_stages

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    Choice = Mapping[tuple[str, str], cp_model.IntVar]


def beds_to_owners(
    case: BedCase, beds: tuple[BedState, ...], owners: tuple[Owner, ...], limits: SolveLimits
) -> tuple[dict[str, str], StagedResult]:
    """Give each bed of one team its owner; the answer maps bed to staff number."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    owns = {(b.code, o.staff_no): model.new_bool_var("") for b in beds for o in owners}
    for bed in beds:
        model.add_exactly_one(owns[bed.code, o.staff_no] for o in owners)
    found = [
        Stage("owners: fit", _misfit(model, beds, owners, owns)),
        Stage("owners: workload", _load_spread(model, beds, owners, owns, steps_a_bed=1)),
    ]
    kept = [(b.code, case.present[b.code]) for b in beds if (b.code, case.present.get(b.code)) in owns]
    if kept:
        found.append(Stage("owners: beds that change owner", sum(1 - owns[pair] for pair in kept)))
    found.append(Stage("owners: rooms kept whole", _rooms_shared(model, beds, owners, owns)))
    found.append(Stage("owners: workload, finely", _load_spread(model, beds, owners, owns, steps_a_bed=3)))
    hint = {owns[pair].index: 1 for pair in kept}
    result = minimise_in_stages(model, found, limits, hint=hint)
    return {b: s for (b, s), flag in owns.items() if result.values and result.is_true(flag)}, result


def _misfit(
    model: cp_model.CpModel, beds: tuple[BedState, ...], owners: tuple[Owner, ...], owns: Choice
) -> cp_model.LinearExprT:
    """Price beds above an owner's cap (a leader's first), patients below her least, and levels too low."""
    terms: list[cp_model.LinearExprT] = []
    for owner in owners:
        over, under = model.new_int_var(0, len(beds), ""), model.new_int_var(0, owner.least, "")
        far_over = model.new_int_var(0, len(beds), "")
        model.add(far_over >= over - 1)
        counted = [b for b in beds if b.is_occupied or owner.post is Post.LEADER]
        model.add(sum(owns[b.code, owner.staff_no] for b in beds) - over <= owner.most)
        model.add(sum(owns[b.code, owner.staff_no] for b in counted) + under >= owner.least)
        terms += [(11 if owner.post is Post.LEADER else 10) * over, 5 * far_over, under]
        terms += [30 * owns[b.code, owner.staff_no] for b in beds if b.minimum_level > owner.level]
    return sum(terms)


def _load_spread(
    model: cp_model.CpModel,
    beds: tuple[BedState, ...],
    owners: tuple[Owner, ...],
    owns: Choice,
    *,
    steps_a_bed: int,
) -> cp_model.LinearExprT:
    """Measure by how many steps of workload the responsible nurses differ; leaders carry few by design.

    The first step is free, as between the teams.
    """
    load = sum(bed.load for bed in beds)
    low, high = model.new_int_var(0, load, ""), model.new_int_var(0, load, "")
    for owner in [o for o in owners if o.post is not Post.LEADER] or owners:
        own = sum(bed.load * owns[bed.code, owner.staff_no] for bed in beds)
        model.add(own >= low)
        model.add(own <= high)
    unit = max(1, load // (steps_a_bed * len(beds)))
    steps = model.new_int_var(1, load // unit + 1, "")
    model.add(high - low <= unit * steps)
    return steps


def _rooms_shared(
    model: cp_model.CpModel, beds: tuple[BedState, ...], owners: tuple[Owner, ...], owns: Choice
) -> cp_model.LinearExprT:
    """Count the owners in each room beyond the first."""
    flags = []
    rooms = dict.fromkeys(bed.room for bed in beds)
    for room in rooms:
        for owner in owners:
            flag = model.new_bool_var("")
            flags.append(flag)
            for bed in beds:
                if bed.room == room:
                    model.add_implication(owns[bed.code, owner.staff_no], flag)
    return sum(flags) - len(rooms)
