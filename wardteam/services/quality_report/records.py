"""Part 2, the data: who was asked and answered, what is missing, how the call log was cleaned, the scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from wardteam.domain.questionnaires import Invalid, Questionnaire
from wardteam.domain.study import MeasureKind
from wardteam.errors import Message
from wardteam.services.asked import Asked
from wardteam.services.period_records import PeriodRecords
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.case_mix import case_mix_table
from wardteam.services.quality_report.charting import attempted
from wardteam.services.quality_report.wording import count_cell, estimate_cell, figure_cell, period_words
from wardteam.stats.comparison import LEDGER_NAMES, LedgerStep
from wardteam.stats.plots import FlowPlot, Words
from wardteam.stats.reliability import cronbach_alpha
from wardteam.stats.report import Block, Cell, Figure, Heading, Paragraph, Part, Table, Tone

MOST_DAYS_NAMED = 12
FLOW_TITLE = Message("From the patients to the questionnaires analysed")


def records_part(analysis: Analysis) -> Part:
    """Give the flow, the missing, the ledger, the scale's reliability and the case-mix."""
    blocks: tuple[Block, ...] = (
        flow_figure(analysis),
        missing_table(analysis),
        *_gaps(analysis),
        ledger_table(analysis),
        *_imports(analysis),
        Heading(Message("The satisfaction scale")),
        *_alpha(analysis),
        Heading(Message("Were the periods alike?")),
        case_mix_table(analysis),
    )
    return Part(2, Message("Data"), blocks)


def flow_figure(analysis: Analysis) -> Figure:
    """Draw how many were admitted, asked, returned, valid and analysed in each period."""
    sides = analysis.records
    asked = [side.asked for side in sides]
    flows = [one.flow for one in asked]
    steps: list[tuple[Words, tuple[int, ...]]] = [
        (Message("questionnaires issued"), tuple(flow.issued for flow in flows)),
        (Message("returned"), tuple(flow.returned for flow in flows)),
        (Message("valid"), tuple(flow.valid for flow in flows)),
        (Message("analysed"), tuple(map(_analysed, asked))),
    ]
    left: list[tuple[Words, ...]] = [
        (Message("not returned: {counts}", counts=tuple(f.issued - f.returned for f in flows)),),
        (Message("not valid: {counts}", counts=tuple(f.returned - f.valid for f in flows)), *_reasons(asked)),
        (
            Message(
                "neither outcome answered: {counts}",
                counts=tuple(f.valid - _analysed(a) for f, a in zip(flows, asked, strict=True)),
            ),
        ),
    ]
    admitted = [_admissions(side) for side in sides]
    if all(admitted):
        steps.insert(0, (Message("patients admitted"), tuple(admitted)))
        left.insert(0, ())
    words = tuple(Message("{step}: {counts}", step=step, counts=counts) for step, counts in steps)
    columns = (analysis.plan.baseline.named, analysis.plan.intervention.named)
    caption = Message(
        "n = {first} and {second} questionnaires issued; {baseline}, {intervention}. A questionnaire "
        "belongs to the period in which it was issued.",
        first=flows[0].issued,
        second=flows[1].issued,
        baseline=period_words(analysis.plan.baseline),
        intervention=period_words(analysis.plan.intervention),
    )
    return Figure("flow", FlowPlot(tuple(steps), tuple(left), columns), FLOW_TITLE, (caption,), words)


def missing_table(analysis: Analysis) -> Table:
    """Count days, patient-days and what was not recorded."""
    rows = [
        (Message("days of the period"), [float(len(side.period.span)) for side in analysis.records]),
        (Message("patient-days at midnight"), [sum(side.exposures()) for side in analysis.records]),
        (
            Message("days without a census or without patients"),
            [float(side.missing_days - len(side.gaps)) for side in analysis.records],
        ),
        (
            Message("days on which the call log was silent"),
            [float(len(side.gaps)) for side in analysis.records],
        ),
        (
            Message("calls that match no stay"),
            [float(side.log.taken[LedgerStep.WITHOUT_STAY]) for side in analysis.records],
        ),
        (
            Message("valid questionnaires without an answer on satisfaction"),
            _unanswered(analysis, MeasureKind.SATISFACTION),
        ),
        (
            Message("valid questionnaires without an answer on health education"),
            _unanswered(analysis, MeasureKind.AWARENESS),
        ),
    ]
    return Table(
        "missing",
        Message("What was recorded and what is missing"),
        (Message("Item"), analysis.plan.baseline.named, analysis.plan.intervention.named),
        tuple((Cell.of(name), *(figure_cell(value, 0) for value in values)) for name, values in rows),
        figures=(1, 2),
    )


