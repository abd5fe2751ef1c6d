"""Power and sample size of each main test, planned before the data: one function each way."""

from __future__ import annotations

from wardteam.stats.power_basis import Power
from wardteam.stats.power_of_means import (
    power_clusters,
    power_means,
    power_paired,
    size_clusters,
    size_means,
    size_paired,
)
from wardteam.stats.power_of_shares import (
    power_ranks,
    power_rates,
    power_shares,
    size_ranks,
    size_rates,
    size_shares,
)

__all__ = [
    "Power",
    "power_clusters",
    "power_means",
    "power_paired",
    "power_ranks",
    "power_rates",
    "power_shares",
    "size_clusters",
    "size_means",
    "size_paired",
    "size_ranks",
    "size_rates",
    "size_shares",
]
