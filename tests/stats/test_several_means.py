"""Several groups against NIST's certified values and R's printed ones."""

from __future__ import annotations

import pytest
from scipy import stats as reference

from tests.stats.published import INSECT_SPRAYS, OZONE, PLANT_GROWTH, SIRSTV, smls
from wardteam.stats import Sample, Summary, Unanswerable, student, welch
from wardteam.stats.several_means import anova, kruskal_wallis, pairwise_means, pairwise_ranks, welch_anova


def samples(groups):
    return [Sample.of(map(float, group)) for group in groups]


@pytest.mark.parametrize(
    ("groups", "f", "df", "digits"),
    [
        (SIRSTV, 1.18046237440255, (4, 20), 9),
        (smls(1), 21.0, (8, 180), 13),
        (smls(1_000_000), 21.0, (8, 180), 8),
        (smls(1_000_000_000_000), 21.0, (8, 180), 2),
    ],
    ids=["SiRstv", "SmLs01", "SmLs04", "SmLs07"],
)
def test_anova_agrees_with_nists_certified_values(groups, f, df, digits):
    """NIST/ITL StRD; SmLs07 can't be held in doubles to more than two or three digits."""
    result = anova(samples(groups))
    assert result.statistic == pytest.approx(f, rel=10.0**-digits)
    assert result.df == df


@pytest.mark.parametrize(
    ("test", "groups", "statistic", "df", "p"),
    [
        # R: anova(lm(weight ~ group, PlantGrowth)), oneway.test, kruskal.test
        (anova, PLANT_GROWTH, "4.8461", (2, 27), "0.01591"),
        (welch_anova, PLANT_GROWTH, "5.181", (2, 17.128), "0.01739"),
        (kruskal_wallis, PLANT_GROWTH, "7.9882", (2,), "0.01842"),
        # R: oneway.test(count ~ spray, InsectSprays, var.equal = TRUE), oneway.test, kruskal.test
        (anova, INSECT_SPRAYS, "34.702", (5, 66), "3.183e-17"),
        (welch_anova, INSECT_SPRAYS, "36.065", (5, 30.043), "7.999e-12"),
        (kruskal_wallis, INSECT_SPRAYS, "54.691", (5,), "1.511e-10"),
    ],
)
def test_several_groups_agree_with_r(test, groups, statistic, df, p):
    result = test(samples(groups))
    decimals = len(statistic.partition(".")[2])
    assert f"{result.statistic:.{decimals}f}" == statistic
    assert result.df == pytest.approx(df, abs=5e-4)
    assert result.p == pytest.approx(float(p), rel=5e-4)


def test_kruskal_wallis_counts_what_is_missing_as_in_r():
    """R: kruskal.test(Ozone ~ Month, airquality): chi-squared = 29.267, df = 4, p-value = 6.901e-06."""
    result = kruskal_wallis([Sample.of(month) for month in OZONE.values()])
    assert result.statistic == pytest.approx(29.267, abs=5e-4)
    assert result.p == pytest.approx(6.901e-06, abs=5e-10)
    assert result.missing == (5, 21, 5, 5, 1)


def test_dunns_test_agrees_with_rs_dunn_test():
    """R dunn.test: dunn.test(airquality$Ozone, airquality$Month), z column by column (row less column)."""
    printed = {
        ("5", "6"): 0.925158,
        ("5", "7"): 4.419470,
        ("6", "7"): 2.244208,
        ("5", "8"): 4.132813,
        ("6", "8"): 2.038635,
        ("7", "8"): -0.286657,
        ("5", "9"): 1.321202,
        ("6", "9"): -0.002538,
        ("7", "9"): -3.217199,
        ("8", "9"): -2.922827,
    }
    pairs = pairwise_ranks([Sample.of(month) for month in OZONE.values()], list(OZONE))
    found = {(pair.first, pair.second): pair for pair in pairs}
    assert {key: pair.result.statistic for key, pair in found.items()} == pytest.approx(printed, abs=1e-6)
    assert found["5", "7"].adjusted_p == pytest.approx(10 * found["5", "7"].result.p)
    assert found["6", "9"].adjusted_p == 1.0
    assert found["5", "7"].result.interval.low > 0


def test_two_groups_of_one_value_have_no_shift_but_still_a_p():
    pairs = pairwise_ranks(samples([[0, 0, 0], [0, 0], [1, 2, 3]]), "abc")
    assert (pairs[0].result.estimate, pairs[0].result.statistic, pairs[0].adjusted_p) == (None, 0, 1)
    assert pairs[1].result.estimate == 2


def test_games_howell_agrees_with_scipy():
    """scipy.stats.tukey_hsd(..., equal_var=False), differences first less second."""
    pairs = pairwise_means(samples(PLANT_GROWTH), ["ctrl", "trt1", "trt2"])
    theirs = reference.tukey_hsd(*PLANT_GROWTH, equal_var=False)
    span = theirs.confidence_interval()
    for pair, (a, b) in zip(pairs, [(0, 1), (0, 2), (1, 2)], strict=True):
        assert pair.adjusted_p == pytest.approx(theirs.pvalue[b, a], abs=1e-6)
        interval = pair.result.interval
        assert (interval.low, interval.high) == pytest.approx((span.low[b, a], span.high[b, a]), abs=1e-6)
    assert (pairs[0].first, pairs[0].second) == ("ctrl", "trt1")


def test_welch_with_holm_adjusts_welchs_own_p():
    groups = samples(PLANT_GROWTH)
    pairs = pairwise_means(groups, "abc", method="welch_holm")
    single = [welch(groups[a], groups[b]).p for a, b in [(0, 1), (0, 2), (1, 2)]]
    assert [pair.result.p for pair in pairs] == single
    # R: p.adjust(c(0.2504, 0.0479, 0.0093), "holm"), from the order of the three
    assert [pair.adjusted_p for pair in pairs] == pytest.approx([single[0], 2 * single[1], 3 * single[2]])


def test_two_groups_give_the_square_of_t():
    a, b, _ = samples(PLANT_GROWTH)
    assert anova([a, b]).statistic == pytest.approx(student(a, b).statistic ** 2)
    two, t = welch_anova([a, b]), welch(a, b)
    assert (two.statistic, two.df[1], two.p) == pytest.approx((t.statistic**2, t.df[0], t.p))


def test_summaries_give_what_raw_values_give():
    raw = samples(INSECT_SPRAYS)
    printed = [Summary(group.mean, group.sd, group.n) for group in raw]
    assert anova(raw).statistic == anova(printed).statistic
    assert welch_anova(raw).df == welch_anova(printed).df


@pytest.mark.parametrize(
    ("test", "groups", "words"),
    [
        (anova, [[1, 2], [3]], "the sizes are 2, 1"),
        (anova, [[1, 2]], "Two groups or more"),
        (anova, [[1, 1], [2, 2], [3, 3]], "no spread"),
        (welch_anova, [[1, 2], [2, 2], [3, 4]], "no spread"),
        (kruskal_wallis, [[5, 5], [5, 5, 5]], "the same"),
        (kruskal_wallis, [[5, 5], [5]], "the sizes are 2, 1"),
    ],
)
def test_groups_that_allow_no_test_are_refused_in_words(test, groups, words):
    with pytest.raises(Unanswerable, match=words):
        test(samples(groups))


def test_every_group_needs_its_name():
    with pytest.raises(ValueError, match="2 names"):
        pairwise_means(samples(PLANT_GROWTH), "ab")