def ledger_table(analysis: Analysis) -> Table:
    """Give how many calls each step of the cleaning took or found."""
    comparison = analysis.comparison
    outside = Message("{count} calls lie outside both periods.", count=comparison.outside)
    return Table(
        "ledger",
        Message("Ledger of the call log"),
        (Message("Step"), analysis.plan.baseline.named, analysis.plan.intervention.named),
        tuple(
            (Cell.of(LEDGER_NAMES[line.step]), count_cell(line.baseline), count_cell(line.intervention))
            for line in comparison.ledger
        ),
        (outside,) if comparison.outside else (),
        (1, 2),
    )


def _analysed(asked: Asked) -> int:
    return sum(one.is_satisfied is not None or one.is_aware is not None for one in asked.valid)


def _admissions(side: PeriodRecords) -> int:
    return sum(day.admissions or 0 for day in side.census.values())


def _reasons(asked: list[Asked]) -> Iterator[Words]:
    counts = [Counter(one.invalid for one in side.returned if not one.is_valid) for side in asked]
    for reason in Invalid:
        if any(count[reason] for count in counts):
            yield Message("{step}: {counts}", step=reason, counts=tuple(count[reason] for count in counts))


def _unanswered(analysis: Analysis, kind: MeasureKind) -> list[float]:
    return [float(sum(answer is None for answer in side.asked.answers(kind))) for side in analysis.records]


def _gaps(analysis: Analysis) -> Iterator[Paragraph]:
    days = [day.isoformat() for side in analysis.records for day in side.gaps]
    if not days:
        return
    words = Message(
        "On {count} days the call log holds no call although calls were to be expected; these days are "
        "left out of the rates: {days}.",
        count=len(days),
        days=(*days[:MOST_DAYS_NAMED], *(("…",) if len(days) > MOST_DAYS_NAMED else ())),
    )
    yield Paragraph((words,), Tone.WARNING)


def _imports(analysis: Analysis) -> Iterator[Paragraph]:
    imports = analysis.data.imports
    if imports:
        refused = sum(n for one in imports for step, n in one.ledger.items() if step.is_refusal)
        words = Message(
            "{files} files of calls were imported; {refused} of their rows were refused, each with its "
            "reason in the import's file of refused rows.",
            files=len(imports),
            refused=refused,
        )
        yield Paragraph((words,), Tone.NOTE)


def _alpha(analysis: Analysis) -> Iterator[Block]:
    rows = []
    for side in analysis.records:
        scale = [list(map(_number, one.satisfaction_items)) for one in _of_main_version(analysis, side.asked)]
        if not scale or len(scale[0]) < 2:
            yield _no_alpha(side, Message("There is no scale of several items to judge."))
            continue
        result, why_not = attempted(partial(cronbach_alpha, scale))
        if result is None:
            yield _no_alpha(side, why_not or Message("There is no scale of several items to judge."))
            continue
        cells = (count_cell(len(scale[0])), count_cell(result.n[0]), count_cell(result.missing[0]))
        rows.append((Cell.of(side.period.named), *cells, estimate_cell(result)))
    if rows:
        header = (
            Message("Period"),
            Message("items"),
            "n",
            Message("left out"),
            Message("Cronbach's alpha (95% CI)"),
        )
        notes = (
            Message(
                "Sheets with an unanswered item are left out; alpha is meant for scales of several items "
                "only."
            ),
        )
        yield Table(
            "alpha",
            Message("Reliability of the satisfaction scale"),
            header,
            tuple(rows),
            notes,
            (1, 2, 3, 4),
        )


def _no_alpha(side: PeriodRecords, reason: Message) -> Paragraph:
    return Paragraph((Message("{name}: {words}", name=side.period.named, words=reason),), Tone.NOTE)


def _of_main_version(analysis: Analysis, asked: Asked) -> list[Questionnaire]:
    """Give the valid sheets of the version that was used most in both periods."""
    used = Counter(one.version for side in analysis.records for one in side.asked.valid)
    main = min(used, key=lambda code: (-used[code], code), default="")
    return [one for one in asked.valid if one.version == main]


def _number(answer: int | None) -> float | None:
    return None if answer is None else float(answer)
