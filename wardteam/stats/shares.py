"""Two shares compared in full: the chosen test, the tests beside it, and every effect size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wardteam.errors import Message
from wardteam.stats.counts import Share
from wardteam.stats.proportions import (
    newcombe_difference,
    number_needed_to_treat,
    odds_ratio,
    phi_coefficient,
)
from wardteam.stats.proportions import risk_ratio as risk_ratio
from wardteam.stats.results import Result, Unanswerable
from wardteam.stats.tables import choose_test, corrected, fisher, pearson

Statistic = Callable[[Share, Share], Result]
EVERYTHING: tuple[Statistic, ...] = (
    pearson,
    corrected,
    fisher,
    newcombe_difference,
    risk_ratio,
    odds_ratio,
    number_needed_to_treat,
    phi_coefficient,
)


@dataclass(frozen=True)
class SharesComparison:
    """The test that the rule chose, all results beside it, and why any of them is absent."""

    chosen: Result
    beside: tuple[Result, ...]
    unanswered: tuple[Message, ...] = ()

    def by_code(self, code: str) -> Result | None:
        """Give the result of a method by its code, None where it had no answer."""
        return next((result for result in self.beside if result.method.code == code), None)


def compare_shares(first: Share, second: Share) -> SharesComparison:
    """Compare two shares by every statistic that has an answer for them."""
    beside: list[Result] = []
    unanswered: list[Message] = []
    for statistic in EVERYTHING:
        try:
            beside.append(statistic(first, second))
        except Unanswerable as refusal:
            unanswered.append(refusal.message)
    return SharesComparison(choose_test(first, second), tuple(beside), tuple(dict.fromkeys(unanswered)))
