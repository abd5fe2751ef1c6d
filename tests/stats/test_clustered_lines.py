"""Cluster-robust regression against statsmodels, and single rates against the formula by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from wardteam.stats.clustered_lines import clustered_geometric_mean, clustered_ratio
from wardteam.stats.ratios import DailyCounts
from wardteam.stats.results import Unanswerable
from wardteam.stats.single_rate import dispersion, single_rate


def sample() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    clusters = rng.integers(0, 40, 300)
    x = rng.normal(size=300)
    values = np.exp(3 - 0.2 * x + rng.normal(size=40)[clusters] + rng.normal(size=300))
    return values, np.column_stack((x, np.ones(300))), clusters


def test_errors_are_those_of_statsmodels_with_clusters() -> None:
    import statsmodels.api as sm

    values, terms, clusters = sample()
    expected = sm.OLS(np.log(values), terms).fit(
        cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True
    )
    found = clustered_ratio(values, terms, clusters, of=0)
    low, high = np.exp(expected.conf_int()[0])
    assert found.estimate == pytest.approx(math.exp(expected.params[0]), rel=1e-9)
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), rel=1e-9)
    assert found.p == pytest.approx(expected.pvalues[0], rel=1e-8)


def test_calls_of_one_stay_widen_the_interval_of_the_geometric_mean() -> None:
    values, _, clusters = sample()
    together = clustered_geometric_mean(values, clusters)
    apart = clustered_geometric_mean(values, np.arange(len(values)))
    assert together.estimate == pytest.approx(math.exp(np.log(values).mean()))
    assert together.interval.high > 1.1 * apart.interval.high


@pytest.mark.parametrize(
    ("values", "terms", "clusters"),
    [
        ([], np.ones((0, 1)), []),
        ([1.0, 2.0, 3.0, 4.0], np.ones((4, 1)), [1, 1, 1, 1]),
        ([1.0, 2.0, 3.0, 4.0], np.ones((4, 2)), [1, 1, 2, 2]),
        ([2.0, 2.0, 2.0, 2.0], np.ones((4, 1)), [1, 1, 2, 2]),
        ([1.0, 0.0, 3.0, 4.0], np.ones((4, 1)), [1, 1, 2, 2]),
    ],
)
def test_what_has_no_answer_is_refused_in_words(values, terms, clusters) -> None:
    with pytest.raises(Unanswerable):
        clustered_ratio(np.array(values), terms, np.array(clusters, dtype=np.int64), of=0)


def test_a_rate_scatters_as_its_days_do() -> None:
    days = DailyCounts((8, 12, 30, 10), (10.0, 10.0, 10.0, 10.0))
    phi = ((8 - 15) ** 2 + (12 - 15) ** 2 + (30 - 15) ** 2 + (10 - 15) ** 2) / 15 / 3
    assert dispersion(days) == pytest.approx(phi)
    margin = 3.182446305 * math.sqrt(phi / 60)
    found = single_rate(days, per=100)
    assert found.estimate == pytest.approx(150)
    assert found.interval.low == pytest.approx(150 * math.exp(-margin))


def test_days_that_scatter_less_than_poisson_keep_poissons_interval() -> None:
    found = single_rate(DailyCounts((5, 5, 5), (1.0, 1.0, 1.0)))
    assert found.interval.high == pytest.approx(5 * math.exp(4.302652730 / math.sqrt(15)))


def test_no_event_at_all_has_the_exact_upper_limit() -> None:
    found = single_rate(DailyCounts((0, 0), (50.0, 50.0)), per=1000)
    assert (found.estimate, found.interval.low) == (0, 0)
    assert found.interval.high == pytest.approx(36.88879, rel=1e-5)
