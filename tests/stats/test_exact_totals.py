"""Two totals: R's documented example, and words where there is no ratio."""

from __future__ import annotations

import pytest

from wardteam.stats.exact_totals import Total, exact_totals_ratio
from wardteam.stats.results import Unanswerable


def test_rs_example_of_two_totals_is_met() -> None:
    # poisson.test(c(11, 6+8+7), c(800, 1083+1050+878)) of R's help page: ratio 1.971488,
    # P = 0.07967, 95% CI 0.8584264 to 4.2772659; R gives the first rate over the second.
    result = exact_totals_ratio(Total(21, 1083 + 1050 + 878), Total(11, 800))
    assert result.estimate == pytest.approx(1.971488, abs=5e-7)
    assert result.p == pytest.approx(0.07967, abs=5e-6)
    assert result.interval is not None
    assert (result.interval.low, result.interval.high) == pytest.approx((0.8584264, 4.2772659), rel=1e-6)
    assert result.warnings


@pytest.mark.parametrize("events", [(0, 5), (5, 0), (0, 0)])
def test_a_group_without_events_has_no_ratio(events: tuple[int, int]) -> None:
    with pytest.raises(Unanswerable):
        exact_totals_ratio(Total(events[0], 10.0), Total(events[1], 10.0))


@pytest.mark.parametrize("exposure", [0.0, -1.0, float("inf")])
def test_an_impossible_exposure_is_refused(exposure: float) -> None:
    with pytest.raises(Unanswerable):
        Total(1, exposure)
