"""Measurements that come in clusters (several of one stay): counted, checked, and how alike they are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wardteam.errors import Message
from wardteam.stats.results import Unanswerable
from wardteam.stats.samples import LARGEST

Scale = Literal["plain", "log"]
NOT_POSITIVE = Message("A ratio of geometric means needs values above 0; the least is {value}.")


@dataclass(frozen=True)
class ClusteredSample:
    """Raw measurements, each with the cluster (stay, patient) it comes from; `missing` had no value."""

    values: tuple[float, ...]
    clusters: tuple[str, ...]
    missing: int = 0

    def __post_init__(self) -> None:
        if len(self.values) != len(self.clusters):
            raise ValueError(f"{len(self.values)} values stand against {len(self.clusters)} clusters")
        if not self.values:
            raise Unanswerable(
                Message("A group has no measurement ({missing} missing).", missing=self.missing)
            )
        wrong = ~(np.abs(self.array) <= LARGEST)
        if wrong.any():
            value = float(self.array[wrong][0])
            raise Unanswerable(Message("A measurement must be a finite number; got {value}.", value=value))

    @classmethod
    def of(cls, rows: Iterable[tuple[float | None, str]]) -> ClusteredSample:
        """Make a sample of (value, cluster) rows; None and NaN are counted as missing."""
        given = list(rows)
        known = [(float(v), c) for v, c in given if v is not None and not math.isnan(v)]
        return cls(tuple(v for v, _ in known), tuple(c for _, c in known), len(given) - len(known))

    @property
    def n(self) -> int:
        """Number of measurements, without the missing ones."""
        return len(self.values)

    @cached_property
    def array(self) -> NDArray[np.float64]:
        """The values as an array."""
        return np.array(self.values, dtype=float)

    @cached_property
    def codes(self) -> NDArray[np.int64]:
        """Each value's cluster as a number from 0, in order of first appearance."""
        return coded(self.clusters)

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """How many values each cluster has."""
        return np.bincount(self.codes)

    def on(self, scale: Scale) -> NDArray[np.float64]:
        """Give the values, or their natural logarithms; refuse logarithms of 0 and below."""
        if scale == "plain":
            return self.array
        if self.array.min() <= 0:
            raise Unanswerable(Message(NOT_POSITIVE.text, value=float(self.array.min())))
        return np.log(self.array)

    def means(self, scale: Scale) -> NDArray[np.float64]:
        """Give each cluster's mean on the scale, in order of first appearance."""
        return np.bincount(self.codes, weights=self.on(scale)) / self.sizes

    def figures(self) -> dict[str, object]:
        """Give the typed figures that the data hash is made from."""
        return {"values": list(self.values), "clusters": list(self.clusters), "missing": self.missing}


def coded(names: Iterable[str]) -> NDArray[np.int64]:
    """Number names from 0 in order of first appearance."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)


def intracluster_correlation(*groups: ClusteredSample, scale: Scale = "plain") -> float | None:
    """Give the share of the variance that lies between clusters of one group: ICC(1).

    (MSB - MSW) / (MSB + (n0 - 1) MSW) of the one-way analysis of variance within groups, n0 the
    clusters' mean size allowing for unequal sizes (Donner 1986; Shrout and Fleiss 1979, model 1).
    None where no cluster has two values, or nothing varies.
    """
    between = within = spare = 0.0
    df_between = df_within = 0
    for group in groups:
        values, sizes, means = group.on(scale), group.sizes, group.means(scale)
        between += float(sizes @ (means - values.mean()) ** 2)
        within += float(((values - means[group.codes]) ** 2).sum())
        spare += group.n - float(sizes @ sizes) / group.n
        df_between += len(sizes) - 1
        df_within += group.n - len(sizes)
    if df_between == 0 or df_within == 0 or between + within == 0:
        return None
    mean_between, mean_within = between / df_between, within / df_within
    size = spare / df_between
    return (mean_between - mean_within) / (mean_between + (size - 1) * mean_within)


def design_effect(icc: float, sizes: NDArray[np.int64]) -> float:
    """Give by how much clusters widen the variance of a mean: 1 + (m - 1) ICC, 1 at least.

    m is the mean size weighted by size, sum m² / sum m (Kish 1965).
    """
    weighted = float(sizes @ sizes) / float(sizes.sum())
    return 1 + (weighted - 1) * max(icc, 0.0)
