"""Measurements as they enter a test: raw values, or only mean, s and n; checked on the way in."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from wardteam.errors import Message
from wardteam.stats.results import Unanswerable

LARGEST = 1e100


@dataclass(frozen=True)
class Summary:
    """A sample known only by mean, standard deviation and n, as articles print it (x̄±s)."""

    mean: float
    sd: float
    n: int
    missing: int = 0

    def __post_init__(self) -> None:
        whole_count(self.n)
        whole_count(self.missing)
        finite_value(self.mean)
        if finite_value(self.sd) < 0:
            raise Unanswerable(
                Message("A standard deviation must not be negative; got {value}.", value=self.sd)
            )

    def figures(self) -> dict[str, object]:
        """Give the typed figures that the data hash is made from."""
        return {"mean": float(self.mean), "sd": float(self.sd), "n": self.n, "missing": self.missing}


@dataclass(frozen=True)
class Sample:
    """Raw measurements without the missing ones, which are counted."""

    values: tuple[float, ...]
    missing: int = 0

    def __post_init__(self) -> None:
        if not self.values:
            raise Unanswerable(
                Message("A group has no measurement ({missing} missing).", missing=self.missing)
            )
        for value in self.values:
            finite_value(value)

    @classmethod
    def of(cls, values: Iterable[float | None]) -> Sample:
        """Make a sample; None and NaN are counted as missing."""
        given = list(values)
        known = tuple(float(v) for v in given if v is not None and not math.isnan(v))
        return cls(known, len(given) - len(known))

    @property
    def n(self) -> int:
        """Number of measurements, without the missing ones."""
        return len(self.values)

    @cached_property
    def mean(self) -> float:
        """Arithmetic mean."""
        return math.fsum(self.values) / self.n

    @cached_property
    def sd(self) -> float:
        """Standard deviation with n - 1, 0 for a single measurement."""
        if self.n == 1:
            return 0.0
        return math.sqrt(math.fsum((v - self.mean) ** 2 for v in self.values) / (self.n - 1))

    @cached_property
    def quartiles(self) -> tuple[float, float, float]:
        """Lower quartile, median and upper quartile, interpolated linearly (type 7, as R and NumPy)."""
        if self.n == 1:
            return (self.values[0],) * 3
        low, middle, high = statistics.quantiles(self.values, n=4, method="inclusive")
        return low, middle, high

    @property
    def is_skewed(self) -> bool:
        """Whether x̄±s would mislead: no value below 0 and s more than half the mean."""
        return min(self.values) >= 0 and self.sd > self.mean / 2

    def figures(self) -> dict[str, object]:
        """Give the typed figures that the data hash is made from."""
        return {"values": list(self.values), "missing": self.missing}


Group = Sample | Summary


def finite_value(value: float) -> float:
    """Give the value back; refuse what no measurement can be."""
    if math.isnan(value) or abs(value) > LARGEST:
        raise Unanswerable(Message("A measurement must be a finite number; got {value}.", value=value))
    return value


def whole_count(value: object) -> int:
    """Give a count back as int; refuse fractions, negative numbers and anything that is no number."""
    if isinstance(value, bool) or not hasattr(value, "__index__") or value.__index__() < 0:
        problem = Message("A count must be a whole number, 0 or more; got {value}.", value=str(value))
        raise Unanswerable(problem)
    return int(value.__index__())
