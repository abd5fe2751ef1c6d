"""What every page answers: the right page, in the right language, or a page in words."""

from __future__ import annotations

import re
from dataclasses import replace
from types import ModuleType

import pytest
from flask.testing import FlaskClient

from wardteam.domain.documents import SheetCell
from wardteam.errors import Conflict, Message
from wardteam_web import create_app

WARD_PAGES = {
    "": "概览",
    "roster/2026-05/": "护士排班表",
    "teams/": "分组与管床",
    "day/2026-05-14/": "5月14日 星期四",
    "noticeboard/": "公告栏",
    "noticeboard/2026-05-20/": "5月20日",
    "comparison/": "前后对比",
    "help/": "术语",
    "nurse/N012/2026-05/": "郭晓雯",
}


@pytest.mark.parametrize(("address", "words"), WARD_PAGES.items())
def test_every_page_of_a_ward_is_shown_in_chinese(client: FlaskClient, address: str, words: str) -> None:
    answer = client.get(f"/zh/w7/{address}")
    assert answer.status_code == 200
    assert words in answer.text
    assert '<html lang="zh-CN">' in answer.text


@pytest.mark.parametrize("address", WARD_PAGES)
def test_an_english_page_has_no_chinese_but_the_switch_and_the_data(
    client: FlaskClient, address: str
) -> None:
    text = re.sub(r'lang="zh-CN"[^<]*>[^<]*<', "<", client.get(f"/en/w7/{address}").text)
    text = re.sub(r"劳动节|表1|with [^<]*", "", text)
    assert re.findall(r"[\u4e00-\u9fff]+", text) == []


@pytest.mark.parametrize("address", WARD_PAGES)
def test_a_chinese_page_leaves_no_sentence_untranslated(client: FlaskClient, address: str) -> None:
    text = re.sub(r'<[^>]*lang="en"[^>]*>[^<]*<', "<", client.get(f"/zh/w7/{address}").text)
    visible = re.sub(r"<[^>]+>", "\n", re.sub(r"<(caption|thead|kbd|code).*?</\1>", "", text, flags=re.S))
    words = set(re.findall(r"[A-Za-z]{4,}", visible)) - {
        "Excel",
        "Satisfied",
        "Aware",
        "Home",
        "PgUp",
        "PgDn",
    }
    assert words == set()


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/", "/zh/"),
        ("/en/", "/en/w7/"),
        ("/zh/w7/roster/", "/zh/w7/roster/2026-05/"),
        ("/zh/w7/day/", "/zh/w7/day/2026-05-14/"),
    ],
)
def test_an_address_without_a_date_leads_to_the_present_one(
    client: FlaskClient, address: str, target: str
) -> None:
    assert client.get(address).location == target


@pytest.mark.parametrize(
    "address",
    [
        "/zh/nowhere/",
        "/zh/w7/roster/2026-13/",
        "/zh/w7/roster/2031-01/",
        "/zh/w7/roster/2026-05-10_2026-05-01/",
        "/zh/w7/roster/2026-05/?version=9",
        "/zh/w7/day/2026-02-30/",
        "/zh/w7/day/2027-01-01/",
        "/zh/w7/nurse/N999/2026-05/",
        "/zh/w7/files/secret.txt",
        "/zh/w7/files/card.pdf?day=tomorrow",
        "/zh/w7/files/card.pdf?period=2026_05_06",
        "/zh/w7/files/card.pdf?paper=b5",
        "/zh/w7/photo/N001",
        "/zh/no/such/page",
    ],
)
def test_what_does_not_exist_is_said_in_words(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "此地址没有内容" in answer.text


def test_a_missing_page_is_said_in_the_language_of_its_address(client: FlaskClient) -> None:
    assert "There is nothing at this address" in client.get("/en/no/such/page").text


def test_a_fault_is_a_page_in_words_without_its_inner_workings(fake: ModuleType) -> None:
    app = create_app(fake.FakePages(is_broken=True))
    app.logger.disabled = True
    answer = app.test_client().get("/en/w7/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "planned failure" not in answer.text


def test_a_known_refusal_is_shown_with_its_own_words(fake: ModuleType) -> None:
    class Refusing(fake.FakePages):  # type: ignore[misc, name-defined]  # loaded by path
        def runs(self, ward: str) -> tuple[object, ...]:
            raise Conflict(Message("Text was expected."))

    answer = create_app(Refusing()).test_client().get("/zh/w7/")
    assert answer.status_code == 409
    assert "此处应为文本。" in answer.text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "本病区还没有排班表。"),
        ("roster/", "本病区还没有排班表。"),
        ("teams/", "本病区还没有分组。"),
        ("day/", "本病区还没有已排定的日期。"),
        ("noticeboard/", "本病区还没有已排定的日期。"),
        ("comparison/", "尚未录入两个时期的呼叫铃和问卷数据。"),
    ],
)
def test_a_ward_before_its_first_roster_says_what_is_missing(
    fake: ModuleType, address: str, words: str
) -> None:
    client = create_app(fake.FakePages(is_empty=True)).test_client()
    answer = client.get(f"/zh/w7/{address}")
    assert answer.status_code == 200
    assert words in answer.text


