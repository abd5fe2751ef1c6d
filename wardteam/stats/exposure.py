"""Rates of two periods beside quasi-Poisson: the naive Poisson, negative binomial, exact, and differences."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.dispersion import estimate_alpha, follow_on, pearson_dispersion
from wardteam.stats.distributions import chi2_tail, normal_quantile, t_quantile, t_tails
from wardteam.stats.exact_rates import NO_EVENT, SCATTERS, exact_rate_ratio
from wardteam.stats.loglinear import Array, fit_counts
from wardteam.stats.ratios import (
    RATE_REASON,
    WEEKLY_REASON,
    DailyCounts,
    RateRatio,
    rate_ratio,
    rate_warnings,
)
from wardteam.stats.results import (
    Estimand,
    Interval,
    Method,
    Result,
    Unanswerable,
    check_level,
    fingerprint,
)

FEW_EVENTS = 10
NEAR_POISSON = 1.5
NAIVE = Message("Naive: it takes the counts as Poisson and is shown beside the right result, never alone.")
CHOOSE_QUASI = "The dispersion is {value} (1 for Poisson): quasi-Poisson by the written rule."
CHOOSE_EXACT = (
    "Events in the poorer period: {events}, fewer than {least}: exact conditional test by the written rule."
)
BY_PLAN = "The plan names this model; the dispersion is {value} (1 for Poisson)."
NEGATIVE_REASON = Message(
    "The negative binomial model lets the counts' variance grow with the square of their mean."
)
NO_EXCESS = Message("The counts scatter no more than Poisson: the negative binomial model is Poisson here.")


class RateModel(StrEnum):
    """The models of two rates that a plan can name."""

    QUASI_POISSON = "quasi_poisson"
    NEGATIVE_BINOMIAL = "negative_binomial"
    EXACT = "exact"


@dataclass(frozen=True, kw_only=True)
class NegativeBinomialRatio(RateRatio):
    """A rate ratio with the variance's `alpha` (mu + alpha mu²) and the P of its test against Poisson."""

    alpha: float
    poisson_p: float


def choose_rate_model(
    first: DailyCounts, second: DailyCounts, *, planned: RateModel | None = None, level: float = 0.95
) -> RateRatio:
    """Compare two rates by the model of the written rule; the reason says why.

    The plan's model where one is planned; else the exact conditional test where a period has fewer than
    10 events and the dispersion is 1.5 or less, or no event at all; quasi-Poisson everywhere else.
    Poisson is never chosen.
    """
    if planned is not None:
        chosen = MODELS[planned](first, second, level=level)
        return replace(chosen, reason=Message(BY_PLAN, value=f"{chosen.dispersion:.2f}"))
    fewest = min(first.events, second.events)
    scatter = pearson_dispersion(first, second)
    if fewest == 0 or (fewest < FEW_EVENTS and scatter <= NEAR_POISSON):
        reason = Message(CHOOSE_EXACT, events=fewest, least=FEW_EVENTS)
        return replace(exact_rate_ratio(first, second, level=level), reason=reason)
    chosen = rate_ratio(first, second, level=level)
    return replace(chosen, reason=Message(CHOOSE_QUASI, value=f"{scatter:.2f}"))


def poisson_ratio(first: DailyCounts, second: DailyCounts, *, level: float = 0.95) -> RateRatio:
    """Compare two rates as if the counts were Poisson: naive, only ever beside the right result.

    log RR has the variance 1/Y1 + 1/Y2; normal.
    """
    check_level(level)
    _refuse_empty(first, second)
    effect = math.log(second.rate / first.rate), math.sqrt(1 / first.events + 1 / second.events)
    scatter = pearson_dispersion(first, second)
    warnings = (Message(SCATTERS, value=f"{scatter:.1f}"),) if scatter > 1 else ()
    return _ratio(first, second, effect, level, methods.POISSON, NAIVE, warnings)


