"""Tests of a 2 x 2 table: Pearson, Yates' correction, Fisher, and the rule that chooses among them."""

from __future__ import annotations

from dataclasses import replace

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.counts import Share
from wardteam.stats.distributions import chi2_tail, fisher_tails
from wardteam.stats.proportions import newcombe_difference
from wardteam.stats.results import Method, Result, Unanswerable

CHOOSE_PEARSON = Message("n is 40 or more and every expected count 5 or more: Pearson's test.")
CHOOSE_CORRECTED = Message("n is 40 or more and the least expected count lies from 1 to 5: corrected test.")
CHOOSE_FISHER = Message("n is below 40 or an expected count below 1: Fisher's exact test.")
NOT_CHOSEN = Message("Shown beside the chosen test.")


def least_expected(first: Share, second: Share) -> float:
    """Give the least of the four expected counts."""
    smaller_column = min(first.events + second.events, first.others + second.others)
    return min(first.n, second.n) * smaller_column / (first.n + second.n)


def choose_test(first: Share, second: Share) -> Result:
    """Run the test that the table's size asks for; the result says which rule chose it."""
    expected = least_expected(first, second)
    if first.n + second.n < 40 or expected < 1:
        return replace(fisher(first, second), reason=CHOOSE_FISHER)
    if expected < 5:
        return replace(corrected(first, second), reason=CHOOSE_CORRECTED)
    return replace(pearson(first, second), reason=CHOOSE_PEARSON)


def pearson(first: Share, second: Share) -> Result:
    """Test two shares with Pearson's chi-square, 1 df, uncorrected."""
    return _chi_square(first, second, methods.PEARSON, correction=0)


def corrected(first: Share, second: Share) -> Result:
    """Test two shares with Yates' correction: |ad - bc| less n/2, not below 0."""
    return _chi_square(first, second, methods.CORRECTED, correction=(first.n + second.n) / 2)


def fisher(first: Share, second: Share) -> Result:
    """Test two shares with Fisher's exact test, two-sided by the likelihood of the tables."""
    rows = ((first.events, first.others), (second.events, second.others))
    return replace(
        newcombe_difference(first, second),
        method=methods.FISHER,
        p=min(1.0, fisher_tails(rows)),
        reason=NOT_CHOSEN,
    )


def _chi_square(first: Share, second: Share, method: Method, *, correction: float) -> Result:
    n = first.n + second.n
    margin = first.n * second.n * (first.events + second.events) * (first.others + second.others)
    if margin == 0:
        raise Unanswerable(Message("Everybody gave the same answer: chi-square has nothing to test."))
    excess = max(0.0, abs(first.events * second.others - first.others * second.events) - correction)
    chi2 = n * excess**2 / margin
    return replace(
        newcombe_difference(first, second),
        method=method,
        statistic=chi2,
        df=(1.0,),
        p=chi2_tail(chi2),
        reason=NOT_CHOSEN,
    )
