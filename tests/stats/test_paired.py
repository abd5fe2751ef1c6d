"""The paired t-test against R, and pairs that lack a member."""

from __future__ import annotations

import pytest

from tests.stats.published import SLEEP_1, SLEEP_2
from wardteam.stats import Unanswerable
from wardteam.stats.paired import paired_t


def test_the_paired_test_agrees_with_r_on_the_sleep_data():
    """R: t.test(Pair(...) ~ 1, sleep): t = -4.0621, df = 9, p = 0.002833, -2.4598858 -0.7001142, -1.58."""
    result = paired_t(SLEEP_1, SLEEP_2)
    assert result.statistic == pytest.approx(4.0621, abs=5e-5)
    assert result.df == (9,)
    assert result.p == pytest.approx(0.002833, abs=5e-7)
    assert result.estimate == pytest.approx(1.58)
    assert (result.interval.low, result.interval.high) == pytest.approx((0.7001142, 2.4598858), abs=5e-8)


def test_pairs_that_lack_a_member_are_counted_and_left_out():
    whole = paired_t(SLEEP_1, SLEEP_2)
    result = paired_t([*SLEEP_1, None, 3.0, float("nan")], [*SLEEP_2, 2.0, None, None])
    assert (result.n, result.missing) == ((10,), (3,))
    assert (result.statistic, result.p) == (whole.statistic, whole.p)
    assert [str(w) for w in result.warnings] == ["3 pairs lack a member and are left out."]
    assert not whole.warnings


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ([], [], "two complete pairs; got 0 of 0"),
        ([1.0, None], [2.0, 3.0], "two complete pairs; got 1 of 2"),
        ([1.0, 2.0, 3.0], [2.0, 3.0, 4.0], "the same amount"),
        ([0.1, 0.2, 0.3], [0.2, 0.3, 0.4], "the same amount"),
        ([1.0, float("inf")], [2.0, 3.0], "finite"),
        ([None, None], [None, 1.0], "got 0 of 2"),
    ],
)
def test_pairs_that_allow_no_test_are_refused_in_words(first, second, words):
    with pytest.raises(Unanswerable, match=words):
        paired_t(first, second)


def test_sides_of_unequal_length_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="2 and 1"):
        paired_t([1.0, 2.0], [1.0])
