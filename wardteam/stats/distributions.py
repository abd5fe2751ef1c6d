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
