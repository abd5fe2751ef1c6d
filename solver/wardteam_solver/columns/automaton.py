"""Short limits of one nurse as a layered automaton: states are what the days so far leave open.

A row is open from the first of its days to the last. What its sum still has room for is forgotten as soon as
the rest can't change what it costs, and where every further unit costs the same, that is charged as it comes.
So a window of seven days keeps the run's length and nothing else, without anybody saying that it is a run.
Rows are told apart by what they add up, not by whose they are: what was explored for one nurse serves others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from wardteam_solver.columns.kinds import FORBIDDEN, Fact, RowKind, kind_of
from wardteam_solver.columns.split import Derived, Own, OwnRow

Item = tuple[int, int, int]
"""An open row (its kind, and the room left from low to high), or a derived fact that holds (~kind, 0, 0)."""
State = tuple[Item, ...]
Successor = tuple[int, State, float, tuple[int, ...]]
"""By which move, to which state, at what cost, and what each counter gains."""


class TooWide(Exception):
    """There are more states than can be carried; `row` reaches over most days.

    It is one of the automaton, or else a counter whose facts are remembered meanwhile.
    """

    def __init__(self, row: OwnRow) -> None:
        super().__init__(row.row)
        self.row = row


class Move(NamedTuple):
    """Options of a day that lead the same way."""

    options: tuple[int, ...]
    steps: tuple[int, ...]
    hits: frozenset[int]
    counted: tuple[int, ...]


class Arc(NamedTuple):
    """From a state by a move to the next state, with its cost and what each counter gains."""

    move: int
    target: int
    cost: float
    step: tuple[int, ...]


@dataclass
class Layers:
    """The automaton: each day's moves, and for each layer's states the arcs that leave them."""

    moves: list[tuple[Move, ...]] = field(default_factory=list)
    arcs: list[list[tuple[Arc, ...]]] = field(default_factory=list)


class _Day(NamedTuple):
    """What happens on one day of a nurse: rows that open or look at it, facts, moves."""

    day: int
    opening: tuple[Item, ...]
    rows: Mapping[int, int]
    facts: tuple[int, ...]
    moves: tuple[Move, ...]


class Explorer:
    """Explores states; keeps what it found for the nurses that follow."""

    def __init__(self, width: int) -> None:
        self.zero = (0,) * (width + 1)
        self.kinds: list[RowKind] = []
        self.facts: list[Fact] = []
        self._known: dict[object, int] = {}
        self._days: dict[object, tuple[_Day, dict[State, tuple[Successor, ...]]]] = {}
        self._counts: list[tuple[OwnRow, Mapping[int, int]]] = []

    def layers(
        self,
        own: Own,
        rows: Sequence[OwnRow],
        counters: Sequence[OwnRow],
        allowed: Sequence[Sequence[int]],
        widest: int,
    ) -> Layers:
        """Explore a nurse's states day by day.

        Parameters
        ----------
        counters
            One row for each counter: what it gains stands on the arcs.
        allowed
            The options of each day; the last one is OFF.
        widest
            Most states of a layer.

        Raises
        ------
        TooWide
            If a layer has more states.
        """
        layers = Layers()
        states: list[State] = [()]
        for day, known in self._plan(own, rows, counters, allowed):
            following: dict[State, int] = {}
            arcs = []
            for state in states:
                if state not in known:
                    known[state] = tuple(self._successors(day, state))
                arcs.append(
                    tuple(
                        Arc(move, following.setdefault(target, len(following)), cost, counted)
                        for move, target, cost, counted in known[state]
                    )
                )
            if len(following) > widest:
                raise TooWide(self._widest(own, rows or [row for row in counters if row.derived]))
            layers.moves.append(day.moves)
            layers.arcs.append(arcs)
            states = list(following)
        layers.arcs.append([() for _ in states])
        return layers

    def _widest(self, own: Own, rows: Sequence[OwnRow]) -> OwnRow:
        """Give the row that reaches over most days, a soft one before a hard one."""
        reach = {row.row: self.kinds[self.kind(row, own.derived)].touched for row in rows}
        return max(rows, key=lambda row: (reach[row.row][-1] - reach[row.row][0], not row.is_hard))

    def kind(self, row: OwnRow, derived: Mapping[int, Derived]) -> int:
        """Give the number of a row's kind."""
        facts = {self.fact(derived[column]): value for column, value in row.derived.items()}
        days = tuple(sorted(row.days.items()))
        key = (days, tuple(sorted(facts.items())), row.below, row.above, row.is_hard)
        if key not in self._known:
            self._known[key] = len(self.kinds)
            self.kinds.append(kind_of(len(self.kinds), row, facts, self.facts))
        return self._known[key]

    def fact(self, derived: Derived) -> int:
        """Give the number of a derived fact."""
        key = tuple(derived.days.items())
        if key not in self._known:
            self._known[key] = len(self.facts)
            self.facts.append(Fact(len(self.facts), derived.days, derived.last))
        return self._known[key]

    def _plan(
        self,
        own: Own,
        rows: Sequence[OwnRow],
        counters: Sequence[OwnRow],
        allowed: Sequence[Sequence[int]],
    ) -> Iterable[tuple[_Day, dict[State, tuple[Successor, ...]]]]:
        """Give what happens on each of her days, with what is known of it."""
        days = range(len(allowed))
        opening: list[list[Item]] = [[] for _ in days]
        looking: list[set[int]] = [set() for _ in days]
        facts: list[set[int]] = [set() for _ in days]
        for row in rows:
            kind = self.kinds[self.kind(row, own.derived)]
            opening[kind.touched[0]].append((kind.kind, row.low, row.high))
            for day in kind.touched:
                looking[day].add(kind.kind)
        self._counts = [(r, {self.fact(own.derived[c]): v for c, v in r.derived.items()}) for r in counters]
        used = {self.fact(own.derived[column]) for row in (*rows, *counters) for column in row.derived}
        for fact in used:
            for day in self.facts[fact].days:
                facts[day].add(fact)
        for day in days:
            counted = tuple(row.days.get(day, self.zero) for row, _ in self._counts)
            gains = tuple(tuple(sorted(found.items())) for _, found in self._counts)
            key = (
                day, tuple(sorted(opening[day])), tuple(sorted(looking[day])), tuple(sorted(facts[day])),
                counted, gains, tuple(allowed[day]),
            )  # fmt: skip
            if key not in self._days:
                made = self._day(day, opening[day], looking[day], facts[day], counted, allowed[day])
                self._days[key] = (made, {})
            yield self._days[key]

    def _day(
        self,
        day: int,
        opening: list[Item],
        looking: set[int],
        facts: set[int],
        counted: tuple[tuple[int, ...], ...],
        options: Sequence[int],
    ) -> _Day:
        """Group a day's options by what they do to the rows, the facts and the counters."""
        kinds = sorted(looking)
        steps = [self.kinds[kind].days.get(day, self.zero) for kind in kinds]
        groups: dict[tuple[object, ...], list[int]] = {}
        for option in options:
            hits = frozenset(fact for fact in facts if option in self.facts[fact].days[day])
            key = (tuple(s[option] for s in steps), hits, tuple(c[option] for c in counted))
            groups.setdefault(key, []).append(option)
        moves = tuple(Move(tuple(found), *key) for key, found in groups.items())  # type: ignore[arg-type]
        places = {kind: place for place, kind in enumerate(kinds)}
        return _Day(day, tuple(opening), places, tuple(sorted(facts)), moves)

    def _successors(self, day: _Day, state: State) -> Iterable[Successor]:
        """Give where each move leads from a state, unless a hard row forbids it."""
        holding = {~item[0] for item in state if item[0] < 0}
        fresh = {fact for fact in day.facts if fact not in holding}
        ending = {fact for fact in day.facts if self.facts[fact].last == day.day}
        kept = [
            item for item in state if (~item[0] not in ending if item[0] < 0 else item[0] not in day.rows)
        ]
        rows = [
            (self.kinds[kind], day.rows[kind], low, high)
            for kind, low, high in (*(item for item in state if item[0] in day.rows), *day.opening)
        ]
        news = [move.hits & fresh for move in day.moves]
        for number, (items, cost) in self._after(day, rows, news).items():
            new, counted = news[number], day.moves[number].counted
            target = sorted([*kept, *items, *((~fact, 0, 0) for fact in new - ending)])
            if new and counted:
                counted = tuple(
                    c + sum(gains.get(fact, 0) for fact in new)
                    for c, (_, gains) in zip(counted, self._counts, strict=True)
                )
            yield number, tuple(target), cost, counted

    def _after(
        self, day: _Day, rows: Sequence[tuple[RowKind, int, int, int]], news: Sequence[frozenset[int]]
    ) -> dict[int, tuple[list[Item], float]]:
        """Give what each move leaves open and costs, but for moves that a hard row forbids."""
        items: dict[int, list[Item]] = {number: [] for number in range(len(day.moves))}
        costs = [0.0] * len(day.moves)
        for kind, place, low, high in rows:
            known = kind.known.setdefault((day.day, low, high), {})
            for number in list(items):
                step = day.moves[number].steps[place]
                if kind.derived and news[number]:
                    step += sum(kind.derived.get(fact, 0) for fact in news[number])
                left = known.get(step)
                if left is None:
                    left = known[step] = kind.advance(day.day, low, high, step)
                if isinstance(left, tuple):
                    items[number].append((kind.kind, left[0], left[1]))
                    costs[number] += left[2]
                elif left == FORBIDDEN:
                    del items[number]
                else:
                    costs[number] += left
        return {number: (found, costs[number]) for number, found in items.items()}


def merged(layers: Layers, counters: Sequence[int]) -> Layers:
    """Merge the states of each layer that have the same arcs, from the last day back; drop dead ends.

    Parameters
    ----------
    counters
        Places of the counters that are kept.
    """
    is_whole = bool(layers.arcs[0][0]) and len(layers.arcs[0][0][0].step) == len(counters)
    place = dict.fromkeys(range(len(layers.arcs[-1])), 0)
    found: list[list[tuple[Arc, ...]]] = [[()]]
    for arcs in reversed(layers.arcs[:-1]):
        known: dict[tuple[Arc, ...], int] = {}
        fresh: dict[int, int] = {}
        for state, leaving in enumerate(arcs):
            moved = tuple(
                Arc(m, place[t], c, s if is_whole else tuple(s[k] for k in counters))
                for m, t, c, s in leaving
                if t in place
            )
            if moved:
                fresh[state] = known.setdefault(moved, len(known))
        place = fresh
        found.append(list(known))
    return Layers(layers.moves, found[::-1])
