from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from wardteam.domain.documents import Noticeboard
from wardteam.errors import Message
from wardteam.i18n import Language
from wardteam_reports import wording
from wardteam_reports.noticeboard import (
    BoardPaper,
    board_data,
    feedback_code,
    monogram,
    noticeboard_pdf,
)


@pytest.mark.parametrize(("paper", "longer"), [("a3", 1191), ("a4", 842)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_board_is_one_landscape_page_with_every_name(
    month: Any, read_pdf: Any, paper: BoardPaper, longer: int, language: Language
) -> None:
    board = month.board()
    pdf = read_pdf(noticeboard_pdf(board, language=language, paper=paper))
    assert len(pdf.pages) == 1
    assert round(pdf.pages[0].mediabox.width) == longer
    text = pdf.pages[0].extract_text()
    cards = [c for t in board.teams for c in (t.leader, t.deputy, *t.members) if c is not None]
    assert len(cards) >= 40
    assert all(wording.pick(card.name, language) in text for card in (*cards, board.head_nurse))
    assert all(bed.bed in text for team in board.teams for bed in team.beds)


def test_the_same_board_gives_the_same_bytes(month: Any) -> None:
    assert noticeboard_pdf(month.board(), language="zh") == noticeboard_pdf(month.board(), language="zh")


def test_a_photograph_stands_only_where_the_card_has_one(month: Any, read_pdf: Any) -> None:
    board = month.board()
    cards = [c for t in board.teams for c in (t.leader, t.deputy, *t.members) if c is not None]
    pictured = sum(card.photo is not None for card in (*cards, board.head_nurse))
    assert 0 < pictured < len(cards) + 1
    images = read_pdf(noticeboard_pdf(board, language="zh")).pages[0].images
    assert len(images) == pictured


def test_cover_is_marked_in_words_or_by_a_sign(month: Any, read_pdf: Any) -> None:
    board = month.board()
    covered = [b for t in board.teams for b in t.beds if b.holder is not None and b.holder != b.owner]
    assert covered
    chinese = read_pdf(noticeboard_pdf(board, language="zh")).pages[0].extract_text()
    english = read_pdf(noticeboard_pdf(board, language="en")).pages[0].extract_text()
    assert chinese.count("代管") == len(covered) + 1, "each bed, and the key"
    assert english.count("◐") == len(covered) + 1, "each bed, and the key"


def test_evening_and_night_staff_stand_on_the_board_and_bed_holders_are_not_repeated(month: Any) -> None:
    duty = board_data(month.board(), "zh", "a3")["duty"]
    assert [line["name"] for line in duty] == ["连班", "中班", "夜班"]
    assert all(line["nurses"] for line in duty)


def test_the_feedback_code_appears_only_with_an_address(month: Any, read_pdf: Any) -> None:
    url = "https://ward.example/feedback"
    texts = [
        read_pdf(noticeboard_pdf(month.board(url=address), language="zh")).pages[0].extract_text()
        for address in ("", url)
    ]
    assert ["扫码" in text for text in texts] == [False, True]
    assert feedback_code(url).startswith(b"<?xml")
    assert feedback_code(url) != feedback_code(url + "2")


def test_a_crowded_team_still_fits_on_the_page(month: Any, read_pdf: Any) -> None:
    board = month.board()
    team = board.teams[0]
    crowded = replace(
        team, members=(*team.members, *board.teams[1].members[:4]), beds=team.beds + team.beds[:4]
    )
    full: Noticeboard = replace(board, teams=(crowded, *board.teams[1:]))
    pdf = read_pdf(noticeboard_pdf(full, language="zh"))
    assert len(pdf.pages) == 1


def test_notes_for_the_ward_stay_off_the_public_board(month: Any, read_pdf: Any) -> None:
    board = replace(month.board(), notes=(Message("Text was expected."),))
    text = read_pdf(noticeboard_pdf(board, language="zh", paper="a4")).pages[0].extract_text()
    assert "此处应为文本" not in text


def test_no_patient_is_named_by_default(month: Any) -> None:
    assert {bed.surname_masked for team in month.board().teams for bed in team.beds} == {""}


def test_a_monogram_stands_for_a_photograph(month: Any) -> None:
    leader = month.board().teams[0].leader
    card = replace(leader, name=("柳若溪", "Liu Ruoxi"), photo=None)
    assert (monogram(card, "zh"), monogram(card, "en")) == ("柳", "LR")


def test_a_board_without_its_moment_is_refused(month: Any) -> None:
    with pytest.raises(ValueError, match="made_at"):
        noticeboard_pdf(replace(month.board(), made_at=None), language="zh")
