"""Questionnaires on the pages: issued, keyed once and twice, settled, marked, their versions, workbooks."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.web.quality_site import HOME, NURSE, OTHER_NURSE, WARD, WardSite, ward_site_of
from wardteam.domain.questionnaires import (
    AnswerCode,
    Invalid,
    ItemKind,
    Mode,
    QuestionnaireSheet,
    QuestionnaireVersion,
)
from wardteam.services.questionnaire_codes import hashed

PLACE = "questionnaires/"
GOOD = {f"item-{n}": "5" for n in range(5)} | {f"item-{n}": "1" for n in range(5, 9)}
SHEET = {
    "day": "2026-11-20",
    "returned_on": "2026-11-21",
    "mode": "paper",
    "team": "1",
    "interviewer": "",
    "stay": "",
    "note": "",
}


def sheet_of(site: WardSite, code: str) -> QuestionnaireSheet:
    with site.installation.units() as unit:
        return unit.captured.get(WARD, QuestionnaireSheet, code).record


def newest(site: WardSite) -> QuestionnaireSheet:
    with site.installation.units() as unit:
        return unit.captured.all(WARD, QuestionnaireSheet)[-1].record


def revision(site: WardSite, code: str) -> str:
    with site.installation.units() as unit:
        return str(unit.captured.get(WARD, QuestionnaireSheet, code).revision)


def keyed(site: WardSite) -> str:
    """Key a sheet of good answers and give its number."""
    answer = site.send(f"{PLACE}new?version=V1", {**SHEET, **GOOD, "do": "keep"})
    assert answer.status_code == 302, answer.text
    return newest(site).code


def test_the_flow_counts_issued_returned_and_valid_with_their_shares(shown_site: WardSite) -> None:
    page = shown_site.read(PLACE, language="en")
    row = re.search(r"all together</th>(.*?)</tr>", page, re.S)
    assert row is not None
    assert re.findall(r'class="n">([^<]+)<', row[1])[0] == "220"
    assert re.search(r"\d+ \(9\d\.\d%\)", row[1])


def test_the_flow_of_a_span_has_no_percentage_on_a_small_denominator(shown_site: WardSite) -> None:
    page = shown_site.read(PLACE, language="en", first="2026-01-01", last="2026-01-05")
    assert "%" not in re.sub(r"<head>.*?</head>", "", page, flags=re.S)


@pytest.mark.parametrize("show", ["open", "invalid", "differing", "all", "nonsense"])
def test_sheets_are_listed_by_what_has_to_be_done(shown_site: WardSite, show: str) -> None:
    page = shown_site.read(PLACE, language="en", show=show)
    states = set(
        re.findall(r"<td class=\"day(?: bad)?\">((?:issued|returned|not valid|with)[^<]*)</td>", page)
    )
    if show == "open":
        assert states == {"issued, not returned"}
    if show == "differing":
        assert "There is no such sheet." in page


def test_a_new_sheet_is_keyed(capture_site: WardSite) -> None:
    sheet = sheet_of(capture_site, keyed(capture_site))
    assert sheet.answers == (5,) * 5 + (1,) * 4
    assert (sheet.mode, sheet.team, sheet.returned_on.isoformat()) == (Mode.PAPER, "1", "2026-11-21")


def test_after_a_sheet_the_next_can_be_keyed(capture_site: WardSite) -> None:
    answer = capture_site.send(
        f"{PLACE}new?version=V1", {**SHEET, **GOOD, "mode": "face_to_face", "do": "next"}
    )
    assert answer.location == f"{HOME}/questionnaires/new?version=V1&mode=face_to_face"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"returned_on": "2026-11-19"}, "A date from 2026-11-20 to 2026-11-23 was expected."),
        ({"day": ""}, "This has to be filled in."),
        ({"item-0": "9"}, "One of these was expected"),
    ],
)
def test_what_cannot_be_kept_is_told_and_what_was_keyed_still_stands(
    capture_site: WardSite, changed: dict[str, str], words: str
) -> None:
    answer = capture_site.send(f"{PLACE}new?version=V1", {**SHEET, **GOOD, **changed}, language="en")
    assert answer.status_code == 200
    assert words in answer.text
    assert answer.text.count(" checked") >= 8


def test_an_issued_sheet_is_found_by_its_number_whatever_its_case(capture_site: WardSite) -> None:
    capture_site.send(f"{PLACE}issue", {"version": "V1", "count": "3", "mode": "paper", "days_valid": "14"})
    code = newest(capture_site).code
    answer = capture_site.get(f"{PLACE}enter", sheet=code.lower())
    assert answer.location == f"{HOME}/questionnaires/{code}/answers"
    done = capture_site.send(
        f"{PLACE}{code}/answers",
        {**SHEET, **GOOD, "day": "2026-11-23", "returned_on": "2026-11-23", "revision": "1"},
    )
    assert done.status_code == 302
    assert sheet_of(capture_site, code).is_returned
    assert "There is no sheet" in capture_site.read(f"{PLACE}enter", language="en", sheet="Q9999")


def test_a_second_entry_by_somebody_else_is_compared_and_settled(capture_site: WardSite) -> None:
    code = keyed(capture_site)
    place = f"{PLACE}{code}/second"
    fields = {**GOOD, "item-0": "4", "revision": "1"}
    assert "by somebody else" in capture_site.send(place, fields, language="en").text
    capture_site.write_as(OTHER_NURSE)
    answer = capture_site.send(place, fields)
    assert answer.location == f"{HOME}/{PLACE}{code}/settle"
    page = capture_site.read(f"{PLACE}{code}/settle", language="en")
    assert "First entry: 5" in page
    assert page.count("<fieldset") == 1
    untouched = capture_site.send(f"{PLACE}{code}/settle", {"revision": "2"}, language="en").text
    assert "Choose an answer for every item" in untouched
    assert len(sheet_of(capture_site, code).differences) > 0
    capture_site.send(f"{PLACE}{code}/settle", {"item-0": "4", "revision": "2", "reason": "核对纸质问卷"})
    sheet = sheet_of(capture_site, code)
    assert sheet.differences == ()
    assert sheet.answers[0] == 4
    assert "核对纸质问卷" in capture_site.read(f"{PLACE}{code}/")


def test_two_equal_entries_have_nothing_to_settle(capture_site: WardSite) -> None:
    code = keyed(capture_site)
    capture_site.write_as(NURSE)
    answer = capture_site.send(f"{PLACE}{code}/second", {**GOOD, "revision": "1"})
    assert answer.location == f"{HOME}/{PLACE}{code}/"


def test_a_sheet_is_marked_as_not_valid_with_a_reason_and_back(capture_site: WardSite) -> None:
    code = keyed(capture_site)
    mark = {"invalid": "withdrawn", "revision": "1"}
    assert "Say in a few words why." in capture_site.send(f"{PLACE}{code}/invalid", mark, language="en").text
    capture_site.send(f"{PLACE}{code}/invalid", {**mark, "reason": "患者撤回"})
    assert sheet_of(capture_site, code).invalid is Invalid.WITHDRAWN
    assert "患者撤回" in capture_site.read(f"{PLACE}{code}/")
    capture_site.send(f"{PLACE}{code}/invalid", {"invalid": "", "revision": "2", "reason": "误标"})
    assert sheet_of(capture_site, code).invalid is None


def test_who_keyed_an_old_page_overwrites_nobody(capture_site: WardSite) -> None:
    code = keyed(capture_site)
    changed = {**SHEET, **GOOD, "item-0": "1", "reason": "read again"}
    capture_site.send(f"{PLACE}{code}/answers", {**changed, "revision": "1"})
    late = capture_site.send(f"{PLACE}{code}/answers", {**SHEET, **GOOD, "revision": "1", "reason": "x"})
    assert late.status_code == 200
    assert sheet_of(capture_site, code).answers[0] == 1


def test_codes_are_shown_once_as_qr_codes_and_kept_as_hashes(capture_site: WardSite) -> None:
    fields = {"version": "V1", "count": "4", "mode": "qr", "team": "2", "days_valid": "7"}
    page = capture_site.send(f"{PLACE}issue", fields, language="en").text
    codes = re.findall(r"<code>([a-z0-9-]+)</code>", page)
    assert len(codes) == len(set(codes)) == 4
    assert page.count('class="code"') == 4
    with capture_site.installation.units() as unit:
        kept = {one.record.code for one in unit.captured.all(WARD, AnswerCode)}
    assert kept == {hashed(code) for code in codes}
    assert codes[0] not in capture_site.read(PLACE)


def test_without_a_public_address_there_are_codes_but_no_drawings(lean_ward: Path, tmp_path: Path) -> None:
    fields = {"version": "V1", "count": "2", "mode": "qr", "days_valid": "7"}
    with ward_site_of(lean_ward, tmp_path / "w", public_url="") as site:
        refused = site.send(f"{PLACE}issue", fields, language="en").text
        with site.installation.units() as unit:
            assert not unit.captured.all(WARD, AnswerCode)
        page = site.send(f"{PLACE}issue", {**fields, "is_understood": "yes"}, language="en").text
    assert "Nothing was issued" in refused
    assert "QR codes are left out" in page
    assert 'class="code"' not in page
    assert len(re.findall(r"<code>", page)) == 2


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"count": "0"}, "A number from 1 to 200"), ({"days_valid": "900"}, "A number from 1 to 366")],
)
def test_an_order_out_of_bounds_is_refused(
    capture_site: WardSite, changed: dict[str, str], words: str
) -> None:
    fields = {"version": "V1", "count": "2", "mode": "qr", "days_valid": "7", **changed}
    assert words in capture_site.send(f"{PLACE}issue", fields, language="en").text


def lines(*items: dict[str, str]) -> dict[str, str]:
    """Give the form's fields of items."""
    given = {f"{name}-{n}": value for n, item in enumerate(items) for name, value in item.items()}
    return given | {"lines": str(len(items))}