def negative_binomial_ratio(
    first: DailyCounts, second: DailyCounts, *, level: float = 0.95
) -> NegativeBinomialRatio:
    """Compare two rates with a negative binomial model (NB2), alpha common and by maximum likelihood.

    Wald interval on the log scale; alpha is tested against 0 by half the upper tail of chi-square with
    1 df (Cameron and Trivedi 2013, 3.4; as R's MASS::glm.nb and statsmodels' NegativeBinomial).
    """
    check_level(level)
    _refuse_empty(first, second)
    counts, exposures, design = _columns(first, second)
    alpha, gain = estimate_alpha(counts, exposures, design)
    fit = fit_counts(counts, exposures, design, alpha=alpha)
    effect = float(fit.beta[1]), math.sqrt(float(fit.covariance[1, 1]))
    warnings = rate_warnings(first, second, follow_on(first, second))
    if alpha == 0:
        warnings = (NO_EXCESS, *warnings)
    ratio = _ratio(first, second, effect, level, methods.NEGATIVE_BINOMIAL, NEGATIVE_REASON, warnings)
    p = chi2_tail(gain) / 2 if alpha else 1.0
    return NegativeBinomialRatio(**vars(ratio), alpha=alpha, poisson_p=p)


def rate_difference(first: DailyCounts, second: DailyCounts, *, level: float = 0.95) -> Result:
    """Give the difference of two rates, per unit of exposure, its interval widened by the dispersion.

    Variance phi (Y1/T1² + Y2/T2²), phi = Pearson's chi-square / (points - 2); t with points - 2 df.
    """
    check_level(level)
    if first.events + second.events == 0:
        raise Unanswerable(NO_EVENT)
    dispersion = pearson_dispersion(first, second)
    if dispersion < 1e-9:
        raise Unanswerable(Message("The daily rates do not scatter at all; their dispersion is unknown."))
    df = len(first.counts) + len(second.counts) - 2
    error = math.sqrt(dispersion * math.fsum(p.events / p.exposure**2 for p in (first, second)))
    difference, margin = second.rate - first.rate, t_quantile(level, df) * error
    return Result(
        method=methods.RATE_DIFFERENCE,
        estimand=Estimand.RATE_DIFFERENCE,
        estimate=difference,
        interval=Interval(difference - margin, difference + margin, level),
        statistic=difference / error,
        df=(float(df),),
        p=t_tails(difference / error, df),
        n=(len(first.counts), len(second.counts)),
        missing=(first.missing, second.missing),
        reason=RATE_REASON if first.width == 1 else WEEKLY_REASON,
        warnings=rate_warnings(first, second, follow_on(first, second)),
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
    )


def _refuse_empty(first: DailyCounts, second: DailyCounts) -> None:
    if first.events == 0 or second.events == 0:
        raise Unanswerable(Message("A period has no event at all: there is no ratio of rates."))


def _columns(first: DailyCounts, second: DailyCounts) -> tuple[Array, Array, Array]:
    counts = np.array(first.counts + second.counts, dtype=float)
    exposures = np.array(first.exposures + second.exposures, dtype=float)
    is_second = np.arange(len(counts)) >= len(first.counts)
    return counts, exposures, np.column_stack([np.ones(len(counts)), is_second])


def _ratio(
    first: DailyCounts,
    second: DailyCounts,
    effect: tuple[float, float],
    level: float,
    method: Method,
    reason: Message,
    warnings: tuple[Message, ...],
) -> RateRatio:
    log_ratio, error = effect
    margin = normal_quantile(level) * error
    return RateRatio(
        method=method,
        estimand=Estimand.RATE_RATIO,
        estimate=math.exp(log_ratio),
        interval=Interval(math.exp(log_ratio - margin), math.exp(log_ratio + margin), level),
        statistic=log_ratio / error,
        p=chi2_tail((log_ratio / error) ** 2),
        n=(len(first.counts), len(second.counts)),
        missing=(first.missing, second.missing),
        reason=reason,
        warnings=warnings,
        data_hash=fingerprint(groups=[first.figures(), second.figures()]),
        dispersion=pearson_dispersion(first, second),
        autocorrelation=follow_on(first, second),
    )


MODELS: dict[RateModel, Callable[..., RateRatio]] = {
    RateModel.QUASI_POISSON: rate_ratio,
    RateModel.NEGATIVE_BINOMIAL: negative_binomial_ratio,
    RateModel.EXACT: exact_rate_ratio,
}
