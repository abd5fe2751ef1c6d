"""Files of calls on the pages: uploaded, mapped, imported; ledgers, refused rows and tokens."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.web.quality_site import HOME, NOW, WARD, WardSite
from wardteam.domain.calls import CallField, CallImport, CallMapping, CallReason, LiveToken
from wardteam.services.call_words import seen_words
from wardteam.services.live_tokens import holds, token_ward
from wardteam_web.calls.uploads import take_upload, uploaded

LOG = """呼叫编号,床号,呼叫类型,呼叫时间,到达时间
X1,01,换药,2026-11-20 08:00:00,2026-11-20 08:02:00
X2,02,输液,2026-11-20 09:00:00,2026-11-20 09:01:30
X3,99,输液,2026-11-20 10:00:00,2026-11-20 10:01:00
X4,03,输液,2026-11-20 11:00:00,2026-11-20 10:59:00
"""
UNCLEAR = "床号,呼叫时间\n01,05/01/2026 08:00\n02,06/02/2026 09:00\n"


def sent(site: WardSite, text: str = LOG, name: str = "呼叫.csv") -> TestResponse:
    return site.send("calls/upload", {"file": (io.BytesIO(text.encode()), name)})


def mapping_place(site: WardSite, text: str = LOG, name: str = "呼叫.csv") -> str:
    """Upload a file and give the place of its mapping."""
    answer = sent(site, text, name)
    assert answer.status_code == 302, answer.text
    return str(answer.location).removeprefix(f"{HOME}/")


def fields_of(page: str) -> dict[str, str]:
    """Give the mapping's form as it stands."""
    found = dict(
        re.findall(r'<input[^>]*name="(word-[^"]+|since-\d+|seconds-\d+|zone)" value="([^"]*)"', page)
    )
    for name, body in re.findall(r'<select[^>]*name="([^"]+)">(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return found


def folder_of(site: WardSite) -> Path:
    return site.installation.config.folder


def test_what_is_kept_is_told_with_its_span(capture_site: WardSite) -> None:
    page = capture_site.read("calls/", language="en")
    assert re.search(r"\d,?\d{3} calls are kept, from \d+ January 2025 to \d+ June 2026", page)


def test_a_file_is_uploaded_mapped_and_imported_with_a_ledger_that_adds_up(capture_site: WardSite) -> None:
    place = mapping_place(capture_site)
    page = capture_site.read(place, language="en")
    form = fields_of(page)
    assert form["column-placed"] == "呼叫时间"
    assert form["column-bed"] == "床号"
    assert "not of this ward" in page
    words = {form[f"word-reason-{n}"]: f"meant-reason-{n}" for n in range(2)}
    answer = capture_site.send(place, {**form, words["换药"]: "other", "do": "import"})
    assert answer.status_code == 302, answer.text
    job_place = str(answer.location).removeprefix(f"{HOME}/")
    assert "等待" in capture_site.read(job_place)
    job = capture_site.work_off()
    assert job.result is not None
    ledger = dict(job.result["ledger"])
    assert ledger == {"read": 4, "added": 2, "unknown_bed": 1, "negative": 1}
    done = capture_site.read(job_place, language="en")
    assert "The import is finished." in done
    with capture_site.installation.units() as unit:
        call = unit.calls.find(WARD, "X1")
        kept = unit.captured.all(WARD, CallImport)
        mapping = unit.captured.all(WARD, CallMapping)[0]
    assert call is not None
    assert call.reason is CallReason.OTHER
    assert kept[0].record.file == "呼叫.csv"
    assert mapping.by == "H001"
    with capture_site.get(f"calls/refused/{kept[0].record.code}.csv") as refused:
        assert "X3" in refused.text
    assert uploaded(folder_of(capture_site), WARD, kept[0].record.code) is None
    assert "呼叫.csv" in capture_site.read("calls/")


def test_looking_again_reads_the_sample_by_the_corrected_columns(capture_site: WardSite) -> None:
    place = mapping_place(capture_site)
    form = fields_of(capture_site.read(place))
    answer = capture_site.send(place, {**form, "column-arrived": "", "do": "look"}, language="en")
    assert answer.status_code == 200
    assert "08:02:00" not in re.sub(r"<h2>First rows.*", "", answer.text, flags=re.S).split("<form")[0]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"column-bed": ""}, "No column is named for this"),
        ({"zone": "Nowhere/Town"}, "A time zone was expected"),
        ({"since-0": "2026-11-01T00:00", "seconds-0": "soon"}, "A moment and a number of seconds"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told_and_nothing_starts(
    capture_site: WardSite, changed: dict[str, str], words: str
) -> None:
    place = mapping_place(capture_site)
    form = fields_of(capture_site.read(place))
    answer = capture_site.send(place, {**form, **changed, "do": "import"}, language="en")
    assert answer.status_code == 200
    assert words in answer.text


def test_dates_that_can_be_read_both_ways_need_a_word(capture_site: WardSite) -> None:
    place = mapping_place(capture_site, UNCLEAR)
    page = capture_site.read(place, language="en")
    assert "say which" in page
    form = fields_of(page)
    answer = capture_site.send(place, {**form, "date_format": "dmy", "do": "look"}, language="en")
    assert "2026-01-05 08:00:00" in answer.text


def test_a_corrected_clock_is_kept_with_the_mapping(capture_site: WardSite) -> None:
    place = mapping_place(capture_site)
    form = fields_of(capture_site.read(place))
    offset = {"since-0": "2026-11-01T00:00", "seconds-0": "60"}
    capture_site.send(place, {**form, **offset, "do": "import"})
    capture_site.work_off()
    with capture_site.installation.units() as unit:
        call = unit.calls.find(WARD, "X1")
    assert call is not None
    assert call.placed.astimezone(NOW.tzinfo).isoformat() == "2026-11-19T23:59:00+00:00"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("calls.exe", LOG, "A file of one of these kinds was expected"),
        ("", LOG, "Choose a file first."),
        ("calls.csv", "", "The file is empty."),
    ],
)
def test_what_is_no_call_log_is_refused_in_words(
    capture_site: WardSite, name: str, text: str, words: str
) -> None:
    data = {"file": (io.BytesIO(text.encode()), name)}
    assert words in capture_site.send("calls/upload", data, language="en").text


