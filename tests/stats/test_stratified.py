"""Shares over strata against R's mantelhaen.test and statsmodels' StratifiedTable."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import StratifiedTable

from wardteam.stats import Share, Unanswerable
from wardteam.stats.stratified import mantel_haenszel

BERKELEY = (
    ((89, 19), (512, 313)),
    ((17, 8), (353, 207)),
    ((202, 391), (120, 205)),
    ((131, 244), (138, 279)),
    ((94, 299), (53, 138)),
    ((24, 317), (22, 351)),
)
"""Admitted and rejected women, then men, by department: UCBAdmissions (Bickel, Hammel, O'Connell 1975)."""
RABBITS = (((0, 5), (0, 6)), ((0, 6), (3, 3)), ((2, 4), (6, 0)), ((6, 0), (5, 1)), ((5, 0), (2, 0)))
"""Cured and died after late, then after immediate penicillin, by its level: Agresti 1990, p. 231."""


def strata(tables):
    return [tuple(Share(yes, yes + no) for yes, no in pair) for pair in tables]


def by_code(tables):
    return {result.method.code: result for result in mantel_haenszel(strata(tables))}


def test_berkeleys_admissions_agree_with_r_and_statsmodels():
    """R, mantelhaen.test(UCBAdmissions): X-squared = 1.4269 corrected and 1.5246 not, P = 0.2323 and 0.2169,
    common odds ratio 0.9046968, 95% CI 0.7719074 to 1.0603298."""
    found = by_code(BERKELEY)
    pooled = found["mantel_haenszel_odds_ratio"]
    assert pooled.estimate == pytest.approx(0.9046968, abs=5e-8)
    assert (pooled.interval.low, pooled.interval.high) == pytest.approx((0.7719074, 1.0603298), abs=5e-8)
    corrected, plain = found["cochran_mantel_haenszel_corrected"], found["cochran_mantel_haenszel"]
    assert (corrected.statistic, corrected.p) == pytest.approx((1.4269, 0.2323), abs=5e-5)
    assert (plain.statistic, plain.p) == pytest.approx((1.5246, 0.2169), abs=5e-5)
    theirs = StratifiedTable([np.array([men, women], dtype=float) for women, men in BERKELEY])
    agreement = theirs.test_equal_odds(adjust=True)
    assert found["breslow_day_tarone"].statistic == pytest.approx(agreement.statistic)
    assert found["breslow_day_tarone"].p == pytest.approx(agreement.pvalue)
    assert found["breslow_day_tarone"].df == (5.0,)
    assert "describes them badly" in str(pooled.warnings[0])


def test_the_rabbits_agree_with_r_and_empty_strata_are_counted():
    """R, mantelhaen.test(Rabbits): X-squared = 3.9286, P = 0.04747; odds ratio 7, 1.026713 to 47.725133."""
    found = by_code(RABBITS)
    pooled, test = found["mantel_haenszel_odds_ratio"], found["cochran_mantel_haenszel_corrected"]
    assert pooled.estimate == pytest.approx(7)
    assert (pooled.interval.low, pooled.interval.high) == pytest.approx((1.026713, 47.725133), abs=5e-6)
    assert (test.statistic, test.p) == pytest.approx((3.9286, 0.04747), abs=5e-5)
    assert pooled.warnings[0].fields == {"count": 2}
    assert test.n == (28, 26)


def test_one_stratum_is_an_ordinary_odds_ratio_and_says_so():
    found = by_code([((10, 20), (15, 12))])
    assert found["mantel_haenszel_odds_ratio"].estimate == pytest.approx(15 * 20 / (12 * 10))
    assert "Only one stratum" in str(found["mantel_haenszel_odds_ratio"].warnings[0])
    assert "breslow_day_tarone" not in found


def test_an_outcome_all_on_one_side_has_a_test_but_no_ratio():
    found = by_code([((0, 9), (5, 5)), ((0, 8), (4, 6))])
    pooled = found["mantel_haenszel_odds_ratio"]
    assert (pooled.estimate, pooled.interval) == (None, None)
    assert "has no value" in str(pooled.warnings[-1])
    assert found["cochran_mantel_haenszel"].p < 0.05


def test_strata_that_agree_exactly_have_no_disagreement():
    found = by_code([((10, 10), (10, 10)), ((5, 20), (5, 20))])
    assert found["mantel_haenszel_odds_ratio"].estimate == pytest.approx(1)
    assert found["breslow_day_tarone"].statistic == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("tables", [[], [((0, 9), (0, 8))], [((9, 0), (8, 0)), ((0, 1), (0, 1))]])
def test_strata_that_tell_nothing_are_refused_in_words(tables):
    with pytest.raises(Unanswerable, match="nothing to pool"):
        mantel_haenszel(strata(tables))


def test_missing_answers_are_summed_over_the_strata():
    pair = (Share(10, 30, missing=2), Share(15, 27, missing=1))
    assert mantel_haenszel([pair, pair])[0].missing == (4, 2)
