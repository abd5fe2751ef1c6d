"""The whole report: nine parts from good data, words from poor data, never a NaN, the same bytes twice."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum

import numpy as np
import pytest

from tests.services.quality_case import AFTER, BEFORE, MADE_AT, PLAN, empty_case, quality_case
from wardteam.domain.calendar import Period
from wardteam.domain.study import ArrivalTest, BellTest, Duration, MeasureKind
from wardteam.errors import Message
from wardteam.i18n import translator
from wardteam.services.quality_report.build import data_until, last_month, quality_report
from wardteam.stats.charts.types import Assurance, Variation
from wardteam.stats.plots import ChartPlot, EcdfPlot, FlowPlot
from wardteam.stats.report import Edition, Figure, Paragraph, Part, QualityReport, Table, Tone, Verdicts


@pytest.fixture(scope="module")
def report() -> QualityReport:
    return quality_report(quality_case(), made_at=MADE_AT)


def values_in(value: object) -> Iterator[object]:
    """Give every value inside a report, fields of messages included."""
    if isinstance(value, Message):
        yield value
        yield from (inner for item in value.fields.values() for inner in values_in(item))
    elif isinstance(value, Enum):
        yield value
    elif isinstance(value, (tuple, list)):
        yield from (inner for item in value for inner in values_in(item))
    elif is_dataclass(value):
        yield from (inner for f in fields(value) for inner in values_in(getattr(value, f.name)))
    else:
        yield value


def words(part: Part) -> str:
    """Give everything that a part says in English."""
    t = translator("en")
    shown = []
    for block in part.blocks:
        match block:
            case Paragraph(sentences=sentences):
                shown += [t.show(sentence) for sentence in sentences]
            case Table(rows=rows, notes=notes, header=header):
                cells = [line for row in rows for cell in row for line in cell.lines]
                shown += [t.show(line) for line in (*header, *cells, *notes)]
            case Figure(caption=caption, alternative=alternative):
                shown += [t.show(line) for line in (*caption, *alternative)]
    return " ".join(shown)


def test_the_report_has_nine_parts_in_order(report):
    assert [part.number for part in report.parts] == list(range(1, 10))


def test_the_same_data_and_moment_give_the_same_report(report):
    assert quality_report(replace(quality_case()), made_at=MADE_AT) == report


def test_another_record_gives_another_hash(report):
    data = quality_case()
    fewer = quality_report(replace(data, sheets=data.sheets[1:]), made_at=MADE_AT)
    assert fewer.data_hash != report.data_hash


def test_every_figure_says_n_periods_and_changeover_and_has_a_text_alternative(report):
    for part in report.parts[:6]:
        for figure in (block for block in part.blocks if isinstance(block, Figure)):
            caption = " ".join(translator("en").show(line) for line in figure.caption)
            assert "n = " in caption, figure.code
            assert "2025-01-01 to 2025-06-30" in caption, figure.code
            assert figure.alternative, figure.code
            if not isinstance(figure.plot, FlowPlot) and figure.code != "items":
                assert "hangeover" in caption, figure.code


def test_charts_start_anew_at_the_changeover(report):
    charts = {f.code: f.plot for f in report.figures() if isinstance(f.plot, ChartPlot)}
    assert charts["bells"].changeover == "2026-01-01"
    assert charts["satisfaction_months"].changeover == "2026-01"
    assert [point.phase for point in charts["bells"].chart.points] == [0] * 26 + [1] * 26
    assert [str(phase) for phase in charts["bells"].phases] == ["Baseline", "Intervention"]


def test_every_code_of_table_and_figure_is_its_own(report):
    for codes in ([t.code for t in report.tables()], [f.code for f in report.figures()]):
        assert len(codes) == len(set(codes))


def test_the_cover_gives_four_measures_with_icons_and_the_plain_words(report):
    cover = report.parts[0]
    verdicts = next(block for block in cover.blocks if isinstance(block, Verdicts))
    assert len(verdicts.lines) == 4
    assert all(line.target for line in verdicts.lines)
    simple = [block for block in cover.blocks if isinstance(block, Paragraph) and block.tone is Tone.SIMPLE]
    assert len(simple) == 1
    assert "does not prove" in str(simple[0].sentences[-1])


def test_the_report_says_associated_and_never_caused(report):
    text = " ".join(words(part) for part in report.parts[:6])
    assert "associated with" in text
    assert "caused" not in text.replace("not shown to be caused", "")


def test_p_is_never_zero(report):
    text = " ".join(words(part) for part in report.parts)
    assert "P=0.000" not in text
    assert "<0.001" in text


def test_shares_stand_with_every_effect(report):
    table = next(t for t in report.tables() if t.code == "share_effects")
    rows = {str(row[0].lines[0]) for row in table.rows}
    assert {
        "Pearson's chi-square test",
        "chi-square test with Yates' correction",
        "Fisher's exact test, two-sided",
        "risk difference with Newcombe's interval",
        "risk ratio with Katz' interval",
        "odds ratio with Woolf's interval",
        "number needed to treat",
        "phi coefficient",
    } <= rows


def test_the_trend_is_checked_by_other_models(report):
    table = next(t for t in report.tables() if t.code == "sensitivity")
    assert len(table.rows) == 4
    assert all(0.1 < row[1].value < 10 for row in table.rows)


def test_the_ecdf_rises_to_99_percent_in_few_steps(report):
    plot = next(f.plot for f in report.figures() if isinstance(f.plot, EcdfPlot))
    for steps in plot.series:
        assert len(steps.x) <= 200
        assert list(steps.x) == sorted(steps.x)
        assert steps.share[-1] == pytest.approx(0.99, abs=0.002)


def test_a_plan_that_was_not_locked_is_warned_about():
    data = quality_case()
    open_plan = replace(PLAN, locked_at=None, locked_by="")
    late = replace(data, plan=open_plan, plan_versions=())
    assert "not locked" in words(quality_report(late, made_at=MADE_AT).parts[0])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_can_be_said(report, language):
    t = translator(language)
    for value in values_in(report):
        if isinstance(value, Message):
            assert "{" not in t.show(value)


def of_periods(first: Period, second: Period):
    """Give the data with a plan of two other spans."""
    data = quality_case()
    spans = replace(BEFORE, span=first), replace(AFTER, span=second)
    return replace(data, plan=replace(PLAN, baseline=spans[0], intervention=spans[1]))


def weeks_long(days: int):
    """Give the data with only the first days of each period planned."""
    first, second = (Period(p.span.first, p.span.first + timedelta(days=days - 1)) for p in (BEFORE, AFTER))
    return of_periods(first, second)


def one_period():
    data = quality_case()
    return replace(
        data,
        patient_days=tuple(d for d in data.patient_days if d.day in BEFORE.span),
        sheets=tuple(s for s in data.sheets if s.day in BEFORE.span),
        calls=data.calls.rows(np.arange(3000)),
    )


def all_alike():
    data = quality_case()
    calls = data.calls
    same = replace(calls, arrived=np.where(np.isnan(calls.arrived), np.nan, calls.placed + 60))
    best = (5,) * 5 + (1,) * 4
    return replace(
        data, calls=same, sheets=tuple(replace(s, answers=best) if s.is_returned else s for s in data.sheets)
    )


def other_plan():
    plan = replace(
        PLAN,
        primary=MeasureKind.ARRIVAL,
        duration=Duration.CLEARING,
        bell_test=BellTest.NEGATIVE_BINOMIAL,
        arrival_test=ArrivalTest.GEE,
        exclusions=(),
        targets={},
    )
    return replace(quality_case(), plan=plan)


def without(**fields: object):
    return replace(quality_case(), **fields)


POOR = {
    "nothing": empty_case,
    "no_calls": lambda: without(calls=quality_case().calls.rows(np.arange(0))),
    "one_call": lambda: without(calls=quality_case().calls.rows(np.arange(1))),
    "no_stays": lambda: without(book=replace(quality_case().book, stays=())),
    "no_census": lambda: without(patient_days=()),
    "no_questionnaires": lambda: without(sheets=(), versions=()),
    "one_questionnaire": lambda: without(sheets=quality_case().sheets[:1]),
    "one_period": one_period,
    "three_weeks": lambda: weeks_long(21),
    "one_day": lambda: weeks_long(1),
    "ahead": lambda: of_periods(BEFORE.span, Period(date(2027, 1, 1), date(2027, 6, 30))),
    "side_by_side": lambda: of_periods(
        Period(date(2025, 1, 1), date(2025, 3, 10)), Period(date(2025, 3, 11), date(2025, 6, 30))
    ),
    "in_reverse": lambda: of_periods(AFTER.span, BEFORE.span),
    "all_alike": all_alike,
    "other_plan": other_plan,
}


@pytest.mark.parametrize("name", POOR)
def test_poor_data_are_answered_in_words(name):
    report = quality_report(POOR[name](), made_at=MADE_AT)
    assert [part.number for part in report.parts] == list(range(1, 10))
    for value in values_in(report):
        assert not (isinstance(value, float) and not math.isfinite(value)), name
        if isinstance(value, Message):
            shown = f" {translator('en').show(value)} ".lower()
            assert " nan" not in shown, value
            assert "inf " not in shown, value
    for part in report.parts:
        assert words(part) or part.number == 1


def test_without_records_the_cover_knows_nothing():
    report = quality_report(empty_case(), made_at=MADE_AT)
    verdicts = next(block for block in report.parts[0].blocks if isinstance(block, Verdicts))
    assert {(line.variation, line.assurance) for line in verdicts.lines} == {
        (Variation.UNKNOWN, Assurance.UNKNOWN)
    }
    assert report.data_until is None


def test_without_stays_the_arrival_part_has_no_p():
    part = quality_report(POOR["no_stays"](), made_at=MADE_AT).parts[3]
    assert "no P" in words(part)
    assert "P<" not in words(part)


def test_percentages_need_twenty():
    few = POOR["one_questionnaire"]()
    part = quality_report(few, made_at=MADE_AT).parts[4]
    assert "%" not in words(part).replace("95%", "")


def test_the_newest_record_is_named():
    assert data_until(quality_case()) == date(2026, 6, 30)


def test_the_monthly_edition_is_of_the_last_whole_month():
    assert last_month(date(2026, 3, 1)) == Period.month(2026, 2)
    monthly = quality_report(quality_case(), edition=Edition.MONTHLY, made_at=MADE_AT)
    assert monthly.edition is Edition.MONTHLY
    assert monthly.parts


def test_the_report_is_built_in_a_moment():
    began = time.process_time()
    quality_report(replace(quality_case()), made_at=MADE_AT)
    assert time.process_time() - began < 5