def test_an_import_can_be_asked_to_stop(capture_site: WardSite) -> None:
    place = mapping_place(capture_site)
    form = fields_of(capture_site.read(place))
    answer = capture_site.send(place, {**form, "do": "import"})
    job_place = str(answer.location).removeprefix(f"{HOME}/")
    assert capture_site.send(f"{job_place}stop", {}).status_code == 302
    assert capture_site.get(f"{job_place}state").json == {
        "is_open": False,
        "status": "cancelled",
        "rows": 0,
        "percent": 0,
    }
    page = capture_site.read(job_place, language="en")
    assert "The import was stopped." in page
    assert "Back to the columns of this file" in page


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("..\\..\\calls.csv", "calls.csv"),
        ("/abs/ölute.CSV", "ölute.CSV"),
        ("a" * 300 + ".csv", "a" * 60 + ".csv"),
        ("bad\x00\nname?.csv", "badname.csv"),
    ],
)
def test_an_upload_never_leaves_its_folder(tmp_path: Path, name: str, kept: str) -> None:
    code = take_upload(tmp_path / "data", WARD, name, io.BytesIO(b"x"), now=NOW)
    path = uploaded(tmp_path / "data", WARD, code)
    assert path is not None
    assert path.name == kept
    assert path.resolve().is_relative_to((tmp_path / "data" / "uploads").resolve())
    assert uploaded(tmp_path / "data", "other", code) is None


def test_uploads_that_nobody_imported_go_after_two_days(tmp_path: Path) -> None:
    first = take_upload(tmp_path, WARD, "a.csv", io.BytesIO(b"a"), now=NOW)
    later = NOW.replace(day=26)
    second = take_upload(tmp_path, WARD, "b.csv", io.BytesIO(b"b"), now=later)
    assert uploaded(tmp_path, WARD, first) is None
    assert uploaded(tmp_path, WARD, second) is not None


@pytest.mark.parametrize("code", ["..", "../../wardteam", "%2e%2e%2fsecret", "nothing"])
def test_no_address_reaches_another_file(capture_site: WardSite, code: str) -> None:
    assert capture_site.get(f"calls/refused/{code}.csv").status_code == 404
    assert capture_site.get(f"calls/upload/{code}/").status_code == 404


def test_a_token_is_shown_once_with_an_example_and_can_be_revoked(capture_site: WardSite) -> None:
    page = capture_site.send("calls/tokens/new", {"name": "呼叫塔"}, language="en").text
    secret = re.search(r'class="secret">([^<]+)<', page)
    assert secret is not None
    assert "https://ward.example/api/calls" in page
    units = capture_site.installation.units
    assert token_ward(units, secret[1], today=NOW.date()) == (WARD, "呼叫塔")
    listed = capture_site.read("calls/")
    assert secret[1] not in listed
    with units() as unit:
        token = unit.captured.all(WARD, LiveToken)[0].record
    capture_site.send(f"calls/tokens/{token.code}/revoke", {})
    with units() as unit:
        assert not holds(unit.captured.all(WARD, LiveToken)[0].record, NOW.date())


def test_a_second_token_of_the_same_name_is_refused(capture_site: WardSite) -> None:
    for _ in range(2):
        page = capture_site.send("calls/tokens/new", {"name": "tower"}, language="en").text
    assert "no other valid token" in page


def test_words_are_looked_for_beyond_the_sample(tmp_path: Path) -> None:
    from wardteam.services.call_import import guess_mapping, read_head

    rows = "".join(f"{n},01,{'导尿' if n > 200 else '输液'},2026-11-20 08:00:00\n" for n in range(300))
    path = tmp_path / "calls.csv"
    path.write_text("呼叫编号,床号,呼叫类型,呼叫时间\n" + rows, encoding="utf-8")
    head = read_head(path)
    assert seen_words(head, guess_mapping(head)) == {CallField.REASON: ("输液", "导尿")}


@pytest.mark.parametrize("name", ["calls.xlsx", "CALLS.XLS"])
@pytest.mark.parametrize("text", ["PKgarbage", LOG])
def test_a_workbooks_name_without_a_workbook_is_refused(capture_site: WardSite, name: str, text: str) -> None:
    answer = capture_site.send("calls/upload", {"file": (io.BytesIO(text.encode()), name)}, language="en")
    assert "The name ends like an Excel workbook" in answer.text
    assert not any(path.is_file() for path in (folder_of(capture_site) / "uploads").rglob("*"))


def test_the_preview_names_the_calls_reason(capture_site: WardSite) -> None:
    assert ">呼叫原因</th>" in capture_site.read(mapping_place(capture_site))
