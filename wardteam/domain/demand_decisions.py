"""What the head nurse decided about the demand of her ward, with what stood before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardteam.domain.shifts import DayKind, Demand


@dataclass(frozen=True)
class DemandChange:
    """One line as decided: the numbers of a shift's row on a kind of day, before and after."""

    shift: str
    kind: DayKind
    old_minimum: int
    old_wished: int
    minimum: int
    wished: int
    per_team: bool = False


@dataclass(frozen=True)
class DemandDecision:
    """A change of the ward's demand: `before` and `after` hold all of its rows, so that it can be put back.

    `data_hash` names the figures that the proposal was made from, empty where nothing was proposed;
    `undoes` the decision that this one takes back.
    """

    code: str
    day: date
    changes: tuple[DemandChange, ...]
    before: tuple[Demand, ...]
    after: tuple[Demand, ...]
    data_hash: str = ""
    undoes: str = ""
