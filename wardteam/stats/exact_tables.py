"""The exact tail of a table with fixed margins: all tables listed where they are few, drawn where many."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

Rows = Sequence[Sequence[int]]
Array = NDArray[np.float64]
Node = tuple[int, ...]
MOST_LISTED = 4_000_000
MOST_STEPS = 300_000
TIE = 1e-7
"""Tables within this factor of the observed one's probability count as equally likely, as in R."""


def exact_tail(rows: Rows) -> float | None:
    """Give the probability of all tables no likelier than this one; None where too many must be listed.

    Columns are filled one after another, least first. A node is what the rows still lack, whichever
    they are; paths that reach a node with the same probability are merged. The two last columns are
    listed at once.
    """
    counts = np.array(rows, dtype=np.int64)
    tail = _listed_tail(counts)
    return _listed_tail(counts.T) if tail is None else tail


def _listed_tail(counts: NDArray[np.int64]) -> float | None:
    totals = sorted(int(total) for total in counts.sum(axis=0))
    nodes = _first_columns(tuple(sorted(int(total) for total in counts.sum(axis=1))), totals[:-2])
    if nodes is None or sum(_ways(node, totals[-1]) for node in nodes) > MOST_LISTED:
        return None
    observed, margins = _log_inverse_factorials(counts), _log_constant(counts)
    tail = math.fsum(
        _tail_from(paths, _last_two(node, totals[-2]), observed, margins) for node, paths in nodes.items()
    )
    return min(1.0, tail)


def random_tail(rows: Rows, *, draws: int, seed: int) -> float:
    """Estimate the same probability from random tables of the same margins: (k + 1) / (draws + 1)."""
    from scipy.stats import random_table

    counts = np.array(rows, dtype=np.int64)
    drawn = random_table.rvs(
        counts.sum(axis=1), counts.sum(axis=0), size=draws, random_state=np.random.default_rng(seed)
    )
    logs = -_log_factorial(drawn).sum(axis=(1, 2))
    return float((np.sum(logs <= _log_inverse_factorials(counts) + TIE) + 1) / (draws + 1))


def _first_columns(lacking: Node, totals: Sequence[int]) -> dict[Node, dict[float, float]] | None:
    """Give, for each node after these columns, the weight of all paths by their log probability.

    None where that would take too many steps.
    """
    nodes: dict[Node, dict[float, float]] = {lacking: {0.0: 1.0}}
    for total in totals:
        if sum(_ways(node, total) * len(paths) for node, paths in nodes.items()) > MOST_STEPS:
            return None
        following: dict[Node, dict[float, float]] = {}
        for node, paths in nodes.items():
            for column in _columns(node, total):
                rest = tuple(sorted(lack - count for lack, count in zip(node, column, strict=True)))
                log = -math.fsum(math.lgamma(count + 1) for count in column)
                known = following.setdefault(rest, {})
                for path, ways in paths.items():
                    key = round(path + log, 9)
                    known[key] = known.get(key, 0.0) + ways
        nodes = following
    return nodes


def _columns(limits: Node, total: int) -> Iterator[Node]:
    """List all ways to share `total` out over rows that hold no more than their limits."""
    if len(limits) == 1:
        if total <= limits[0]:
            yield (total,)
        return
    room = sum(limits[1:])
    for count in range(max(0, total - room), min(limits[0], total) + 1):
        for others in _columns(limits[1:], total - count):
            yield (count, *others)


def _ways(limits: Node, total: int) -> int:
    """Count what `_columns` would list."""
    ways = [1] + [0] * total
    for limit in limits:
        sums = [0, *accumulate(ways)]
        ways = [sums[i + 1] - sums[max(0, i - limit)] for i in range(total + 1)]
    return ways[total]


def _last_two(node: Node, total: int) -> Array:
    """Give the log probabilities of all ways to fill the two last columns, the first of them by `total`."""
    log_factorials = [math.lgamma(k + 1) for k in range(max(node) + 1)]
    partial: dict[int, Array] = {0: np.zeros(1)}
    for position, limit in enumerate(node):
        after = sum(node[position + 1 :])
        following: dict[int, list[Array]] = {}
        for used, logs in partial.items():
            for count in range(max(0, total - used - after), min(limit, total - used) + 1):
                term = log_factorials[count] + log_factorials[limit - count]
                following.setdefault(used + count, []).append(logs - term)
        partial = {used: np.concatenate(parts) for used, parts in following.items()}
    return partial[total]


def _tail_from(paths: dict[float, float], logs: Array, observed: float, margins: float) -> float:
    """Add up the tables through one node that are no likelier than the observed one."""
    ends = np.sort(logs)
    highest = max(paths)
    sums = np.concatenate([[0.0], np.cumsum(np.exp(ends + highest + margins))])
    return math.fsum(
        ways * math.exp(path - highest) * float(sums[np.searchsorted(ends, observed + TIE - path, "right")])
        for path, ways in paths.items()
    )


def _log_factorial(counts: NDArray[np.int64]) -> Array:
    from scipy.special import gammaln

    logs: Array = gammaln(counts + 1.0)
    return logs


def _log_inverse_factorials(counts: NDArray[np.int64]) -> float:
    return -float(_log_factorial(counts).sum())


def _log_constant(counts: NDArray[np.int64]) -> float:
    margins = (_log_factorial(counts.sum(axis=axis)).sum() for axis in (0, 1))
    return float(sum(margins) - _log_factorial(counts.sum()))
