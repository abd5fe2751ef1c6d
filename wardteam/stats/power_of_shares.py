"""Power and sample size of comparing two shares, two rates, or two groups by ranks; two-sided."""

from __future__ import annotations

import math

from wardteam.errors import Message
from wardteam.stats.distributions import normal_below, normal_quantile
from wardteam.stats.power_basis import Power, effect, inside, positive, several, solve, whole

SHARES = (
    "Two shares, {first} and {second}, by the normal approximation with the pooled share under no "
    "difference, without continuity correction; alpha {alpha}."
)
SHARES_CORRECTED = (
    "Two shares, {first} and {second}, by the normal approximation with the pooled share under no "
    "difference, with the continuity correction of Casagrande and Pike; alpha {alpha}."
)
RATES = Message(
    "Two rates, {first} and {second} per unit of exposure, by the logarithm of their ratio, "
    "dispersion {dispersion}, alpha {alpha}."
)
RANKS = Message("Mann-Whitney after Noether: probability of superiority {superiority}, alpha {alpha}.")


def power_shares(
    first: float, second: float, n: int, *, alpha: float = 0.05, continuity: bool = False
) -> Power:
    """Give the power of the chi-square test of two shares for n in each group.

    z = (sqrt(n) |p1 - p2| - z_a sqrt((p1 + p2)(2 - p1 - p2) / 2)) / sqrt(p1 q1 + p2 q2) (Fleiss
    1981, R's power.prop.test); with continuity, n is first reduced after Casagrande and Pike (1978).

    >>> round(power_shares(0.5, 0.75, 50).power, 6)
    0.740166
    """
    inside(share=first, alpha=alpha)
    inside(share=second)
    positive(n=n)
    gap = abs(effect(second - first))
    usable = max(0.0, n - 1 / gap) ** 2 / n if continuity else n
    power = _shares_power(first, second, usable, alpha)
    return Power(power, (n, n), n, alpha, _shares_assumed(first, second, alpha, continuity))


def size_shares(
    first: float, second: float, *, power: float = 0.8, alpha: float = 0.05, continuity: bool = False
) -> Power:
    """Give how many in each group the chi-square test of two shares needs.

    With continuity: n' = n / 4 (1 + sqrt(1 + 4 / (n |p1 - p2|)))² (Casagrande and Pike 1978).
    """
    inside(share=first, alpha=alpha, power=power)
    inside(share=second)
    gap = abs(effect(second - first))
    exact = solve(lambda n: _shares_power(first, second, n, alpha), power, start=1e-9)
    if continuity:
        exact = exact / 4 * (1 + math.sqrt(1 + 4 / (exact * gap))) ** 2
    return whole(power, exact, alpha, _shares_assumed(first, second, alpha, continuity))


def power_rates(
    first: float,
    second: float,
    exposure: float,
    exposure_second: float | None = None,
    *,
    dispersion: float = 1.0,
    alpha: float = 0.05,
) -> Power:
    """Give the power of the rate ratio for the exposure (patient-days) of each group.

    z = |log(r2 / r1)| / sqrt(dispersion (1 / events 1 + 1 / events 2)) - z_a, the events those
    expected; dispersion 1 is Poisson, more is quasi-Poisson.
    """
    other = exposure if exposure_second is None else exposure_second
    gap = _rates_gap(first, second, dispersion, alpha)
    positive(exposure=exposure)
    positive(exposure=other)
    error = math.sqrt(dispersion * (1 / (first * exposure) + 1 / (second * other)))
    power = normal_below(gap / error - normal_quantile(1 - alpha))
    return Power(power, (exposure, other), exposure, alpha, _rates_assumed(first, second, dispersion, alpha))


def size_rates(
    first: float, second: float, *, dispersion: float = 1.0, power: float = 0.8, alpha: float = 0.05
) -> Power:
    """Give the exposure that each group needs, in the unit of the rates; not rounded.

    dispersion (z_a + z_b)² (1 / r1 + 1 / r2) / log(r2 / r1)².
    """
    inside(power=power)
    gap = _rates_gap(first, second, dispersion, alpha)
    reach = normal_quantile(1 - alpha) + normal_quantile(2 * power - 1)
    exact = dispersion * (reach / gap) ** 2 * (1 / first + 1 / second)
    return Power(power, (exact, exact), exact, alpha, _rates_assumed(first, second, dispersion, alpha))


def power_ranks(superiority: float, n: int, *, alpha: float = 0.05) -> Power:
    """Give the power of Mann-Whitney's test for n in each group (Noether 1987).

    z = sqrt(6 n) |p - 1/2| - z_a, p the probability that a value of one group exceeds the other's.
    """
    gap = _ranks_gap(superiority, alpha)
    several(n=n)
    power = normal_below(math.sqrt(6 * n) * gap - normal_quantile(1 - alpha))
    return Power(power, (n, n), n, alpha, _ranks_assumed(superiority, alpha))


def size_ranks(superiority: float, *, power: float = 0.8, alpha: float = 0.05) -> Power:
    """Give how many in each group Mann-Whitney's test needs: (z_a + z_b)² / (6 (p - 1/2)²)."""
    inside(power=power)
    gap = _ranks_gap(superiority, alpha)
    reach = normal_quantile(1 - alpha) + normal_quantile(2 * power - 1)
    return whole(power, (reach / gap) ** 2 / 6, alpha, _ranks_assumed(superiority, alpha))


def _shares_power(first: float, second: float, n: float, alpha: float) -> float:
    pooled = (first + second) * (1 - (first + second) / 2)
    apart = first * (1 - first) + second * (1 - second)
    distance = math.sqrt(n) * abs(second - first) - normal_quantile(1 - alpha) * math.sqrt(pooled)
    return normal_below(distance / math.sqrt(apart))


def _rates_gap(first: float, second: float, dispersion: float, alpha: float) -> float:
    positive(rate=first, dispersion=dispersion)
    positive(rate=second)
    inside(alpha=alpha)
    return abs(effect(math.log(second / first)))


def _ranks_gap(superiority: float, alpha: float) -> float:
    inside(superiority=superiority, alpha=alpha)
    return abs(effect(superiority - 0.5))


def _shares_assumed(first: float, second: float, alpha: float, continuity: bool) -> Message:
    words = SHARES_CORRECTED if continuity else SHARES
    return Message(words, first=f"{first:g}", second=f"{second:g}", alpha=f"{alpha:g}")


def _rates_assumed(first: float, second: float, dispersion: float, alpha: float) -> Message:
    return Message(
        RATES.text,
        first=f"{first:g}",
        second=f"{second:g}",
        dispersion=f"{dispersion:g}",
        alpha=f"{alpha:g}",
    )


def _ranks_assumed(superiority: float, alpha: float) -> Message:
    return Message(RANKS.text, superiority=f"{superiority:g}", alpha=f"{alpha:g}")
