"""The cover: icons explained, courses and targets beside the two periods; conventions of both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.services.quality_case import MADE_AT, PLAN, empty_case, quality_case
from wardteam.i18n import translator
from wardteam.services.compare import with_periods
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.build import quality_report
from wardteam.services.quality_report.cover import cover_part
from wardteam.stats.charts.types import Variation
from wardteam.stats.report import Bullets, Paragraph, QualityReport, Verdicts


@pytest.fixture(scope="module")
def report() -> QualityReport:
    return quality_report(quality_case(), made_at=MADE_AT)


def said(part, language: str = "en") -> str:
    """Give every sentence of a part's paragraphs and lists."""
    t = translator(language)
    found = []
    for block in part.blocks:
        if isinstance(block, Paragraph):
            found += [t.show(sentence) for sentence in block.sentences]
        if isinstance(block, Bullets):
            found += [t.show(item) for item in block.items]
    return " ".join(found)


def cells_of(report: QualityReport, code: str, language: str) -> str:
    """Give a table's cells, headings and notes on one line."""
    t = translator(language)
    table = next(table for table in report.tables() if table.code == code)
    cells = [line for row in table.rows for cell in row for line in cell.lines]
    return " ".join(t.show(line) for line in (*table.header, *cells, *table.notes))


def test_the_icons_are_explained_and_every_signal_names_its_newest_point(report):
    cover = report.parts[0]
    text = said(cover)
    assert "The icons judge the newest point" in text
    lines = next(block for block in cover.blocks if isinstance(block, Verdicts)).lines
    signalled = [line for line in lines if line.variation in (Variation.IMPROVEMENT, Variation.CONCERN)]
    assert text.count("the newest point, 20") == len(signalled)


def test_a_signal_that_the_difference_hides_is_said_in_a_sentence():
    data = quality_case()
    last = max(sheet.day for sheet in data.sheets)
    bad = tuple(
        replace(s, answers=tuple(1 if isinstance(a, int) else a for a in s.answers))
        if s.day >= last.replace(day=1)
        else s
        for s in data.sheets
    )
    text = said(cover_part(Analysis(replace(data, sheets=bad))))
    assert "Satisfaction rate: the newest point, 2026-06 (0/" in text
    assert "is a signal of concern" in text


def test_the_cover_holds_bells_and_waits_against_their_earlier_course(report):
    text = said(report.parts[0])
    assert "Against its own earlier course the bell rate" in text
    assert "Against its own earlier course the weekly median arrival time" in text
    assert "与切换前走势延续的预期相比" in said(report.parts[0], "zh")


def test_the_cover_holds_the_intervention_against_the_targets_where_there_are_any(report):
    assert said(report.parts[0]).count("against a target of") == len(PLAN.targets)
    bare = replace(quality_case(), plan=replace(PLAN, targets={}))
    assert "against a target of" not in said(cover_part(Analysis(bare)))


def test_periods_that_nobody_planned_are_exploratory_on_cover_and_in_methods():
    data = quality_case()
    free = with_periods(data, PLAN.baseline.span, PLAN.intervention.span)
    found = quality_report(free, made_at=MADE_AT)
    assert "nothing was declared before the data were looked at" in said(found.parts[0])
    assert "nothing was declared before the data were looked at" in said(found.parts[8])
    assert str(found.subtitle) == "periods chosen freely"


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("case_mix", "Mean (SD)", "x̄±s"),
        ("rates", "mean (SD)", "x̄±s"),
        ("arrival_tests", "Median [Q1, Q3]", "M(Q1,Q3)"),
    ],
)
def test_each_language_describes_figures_by_its_own_convention(report, code, english, chinese):
    assert english in cells_of(report, code, "en")
    assert "±" not in cells_of(report, code, "en")
    assert chinese in cells_of(report, code, "zh")


def test_an_estimate_stands_with_its_interval_on_one_line(report):
    table = next(table for table in report.tables() if table.code == "rates")
    assert translator("en").show(table.rows[0][3].lines[0]).count("(") == 1
    assert all(len(row[3].lines) == 1 for row in table.rows)


def test_columns_of_figures_hold_figures(report):
    for table in report.tables():
        for row in table.rows:
            for column in table.figures:
                cell = row[column]
                words = translator("en").show(cell.lines[0])
                assert cell.value is not None or not words[0].isalpha(), (table.code, column, words)


def test_unlike_characteristics_are_named_under_table_1(report):
    table = next(table for table in report.tables() if table.code == "case_mix")
    unlike = [row for row in table.rows if abs(row[3].value or 0) > 0.1]
    assert unlike
    assert ("Above it here" in cells_of(report, "case_mix", "en")) == bool(unlike)


def test_a_measure_has_one_row_a_rule_in_the_methods(report):
    rows = next(table for table in report.tables() if table.code == "methods").rows
    keys = [(str(row[0].lines[0]), str(row[2].lines[0])) for row in rows]
    assert len(keys) == len(set(keys))
    assert any(len(row[1].lines) > 1 for row in rows)


def test_a_ward_without_records_has_no_course_and_says_nothing_of_it():
    text = said(cover_part(Analysis(empty_case())))
    assert "Against its own earlier course" not in text
    assert "does not prove" not in text
