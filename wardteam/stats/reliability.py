"""Reliability of a scale of several items: Cronbach's alpha with Feldt's interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from wardteam.errors import Message
from wardteam.stats import methods
from wardteam.stats.distributions import f_quantile
from wardteam.stats.results import Estimand, Interval, Result, Unanswerable, check_level, fingerprint
from wardteam.stats.samples import LARGEST

Answers = Sequence[Sequence[float | None]]
ALPHA_REASON = Message(
    "Alpha is for scales of several items on one trait; sheets with an unanswered item are left out."
)
NEGATIVE = Message("Alpha is negative: some items run against the others. Turn reversed items first.")
CONSTANT_ITEM = Message("Everybody answered item {item} alike; it adds nothing to alpha.")
TWO_ITEMS = Message("The scale has two items only; alpha says little about so short a scale.")


def cronbach_alpha(items: Answers, *, level: float = 0.95) -> Result:
    """Give Cronbach's alpha with Feldt's interval; rows are people, columns items, None unanswered.

    alpha = k / (k - 1) (1 - sum of the items' variances / variance of the total) (Cronbach 1951);
    (1 - alpha) over (1 - estimate) follows F with n - 1 and (n - 1)(k - 1) df (Feldt 1965).

    >>> round(cronbach_alpha([[1, 2], [2, 2], [3, 5], [4, 4]]).estimate, 4)
    0.8675
    """
    check_level(level)
    table, missing = _complete(items)
    alpha = _alpha(table)
    people, count = table.shape
    return Result(
        method=methods.ALPHA,
        estimand=Estimand.ALPHA,
        estimate=alpha,
        interval=feldt_interval(alpha, people, count, level),
        n=(people,),
        missing=(missing,),
        reason=ALPHA_REASON,
        warnings=_warnings(table, alpha),
        data_hash=fingerprint(items=table.tolist(), missing=missing),
    )


def alpha_if_deleted(items: Answers) -> tuple[float | None, ...]:
    """Give alpha of the scale without each item in turn; None where no alpha is left."""
    table, _ = _complete(items)
    return tuple(_alpha_or_none(np.delete(table, item, axis=1)) for item in range(table.shape[1]))


def feldt_interval(alpha: float, people: int, items: int, level: float = 0.95) -> Interval:
    """Give Feldt's interval of an alpha as articles print it, with so many people and items."""
    df = people - 1, (people - 1) * (items - 1)
    high, low = (1 - (1 - alpha) * f_quantile(share, *df) for share in ((1 - level) / 2, (1 + level) / 2))
    return Interval(low, high, level)


def _complete(items: Answers) -> tuple[NDArray[np.float64], int]:
    """Give the answers of people who answered everything, and how many did not."""
    widths = {len(row) for row in items}
    if len(widths) > 1:
        raise ValueError(f"every person needs the same number of items, got {sorted(widths)}")
    width = widths.pop() if widths else 0
    if width < 2:
        raise Unanswerable(Message("Alpha needs two items or more; got {count}.", count=width))
    table = np.array([[np.nan if v is None else float(v) for v in row] for row in items])
    if (np.abs(table) > LARGEST).any():
        raise Unanswerable(Message("An answer must be a finite number."))
    complete = table[~np.isnan(table).any(axis=1)]
    if len(complete) < 3:
        problem = "Alpha needs three people who answered every item; got {count} of {all}."
        raise Unanswerable(Message(problem, count=len(complete), all=len(table)))
    return complete, len(table) - len(complete)


def _alpha(table: NDArray[np.float64]) -> float:
    alpha = _alpha_or_none(table)
    if alpha is None:
        raise Unanswerable(Message("Everybody has the same total; alpha has nothing to measure."))
    return alpha


def _alpha_or_none(table: NDArray[np.float64]) -> float | None:
    items = table.shape[1]
    if items < 2:
        return None
    covariances = np.cov(table, rowvar=False)
    if covariances.sum() <= 1e-12 * np.trace(covariances):
        return None
    return float(items / (items - 1) * (1 - np.trace(covariances) / covariances.sum()))


def _warnings(table: NDArray[np.float64], alpha: float) -> tuple[Message, ...]:
    found = [Message(CONSTANT_ITEM.text, item=int(i) + 1) for i in np.flatnonzero(np.ptp(table, axis=0) == 0)]
    if alpha < 0:
        found.append(NEGATIVE)
    if table.shape[1] == 2:
        found.append(TWO_ITEMS)
    return tuple(found)
