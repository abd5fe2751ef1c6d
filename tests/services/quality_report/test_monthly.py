"""The monthly edition: two parts with icons, small charts, actions due, and next steps in words."""

from __future__ import annotations

from datetime import date, timedelta

from tests.services.quality_case import quality_case
from tests.services.quality_report.test_teams import FIRST, full_ward
from tests.services.staffing_kit import busy_ward, nurse, quality, ward
from wardteam.domain.calendar import Period
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.monthly import CHARTED, WATCHED, monthly_parts
from wardteam.stats.charts.types import Variation
from wardteam.stats.report import Bullets, Figure, Table, Verdicts

APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))


def test_a_month_has_a_page_of_verdicts_and_a_page_of_control() -> None:
    first, second = monthly_parts(Analysis(full_ward()), APRIL)
    (verdicts,) = [block for block in first.blocks if isinstance(block, Verdicts)]
    assert len(verdicts.lines) == len(WATCHED)
    codes = [block.code for block in second.blocks if isinstance(block, Table)]
    assert codes == ["month_audits", "items_not_met", "open_actions", "adverse_events"]
    (steps,) = [block for block in second.blocks if isinstance(block, Bullets)]
    assert len(steps.items) >= 3


def test_a_month_in_a_full_course_has_small_charts_that_end_with_it() -> None:
    data = quality_case()
    month = Period.month(data.plan.intervention.span.last.year, data.plan.intervention.span.last.month)
    first, _ = monthly_parts(Analysis(data), month)
    figures = [block for block in first.blocks if isinstance(block, Figure)]
    assert 2 <= len(figures) <= len(CHARTED)
    assert all(figure.is_half for figure in figures)
    assert figures[0].plot.chart.points[-1].label == f"{month.first:%Y-%m}"


def test_later_months_never_show_in_an_earlier_edition() -> None:
    first, second = monthly_parts(Analysis(full_ward()), Period(FIRST, FIRST + timedelta(days=29)))
    for figure in (block for block in first.blocks if isinstance(block, Figure)):
        assert figure.plot.chart.points[-1].label == "2026-03"
    (actions,) = [b for b in second.blocks if isinstance(b, Table) and b.code == "open_actions"]
    assert [row[4].value for row in actions.rows] == [13]


def test_a_month_without_records_is_two_pages_of_words() -> None:
    first, second = monthly_parts(Analysis(quality(ward(nurse("A")))), APRIL)
    (verdicts,) = [block for block in first.blocks if isinstance(block, Verdicts)]
    assert {line.variation for line in verdicts.lines} == {Variation.UNKNOWN}
    assert not [b for b in (*first.blocks, *second.blocks) if isinstance(b, Figure | Table)]


def test_a_month_with_a_roster_shows_its_own_calls_per_nurse_hour() -> None:
    _, second = monthly_parts(Analysis(busy_ward(1.0, 1.0)), Period(date(2026, 9, 1), date(2026, 9, 30)))
    (figure,) = [block for block in second.blocks if isinstance(block, Figure)]
    assert sum(bar.n for bar in figure.plot.values) == 26 * 30
    _, earlier = monthly_parts(Analysis(busy_ward(1.0, 1.0)), APRIL)
    assert not [block for block in earlier.blocks if isinstance(block, Figure)]
