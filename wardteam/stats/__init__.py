"""Statistics: figures in, result objects out; scipy is loaded by the first test that is run."""

from wardteam.stats.counts import Share
from wardteam.stats.means import levene, student, welch
from wardteam.stats.multiplicity import holm
from wardteam.stats.proportions import (
    newcombe_difference,
    number_needed_to_treat,
    odds_ratio,
    phi_coefficient,
    risk_ratio,
    wilson,
)
from wardteam.stats.ratios import DailyCounts, RateRatio, geometric_mean_ratio, rate_ratio
from wardteam.stats.results import Estimand, Interval, Method, Result, Unanswerable
from wardteam.stats.samples import Sample, Summary
from wardteam.stats.shares import SharesComparison, compare_shares
from wardteam.stats.tables import choose_test, corrected, fisher, pearson

__all__ = [
    "DailyCounts",
    "Estimand",
    "Interval",
    "Method",
    "RateRatio",
    "Result",
    "Sample",
    "Share",
    "SharesComparison",
    "Summary",
    "Unanswerable",
    "choose_test",
    "compare_shares",
    "corrected",
    "fisher",
    "geometric_mean_ratio",
    "holm",
    "levene",
    "newcombe_difference",
    "number_needed_to_treat",
    "odds_ratio",
    "pearson",
    "phi_coefficient",
    "rate_ratio",
    "risk_ratio",
    "student",
    "welch",
    "wilson",
]
