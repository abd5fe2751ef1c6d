"""The exact search for small events: cheapest changes first, branching on one missed row at a time.

Any way to mend the roster changes a cell that helps the row branched on, or leaves the row as short as it
is, so trying all of them misses none. Positions come in the order of the shortage they accept and then of
their price, so the first one without a missed row is the best there is.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from wardteam_solver.repair.board import Board, Position
from wardteam_solver.repair.case import Change, RepairCase


@dataclass
class QuickResult:
    """Mended rosters, cheapest first; `bound` is proven. `is_proven`: none is cheaper than the first."""

    found: list[tuple[Change, ...]] = field(default_factory=list)
    is_proven: bool = False
    is_impossible: bool = False
    bound: int = 0
    shortage_bound: int = 0
    positions: int = 0


@dataclass(frozen=True)
class Effort:
    """What the search may take: seconds, positions in all and after the first mended roster, and how many."""

    seconds: float = 3.0
    positions: int = 30_000
    more_positions: int = 700
    enough: int = 60


def search(case: RepairCase, effort: Effort) -> QuickResult:
    """Look for the cheapest ways to keep every row that was kept before the event."""
    board, result = Board(case), QuickResult()
    queue: list[tuple[int, int, int, int, Position]] = [(0, 0, 0, 0, board.start)]
    seen: set[tuple[frozenset[Change], frozenset[tuple[int, int]]]] = set()
    until, most = time.monotonic() + effort.seconds, effort.positions
    while queue:
        shortage, estimate, _, _, position = heapq.heappop(queue)
        if not result.found:
            result.shortage_bound, result.bound = shortage, estimate
        if time.monotonic() > until or result.positions > most:
            return result
        if not position.missed:
            if not result.found:
                result.is_proven = True
                most = min(most, result.positions + effort.more_positions)
            result.found.append(position.changes)
            if len(result.found) >= effort.enough:
                return result
            continue
        for child in _children(board, position):
            key = (frozenset(child.changes), frozenset(child.accepted.items()))
            if key in seen:
                continue
            seen.add(key)
            result.positions += 1
            estimated = child.price + _left(board, child)
            heapq.heappush(queue, (child.shortage, estimated, -len(child.changes), result.positions, child))
    result.is_impossible = not result.found
    return result


def _children(board: Board, position: Position) -> Iterator[Position]:
    """Branch on the missed row that the fewest changes can help: mend it, or leave it short for good."""
    rows = {row: list(board.mending(position, row)) for row in sorted(position.missed)}
    row = min(rows, key=lambda row: len(rows[row]))
    for change in rows[row]:
        child = board.after(position, change)
        if not board.is_dead(child):
            yield child
    left = board.accept(position, row)
    if left is not None:
        yield left


def _left(board: Board, position: Position) -> int:
    """Bound from below what is still to be paid without accepting more: a cell for each day, and a person."""
    if not position.missed:
        return 0
    days = {board.single_day(row) for row in position.missed} - {-1}
    prices = board.case.prices
    cells = sum(prices.cell + (prices.short_notice * (day in board.case.short_notice)) for day in days)
    return max(cells, prices.cell) + (0 if position.people else prices.person)
