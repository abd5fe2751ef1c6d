"""Three groups or more: Welch's analysis of variance first, the others and all corrected pairs beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from wardteam.errors import Message
from wardteam.services.any_table.answer import Gathering, line
from wardteam.stats.means import levene
from wardteam.stats.results import Result
from wardteam.stats.samples import Group, Sample
from wardteam.stats.several_means import (
    Pair,
    anova,
    kruskal_wallis,
    pairwise_means,
    pairwise_ranks,
    welch_anova,
)

ADJUSTED = Message("P allows for all pairs compared.")


def compare_several(gathering: Gathering, groups: Sequence[Group], names: Sequence[str]) -> Result:
    """Add everything beside Welch's analysis of variance, and give that.

    Raises
    ------
    Unanswerable
        Where groups are too small, or nothing varies within one.
    """
    chosen = welch_anova(groups)
    gathering.add(lambda: anova(groups), names)
    raw = [group for group in groups if isinstance(group, Sample)]
    if len(raw) == len(groups):
        gathering.add(lambda: kruskal_wallis(raw), names)
        gathering.add(lambda: levene(raw), names)
        gathering.add(lambda: levene(raw, centre="median"), names)
    _add_pairs(gathering, lambda: pairwise_means(groups, names))
    if len(raw) == len(groups):
        _add_pairs(gathering, lambda: pairwise_ranks(raw, names))
    return chosen


def _add_pairs(gathering: Gathering, work: Callable[[], tuple[Pair, ...]]) -> None:
    for pair in gathering.attempt(work) or ():
        told = line(pair.result, (pair.first, pair.second), note=ADJUSTED)
        gathering.lines.append(replace(told, p=pair.adjusted_p))
