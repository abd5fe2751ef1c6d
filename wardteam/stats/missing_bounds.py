"""What missing answers could change: the difference of two shares in the worst and in the best case."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam.stats.counts import Share
from wardteam.stats.proportions import newcombe_difference
from wardteam.stats.results import Result


@dataclass(frozen=True)
class WorstCase:
    """The difference of two shares, second minus first, as answered and at both extremes.

    `lowest` takes all missing answers as with the outcome in the first group and without it in the
    second; `highest` the other way round. Each has Newcombe's interval.
    """

    answered: Result
    lowest: Result
    highest: Result

    @property
    def low(self) -> float:
        """The least difference that the missing answers allow."""
        return self.lowest.estimate or 0.0

    @property
    def high(self) -> float:
        """The largest difference that the missing answers allow."""
        return self.highest.estimate or 0.0

    @property
    def is_robust(self) -> bool:
        """Whether all three intervals lie on the same side of 0: no missing answer could change that."""
        intervals = [r.interval for r in (self.answered, self.lowest, self.highest) if r.interval]
        return all(i.low > 0 for i in intervals) or all(i.high < 0 for i in intervals)


def worst_case_bounds(first: Share, second: Share, *, level: float = 0.95) -> WorstCase:
    """Give the range of the difference over everything the missing answers might have been.

    The bounds of Horowitz and Manski (2000) for shares.
    """
    return WorstCase(
        answered=newcombe_difference(first, second, level=level),
        lowest=newcombe_difference(
            _filled(first, with_outcome=True), _filled(second, with_outcome=False), level=level
        ),
        highest=newcombe_difference(
            _filled(first, with_outcome=False), _filled(second, with_outcome=True), level=level
        ),
    )


def _filled(share: Share, *, with_outcome: bool) -> Share:
    return Share(share.events + (share.missing if with_outcome else 0), share.n + share.missing)