@pytest.mark.parametrize(("count", "words"), [(0, "还没有病区"), (2, "心内科七病区")])
def test_the_start_lists_the_wards_or_says_there_are_none(fake: ModuleType, count: int, words: str) -> None:
    client = create_app(fake.FakePages(ward_list=(fake.WARD,) * count)).test_client()
    assert words in client.get("/zh/").text


def test_the_language_switch_keeps_the_page_and_its_query(client: FlaskClient) -> None:
    assert 'href="/en/w7/roster/2026-05/?version=3"' in client.get("/zh/w7/roster/2026-05/?version=3").text


def test_a_document_is_asked_for_in_the_pages_language_and_saved_under_its_name(client: FlaskClient) -> None:
    answer = client.get("/en/w7/files/roster.pdf?period=2026-05&paper=a3&version=3")
    assert answer.content_type == "application/pdf"
    assert "language='en'" in answer.text
    assert "paper='a3'" in answer.text
    assert "first=datetime.date(2026, 5, 1)" in answer.text
    assert "filename*=UTF-8''%E4%BA%94%E6%9C%88%20roster.pdf" in answer.headers["Content-Disposition"]


def test_every_download_that_a_page_offers_exists(client: FlaskClient) -> None:
    pages = [client.get(f"/zh/w7/{address}").text for address in WARD_PAGES]
    offered = {
        link.replace("&amp;", "&")
        for page in pages
        for link in re.findall(r'href="([^"]*/files/[^"]*)"', page)
    }
    assert len(offered) >= 6
    assert {client.get(link).status_code for link in offered} == {200}


def test_every_link_of_every_page_leads_somewhere(client: FlaskClient) -> None:
    pages = [client.get(f"/en/w7/{address}").text for address in WARD_PAGES]
    links = {link for page in pages for link in re.findall(r'(?:href|src)="(/[^"#]*)"', page)}
    wrong = {link for link in links if status(client, link.replace("&amp;", "&")) not in (200, 302)}
    assert wrong == {"/en/w7/roster/2026-04/"}  # the fake keeps no sheet of April


def test_a_photograph_is_sent_only_where_there_is_consent(client: FlaskClient) -> None:
    assert client.get("/zh/w7/photo/N002").content_type == "image/png"
    assert client.get("/zh/w7/photo/N001").status_code == 404
    board = client.get("/zh/w7/noticeboard/").text
    assert "/photo/N002" in board
    assert "/photo/N001" not in board


def test_no_patients_name_appears_on_any_page(client: FlaskClient) -> None:
    pages = "".join(client.get(f"/zh/w7/{address}").text for address in WARD_PAGES)
    assert "*" not in re.sub(r"<[^>]+>", "", pages)


def status(client: FlaskClient, address: str) -> int:
    with client.get(address) as answer:
        return answer.status_code


def test_the_teams_page_shows_each_owners_beds_and_the_date_they_hold_from(client: FlaskClient) -> None:
    text = client.get("/zh/w7/teams/").text
    assert "自2026年5月14日起" in text
    assert "10 张床，患者" in text
    assert "各组床位与工作量" in text
    assert "from 14 May 2026" in client.get("/en/w7/teams/").text


def test_a_posted_roster_has_no_balances(client: FlaskClient) -> None:
    text = client.get("/zh/w7/roster/2026-05/").text
    assert "工时" in text
    assert "结余" not in text
    assert "累计" not in text


def test_who_is_not_rostered_has_no_link(fake: ModuleType) -> None:
    pages = fake.FakePages()
    rows = pages.sheet.rows
    lent = replace(rows[0], cells=tuple(SheetCell(("", ""), "") for _ in rows[0].cells))
    pages.__dict__["sheet"] = replace(pages.sheet, rows=(lent, *rows[1:]))
    text = create_app(pages).test_client().get("/zh/w7/roster/2026-05/").text
    assert f"/nurse/{lent.staff_no}/" not in text
    assert f"/nurse/{rows[1].staff_no}/" in text
