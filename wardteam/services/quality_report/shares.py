"""Part 5, satisfaction and awareness: tests and effect sizes, monthly charts, bars by item, worst cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wardteam.domain.questionnaires import Item, ItemKind, Questionnaire
from wardteam.domain.study import SHARES, MeasureKind
from wardteam.errors import Message
from wardteam.services.period_records import PeriodRecords
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.charting import (
    LEAST_FOR_PERCENT,
    attempted,
    course_figure,
    refusal,
)
from wardteam.services.quality_report.modes import modes_blocks
from wardteam.services.quality_report.wording import (
    EMPTY,
    estimate_cell,
    p_cell,
    period_words,
    statistic_figure,
)
from wardteam.stats.comparison import MeasureComparison, ShareDescription
from wardteam.stats.counts import Share
from wardteam.stats.figures import share_figure
from wardteam.stats.missing_bounds import worst_case_bounds
from wardteam.stats.plots import Bar, BarsPlot, Words
from wardteam.stats.proportions import wilson
from wardteam.stats.report import Block, Cell, Figure, Heading, Paragraph, Part, Table, Tone
from wardteam.stats.results import Result

TITLES = {
    MeasureKind.SATISFACTION: Message("Satisfaction rate by month"),
    MeasureKind.AWARENESS: Message("Health-education awareness rate by month"),
}
SHARE_OF = Message("share of the valid questionnaires")
MAIN_TITLE = Message("Satisfaction and awareness in the two periods")
EFFECTS_TITLE = Message("The two rates by every test and effect size")
ITEMS_TITLE = Message("Answers by item")
WORST_TITLE = Message("What the missing answers could change")


class ItemShare(NamedTuple):
    """How many gave the good answer to an item: 4 or 5 of 5, yes, or the right choice."""

    item: Item
    shares: tuple[Share | None, Share | None]


def shares_part(analysis: Analysis) -> Part:
    """Give both rates with their tests, their course, the items, and the worst cases."""
    measures = [analysis.comparison.measure(kind) for kind in SHARES]
    blocks: tuple[Block, ...] = (
        *(Paragraph((measure.sentence,), Tone.LEAD) for measure in measures),
        _main_table(analysis, measures),
        *_effects(measures),
        *modes_blocks(analysis),
        Heading(WORST_TITLE),
        *_worst(analysis),
        Heading(Message("Month by month")),
        *(_course(analysis, kind) for kind in SHARES),
        Heading(Message("Item by item (exploratory)")),
        *_items(analysis),
    )
    return Part(5, Message("Satisfaction and awareness"), blocks)


def _main_table(analysis: Analysis, measures: Sequence[MeasureComparison]) -> Table:
    names = (analysis.plan.baseline.named, analysis.plan.intervention.named)
    header = (
        Message("Measure"),
        *names,
        Message("Difference, percentage points (95% CI)"),
        Message("Statistic"),
        "P",
        Message("Holm P"),
    )
    reasons = dict.fromkeys(m.right.reason for m in measures if m.right is not None)
    holm = Message("Holm's adjustment covers the secondary measures of the plan.")
    return Table(
        "shares", MAIN_TITLE, header, tuple(map(_main_row, measures)), (*reasons, holm), (1, 2, 3, 4, 5, 6)
    )


def _main_row(measure: MeasureComparison) -> tuple[Cell, ...]:
    name = Message("{measure} (primary)", measure=measure.name) if measure.is_primary else measure.name
    right = measure.right
    described = (_described(measure.baseline), _described(measure.intervention))
    if right is None:
        return (Cell.of(name), *described, EMPTY, EMPTY, EMPTY, EMPTY)
    statistic = right.method.name if right.statistic is None else statistic_figure(right)
    test = Cell.of(statistic, value=right.statistic)
    return (Cell.of(name), *described, estimate_cell(right), test, p_cell(right.p), p_cell(measure.holm_p))


def _described(description: object) -> Cell:
    if not isinstance(description, ShareDescription):
        return EMPTY
    return Cell.of(share_figure(description.share), value=description.share.value)


def _effects(measures: Sequence[MeasureComparison]) -> Iterator[Block]:
    methods = dict.fromkeys(result.method for measure in measures for result in measure.supporting)
    if not methods:
        yield refusal(EFFECTS_TITLE, None)
        return
    rows = []
    for method in methods:
        found = [next((r for r in m.supporting if r.method == method), None) for m in measures]
        rows.append((Cell.of(method.name), *(cell for result in found for cell in _effect(result))))
    header = (Message("Statistic"), measures[0].name, "P", measures[1].name, "P")
    notes = (
        Message("Differences in percentage points. Effects with 95% CI; the first three lines are tests."),
    )
    yield Table("share_effects", EFFECTS_TITLE, header, tuple(rows), notes, (1, 2, 3, 4))
    remarks = tuple(
        Message("{name}: {words}", name=measure.name, words=remark)
        for measure in measures
        for remark in measure.remarks
    )
    if remarks:
        yield Paragraph(remarks, Tone.NOTE)


def _effect(result: Result | None) -> tuple[Cell, Cell]:
    if result is None:
        return EMPTY, EMPTY
    if result.p is not None:
        return Cell.of(statistic_figure(result), value=result.statistic), p_cell(result.p)
    return estimate_cell(result, 3 if abs(result.estimate or 1.0) < 1 else 2), EMPTY


def _course(analysis: Analysis, kind: MeasureKind) -> Block:
    course = analysis.monthly_shares(kind)
    is_share = all(p.denominator is None or p.denominator >= LEAST_FOR_PERCENT for p in course.points)
    return course_figure(
        course,
        analysis.plan,
        code=f"{kind.value}_months",
        title=TITLES[kind],
        unit=SHARE_OF
        if is_share
        else Message("share of the valid questionnaires, 0 to 1 (some months have fewer than 20)"),
        is_half=True,
        is_share=is_share,
    )


def item_shares(analysis: Analysis) -> tuple[ItemShare, ...]:
    """Count the good answers to every item of the version that was used most."""
    sides = analysis.records
    used = Counter(one.version for side in sides for one in side.asked.valid)
    version = next((v for v in analysis.data.versions if used and v.code == used.most_common(1)[0][0]), None)
    if version is None:
        return ()
    found = []
    for kind, of in ((ItemKind.LIKERT, _liked), (ItemKind.KNOWLEDGE, _known)):
        for place, item in enumerate(version.items_of(kind)):
            first, second = (
                _share([of(one, place) for one in side.asked.valid if one.version == version.code])
                for side in sides
            )
            found.append(ItemShare(item, (first, second)))
    return tuple(found)


def _liked(one: Questionnaire, place: int) -> bool | None:
    answer = one.satisfaction_items[place]
    return None if answer is None else answer >= 4


def _known(one: Questionnaire, place: int) -> bool | None:
    return one.knowledge_items[place]


def _share(answers: Sequence[bool | None]) -> Share | None:
    return Share.of(answers) if any(answer is not None for answer in answers) else None


def _items(analysis: Analysis) -> Iterator[Block]:
    items = [one for one in item_shares(analysis) if all(one.shares)]
    if not items:
        yield refusal(ITEMS_TITLE, None)
        return
    least = min(share.n for one in items for share in one.shares if share)
    is_share = least >= LEAST_FOR_PERCENT
    names = (analysis.plan.baseline.named, analysis.plan.intervention.named)
    series = tuple((name, tuple(_bar(one.shares[side]) for one in items)) for side, name in enumerate(names))
    unit = (
        Message("good answers (4 or 5 of 5; known)")
        if is_share
        else Message("good answers, 0 to 1 (fewer than 20 asked)")
    )
    plot = BarsPlot(tuple(one.item.text for one in items), series, unit, is_share)
    caption = Message(
        "Bars with Wilson's 95% intervals; n = {least} or more an item; {baseline}, {intervention}. Items "
        "are exploratory and not tested.",
        least=least,
        baseline=period_words(analysis.plan.baseline),
        intervention=period_words(analysis.plan.intervention),
    )
    yield Figure("items", plot, ITEMS_TITLE, (caption,), tuple(map(_in_words, items)))


def _bar(share: Share | None) -> Bar:
    if share is None:
        raise ValueError("a bar needs a share")
    interval = wilson(share).interval
    if interval is None:
        raise ValueError("a share always has a Wilson interval")
    return Bar(share.value, interval.low, interval.high, share.n)


def _in_words(one: ItemShare) -> Words:
    before, after = (share_figure(share) if share else "–" for share in one.shares)
    return Message("{item}: {before} before, {after} after.", item=one.item.text, before=before, after=after)


def _worst(analysis: Analysis) -> Iterator[Block]:
    rows = [row for kind in SHARES for row in _worst_rows(analysis, kind)]
    if not rows:
        yield refusal(WORST_TITLE, None)
        return
    header = (
        Message("Measure"),
        Message("without a valid answer"),
        Message("As answered"),
        Message("Least"),
        Message("Largest"),
    )
    notes = (
        Message(
            "Difference in percentage points (95% CI). Least: all who gave no valid answer had the "
            "outcome in the baseline and none in the intervention period; largest: the other way round."
        ),
    )
    yield Table("worst_case", WORST_TITLE, header, tuple(rows), notes, (1, 2, 3, 4))


def _worst_rows(analysis: Analysis, kind: MeasureKind) -> Iterator[tuple[Cell, ...]]:
    first, second = (_of_issued(side, kind) for side in analysis.records)
    if first is None or second is None:
        return
    bounds, _ = attempted(lambda: worst_case_bounds(first, second))
    if bounds is not None:
        missing = Cell.of(f"{first.missing}; {second.missing}", value=first.missing + second.missing)
        cells = (estimate_cell(result) for result in (bounds.answered, bounds.lowest, bounds.highest))
        yield (Cell.of(analysis.comparison.measure(kind).name), missing, *cells)


def _of_issued(side: PeriodRecords, kind: MeasureKind) -> Share | None:
    return side.asked.share_of_issued(kind)
