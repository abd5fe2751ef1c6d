"""Tables of several rows and columns against R's examples, listed tables, and scipy."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats as reference
from scipy.stats import contingency

from wardteam.stats import Share, Unanswerable, choose_test
from wardteam.stats.crosstab import (
    Crosstab,
    choose_crosstab_test,
    cramers_v,
    freeman_halton,
)
from wardteam.stats.exact_tables import exact_tail, random_tail

JOB = ((1, 3, 10, 6), (2, 3, 10, 7), (1, 6, 14, 12), (0, 1, 9, 11))
PARTY = ((762, 327, 468), (484, 239, 477))
MEHTA_PATEL = (
    (1, 2, 2, 1, 1, 0, 1),
    (2, 0, 0, 2, 3, 0, 0),
    (0, 1, 1, 1, 2, 7, 3),
    (1, 1, 2, 0, 0, 0, 1),
    (0, 1, 1, 1, 1, 0, 0),
)


def table(rows, missing=0) -> Crosstab:
    names = tuple(f"r{i}" for i in range(len(rows)))
    return Crosstab(tuple(rows), names, tuple(f"c{i}" for i in range(len(rows[0]))), missing)


def listed(rows) -> float:
    """Go through every table of these margins, one by one."""
    counts = np.array(rows)
    r, c = counts.sum(axis=1), counts.sum(axis=0)
    law = reference.random_table(r, c)
    observed, tail = law.pmf(counts), 0.0
    for cells in itertools.product(*(range(min(a, b) + 1) for a in r[:-1] for b in c[:-1])):
        inner = np.array(cells).reshape(len(r) - 1, len(c) - 1)
        wide = np.column_stack([inner, r[:-1] - inner.sum(axis=1)])
        whole = np.vstack([wide, c - wide.sum(axis=0)])
        if whole.min() >= 0 and (p := law.pmf(whole)) <= observed * (1 + 1e-7):
            tail += p
    return float(tail)


@pytest.mark.parametrize(
    ("rows", "p"),
    [
        (JOB, 0.7827),  # R, ?fisher.test: fisher.test(Job), Agresti 2002, p. 57
        (((3, 1), (1, 3)), 34 / 70),  # Fisher 1935, the tea tasting
    ],
)
def test_the_exact_test_agrees_with_rs_examples(rows, p):
    result = freeman_halton(table(rows))
    assert result.method.code == "fisher_freeman_halton"
    assert result.p == pytest.approx(p, abs=5e-5)
    assert freeman_halton(table(tuple(zip(*rows, strict=True)))).p == pytest.approx(result.p, rel=1e-6)


@pytest.mark.parametrize(
    "rows",
    [
        ((3, 1, 2), (0, 4, 1)),
        ((3, 1, 2), (0, 4, 1), (2, 0, 3)),
        ((5, 0), (1, 4), (2, 2)),
        ((2, 2, 2), (2, 2, 2)),
        ((9, 0, 1), (0, 1, 0), (1, 1, 6)),
    ],
)
def test_the_exact_test_agrees_with_listing_every_table(rows):
    assert exact_tail(rows) == pytest.approx(listed(rows), rel=1e-6)


def test_a_table_too_large_to_list_is_drawn_with_a_seed_and_says_its_error():
    rows = tuple(tuple(int(c) for c in row) for row in np.random.default_rng(0).integers(1, 10, (6, 7)))
    result = freeman_halton(table(rows), seed=7)
    assert result.method.code == "fisher_freeman_halton_drawn"
    assert "20000 random tables (standard error 0.00" in str(result.warnings[0])
    assert result.p == freeman_halton(table(rows), seed=7).p
    drawn = reference.MonteCarloMethod(n_resamples=20_000, rng=np.random.default_rng(1))
    assert result.p == pytest.approx(reference.fisher_exact(rows, method=drawn).pvalue, abs=0.006)


def test_drawn_tables_agree_with_listed_ones():
    """R, ?fisher.test: Job, P = 0.7827; MP6 (Mehta and Patel 1986, table 6), P = 0.0393."""
    assert random_tail(JOB, draws=20_000, seed=1) == pytest.approx(0.7827, abs=0.012)
    assert random_tail(MEHTA_PATEL, draws=20_000, seed=1) == pytest.approx(0.0393, abs=0.006)


def test_pearson_agrees_with_agrestis_party_example():
    """R, ?chisq.test, Agresti 2007, p. 39: X-squared = 30.07, df = 2, p-value = 2.954e-07."""
    result = choose_crosstab_test(table(PARTY, missing=4))
    assert result.method.code == "pearson_chi2"
    assert result.statistic == pytest.approx(30.070, abs=5e-4)
    assert result.p == pytest.approx(2.954e-7, rel=2e-4)
    assert (result.df, result.n, result.missing) == ((2.0,), (1557, 1200), (4,))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (((5, 5, 5), (5, 5, 5)), "pearson_chi2"),
        (((4, 30, 30), (4, 30, 30), (4, 30, 30)), "fisher_freeman_halton"),  # 3 of 9 expected below 5
        (((4, 30, 30, 30, 30), (4, 30, 30, 30, 30)), "pearson_chi2"),  # 2 of 10
        (((1, 30, 30, 30, 30), (0, 30, 30, 30, 30)), "fisher_freeman_halton"),  # 0.5 expected
    ],
)
def test_the_rule_chooses_by_expected_counts(rows, code):
    result = choose_crosstab_test(table(rows))
    assert result.method.code == code
    assert "expected count" in str(result.reason)


def test_a_table_of_two_by_two_follows_the_rule_of_two_shares():
    chosen = choose_crosstab_test(table(((4, 96), (5, 95))))
    shares = choose_test(Share(4, 100), Share(5, 100))
    assert chosen.method.code == "corrected_chi2"
    assert (chosen.p, chosen.statistic, chosen.reason) == (shares.p, shares.statistic, shares.reason)


@pytest.mark.parametrize("rows", [PARTY, ((20, 30, 10), (30, 20, 5)), ((40, 0, 1), (0, 50, 2), (3, 0, 60))])
def test_cramers_v_agrees_with_scipy_and_its_bounds_with_the_noncentral_chi_square(rows):
    result = cramers_v(table(rows))
    chi2, df = table(rows).chi_square, table(rows).df
    assert result.estimate == pytest.approx(contingency.association(np.array(rows), method="cramer"))
    scale = np.sum(rows) * (min(np.array(rows).shape) - 1)
    upper = reference.ncx2.cdf(chi2, df, result.interval.high**2 * scale)
    assert upper == pytest.approx(0.025, abs=1e-8) or result.interval.high == 1
    if result.interval.low:
        assert reference.ncx2.sf(chi2, df, result.interval.low**2 * scale) == pytest.approx(0.025, abs=1e-8)
    else:
        assert reference.chi2.sf(chi2, df) > 0.025


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (((1, 0, 2), (3, 0, 4)), "column c1"),
        (((0, 0, 0), (3, 1, 4)), "row r0"),
        (((1, 2, 3),), "two rows"),
        (((1,), (2,)), "two columns"),
        (((1, -2), (2, 1)), "whole number"),
        (((1, 2.5), (2, 1)), "whole number"),
    ],
)
def test_impossible_tables_are_refused_in_words(rows, words):
    with pytest.raises(Unanswerable, match=words):
        table(rows)


def test_rows_of_other_lengths_and_names_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="every row needs 2"):
        Crosstab(((1, 2), (3, 4, 5)), ("a", "b"), ("x", "y"))
    with pytest.raises(ValueError, match="2 rows stand against 1"):
        Crosstab(((1, 2), (3, 4)), ("a",), ("x", "y"))
