"""What guards writing: tokens, origins, hosts, cookies, sizes, addresses to go on to, and escaping."""

from __future__ import annotations

import io
import re

import pytest

from tests.web.quality_site import HOME, NURSE, WARD, WardSite
from wardteam.domain.control import AdverseEvent
from wardteam.i18n import translator
from wardteam_web.app import LARGEST_FORM

EVENT = {"day": "2026-11-20", "kind": "fall", "level": "III", "bed": "07"}
ADDRESS = f"{HOME}/records/events/new"
NASTY = '<script>alert("x")</script>'


def events(site: WardSite) -> int:
    with site.installation.units() as unit:
        return len(unit.captured.all(WARD, AdverseEvent))


def test_a_form_with_its_token_is_taken(capture_site: WardSite) -> None:
    fields = {**EVENT, "csrf_token": capture_site.token()}
    same = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert capture_site.client.post(ADDRESS, data=fields, headers=same).status_code == 302
    assert events(capture_site) == 2


@pytest.mark.parametrize("token", ["", "ImZvcmdlZCI.aaaa.bbbb"])
def test_a_form_without_its_own_token_is_refused_in_words(capture_site: WardSite, token: str) -> None:
    answer = capture_site.client.post(ADDRESS, data={**EVENT, "csrf_token": token})
    assert answer.status_code == 400
    assert translator("zh")("This was not sent from these pages") in answer.text
    assert events(capture_site) == 1


def test_a_token_of_another_browser_is_refused(capture_site: WardSite) -> None:
    stolen = capture_site.token()
    with capture_site.client.session_transaction() as kept:
        kept.clear()
        kept["by"] = NURSE
    assert capture_site.client.post(ADDRESS, data={**EVENT, "csrf_token": stolen}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused_even_with_a_token(
    capture_site: WardSite, headers: dict[str, str]
) -> None:
    answer = capture_site.client.post(
        ADDRESS, data={**EVENT, "csrf_token": capture_site.token()}, headers=headers
    )
    assert answer.status_code == 403
    assert translator("zh")("This was not sent from these pages") in answer.text
    assert events(capture_site) == 1


def test_a_foreign_host_writes_nothing(capture_site: WardSite) -> None:
    fields = {**EVENT, "csrf_token": capture_site.token()}
    answer = capture_site.client.post(ADDRESS, data=fields, headers={"Host": "ward.evil.example"})
    assert answer.status_code == 400
    assert events(capture_site) == 1


def test_the_cookie_is_for_these_pages_alone(capture_site: WardSite) -> None:
    answer = capture_site.send("who/", {"staff_no": NURSE})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example",
        f"{HOME}/..//evil.example",
        f"{HOME}\\\\evil.example",
        f"/zh/other-ward/{WARD}/",
        "javascript:alert(1)",
        f"{HOME}/@evil.example//x",
        f"{HOME}/\r\nLocation: https://evil.example",
    ],
)
def test_nobody_is_sent_on_to_another_site(capture_site: WardSite, onward: str) -> None:
    answer = capture_site.send("who/", {"staff_no": NURSE, "onward": onward})
    assert answer.status_code == 302
    assert answer.location == f"{HOME}/records/"


def test_a_stranger_cannot_be_chosen_as_the_writer(capture_site: WardSite) -> None:
    capture_site.write_as("")
    capture_site.send("who/", {"staff_no": "nobody"})
    assert str(capture_site.get("records/events/new").location).startswith(f"{HOME}/who/")


def test_what_is_too_large_is_refused_in_words(capture_site: WardSite) -> None:
    body = f"csrf_token={capture_site.token()}&description={'x' * LARGEST_FORM}"
    answer = capture_site.client.post(ADDRESS, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert translator("zh")("This is too large") in answer.text


def test_a_file_of_calls_may_be_larger_than_a_form(capture_site: WardSite) -> None:
    rows = "01,2026-11-20 08:00:00\r\n" * 120_000
    parts = (
        f'Content-Disposition: form-data; name="csrf_token"\r\n\r\n{capture_site.token()}',
        f'Content-Disposition: form-data; name="file"; filename="c.csv"\r\n\r\nbed,call time\r\n{rows}',
    )
    body = "".join(f"--part\r\n{part}\r\n" for part in parts) + "--part--\r\n"
    assert len(body) > LARGEST_FORM
    answer = capture_site.client.post(
        f"{HOME}/calls/upload", data=body.encode(), content_type="multipart/form-data; boundary=part"
    )
    assert answer.status_code == 302


PLACES = {
    "records/events/new": {**EVENT, "description": NASTY},
    "records/actions/new": {
        "day": "2026-11-20",
        "source": "report",
        "finding": NASTY,
        "measure": NASTY,
        "owner": NURSE,
        "due": "2026-12-01",
    },
    "records/activities/new": {
        "day": "2026-11-20",
        "kind": "round",
        "leader": NURSE,
        "topic": NASTY,
        "present": "6",
        "minutes": "40",
    },
    "records/symposia/new": {
        "day": "2026-11-20",
        "audience": "patients",
        "points": NASTY,
        "patients": "1",
        "nurses": "1",
        "doctors": "0",
    },
    "checklists/new": {
        "name": NASTY,
        "name_en": NASTY,
        "area": "own",
        "pass_percent": "90",
        "lines": "1",
        "zh-0": NASTY,
        "en-0": NASTY,
    },
    "questionnaires/versions/new": {
        "name": NASTY,
        "name_en": NASTY,
        "satisfied_mean": "4",
        "aware_percent": "80",
        "least_percent": "80",
        "lines": "1",
        "zh-0": NASTY,
        "kind-0": "yes_no",
    },
    "calls/tokens/new": {"name": NASTY},
    "audits/A26-0011/": {
        "day": "2026-11-12",
        "level": "leader",
        "team": "1",
        "auditor": NURSE,
        "revision": "1",
        "mark-i1": "met",
        "mark-i2": "not_met",
        "note-i2": NASTY,
    },
}
SHOWN = {
    "records/events/new": "records/events/",
    "records/actions/new": "records/actions/",
    "records/activities/new": "records/activities/",
    "records/symposia/new": "records/symposia/",
    "checklists/new": "checklists/",
    "questionnaires/versions/new": "questionnaires/versions/",
    "calls/tokens/new": "calls/",
    "audits/A26-0011/": "audits/A26-0011/",
}


@pytest.mark.parametrize("place", PLACES)
def test_markup_in_a_text_stays_text(capture_site: WardSite, place: str) -> None:
    answer = capture_site.send(place, PLACES[place])
    assert NASTY not in answer.text
    page = capture_site.read(SHOWN[place])
    assert NASTY not in page
    assert "&lt;script&gt;alert" in page


def test_markup_in_an_uploaded_file_stays_text(capture_site: WardSite) -> None:
    text = f"床号,呼叫时间,呼叫类型\n01,2026-11-20 08:00:00,{NASTY}\n"
    answer = capture_site.send("calls/upload", {"file": (io.BytesIO(text.encode()), "<b>calls.csv")})
    page = capture_site.read(str(answer.location).removeprefix(f"{HOME}/"))
    assert NASTY not in page
    assert not re.search(r"<script(?! src=)", page)


def test_every_form_that_writes_carries_a_token(shown_site: WardSite) -> None:
    for place in ("who/", "records/events/new", "records/events/E26-0001/", "audits/A26-0011/", "calls/"):
        page = shown_site.read(place)
        for form in re.findall(r'<form method="post".*?</form>', page, re.S):
            assert 'name="csrf_token"' in form, place
