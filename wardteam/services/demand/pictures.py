"""The picture of a kind of day: its calls, the nurses they ask for, and the plans beside them."""

from __future__ import annotations

from wardteam.errors import Message
from wardteam.services.demand.staffing import Staffed
from wardteam.services.demand.types import KindProposal
from wardteam.stats.plots import Bar, DemandPlot, StaffPlan

PRESENT = Message("asked for now (minimum)")
PROPOSED = Message("proposed (minimum)")
WORKED = Message("as rostered, mean")


def demand_plot(kind: KindProposal, *, target_minutes: float, chance: float) -> DemandPlot | None:
    """Give the picture of a kind of day; None where no call says anything."""
    if kind.calls is None:
        return None
    plans = [_plan(PRESENT, kind.present), _plan(PROPOSED, kind.proposed)]
    if kind.worked is not None:
        plans.append(_plan(WORKED, kind.worked))
    hours = kind.calls.hours
    return DemandPlot(
        calls=tuple(Bar(h.calls, h.interval.low, h.interval.high, kind.calls.days) for h in hours),
        needed=tuple(Bar(h.nurses, h.low, h.high) for h in hours),
        plans=tuple(plans),
        target=chance,
        chance_unit=Message(
            "share of calls that wait longer than {minutes} minutes for a free nurse",
            minutes=f"{target_minutes:g}",
        ),
    )


def _plan(name: Message, staffed: Staffed) -> StaffPlan:
    return StaffPlan(name, staffed.nurses, staffed.chances)
