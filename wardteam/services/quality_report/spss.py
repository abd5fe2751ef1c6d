"""Tables as SPSS prints them for two independent samples: group statistics, Levene, and both rows of t."""

from __future__ import annotations

import math
from collections.abc import Iterator

from wardteam.errors import Message
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.charting import refusal
from wardteam.services.quality_report.wording import (
    EMPTY,
    count_cell,
    figure_cell,
    interval_words,
    number,
    p_cell,
)
from wardteam.stats.comparison import MeasureComparison, TimeDescription
from wardteam.stats.figures import p_words
from wardteam.stats.plots import Words
from wardteam.stats.report import Block, Cell, Table
from wardteam.stats.results import Result

TITLE = Message("Arrival times call by call: independent samples test")


def spss_tables(analysis: Analysis, measure: MeasureComparison) -> Iterator[Block]:
    """Give both tables of call-level tests; they are naive and never primary."""
    before, after = measure.baseline, measure.intervention
    results = {r.method.code: r for r in (measure.naive, *measure.supporting) if r is not None}
    if not isinstance(before, TimeDescription) or not isinstance(after, TimeDescription):
        yield refusal(TITLE, None)
        return
    names = (analysis.plan.baseline.named, analysis.plan.intervention.named)
    yield _groups(names, (before, after))
    if "student_t" not in results or "welch_t" not in results:
        yield refusal(TITLE, measure.remarks[0] if measure.remarks else None)
        return
    levene = results.get("levene_mean")
    yield Table(
        "spss_test",
        TITLE,
        (
            Message("Variances"),
            "F",
            Message("P of F"),
            "t",
            Message("df"),
            "P",
            Message("Mean difference"),
            Message("Standard error"),
            Message("95% CI of the difference"),
        ),
        (
            _row(Message("Equal variances assumed"), levene, results["student_t"]),
            _row(Message("Equal variances not assumed"), None, results["welch_t"]),
        ),
        (*_median_centred(results), measure.naive.warnings[-1] if measure.naive else measure.why),
        tuple(range(1, 9)),
    )


def _groups(names: tuple[Words, Words], both: tuple[TimeDescription, TimeDescription]) -> Table:
    return Table(
        "spss_groups",
        Message("Arrival times call by call: group statistics"),
        (
            Message("Period"),
            "n",
            Message("Mean"),
            Message("Standard deviation"),
            Message("Standard error of the mean"),
        ),
        tuple((Cell.of(name), *_group(one)) for name, one in zip(names, both, strict=True)),
        figures=(1, 2, 3, 4),
    )


def _group(times: TimeDescription) -> tuple[Cell, ...]:
    error = times.sd / math.sqrt(times.calls)
    return (
        count_cell(times.calls),
        figure_cell(times.mean, 2),
        figure_cell(times.sd, 2),
        figure_cell(error, 3),
    )


def _row(name: Message, levene: Result | None, t: Result) -> tuple[Cell, ...]:
    error = None if not t.statistic or t.estimate is None else t.estimate / t.statistic
    df = None if not t.df else t.df[0]
    return (
        Cell.of(name),
        EMPTY if levene is None else figure_cell(levene.statistic, 3),
        EMPTY if levene is None else p_cell(levene.p),
        figure_cell(t.statistic, 3),
        EMPTY if df is None else Cell.of(f"{df:.3f}".rstrip("0").rstrip("."), value=df),
        p_cell(t.p),
        figure_cell(t.estimate, 2),
        figure_cell(error, 3),
        Cell.of(interval_words(t)),
    )


def _median_centred(results: dict[str, Result]) -> Iterator[Message]:
    found = results.get("levene_median")
    if found is not None and found.statistic is not None and found.p is not None:
        yield Message(
            "Levene's F is centred on the mean, as in SPSS; centred on the median (Brown-Forsythe) it is "
            "{f}, {p}.",
            f=number(found.statistic, 3),
            p=p_words(found.p),
        )
