"""The pages' port over a real store: what is posted, what is private, and what is made only once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from wardteam.bootstrap.document_set import roster_pieces
from wardteam.bootstrap.pages import StorePages
from wardteam.bootstrap.papers import Papers
from wardteam.bootstrap.reading import WardReader
from wardteam.bootstrap.wiring import Installation, create_web, open_installation
from wardteam.config import Config
from wardteam.demo import demo_photos, demo_ward
from wardteam.domain.calendar import Period
from wardteam.domain.roster import Roster, RosterCell
from wardteam.domain.shifts import LeaveKind
from wardteam.domain.ward import WardBook
from wardteam.errors import NotFound
from wardteam.i18n import translator
from wardteam_web import DocumentKind, DocumentRequest, Pages

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
LAST_WEEK = Period(date(2026, 11, 23), date(2026, 11, 29))


def history_as_roster(book: WardBook) -> Roster:
    """Give the tail's last week as a roster, with a sick nurse on the first day."""
    cells = {key: cell for key, cell in book.history.items() if key[1] in LAST_WEEK}
    cells["W030", LAST_WEEK.first] = RosterCell(LeaveKind.SICK.value)
    return Roster(LAST_WEEK, cells)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    book = demo_ward()
    with open_installation(Config(folder=tmp_path / "a b"), clock=lambda: NOW, is_new=True) as opened:
        with opened.units() as unit:
            unit.books.save(book, expected_revision=None, by="test", at=NOW)
            for staff_no, picture in demo_photos(book).items():
                unit.photos.put("demo", book.nurse(staff_no).photo, picture)
            unit.rosters.add_draft("demo", history_as_roster(book), by="test", at=NOW)
            unit.commit()
        yield opened


@pytest.fixture
def pages(installation: Installation) -> Pages:
    return StorePages(WardReader(installation.units, installation.clock))


def test_the_wards_date_is_by_the_wards_clock(pages: Pages) -> None:
    assert pages.today("demo") == date(2026, 11, 24)


def test_the_posted_sheet_tells_no_kind_of_leave(pages: Pages) -> None:
    sheet = pages.roster_sheet("demo", LAST_WEEK)
    assert sheet is not None
    assert sheet.is_posted
    row = next(row for row in sheet.rows if row.staff_no == "W030")
    assert (row.cells[0].symbol, row.cells[0].code) == (("假", "L"), "leave")


def test_a_nurses_page_is_posted_too(pages: Pages) -> None:
    card = pages.nurse("demo", "W030", LAST_WEEK)
    assert card is not None
    assert card.cells[0].code == "leave"
    assert all(entry.symbol != LeaveKind.SICK.symbols for entry in card.legend)
    assert pages.nurse("demo", "nobody", LAST_WEEK) is None


def test_cards_and_calendars_for_everyone_tell_no_kind_of_leave(installation: Installation) -> None:
    reader = WardReader(installation.units, installation.clock)
    planned = reader.planned("demo", LAST_WEEK)
    assert planned is not None
    papers = Papers(reader, "zh")
    pieces = {p.file_name: p.make() for p in roster_pieces(papers, planned, LAST_WEEK.first, None)}
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pieces["pocket-cards.pdf"])).pages)
    assert "假" in text
    shown = (LeaveKind.OFF, LeaveKind.POST_NIGHT)
    kinds = [kind for kind in LeaveKind if kind not in shown]
    words = {translator("zh")(kind) for kind in kinds} | {kind.symbols[0] for kind in kinds} - {"年"}
    assert not words & set(text.split()), "年 stands in the dates"
    assert "结余" not in text
    with zipfile.ZipFile(io.BytesIO(pieces["calendars.zip"])) as archive:
        calendars = [archive.read(name).decode() for name in archive.namelist()]
    told = {line for c in calendars for line in c.splitlines() if line.startswith("SUMMARY")}
    duties = {f"SUMMARY:{shift.symbol} {shift.name}" for shift in planned.book.shifts}
    assert told
    assert told <= duties


def test_a_published_version_holds_until_a_newer_one_is_published(
    installation: Installation, pages: Pages
) -> None:
    with installation.units() as unit:
        unit.rosters.publish("demo", LAST_WEEK, 1, by="test", at=NOW)
        unit.rosters.add_draft("demo", history_as_roster(demo_ward()), by="test", at=NOW)
        unit.commit()
    held, newer = pages.roster_sheet("demo", LAST_WEEK), pages.roster_sheet("demo", LAST_WEEK, 2)
    assert (held and held.version, newer and newer.version) == (1, 2)
    assert pages.roster_sheet("demo", LAST_WEEK, 3) is None


def test_a_sheet_is_made_once_and_again_when_the_ward_changed(
    installation: Installation, pages: Pages
) -> None:
    first = pages.roster_sheet("demo", LAST_WEEK)
    assert pages.roster_sheet("demo", LAST_WEEK) is first
    with installation.units() as unit:
        stored = unit.books.get("demo")
        ward = replace(stored.book.ward, name="改名病区")
        book = replace(stored.book, ward=ward)
        unit.books.save(book, expected_revision=stored.revision, by="test", at=NOW)
        unit.commit()
    changed = pages.roster_sheet("demo", LAST_WEEK)
    assert changed is not None
    assert changed.ward.name == "改名病区"


