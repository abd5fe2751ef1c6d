"""Shares of any table: the test the rule chose and everything beside it; tables, pairs and clusters too."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from wardteam.errors import Message
from wardteam.exchange.figure_columns import Columns, count
from wardteam.services.any_table.answer import Answer, Gathering, Line, line
from wardteam.services.any_table.clusters import clustered_samples, repeated_patients
from wardteam.services.any_table.groups import Grouped, grouped, paired, refuse
from wardteam.services.any_table.outcomes import answers_of, choose_event
from wardteam.services.any_table.several import ADJUSTED
from wardteam.stats.clusters import cluster_means, cluster_robust, gee
from wardteam.stats.counts import Share
from wardteam.stats.crosstab import Crosstab, choose_crosstab_test, cramers_v, pearson_crosstab
from wardteam.stats.figures import LEAST_DENOMINATOR
from wardteam.stats.matched import discordant_odds_ratio, mcnemar
from wardteam.stats.means import SKEWED
from wardteam.stats.missing_bounds import worst_case_bounds
from wardteam.stats.multiplicity import holm
from wardteam.stats.proportions import wilson
from wardteam.stats.results import Result, fingerprint
from wardteam.stats.shares import EVERYTHING
from wardteam.stats.tables import choose_test

NAIVE = Message("Takes single answers as independent: shown for comparison, never primary.")
UNPAIRED = Message("Forgets the pairs: shown for comparison only.")
WORST = Message("lowest difference that missing answers allow")
BEST = Message("highest difference that missing answers allow")
MISSING_NOTE = Message("As if every missing answer spoke for the other side.")
TOO_FEW_FOR_PERCENT = "A denominator lies below {least}: give counts there, not a percentage."
MORE_THAN_ALL = Message("More events than the denominator stand in this column.")


def shares_of_table(
    columns: Columns,
    *,
    outcome: str,
    group: str | None,
    cluster: str | None,
    pair: str | None,
    event: str | None,
) -> Answer:
    """Compare the shares of an outcome by group; answers of several values as a whole table.

    Raises
    ------
    BadInput, Unanswerable
        As for means.
    """
    answers = answers_of(columns, outcome)
    kinds = list(dict.fromkeys(a for a in answers if a is not None))
    sha256 = columns.table.sha256
    if pair is not None:
        return _pairs(columns, answers, kinds, outcome, group, pair, event)
    if len(kinds) > 2 and event is None and group is not None:
        return _crosstab(grouped(columns, answers, group), sorted(kinds), sha256)
    counted, warnings = choose_event(columns, outcome, kinds, event)
    events = [None if answer is None else answer == counted for answer in answers]
    if group is None:
        columns.close()
        return _one(outcome, Share.of(events), sha256, warnings)
    parts = grouped(columns, events, group)
    warnings = (*warnings, *parts.warnings)
    shares = [Share.of(values) for values in parts.values]
    if cluster is not None:
        return _clustered(columns, parts, shares, cluster, warnings)
    warnings = (*warnings, *repeated_patients(columns.table, (outcome, group)))
    return compare(parts.names, shares, sha256, warnings)


def shares_of_sums(columns: Columns, *, outcome: str, group: str | None, denominator: str) -> Answer:
    """Compare shares from rows that each hold events and a denominator."""
    events = columns.numbers(outcome, expects=count)
    sizes = columns.numbers(denominator, expects=count)
    rows = [None if None in pair else pair for pair in zip(events, sizes, strict=True)]
    if any(row is not None and (row[0] or 0) > (row[1] or 0) for row in rows):
        refuse(columns, outcome, MORE_THAN_ALL)
    if group is None:
        columns.close()
        return _one(outcome, _summed(rows), columns.table.sha256, ())
    parts = grouped(columns, rows, group)
    return compare(parts.names, [_summed(v) for v in parts.values], columns.table.sha256, parts.warnings)


def shares_of_counts(shares: Sequence[Share]) -> Answer:
    """Compare shares as papers print them."""
    names = [str(number + 1) for number in range(len(shares))]
    sha256 = fingerprint(counts=[share.figures() for share in shares])
    if len(shares) == 1:
        return _one(names[0], shares[0], sha256, ())
    return compare(names, shares, sha256)


def compare(
    names: Sequence[str], shares: Sequence[Share], sha256: str, warnings: Sequence[Message] = ()
) -> Answer:
    """Compare two shares or more by everything that has an answer."""
    gathering = Gathering()
    gathering.warn(*warnings)
    if len(shares) == 2:
        chosen = choose_test(*shares)
        _beside(gathering, shares, names)
        _worst_cases(gathering, shares, names)
    else:
        chosen = _several(gathering, shares, names)
    return _answer(gathering, chosen, names, shares, sha256)


def _beside(
    gathering: Gathering, shares: Sequence[Share], names: Sequence[str], note: Message | None = None
) -> None:
    first, second = shares
    for statistic in EVERYTHING:
        gathering.add(functools.partial(statistic, first, second), names, note=note)


def _worst_cases(gathering: Gathering, shares: Sequence[Share], names: Sequence[str]) -> None:
    if not any(share.missing for share in shares):
        return
    bounds = worst_case_bounds(*shares)
    for code, words, result in (
        ("worst_case_low", WORST, bounds.lowest),
        ("worst_case_high", BEST, bounds.highest),
    ):
        gathering.lines.append(replace(line(result, names, note=MISSING_NOTE), name=code, words=words))


def _several(gathering: Gathering, shares: Sequence[Share], names: Sequence[str]) -> Result:
    rows = tuple((share.events, share.others) for share in shares)
    table = Crosstab(rows, tuple(names), ("1", "0"), sum(share.missing for share in shares))
    _whole_table(gathering, table, names)
    pairs = list(itertools.combinations(range(len(shares)), 2))
    tested = [choose_test(shares[a], shares[b]) for a, b in pairs]
    adjusted = holm([result.p if result.p is not None else 1.0 for result in tested])
    for (a, b), result, p in zip(pairs, tested, adjusted, strict=True):
        gathering.lines.append(replace(line(result, (names[a], names[b]), note=ADJUSTED), p=p))
    return choose_crosstab_test(table)


def _whole_table(gathering: Gathering, table: Crosstab, names: Sequence[str]) -> None:
    gathering.add(lambda: pearson_crosstab(table), names)
    gathering.add(lambda: cramers_v(table), names)


def _crosstab(parts: Grouped[str], kinds: Sequence[str], sha256: str) -> Answer:
    tallies = [Counter(values) for values in parts.values]
    rows = tuple(tuple(tally[kind] for kind in kinds) for tally in tallies)
    missing = sum(tally[None] for tally in tallies)
    table = Crosstab(rows, parts.names, tuple(kinds), missing)
    gathering = Gathering()
    gathering.warn(*parts.warnings)
    _whole_table(gathering, table, parts.names)
    for name, row in zip(parts.names, rows, strict=True):
        for kind, events in zip(kinds, row, strict=True):
            gathering.add(functools.partial(wilson, Share(events, sum(row))), (name, kind))
    chosen = choose_crosstab_test(table)
    return gathering.answer(chosen, parts.names, sha256=sha256, n=table.n, missing=missing)


def _one(name: str, share: Share, sha256: str, warnings: Sequence[Message]) -> Answer:
    gathering = Gathering()
    gathering.warn(*warnings)
    if share.n < LEAST_DENOMINATOR:
        gathering.warn(Message(TOO_FEW_FOR_PERCENT, least=LEAST_DENOMINATOR))
    return gathering.answer(wilson(share), (name,), sha256=sha256, n=share.n, missing=share.missing)


def _pairs(
    columns: Columns,
    answers: Sequence[str | None],
    kinds: Sequence[str],
    outcome: str,
    group: str | None,
    pair: str,
    event: str | None,
) -> Answer:
    names: tuple[str, str]
    if group is None:
        others = answers_of(columns, pair)
        kinds = list(dict.fromkeys([*kinds, *(a for a in others if a is not None)]))
        names, pairs = (outcome, pair), list(zip(answers, others, strict=True))
        columns.close()
    else:
        names, pairs = paired(columns, answers, group, pair)
    counted, warnings = choose_event(columns, outcome, kinds, event)
    whole = Counter((a == counted, b == counted) for a, b in pairs if a is not None and b is not None)
    cells = (whole[True, True], whole[True, False], whole[False, True], whole[False, False])
    missing = len(pairs) - sum(cells)
    gathering = Gathering()
    gathering.warn(*warnings)
    chosen = mcnemar(*cells, missing=missing)
    gathering.add(lambda: discordant_odds_ratio(*cells, missing=missing), names)
    n = sum(cells)
    shares = Share(cells[0] + cells[1], n), Share(cells[0] + cells[2], n)
    _beside(gathering, shares, names, UNPAIRED)
    answer = _answer(gathering, chosen, names, shares, columns.table.sha256)
    return replace(answer, n=n, missing=missing)


def _clustered(
    columns: Columns, parts: Grouped[bool], shares: Sequence[Share], cluster: str, warnings: Sequence[Message]
) -> Answer:
    figures = Grouped(
        parts.names,
        tuple(tuple(None if v is None else float(v) for v in values) for values in parts.values),
        parts.rows,
    )
    gathering = Gathering()
    first, second = clustered_samples(columns, figures, cluster, gathering)
    gathering.warn(*warnings)
    chosen = cluster_means(first, second, scale="plain")
    chosen = replace(chosen, warnings=tuple(told for told in chosen.warnings if told != SKEWED))
    gathering.add(lambda: cluster_robust(first, second, scale="plain"), parts.names)
    gathering.add(lambda: gee(first, second, scale="plain"), parts.names)
    _beside(gathering, shares, parts.names, NAIVE)
    return _answer(gathering, chosen, parts.names, shares, columns.table.sha256)


def _summed(rows: Sequence[tuple[float | None, ...] | None]) -> Share:
    whole = [row for row in rows if row is not None]
    events, sizes = (sum(int(row[i] or 0) for row in whole) for i in (0, 1))
    return Share(events, sizes, len(rows) - len(whole))


def _answer(
    gathering: Gathering, chosen: Result, names: Sequence[str], shares: Sequence[Share], sha256: str
) -> Answer:
    described: list[Line] = [line(wilson(share), (name,)) for name, share in zip(names, shares, strict=True)]
    gathering.lines.extend(described)
    n, missing = sum(share.n for share in shares), sum(share.missing for share in shares)
    if min(share.n for share in shares) < LEAST_DENOMINATOR:
        gathering.warn(Message(TOO_FEW_FOR_PERCENT, least=LEAST_DENOMINATOR))
    return gathering.answer(chosen, names, sha256=sha256, n=n, missing=missing)
