"""One period against a target, against values that R and textbooks print."""

from __future__ import annotations

import math
import random

import pytest

from wardteam.stats.counts import Share
from wardteam.stats.ratios import DailyCounts
from wardteam.stats.results import Unanswerable
from wardteam.stats.samples import Sample
from wardteam.stats.targets import logs_against, rate_against, share_against


def test_the_exact_binomial_test_agrees_with_r():
    """R's help of binom.test: 682 of 925 against 3/4 gives p = 0.3825 (Conover 1971, p. 97)."""
    assert share_against(Share(682, 925), 0.75).p == pytest.approx(0.3825, abs=5e-5)


def test_the_t_test_of_logarithms_agrees_with_r():
    """R's sleep data, group 2: t.test(extra) gives t = 3.6799, p = 0.005076, CI 0.8976775 to 3.7623225."""
    extra = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)
    result = logs_against(Sample(extra), 1.0)
    assert result.statistic == pytest.approx(3.6799, abs=5e-5)
    assert result.p == pytest.approx(0.005076, abs=5e-7)
    ends = math.log(result.interval.low), math.log(result.interval.high)
    assert ends == pytest.approx((0.8976775, 3.7623225), abs=1e-6)


def test_a_rate_on_its_target_has_a_p_of_one():
    days = DailyCounts((10, 12, 8, 10), (100.0, 100.0, 100.0, 100.0))
    result = rate_against(days, 10.0, per=100.0)
    assert result.estimate == pytest.approx(10)
    assert result.p == pytest.approx(1)


def test_a_rate_is_held_against_its_target_with_few_false_alarms():
    draw = random.Random(5)
    alarms = 0
    for _ in range(400):
        counts = tuple(
            sum(draw.random() < 0.1 for _ in range(int(draw.gammavariate(4, 50)))) for _ in range(20)
        )
        alarms += rate_against(DailyCounts(counts, (200.0,) * 20), 0.1).is_significant
    assert alarms < 40


@pytest.mark.parametrize(
    "test",
    [
        lambda: share_against(Share(1, 2), 1.0),
        lambda: rate_against(DailyCounts((0, 0), (1.0, 1.0)), 1.0),
        lambda: rate_against(DailyCounts((1, 2), (1.0, 1.0)), 0.0),
        lambda: logs_against(Sample((1.0,)), 2.0),
        lambda: logs_against(Sample((1.0, 1.0)), 2.0),
    ],
)
def test_what_has_no_answer_is_refused_in_words(test):
    with pytest.raises(Unanswerable):
        test()
