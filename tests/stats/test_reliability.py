"""Cronbach's alpha against R's ltm, pingouin and the analysis of variance."""

from __future__ import annotations

import numpy as np
import pytest

from wardteam.stats import Unanswerable
from wardteam.stats.reliability import alpha_if_deleted, cronbach_alpha, feldt_interval

# Bock and Lieberman 1970: 1000 answers to section 6 of the LSAT, by pattern; R's data set ltm::LSAT.
LSAT_COUNTS = """
3 6 2 11 1 1 3 4 1 8 0 16 0 3 2 15 10 29 14 81 3 28 15 80 16 56 21 173 11 61 28 298
"""
LSAT = [
    [int(bit) for bit in f"{pattern:05b}"]
    for pattern, count in enumerate(map(int, LSAT_COUNTS.split()))
    for _ in range(count)
]


def test_alpha_agrees_with_rs_ltm():
    """R ltm: cronbach.alpha(LSAT): 0.295; descript(LSAT), items excluded: 0.2754, 0.2376, 0.2168, ..."""
    result = cronbach_alpha(LSAT)
    assert result.estimate == pytest.approx(0.295, abs=5e-4)
    assert result.n == (1000,)
    assert alpha_if_deleted(LSAT) == pytest.approx((0.2754, 0.2376, 0.2168, 0.2459, 0.2663), abs=5e-5)


def test_feldts_interval_agrees_with_pingouin():
    """pingouin.cronbach_alpha, its example of 15 people and 10 items: 0.5917188, [0.195, 0.840]."""
    interval = feldt_interval(0.5917188485995826, 15, 10)
    assert (interval.low, interval.high) == pytest.approx((0.195, 0.840), abs=5e-4)


def test_alpha_is_hoyts_ratio_of_mean_squares():
    """Hoyt 1941: alpha = 1 - residual mean square / people's mean square of the two-way analysis."""
    table = np.random.default_rng(4).normal(size=(30, 6)) + np.random.default_rng(5).normal(size=(30, 1))
    people = 6 * table.mean(axis=1).var(ddof=1)
    rest = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0) + table.mean()
    residual = (rest**2).sum() / (29 * 5)
    assert cronbach_alpha(table.tolist()).estimate == pytest.approx(1 - residual / people)


def test_people_who_left_an_item_out_are_counted_as_missing():
    rows = [[1, 2, 2], [2, 2, 3], [3, 5, 4], [4, 4, 4]]
    whole, parted = cronbach_alpha(rows), cronbach_alpha([*rows, [None, 5, 1], [float("nan"), 1, 5]])
    assert (parted.estimate, parted.interval) == (whole.estimate, whole.interval)
    assert (parted.n, parted.missing) == ((4,), (2,))


def test_a_negative_alpha_is_shown_and_said_to_be():
    result = cronbach_alpha([[1, 5], [2, 4], [3, 3], [4, 1]])
    assert result.estimate < 0
    assert [str(w)[:17] for w in result.warnings] == ["Alpha is negative", "The scale has two"]


def test_an_item_that_never_varies_is_named():
    result = cronbach_alpha([[1, 3, 2], [2, 3, 2], [3, 3, 4], [5, 3, 4]])
    assert [str(w) for w in result.warnings] == ["Everybody answered item 2 alike; it adds nothing to alpha."]
    assert alpha_if_deleted([[1, 3], [2, 3], [4, 3]]) == (None, None)


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], "two items or more; got 0"),
        ([[1], [2], [3]], "two items or more; got 1"),
        ([[1, 2], [2, 3]], "three people .* got 2 of 2"),
        ([[1, 2], [2, 3], [None, 3]], "three people .* got 2 of 3"),
        ([[1, 2], [1, 2], [1, 2]], "the same total"),
        ([[1, 3], [2, 2], [3, 1]], "the same total"),
        ([[1, 2], [2, float("inf")], [3, 3]], "finite number"),
    ],
)
def test_answers_that_allow_no_alpha_are_refused_in_words(items, words):
    with pytest.raises(Unanswerable, match=words):
        cronbach_alpha(items)


def test_rows_of_unequal_length_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match=r"\[1, 2\]"):
        cronbach_alpha([[1, 2], [1]])
