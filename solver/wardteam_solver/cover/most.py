"""The most beds that their owners can hold on a day, by a flow of least cost."""

from __future__ import annotations

from wardteam_solver.cover.case import DayCase
from wardteam_solver.cover.holders import FAR_OVER_CAP, LEVEL_GAP, OTHER_TEAM, OVER_CAP

NEAR_OVER_CAP = 2
"""So many beds above a cap come before the far ones."""


def most_owned(case: DayCase) -> int:
    """Give the most beds that owners hold in any cover that breaks caps, levels and teams least.

    Beds flow through holders to the ward; a holder's beds above her cap cost more and more, which keeps the
    flow of least cost exact.
    """
    if not case.beds or not case.holders:
        return 0
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    flow, one_limit = SimpleMinCostFlow(), len(case.beds) + 1
    source, sink, first = 0, 1, 2 + len(case.beds)
    pairs = []
    for place, bed in enumerate(case.beds):
        flow.add_arc_with_capacity_and_unit_cost(source, 2 + place, 1, 0)
        for number, holder in enumerate(case.holders):
            broken = LEVEL_GAP * (bed.minimum_level > holder.level)
            broken += OTHER_TEAM * (case.teams.get(bed.code) not in (None, holder.team))
            is_own = case.owners.get(bed.code) == holder.staff_no
            price = one_limit * broken + (not is_own)
            arc = flow.add_arc_with_capacity_and_unit_cost(2 + place, first + number, 1, price)
            pairs.append((arc, is_own))
    for number, holder in enumerate(case.holders):
        steps = ((holder.most, 0), (NEAR_OVER_CAP, OVER_CAP), (len(case.beds), OVER_CAP + FAR_OVER_CAP))
        for places, broken in steps:
            flow.add_arc_with_capacity_and_unit_cost(first + number, sink, places, one_limit * broken)
    flow.set_node_supply(source, len(case.beds))
    flow.set_node_supply(sink, -len(case.beds))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"the flow of {len(case.beds)} beds ended with {status}")
    return sum(is_own for arc, is_own in pairs if flow.flow(arc))