HEAD = {
    "name": "新问卷",
    "name_en": "New",
    "satisfied_mean": "4",
    "aware_percent": "80",
    "least_percent": "80",
}


def test_a_version_is_made_with_items_of_every_kind(capture_site: WardSite) -> None:
    items = lines(
        {"zh": "护士态度", "en": "Attitude", "kind": "likert", "scale": "7", "reversed": "on"},
        {"zh": "是否知道主管护士", "kind": "yes_no"},
        {
            "zh": "输液时",
            "kind": "knowledge",
            "choices": "不调速 | Leave it\n自行调速 | Change it",
            "key": "1",
        },
        {"zh": "", "kind": "likert"},
    )
    assert capture_site.send(f"{PLACE}versions/new", {**HEAD, **items}).status_code == 302
    with capture_site.installation.units() as unit:
        made = unit.captured.all(WARD, QuestionnaireVersion)[-1].record
    assert [item.kind for item in made.items] == [ItemKind.LIKERT, ItemKind.YES_NO, ItemKind.KNOWLEDGE]
    assert [item.code for item in made.items] == ["S1", "Y1", "K1"]
    assert (made.items[0].scale, made.items[0].is_reversed) == (7, True)
    assert made.items[2].choices[1].en == "Change it"
    assert made.items[2].key == 1


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"zh": "甲", "kind": "likert", "scale": "99"}, "The scale of item 1"),
        ({"zh": "乙", "kind": "knowledge", "choices": "一\n二", "key": "3"}, "Item 1 needs the number"),
        ({"zh": "", "kind": "likert"}, "at least one item"),
    ],
)
def test_an_item_that_cannot_be_is_told(capture_site: WardSite, item: dict[str, str], words: str) -> None:
    answer = capture_site.send(f"{PLACE}versions/new", {**HEAD, **lines(item)}, language="en")
    assert words in answer.text


