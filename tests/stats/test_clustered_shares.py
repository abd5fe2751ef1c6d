"""Shares of clustered calls, against the survey estimators of statsmodels' and published formulas."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from wardteam.stats.clustered_shares import (
    ClusteredShare,
    clustered_share,
    clustered_share_difference,
    share_by_stay,
)
from wardteam.stats.counts import Share
from wardteam.stats.proportions import newcombe_difference
from wardteam.stats.results import Unanswerable


def test_the_variance_is_that_of_a_regression_robust_to_clusters():
    """OLS on a constant with CR0 errors times m / (m - 1), as statsmodels' cov_type cluster gives it."""
    import statsmodels.api as sm

    draw = random.Random(3)
    stays = [n for n in range(30) for _ in range(1 + n % 7)]
    levels = [draw.random() for _ in range(30)]
    events = [draw.random() < levels[stay] for stay in stays]
    fit = sm.OLS(np.array(events, dtype=float), np.ones(len(stays))).fit(
        cov_type="cluster", cov_kwds={"groups": np.array(stays), "use_correction": False}
    )
    share = share_by_stay(events, stays)
    assert share.value == pytest.approx(fit.params[0])
    assert share.variance == pytest.approx(fit.bse[0] ** 2 * 30 / 29)


def test_one_call_a_stay_gives_the_interval_of_independent_calls():
    first, second = (
        ClusteredShare((1,) * 60 + (0,) * 40, (1,) * 100),
        ClusteredShare((1,) * 75 + (0,) * 25, (1,) * 100),
    )
    clustered = clustered_share_difference(first, second)
    plain = newcombe_difference(Share(60, 100), Share(75, 100))
    assert clustered.estimate == pytest.approx(plain.estimate)
    assert clustered.interval.low == pytest.approx(plain.interval.low, abs=0.01)
    assert clustered.interval.high == pytest.approx(plain.interval.high, abs=0.01)


def test_stays_that_answer_alike_widen_the_interval():
    alike = clustered_share(ClusteredShare((10, 0) * 10, (10, 10) * 10)).interval
    mixed = clustered_share(ClusteredShare((5, 5) * 9 + (4, 6), (10, 10) * 10)).interval
    assert alike.high - alike.low > 5 * (mixed.high - mixed.low)


def test_false_alarms_stay_near_five_percent():
    draw = random.Random(11)
    alarms = 0
    for _ in range(300):
        sides = []
        for _ in range(2):
            levels = [draw.betavariate(2, 2) for _ in range(40)]
            sides.append(
                ClusteredShare(tuple(sum(draw.random() < p for _ in range(8)) for p in levels), (8,) * 40)
            )
        alarms += clustered_share_difference(*sides).is_significant
    assert 3 <= alarms <= 28


@pytest.mark.parametrize(("events", "edge"), [((0, 0, 0), 0.0), ((2, 2, 2), 1.0)])
def test_a_share_at_the_edge_has_an_interval_inside_it(events, edge):
    interval = clustered_share(ClusteredShare(events, (2, 2, 2))).interval
    assert edge in (interval.low, interval.high)
    assert math.isclose(interval.high - interval.low, 1 - 0.025 ** (1 / 3))


def test_what_has_no_answer_is_refused_in_words():
    with pytest.raises(Unanswerable, match="two stays"):
        ClusteredShare((1,), (2,))
    with pytest.raises(Unanswerable, match="no scatter"):
        clustered_share_difference(ClusteredShare((1, 1), (2, 2)), ClusteredShare((2, 2), (2, 2)))
