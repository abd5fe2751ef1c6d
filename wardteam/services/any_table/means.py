"""Means of any table: Welch first and everything beside it; clusters, pairs and several groups too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from wardteam.errors import Message
from wardteam.exchange.figure_columns import Columns
from wardteam.exchange.figures_table import FiguresTable
from wardteam.services.any_table.answer import Answer, Gathering
from wardteam.services.any_table.clusters import clustered_samples, repeated_patients
from wardteam.services.any_table.describing import described
from wardteam.services.any_table.groups import Grouped, grouped, paired
from wardteam.services.any_table.options import check_options
from wardteam.services.any_table.several import compare_several
from wardteam.stats.bootstrap import bootstrap_difference
from wardteam.stats.clustered_samples import Scale
from wardteam.stats.clusters import cluster_means, cluster_robust, gee
from wardteam.stats.effect_sizes import cohen_d, hedges_g
from wardteam.stats.means import levene, student, welch
from wardteam.stats.paired import paired_t
from wardteam.stats.ranks import hodges_lehmann, mann_whitney
from wardteam.stats.ratios import geometric_mean_ratio
from wardteam.stats.results import Result, fingerprint
from wardteam.stats.samples import Group, Sample, Summary
from wardteam.stats.single_mean import single_mean

NAIVE = Message("Takes single values as independent: shown for comparison, never primary.")
UNPAIRED = Message("Forgets the pairs: shown for comparison only.")
LOGS = Message("On logarithms: no value is 0 or less, and the measurements are skewed.")


def means_of_table(
    table: FiguresTable,
    *,
    outcome: str,
    group: str | None = None,
    cluster: str | None = None,
    pair: str | None = None,
    is_merged: bool = False,
) -> Answer:
    """Compare means by group; without a group, describe the one sample.

    `pair` names the second measurement of each row where there is no group, else the pairs' codes.

    Raises
    ------
    BadInput
        With every wrong cell, unknown column and impossible group.
    Unanswerable
        Where the chosen method has no answer.
    """
    given = {"group": group, "cluster": cluster, "pair": pair}
    check_options(given, apart=[("cluster", "pair")], needs=[("cluster", "group")])
    table.check_columns([name for name in (outcome, group, cluster, pair) if name])
    columns = Columns(table, is_merged)
    values = columns.numbers(outcome)
    if pair is not None:
        return _pairs(columns, values, outcome, group, pair)
    if group is None:
        columns.close()
        return _one(table, outcome, Sample.of(values))
    parts = grouped(columns, values, group)
    if cluster is not None:
        return _clustered(columns, parts, cluster)
    warnings = (*parts.warnings, *repeated_patients(table, (outcome, group)))
    return compare_groups(parts.names, [Sample.of(v) for v in parts.values], table.sha256, warnings)


def means_of_summaries(summaries: Sequence[Summary]) -> Answer:
    """Compare groups known by mean, s and n, as papers print them."""
    names = [str(number + 1) for number in range(len(summaries))]
    sha256 = fingerprint(summary=[summary.figures() for summary in summaries])
    if len(summaries) == 1:
        return _one_of(names[0], summaries[0], sha256)
    return compare_groups(names, summaries, sha256)


def compare_groups(
    names: Sequence[str], groups: Sequence[Group], sha256: str, warnings: Sequence[Message] = ()
) -> Answer:
    """Compare two groups or more by everything that has an answer."""
    gathering = Gathering()
    gathering.warn(*warnings)
    if len(groups) == 2:
        first, second = groups
        chosen = welch(first, second)
        beside(gathering, first, second, names)
    else:
        chosen = compare_several(gathering, groups, names)
    return _answer(gathering, chosen, names, groups, sha256)


def beside(
    gathering: Gathering, first: Group, second: Group, names: Sequence[str], note: Message | None = None
) -> None:
    """Add what stands beside Welch's test; what needs raw values only where they are known."""
    if note is not None:
        gathering.add(lambda: welch(first, second), names, note=note)
    gathering.add(lambda: student(first, second), names, note=note)
    if isinstance(first, Sample) and isinstance(second, Sample):
        raw = (first, second)
        gathering.add(lambda: levene(raw), names, note=note)
        gathering.add(lambda: levene(raw, centre="median"), names, note=note)
        gathering.add(lambda: mann_whitney(*raw), names, note=note)
        gathering.add(lambda: hodges_lehmann(*raw), names, note=note)
        if min(*first.values, *second.values) > 0:
            gathering.add(lambda: geometric_mean_ratio(_logs(first), _logs(second)), names, note=note)
    gathering.add(lambda: cohen_d(first, second), names, note=note)
    gathering.add(lambda: hedges_g(first, second), names, note=note)
    if isinstance(first, Sample) and isinstance(second, Sample):
        gathering.add(lambda: bootstrap_difference(first, second), names, note=note)
        gathering.add(lambda: bootstrap_difference(first, second, statistic="median"), names, note=note)


def _logs(sample: Sample) -> Sample:
    return Sample(tuple(math.log(value) for value in sample.values), sample.missing)


def _one(table: FiguresTable, outcome: str, sample: Sample) -> Answer:
    return _one_of(outcome, sample, table.sha256)


def _one_of(name: str, group: Group, sha256: str) -> Answer:
    return _answer(Gathering(), single_mean(group), (name,), (group,), sha256)


def _pairs(
    columns: Columns, values: Sequence[float | None], outcome: str, group: str | None, pair: str
) -> Answer:
    names: tuple[str, str]
    if group is None:
        names, pairs = (outcome, pair), list(zip(values, columns.numbers(pair), strict=True))
        columns.close()
    else:
        names, pairs = paired(columns, values, group, pair)
    first, second = ([side[i] for side in pairs] for i in (0, 1))
    chosen = paired_t(first, second)
    gathering = Gathering()
    samples = Sample.of(first), Sample.of(second)
    beside(gathering, samples[0], samples[1], names, UNPAIRED)
    answer = _answer(gathering, chosen, names, samples, columns.table.sha256)
    return _counted(answer, sum(chosen.n), sum(chosen.missing))


def _clustered(columns: Columns, parts: Grouped[float], cluster: str) -> Answer:
    gathering = Gathering()
    first, second = clustered_samples(columns, parts, cluster, gathering)
    plain = Sample(first.values, first.missing), Sample(second.values, second.missing)
    scale = _scale(plain)
    chosen = cluster_means(first, second, scale=scale)
    gathering.add(lambda: cluster_robust(first, second, scale=scale), parts.names)
    gathering.add(lambda: gee(first, second, scale=scale), parts.names)
    if scale == "log":
        gathering.warn(LOGS)
        gathering.add(lambda: cluster_means(first, second, scale="plain"), parts.names)
    beside(gathering, plain[0], plain[1], parts.names, NAIVE)
    return _answer(gathering, chosen, parts.names, plain, columns.table.sha256)


def _scale(samples: Sequence[Sample]) -> Scale:
    is_positive = all(min(sample.values) > 0 for sample in samples)
    return "log" if is_positive and any(sample.is_skewed for sample in samples) else "plain"


def _answer(
    gathering: Gathering, chosen: Result, names: Sequence[str], groups: Sequence[Group], sha256: str
) -> Answer:
    for name, group in zip(names, groups, strict=True):
        gathering.lines.extend(described(name, group))
    n, missing = sum(group.n for group in groups), sum(group.missing for group in groups)
    return gathering.answer(chosen, names, sha256=sha256, n=n, missing=missing)


def _counted(answer: Answer, n: int, missing: int) -> Answer:
    return replace(answer, n=n, missing=missing)