def test_photographs_need_a_consent_that_holds(pages: Pages) -> None:
    book = demo_ward()
    shown = {n.staff_no for n in book.nurses if n.photo and pages.photo("demo", n.staff_no) is not None}
    allowed = {n.staff_no for n in book.nurses if n.photo and n.may_be_pictured(date(2026, 11, 24))}
    assert shown == allowed
    assert 0 < len(shown) < sum(bool(n.photo) for n in book.nurses)
    assert pages.photo("demo", "nobody") is None
    cards = {n.staff_no: pages.nurse("demo", n.staff_no, LAST_WEEK) for n in book.nurses}
    assert {s for s, card in cards.items() if card and card.nurse.photo} == {
        s for s in shown if cards[s] is not None
    }
    assert any(card and card.nurse.photo for card in cards.values())


def test_the_teams_are_measured_as_they_stand(pages: Pages) -> None:
    report = pages.teams("demo")
    assert report is not None
    book = demo_ward()
    placed = {
        card.staff_no: team.team.number
        for team in report.teams
        for card in (team.leader, team.deputy, *team.members)
        if card is not None
    }
    on = date(2026, 11, 24)
    assert placed == {m.staff_no: m.team for m in book.memberships if m.holds(on)}
    assert report.balance
    assert pages.teams("demo") is not None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", [kind for kind in DocumentKind if kind is not DocumentKind.COMPARISON_PDF])
def test_every_document_can_be_downloaded(pages: Pages, kind: DocumentKind, language: str) -> None:
    lang = "zh" if language == "zh" else "en"
    request = DocumentRequest(kind, lang, period=LAST_WEEK, day=LAST_WEEK.first, staff_no="W030")
    made = pages.document("demo", request)
    assert made is not None
    starts = {"pdf": b"%PDF", "xlsx": b"PK", "ics": b"BEGIN:VCALENDAR"}
    assert made.content.startswith(starts[made.file_name.rpartition(".")[2]])


def test_what_is_not_there_is_none(pages: Pages) -> None:
    other = Period.month(2030, 1)
    assert pages.roster_sheet("demo", other) is None
    assert pages.board("demo", other.first) is None
    assert pages.comparison("demo", "zh") is None
    assert pages.runs("demo") == ()
    assert pages.document("demo", DocumentRequest(DocumentKind.ROSTER_PDF, "zh", period=other)) is None
    assert pages.document("demo", DocumentRequest(DocumentKind.CARD_PDF, "zh", period=LAST_WEEK)) is None
    assert pages.document("demo", DocumentRequest(DocumentKind.COMPARISON_PDF, "zh")) is None


def test_the_web_shows_every_page_of_the_store(installation: Installation) -> None:
    client = create_web(installation).test_client()
    for page in ("", "roster/2026-11-23_2026-11-29/", "teams/", "day/2026-11-25/", "noticeboard/2026-11-25/"):
        answer = client.get(f"/zh/demo/{page}")
        assert answer.status_code == 200, page
    assert client.get("/zh/elsewhere/").status_code == 404


def test_a_folder_without_data_is_not_made_in_passing(tmp_path: Path) -> None:
    with pytest.raises(NotFound), open_installation(Config(folder=tmp_path / "mistyped")):
        pass
    assert not (tmp_path / "mistyped").exists()


def test_the_teams_page_has_every_bed_once_with_its_workload(pages: Pages) -> None:
    report, book = pages.teams("demo"), demo_ward()
    assert report is not None
    beds = [bed for entry in report.teams for bed in entry.beds] + list(report.unowned)
    assert sorted(bed.bed for bed in beds) == sorted(bed.code for bed in book.beds)
    assert all(bed.load == book.settings.load(bed.grade) for bed in beds)
    for entry in report.teams:
        people = {c.staff_no for c in (entry.leader, entry.deputy, *entry.members) if c is not None}
        assert {bed.owner.staff_no for bed in entry.beds if bed.owner} <= people


def test_only_who_led_before_the_newest_teams_keeps_her_role_by_custom(
    installation: Installation, pages: Pages
) -> None:
    before = pages.teams("demo")
    assert before is not None
    leaders = [entry.leader.staff_no for entry in before.teams if entry.leader]
    newest = date(2026, 11, 24)
    with installation.units() as unit:
        stored = unit.books.get("demo")
        moved = tuple(
            replace(m, start=newest) if m.staff_no == leaders[0] and m.holds(newest) else m
            for m in stored.book.memberships
        )
        book = replace(stored.book, memberships=moved)
        unit.books.save(book, expected_revision=stored.revision, by="test", at=NOW)
        unit.commit()
    report = pages.teams("demo")
    assert report is not None
    assert report.since == newest
    kept = {
        staff_no
        for staff_no, reasons in report.reasons.items()
        if any(reason.text == "Has this role in this team already, and keeps it." for reason in reasons)
    }
    assert kept & set(leaders) == set(leaders[1:])
    assert report.reasons[leaders[0]]


@pytest.mark.parametrize(
    ("public_url", "own", "shown"),
    [
        ("https://ward.example/", "https://other.example/f", "https://ward.example/q/"),
        ("https://ward.example", "", "https://ward.example/q/"),
        ("", "https://other.example/f", "https://other.example/f"),
        ("", "", ""),
    ],
)
def test_the_noticeboards_code_leads_to_our_own_questionnaire_where_phones_reach_us(
    installation: Installation, public_url: str, own: str, shown: str
) -> None:
    with installation.units() as unit:
        stored = unit.books.get("demo")
        settings = replace(stored.book.settings, feedback_url=own)
        book = replace(stored.book, settings=settings)
        unit.books.save(book, expected_revision=stored.revision, by="test", at=NOW)
        unit.commit()
    reader = WardReader(installation.units, installation.clock, public_url=public_url)
    board = StorePages(reader).board("demo", date(2026, 11, 25))
    assert board is not None
    assert board.feedback_url == shown
