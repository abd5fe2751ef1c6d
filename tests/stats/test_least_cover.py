"""The cheapest cover is valid, and no cheaper one exists."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from wardteam.stats.least_cover import least_cover
from wardteam.stats.results import Unanswerable


@pytest.mark.parametrize("seed", range(12))
def test_no_cheaper_cover_is_found_by_trying_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    covers = rng.integers(0, 2, (6, 3)).astype(float)
    covers[:, 0] = np.where(covers.sum(axis=1) == 0, 1, covers[:, 0])
    required, costs = rng.integers(0, 4, 6).astype(float), rng.integers(4, 9, 3).astype(float)
    least = rng.integers(0, 2, 3)
    found = least_cover(covers, required, costs, least)
    valid = [
        float(costs @ np.array(tried))
        for tried in product(range(7), repeat=3)
        if (covers @ np.array(tried) >= required).all() and (np.array(tried) >= least).all()
    ]
    assert (covers @ found >= required).all()
    assert costs @ found == pytest.approx(min(valid))


def test_an_hour_that_no_shift_covers_is_named() -> None:
    with pytest.raises(Unanswerable, match="1"):
        least_cover(np.array([[1.0], [0.0]]), np.array([1.0, 2.0]), np.ones(1), np.zeros(1, dtype=np.int64))
