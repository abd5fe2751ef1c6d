"""Tail probabilities and quantiles; scipy is imported here on first use, so that nothing else loads it."""

from __future__ import annotations


def t_tails(t: float, df: float) -> float:
    """Give the two-sided tail probability of Student's t."""
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(t)))


def t_quantile(level: float, df: float) -> float:
    """Give the t that leaves `level` between -t and t."""
    from scipy.special import stdtrit

    return float(stdtrit(df, (1 + level) / 2))


def f_tail(f: float, df_between: float, df_within: float) -> float:
    """Give the upper tail probability of F."""
    from scipy.special import fdtrc

    return float(fdtrc(df_between, df_within, f))


def chi2_tail(chi2: float, df: int = 1) -> float:
    """Give the upper tail probability of chi-square."""
    from scipy.special import chdtrc

    return float(chdtrc(df, chi2))


def normal_quantile(level: float) -> float:
    """Give the z that leaves `level` between -z and z."""
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2))


def fisher_tails(rows: tuple[tuple[int, int], tuple[int, int]]) -> float:
    """Give Fisher's two-sided P: all tables no likelier than this one."""
    from scipy.stats import fisher_exact

    return float(fisher_exact(rows)[1])


def normal_tails(z: float) -> float:
    """Give the two-sided tail probability of the standard normal."""
    from scipy.special import ndtr

    return float(2 * ndtr(-abs(z)))


def f_quantile(share: float, df_between: float, df_within: float) -> float:
    """Give the F below which `share` of the distribution lies."""
    from scipy.special import fdtri

    return float(fdtri(df_between, df_within, share))


def noncentral_chi2_bounds(chi2: float, df: int, level: float) -> tuple[float, float]:
    """Give the noncentralities that leave (1 - level) / 2 above and below chi-square; 0 where none does."""
    from scipy.optimize import brentq
    from scipy.special import chndtr

    def bound(share: float) -> float:
        if chndtr(chi2, df, 0) <= share:
            return 0.0
        above = chi2 + 10
        while chndtr(chi2, df, above) > share:
            above *= 2
        return float(brentq(lambda center: chndtr(chi2, df, center) - share, 0, above))

    return bound((1 + level) / 2), bound((1 - level) / 2)


def range_tail(q: float, groups: int, df: float) -> float:
    """Give the upper tail probability of the studentised range of so many groups."""
    from scipy.stats import studentized_range

    return min(1.0, max(0.0, float(studentized_range.sf(q, groups, df))))


def range_quantile(level: float, groups: int, df: float) -> float:
    """Give the studentised range below which `level` of its distribution lies."""
    from scipy.stats import studentized_range

    return float(studentized_range.ppf(level, groups, df))


def normal_below(z: float) -> float:
    """Give the probability that a standard normal lies below z."""
    from scipy.special import ndtr

    return float(ndtr(z))
