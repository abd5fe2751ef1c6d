"""Power and sample size of comparing two means: apart, in pairs, in clusters; two-sided."""

from __future__ import annotations

import math

from wardteam.errors import Message
from wardteam.stats.distributions import t_quantile
from wardteam.stats.noncentral import noncentral_t_below
from wardteam.stats.power_basis import Power, effect, inside, positive, several, solve, whole

MEANS = (
    "Two means, Student's t (noncentral t): difference {difference}, s {sd} in both groups, alpha {alpha}."
)
PAIRS = "Paired t (noncentral t): mean difference {difference}, s of the differences {sd}, alpha {alpha}."
CLUSTERS = Message(
    "Two means in clusters of {size}: difference {difference}, s {sd}, intracluster correlation {icc}, "
    "design effect {effect}, t with the clusters' degrees of freedom, alpha {alpha}."
)


def power_means(
    difference: float, sd: float, n: int, n_second: int | None = None, *, alpha: float = 0.05
) -> Power:
    """Give the power of Student's t for n (and n_second) in the groups, by the noncentral t.

    >>> round(power_means(1.0, 1.0, 20).power, 7)
    0.8689528
    """
    positive(sd=sd)
    several(n=n)
    inside(alpha=alpha)
    other = n if n_second is None else n_second
    several(n=other)
    shift = effect(difference) / (sd * math.sqrt(1 / n + 1 / other))
    power = _t_power(shift, n + other - 2, alpha)
    return Power(power, (n, other), n, alpha, _means_assumed(difference, sd, alpha))


def size_means(difference: float, sd: float, *, power: float = 0.8, alpha: float = 0.05) -> Power:
    """Give how many in each of two groups Student's t needs (R's power.t.test).

    >>> round(size_means(1.0, 1.0, power=0.9).exact, 3)
    22.021
    """
    positive(sd=sd)
    standardised = effect(difference) / sd
    inside(power=power, alpha=alpha)
    exact = solve(lambda n: _t_power(standardised * math.sqrt(n / 2), 2 * n - 2, alpha), power, start=2)
    return whole(power, exact, alpha, _means_assumed(difference, sd, alpha))


def power_paired(difference: float, sd: float, pairs: int, *, alpha: float = 0.05) -> Power:
    """Give the power of the paired t; sd is that of the differences within pairs."""
    positive(sd=sd)
    several(pairs=pairs)
    inside(alpha=alpha)
    power = _t_power(effect(difference) / sd * math.sqrt(pairs), pairs - 1, alpha)
    return Power(power, (pairs,), pairs, alpha, _means_assumed(difference, sd, alpha, is_paired=True))


def size_paired(difference: float, sd: float, *, power: float = 0.8, alpha: float = 0.05) -> Power:
    """Give how many pairs the paired t needs; sd is that of the differences within pairs."""
    positive(sd=sd)
    standardised = effect(difference) / sd
    inside(power=power, alpha=alpha)
    exact = solve(lambda n: _t_power(standardised * math.sqrt(n), n - 1, alpha), power, start=2)
    return whole(power, exact, alpha, _means_assumed(difference, sd, alpha, is_paired=True), groups=1)


def power_clusters(
    difference: float, sd: float, clusters: int, size: float, icc: float, *, alpha: float = 0.05
) -> Power:
    """Give the power of comparing means of two groups of so many clusters, each of so many values.

    The variance is widened by 1 + (size - 1) icc; t with 2 clusters - 2 df (Donner and Klar 2000).
    """
    several(clusters=clusters)
    shift = _cluster_effect(difference, sd, size, icc, alpha)
    power = _t_power(shift * math.sqrt(clusters / 2), 2 * clusters - 2, alpha)
    assumed = _clusters_assumed(difference, sd, size, icc, alpha)
    return Power(power, (clusters, clusters), clusters, alpha, assumed)


def size_clusters(
    difference: float, sd: float, size: float, icc: float, *, power: float = 0.8, alpha: float = 0.05
) -> Power:
    """Give how many clusters each of two groups needs, each of so many values."""
    inside(power=power)
    shift = _cluster_effect(difference, sd, size, icc, alpha)
    exact = solve(lambda n: _t_power(shift * math.sqrt(n / 2), 2 * n - 2, alpha), power, start=2)
    return whole(power, exact, alpha, _clusters_assumed(difference, sd, size, icc, alpha))


def _t_power(shift: float, df: float, alpha: float) -> float:
    """Give the chance that t passes its limit on the side of the effect, which is off by `shift` errors.

    As R's power.t.test, a rejection on the wrong side is no success.
    """
    return 1 - noncentral_t_below(t_quantile(1 - alpha, df), df, abs(shift))


def _cluster_effect(difference: float, sd: float, size: float, icc: float, alpha: float) -> float:
    """Give the difference in standard deviations of a cluster's mean."""
    positive(sd=sd, size=size)
    inside(icc=icc, alpha=alpha)
    return effect(difference) / (sd * math.sqrt((1 + (size - 1) * icc) / size))


def _means_assumed(difference: float, sd: float, alpha: float, *, is_paired: bool = False) -> Message:
    words = PAIRS if is_paired else MEANS
    return Message(words, difference=f"{difference:g}", sd=f"{sd:g}", alpha=f"{alpha:g}")


def _clusters_assumed(difference: float, sd: float, size: float, icc: float, alpha: float) -> Message:
    return Message(
        CLUSTERS.text,
        difference=f"{difference:g}",
        sd=f"{sd:g}",
        size=f"{size:g}",
        icc=f"{icc:g}",
        effect=f"{1 + (size - 1) * icc:.2f}",
        alpha=f"{alpha:g}",
    )
