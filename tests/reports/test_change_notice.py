"""The notice of changes as PDF: its words, its column to sign, its pages, and an honest empty one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from wardteam.demo import demo_ward
from wardteam.domain.calendar import Period
from wardteam.domain.documents import SheetCell
from wardteam.domain.notices import ChangedDay, ChangedNurse, ChangeNotice
from wardteam.domain.shifts import Post, ShiftKind
from wardteam_reports.change_notice import change_notice_pdf

AT = datetime(2026, 12, 3, 8, 30, tzinfo=UTC)
OLD = SheetCell(
    ("白", "A"), "DAY", colour="#ffffff", text_colour="#1c2b36", kind=ShiftKind.DAY, post=Post.LEADER
)
NEW = SheetCell(("假", "L"), "leave", colour="#f6f8f9", text_colour="#50606d")


def notice(people: int = 2, *, is_posted: bool = True, from_version: int | None = None) -> ChangeNotice:
    period = Period(date(2026, 12, 1), date(2026, 12, 31))
    days = tuple(
        ChangedDay(date(2026, 12, 5) + timedelta(days=n), OLD, NEW, AT, ("沈玉洁", "Shen Yujie"), "调整人力")
        for n in range(2)
    )
    days = days if not is_posted else tuple(replace(day, reason="") for day in days)
    nurses = tuple(ChangedNurse(f"W{n:03d}", ("柳若溪", "Liu Ruoxi"), 1, days) for n in range(people))
    return ChangeNotice(demo_ward().ward, period, 2, AT, from_version, AT, is_posted, nurses)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh",
            [
                "排班变更通知",
                "呼吸内科一病区",
                "原班次",
                "现班次",
                "已阅（签名）",
                "柳若溪",
                "12月5日（六）",
                "共4处变更",
            ],
        ),
        (
            "en",
            [
                "Notice of roster changes",
                "Old shift",
                "New shift",
                "Read and signed",
                "Liu Ruoxi",
                "4 changes",
            ],
        ),
    ],
)
def test_the_notice_says_who_when_old_and_new(read_pdf: Any, language: str, words: list[str]) -> None:
    reader = read_pdf(change_notice_pdf(notice(), language=language))
    text = "".join(page.extract_text() for page in reader.pages)
    flat = text.replace(" ", "").replace("\n", "")
    assert [word for word in words if word.replace(" ", "") not in flat] == []
    assert "调整人力" not in flat
    assert "1/1" in flat


def test_the_head_nurses_own_has_the_reason_and_says_that_it_is_hers(read_pdf: Any) -> None:
    reader = read_pdf(change_notice_pdf(notice(is_posted=False, from_version=1), language="zh"))
    flat = reader.pages[0].extract_text().replace(" ", "").replace("\n", "")
    assert "调整人力" in flat
    assert "请勿张贴" in flat
    assert "第2版与第1版比较" in flat


def test_a_long_notice_runs_over_pages_with_its_head_again(read_pdf: Any) -> None:
    reader = read_pdf(change_notice_pdf(notice(40), language="zh"))
    assert len(reader.pages) > 1
    assert all("现班次" in page.extract_text().replace(" ", "") for page in reader.pages)


def test_where_nothing_changed_it_says_so_without_a_table(read_pdf: Any) -> None:
    flat = read_pdf(change_notice_pdf(notice(0), language="zh")).pages[0].extract_text().replace(" ", "")
    assert "没有变更" in flat
    assert "现班次" not in flat


def test_the_same_notice_gives_the_same_bytes() -> None:
    assert change_notice_pdf(notice(), language="zh") == change_notice_pdf(notice(), language="zh")
