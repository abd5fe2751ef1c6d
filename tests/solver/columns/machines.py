"""Random small machines, and every path of one counted plainly."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

import numpy as np

from wardteam_solver.columns.machine import Floats, Ints, Machine

Beginning = tuple[tuple[int, ...], int, float, Ints, Ints]


def random_machine(
    seed: int, *, days: int = 5, counters: int = 2, tallies: int = 2, states: int = 3
) -> Machine:
    """Invent a machine: moves share out a day's options, arcs go anywhere, last values cost at both ends."""
    rng = np.random.default_rng(seed)
    width = int(rng.integers(2, 5))
    sizes = [1] + [int(rng.integers(1, states + 1)) for _ in range(days)]
    layer_start = np.concatenate([[0], np.cumsum(sizes)])
    move_start, option_start, option = [0], [0], []
    for _ in range(days):
        moves = int(rng.integers(1, 4))
        members: list[list[int]] = [[] for _ in range(moves)]
        for one in range(width + 1):
            members[int(rng.integers(moves))].append(one)
        for group in members:
            if group:
                option += group
                option_start.append(len(option))
        move_start.append(len(option_start) - 1)
    arc_start, arc_move, arc_next = [0], [], []
    for day in np.repeat(np.arange(days), sizes[:-1]):
        for move in range(move_start[day], move_start[day + 1]):
            if rng.random() < 0.8:
                arc_move.append(move)
                arc_next.append(int(rng.integers(layer_start[day + 1], layer_start[day + 2])))
        arc_start.append(len(arc_move))
    arc_start += [len(arc_move)] * sizes[-1]
    arcs = len(arc_move)
    return Machine(
        day_count=days,
        width=width,
        layer_start=layer_start.astype(np.int64),
        arc_start=np.array(arc_start, np.int64),
        arc_move=np.array(arc_move, np.int64),
        arc_next=np.array(arc_next, np.int64),
        arc_cost=rng.choice([0, 0, 0, 3, 7, inf], arcs).astype(float),
        arc_step=rng.choice([0, 0, 1, 1, 2], (arcs, counters)).astype(np.int64),
        move_start=np.array(move_start, np.int64),
        option_start=np.array(option_start, np.int64),
        option=np.array(option, np.int64),
        option_step=rng.choice([0, 0, 1, 1, 2], (len(option), tallies)).astype(np.int64),
        counter_cost=random_ends(rng, counters, days),
        tally_cost=random_ends(rng, tallies, days),
    )


def random_ends(rng: np.random.Generator, rows: int, days: int) -> Floats:
    """Invent what last values cost: nothing in a band, more on either side, and no way at all further out."""
    cost = np.full((rows, 2 * days + 1), inf)
    for row in cost:
        low, high = sorted(int(value) for value in rng.integers(0, days + 3, 2))
        values = np.arange(len(row))
        row[:] = int(rng.integers(0, 20)) * np.maximum(low - values, 0)
        row += int(rng.integers(0, 20)) * np.maximum(values - high, 0)
        row[: int(rng.integers(0, 2))] = inf
        row[int(rng.integers(days, len(row) + 1)) :] = inf
        if rng.random() < 0.2:
            row[int(rng.integers(len(row)))] += 5
    return cost


def random_costs(seed: int, machine: Machine) -> Floats:
    """Invent whole costs of cells, some of them forbidden."""
    rng = np.random.default_rng(seed + 1000)
    cost = rng.integers(-20, 20, (machine.day_count, machine.width + 1)).astype(float)
    cost[rng.random(cost.shape) < rng.choice([0.0, 0.1, 0.4])] = inf
    return cost


def every_path(
    machine: Machine, cell_cost: Floats, *, has_tallies: bool = True
) -> dict[tuple[int, ...], float]:
    """Give the cost of every path by its options (-1 for OFF), the finite ones only."""
    found: dict[tuple[int, ...], float] = {}
    tallies = machine.option_step.shape[1] if has_tallies else 0
    nothing: Beginning = ((), 0, 0.0, np.zeros(machine.arc_step.shape[1], int), np.zeros(tallies, int))
    beginnings = [nothing]
    for day in range(machine.day_count):
        beginnings = [
            (
                (*path, -1 if machine.option[entry] == machine.width else int(machine.option[entry])),
                int(machine.arc_next[arc]),
                cost + machine.arc_cost[arc] + cell_cost[day, machine.option[entry]],
                counts + machine.arc_step[arc],
                tally + machine.option_step[entry, :tallies],
            )
            for path, state, cost, counts, tally in beginnings
            for arc in range(machine.arc_start[state], machine.arc_start[state + 1])
            for entry in entries_of(machine, int(machine.arc_move[arc]))
        ]
    for path, _, cost, counts, tally in beginnings:
        last = [
            *zip(machine.counter_cost, counts, strict=True),
            *zip(machine.tally_cost, tally, strict=False),
        ]
        total = cost + sum(row[value] if value < len(row) else inf for row, value in last)
        if total < inf:
            found[path] = min(total, found.get(path, inf))
    return found


def entries_of(machine: Machine, move: int) -> range:
    return range(int(machine.option_start[move]), int(machine.option_start[move + 1]))


def days_apart(one: Iterable[int], other: Iterable[int]) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))
