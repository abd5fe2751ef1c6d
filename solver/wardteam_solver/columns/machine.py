"""What concerns one nurse alone as a layered automaton with counters: the shape in which pricing reads it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Machine:
    """The limits of one kind of nurse, compiled.

    Layer d holds the states before day d; the last layer, `day_count`, those after the last day. A path is
    one state a layer, joined by arcs; each arc takes a move of its day, and a move stands for one or more
    options that lead the same way. Counters add up along the path inside the dynamic programme; tallies are
    further counters that labels carry. No step is negative. A path's cost is the sum over its arcs' costs,
    of the cells' costs, and of what each counter and tally costs at its last value (infinity: forbidden).

    Attributes
    ----------
    layer_start
        (days + 2) first state of each layer; layer 0 holds one state.
    arc_start
        (states + 1) first arc of each state.
    arc_move, arc_next, arc_cost
        (arcs) the move, the state that follows, and the cost.
    arc_step
        (arcs, counters) what each counter gains.
    move_start
        (days + 1) first move of each day; moves are numbered through all days.
    option_start
        (moves + 1) first option of each move.
    option
        (entries) the options of each move; `width` (one past the last option) stands for OFF.
    option_step
        (entries, tallies) what each tally gains.
    counter_cost, tally_cost
        (counters or tallies, values) cost of each last value; values behind a row's own end are infinite.
    """

    day_count: int
    width: int
    layer_start: Ints
    arc_start: Ints
    arc_move: Ints
    arc_next: Ints
    arc_cost: Floats
    arc_step: Ints
    move_start: Ints
    option_start: Ints
    option: Ints
    option_step: Ints
    counter_cost: Floats
    tally_cost: Floats

    @cached_property
    def size(self) -> int:
        """How many sums the dynamic programme forms at most: arcs times values of counters."""
        values = np.isfinite(self.counter_cost).sum(axis=1).prod(initial=1)
        return int(len(self.arc_move) * max(1, values))
