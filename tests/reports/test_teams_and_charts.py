from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from wardteam.domain.documents import BalanceRow, TeamsReport
from wardteam.domain.roster import SolveRecord, SolveStatus, StageResult
from wardteam.errors import Message
from wardteam_reports.charts import (
    balance_chart,
    balance_text,
    fairness_chart,
    fairness_lines,
    fairness_text,
)
from wardteam_reports.teams_sheet import teams_pdf

MADE = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def report(month: Any) -> TeamsReport:
    board = month.board()
    leader = board.teams[0].leader
    stage = StageResult("balance", SolveStatus.OPTIMAL, 12, 12, 0.5, 0.5)
    return TeamsReport(
        ward=board.ward,
        on=date(2026, 12, 1),
        teams=board.teams,
        balance=(
            BalanceRow(Message("nurse"), (3, 4, 4, 4, 3), 1, decimals=0),
            BalanceRow(Message("senior nurse"), (4.25, 4.44, 4.44, 4.0, 4.11), 0.44, decimals=2),
        ),
        reasons={leader.staff_no: (Message("Text was expected."),)},
        moves=(Message("{nurse} moves from team {old} to team {new}.", nurse="柳若溪", old=1, new=2),),
        record=SolveRecord("teams", SolveStatus.OPTIMAL, (stage,), 0.6, 0.5, seed=1, workers=2),
    )


def test_the_report_shows_teams_balance_reasons_moves_and_the_solve(report: Any, read_pdf: Any) -> None:
    pages = read_pdf(teams_pdf(report, language="zh", made_at=MADE)).pages
    text = "".join(page.extract_text() for page in pages)
    for words in (
        "责任一组",
        "4.25",
        "0.44",
        "此处应为文本。",
        "由第 1 组调至第 2 组",
        "已证明最优",
        "随机种子 1",
    ):
        assert words in text


def test_a_report_without_moves_says_so(report: Any, read_pdf: Any) -> None:
    pages = read_pdf(teams_pdf(replace(report, moves=()), language="en", made_at=MADE)).pages
    assert "Nobody changes her team." in "".join(page.extract_text() for page in pages)


def test_the_report_is_the_same_bytes_each_time(report: Any) -> None:
    assert teams_pdf(report, language="zh", made_at=MADE) == teams_pdf(report, language="zh", made_at=MADE)


def test_the_balance_chart_is_svg_with_text_as_paths_and_its_alternative_text(report: Any) -> None:
    svg = ElementTree.fromstring(balance_chart(report, "zh"))
    assert svg.get("aria-label") == balance_text(report, "zh")
    assert "护士：3、4、4、4、3" in balance_text(report, "zh")
    assert not [element for element in svg.iter() if element.tag.endswith("}text") or element.get("style")]


def test_fairness_counts_nights_evenings_and_weekends_of_ward_nurses(month: Any) -> None:
    sheet = month.sheet()
    lines = fairness_lines(sheet, "zh")
    assert len(lines) == 44
    row = next(row for row in sheet.rows if row.name[0] == lines[0].name)
    symbols = [cell.symbol[0] for cell in row.cells]
    assert (lines[0].nights, lines[0].evenings) == (symbols.count("夜"), symbols.count("中"))
    pairs = zip(sheet.days, row.cells, strict=True)
    weeks = {day.day.isocalendar().week for day, cell in pairs if day.day.weekday() > 4 and cell.minutes}
    assert lines[0].weekends == len(weeks)


def test_the_fairness_chart_carries_the_spread_in_words(month: Any) -> None:
    sheet = month.sheet()
    svg = ElementTree.fromstring(fairness_chart(sheet, "en"))
    assert svg.get("aria-label") == fairness_text(sheet, "en")
    nights = [line.nights for line in fairness_lines(sheet, "en")]
    assert f"nights {min(nights)}–{max(nights)}" in fairness_text(sheet, "en")