def test_a_used_version_keeps_its_items_and_can_be_retired(capture_site: WardSite) -> None:
    with capture_site.installation.units() as unit:
        before = unit.captured.get(WARD, QuestionnaireVersion, "V1").record
    changed = {**HEAD, **lines({"zh": "别的", "kind": "likert"}), "revision": "1"}
    assert capture_site.send(f"{PLACE}versions/V1/", changed).status_code == 302
    capture_site.send(f"{PLACE}versions/V1/retire", {})
    with capture_site.installation.units() as unit:
        after = unit.captured.get(WARD, QuestionnaireVersion, "V1").record
    assert after.items == before.items
    assert (after.name.zh, after.is_retired) == ("新问卷", True)
    assert "V1" not in capture_site.read(f"{PLACE}issue")


def test_a_version_from_an_old_one_starts_with_its_items(shown_site: WardSite) -> None:
    page = shown_site.read(f"{PLACE}versions/new", old="V1", language="en")
    assert page.count('value="Satisfied with') == 5


def test_a_workbook_goes_out_and_comes_back_filled(capture_site: WardSite) -> None:
    data = capture_site.get(f"{PLACE}template.xlsx").data
    book = load_workbook(io.BytesIO(data))
    sheet = book["V1"]
    top = next(row for row in sheet.iter_rows() if any(cell.value == "问卷编号" for cell in row))
    columns = {cell.value: cell.column for cell in top}
    row = top[0].row + 1
    while sheet.cell(row, columns["问卷编号"]).value:
        row += 1
    given = {"问卷编号": "P-1", "发放日期": "2026-11-20", "S1": 5, "S2": 4, "K1": 1}
    for name, value in given.items():
        sheet.cell(row, columns[name], value)
    out = io.BytesIO()
    book.save(out)
    filled = {"file": (io.BytesIO(out.getvalue()), "filled.xlsx")}
    answer = capture_site.send(f"{PLACE}import", filled, language="en")
    assert "1 added" in answer.text, answer.text
    assert replace(sheet_of(capture_site, "P-1")).answers[:2] == (5, 4)


def test_a_workbook_with_faults_changes_nothing_and_lists_them(capture_site: WardSite) -> None:
    wrong = {"file": (io.BytesIO(b"no workbook"), "x.xlsx")}
    assert "Nothing was changed." in capture_site.send(f"{PLACE}import", wrong, language="en").text
    assert "Choose a file first." in capture_site.send(f"{PLACE}import", {}, language="en").text


def test_answers_that_stand_are_changed_only_with_a_reason(capture_site: WardSite) -> None:
    code = keyed(capture_site)
    capture_site.send(f"{PLACE}{code}/answers", {**SHEET, **GOOD, "item-0": "1", "revision": "1"})
    assert sheet_of(capture_site, code).answers[0] == 5
