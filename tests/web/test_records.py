"""Records that people enter: listed, entered, changed, contested, removed; audits and checklists."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.web.quality_site import HOME, NURSE, WARD, WardSite
from wardteam.domain.census import PatientDays
from wardteam.domain.control import Action, Activity, AdverseEvent, Audit, Checklist, Mark, Symposium

KINDS = {
    "days": (PatientDays, {"day": "2026-11-20", "grade-special": "2", "grade-I": "9", "grade-II": "30", "grade-III": "4", "admissions": "3"}),  # noqa: E501  # a table
    "events": (AdverseEvent, {"day": "2026-11-20", "kind": "fall", "level": "III", "bed": "07"}),
    "actions": (Action, {"day": "2026-11-20", "source": "report", "finding": "问题", "measure": "整改", "owner": NURSE, "due": "2026-12-01"}),  # noqa: E501  # a table
    "activities": (Activity, {"day": "2026-11-20", "kind": "round", "leader": NURSE, "topic": "查房", "present": "6", "minutes": "40"}),  # noqa: E501  # a table
    "symposia": (Symposium, {"day": "2026-11-20", "audience": "patients", "patients": "9", "nurses": "2", "doctors": "0", "points": "灯光\n噪声"}),  # noqa: E501  # a table
}  # fmt: skip
EXISTING = {
    "days": "2026-06-30",
    "events": "E26-0001",
    "actions": "M26-0001",
    "activities": "T26-0001",
    "symposia": "S26-0001",
}
HEAD = {"day": "2026-11-20", "level": "leader", "team": "1", "auditor": NURSE, "subject": "", "bed": ""}


def count(site: WardSite, kind: type) -> int:
    with site.installation.units() as unit:
        return len(unit.captured.all(WARD, kind))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_listed_opened_and_has_its_history(
    shown_site: WardSite, kind: str, language: str
) -> None:
    for place in ("", "new", f"{EXISTING[kind]}/", f"{EXISTING[kind]}/history"):
        page = shown_site.read(f"records/{kind}/{place}", language=language)
        assert "{" not in re.sub(r"<script.*?</script>", "", page)
    assert shown_site.get(f"records/{kind}/nothing/").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_entered_under_a_code_of_its_own(capture_site: WardSite, kind: str) -> None:
    record, fields = KINDS[kind]
    before = count(capture_site, record)
    answer = capture_site.send(f"records/{kind}/new", fields)
    assert answer.location == f"{HOME}/records/{kind}/", re.findall(r"<li>(.*?)</li>", answer.text)
    assert count(capture_site, record) == before + 1
    assert capture_site.read(f"records/{kind}/").count("申玉洁") >= 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_says_what_is_missing_beside_its_fields(capture_site: WardSite, kind: str) -> None:
    answer = capture_site.send(f"records/{kind}/new", {"day": "2026-99-99"}, language="en")
    assert answer.status_code == 200
    assert "A date such as 2026-12-01 was expected." in answer.text
    assert "is-wrong" in answer.text


def test_a_record_that_somebody_else_changed_is_not_overwritten(capture_site: WardSite) -> None:
    place = "records/events/E26-0001/"
    fields = {**KINDS["events"][1], "revision": "1"}
    assert capture_site.send(place, {**fields, "description": "first"}).status_code == 302
    clash = capture_site.send(place, {**fields, "description": "second"}, language="en")
    assert "What you typed still stands below." in clash.text
    assert ">second</textarea>" in clash.text.replace("\r\n", "")
    again = re.search(r'name="revision" value="(\d+)"', clash.text)
    assert again is not None
    assert again[1] == "2"
    assert capture_site.send(place, {**fields, "description": "second", "revision": "2"}).status_code == 302
    assert "second" in capture_site.read(f"{place}history")


def test_every_field_that_changed_is_told_in_the_history(capture_site: WardSite) -> None:
    place = "records/events/E26-0001/"
    changed = {"day": "2026-09-03", "kind": "unplanned_extubation", "level": "II", "team": "2", "bed": "07"}
    more = {"catheter": "urinary", "stage": "", "description": "夜间"}
    assert capture_site.send(place, {**changed, **more, "revision": "1"}).status_code == 302
    page = unescape(capture_site.read(f"{place}history", language="en"))
    told = re.findall(r"<li>([^<]* → [^<]*)</li>", page)
    assert [line.partition(":")[0] for line in told] == [
        *("Kind of event", "Level of the event", "Catheter, for an unplanned extubation"),
        *("Arose on this ward", "What happened"),
    ]
    assert told[-2:] == ["Arose on this ward: yes → no", "What happened: nothing → 夜间"]
    assert ": 是 → 否" in capture_site.read(f"{place}history")


def test_a_record_is_removed_with_a_reason_and_stays_readable(capture_site: WardSite) -> None:
    capture_site.send("records/events/E26-0001/remove", {"revision": "1", "reason": "重复上报"})
    assert count(capture_site, AdverseEvent) == 0
    assert "重复上报" in capture_site.read("records/events/E26-0001/history")
    assert capture_site.get("records/events/E26-0001/").status_code == 404


def test_a_record_that_others_speak_of_stays(capture_site: WardSite) -> None:
    capture_site.send(
        "records/actions/new", {**KINDS["actions"][1], "source": "event", "source_code": "E26-0001"}
    )
    answer = capture_site.send(
        "records/events/E26-0001/remove", {"revision": "1", "reason": "x"}, language="en"
    )
    assert "Other records speak of it" in answer.text
    assert count(capture_site, AdverseEvent) == 1


def test_an_overdue_action_is_marked(shown_site: WardSite) -> None:
    assert "overdue" in shown_site.read("records/actions/", language="en")


def test_a_date_to_come_is_refused_beside_its_field(capture_site: WardSite) -> None:
    fields = {**KINDS["events"][1], "day": "2026-11-24"}
    assert (
        "A date that has come was expected."
        in capture_site.send("records/events/new", fields, language="en").text
    )


def test_the_overview_counts_everything(shown_site: WardSite) -> None:
    page = shown_site.read("records/", language="en")
    row = re.search(r"Quality audits</a>.*?</tr>", page, re.S)
    assert row is not None
    assert '<td class="n">11</td>' in row[0]


def test_nobody_writes_without_saying_who(capture_site: WardSite) -> None:
    capture_site.write_as("")
    answer = capture_site.get("records/events/new")
    assert answer.location == f"{HOME}/who/?onward={HOME}/records/events/new".replace("/zh", "/zh")
    capture_site.send("who/", {"staff_no": NURSE, "onward": f"{HOME}/records/events/new"})
    assert capture_site.get("records/events/new").status_code == 200


def test_an_audit_is_scored_and_its_findings_become_actions(capture_site: WardSite) -> None:
    marks = {"mark-i1": "met", "mark-i2": "not_met", "note-i2": "漏签"}
    answer = capture_site.send("audits/new?checklist=L0001", {**HEAD, **marks})
    assert answer.status_code == 302
    place = str(answer.location).removeprefix(f"{HOME}/")
    page = capture_site.read(place, language="en")
    assert "Score 67 of 100" in page
    assert "not passed" in page
    fields = {
        "act-i2": "on",
        "finding-i2": "漏签",
        "measure": "交接班核对",
        "owner": NURSE,
        "due": "2026-12-05",
    }
    before = count(capture_site, Action)
    assert capture_site.send(f"{place}actions", fields).status_code == 302
    assert count(capture_site, Action) == before + 1
    assert capture_site.send(f"{place}actions", fields).status_code == 200  # pressed twice: no second one
    assert count(capture_site, Action) == before + 1
    assert "交接班核对" in capture_site.read("records/actions/")


def test_an_audit_with_an_unmarked_item_is_not_kept(capture_site: WardSite) -> None:
    before = count(capture_site, Audit)
    answer = capture_site.send("audits/new?checklist=L0001", {**HEAD, "mark-i1": "met"}, language="en")
    assert "1 items have no mark yet." in answer.text
    assert count(capture_site, Audit) == before


@pytest.mark.parametrize("missing", ["act-i2", "measure", "due"])
def test_an_action_without_what_it_needs_is_refused(capture_site: WardSite, missing: str) -> None:
    fields = {"act-i2": "on", "measure": "m", "owner": NURSE, "due": "2026-12-05"}
    fields.pop(missing)
    before = count(capture_site, Action)
    answer = capture_site.send("audits/A26-0011/actions", fields, language="en")
    assert 'role="alert"' in answer.text
    assert count(capture_site, Action) == before


def test_an_audit_is_corrected(capture_site: WardSite) -> None:
    fields = {**HEAD, "mark-i1": "met", "mark-i2": "met", "revision": "1"}
    assert capture_site.send("audits/A26-0011/", fields).status_code == 302
    with capture_site.installation.units() as unit:
        audit = unit.captured.get(WARD, Audit, "A26-0011").record
    assert [score.mark for score in audit.scores] == [Mark.MET, Mark.MET]


def test_a_checklist_is_written_and_changed(capture_site: WardSite) -> None:
    head = {"name": "健康教育", "name_en": "", "area": "own", "pass_percent": "85"}
    lines = {"lines": "2", "zh-0": "入院宣教", "weight-0": "2", "core-0": "on", "zh-1": ""}
    assert capture_site.send("checklists/new", {**head, **lines}).status_code == 302
    with capture_site.installation.units() as unit:
        made = unit.captured.all(WARD, Checklist)[-1].record
    assert (len(made.items), made.items[0].is_core, made.pass_share) == (1, True, 0.85)
    wrong = {**head, "lines": "1", "zh-0": "x", "weight-0": "heavy"}
    assert "The weight of item 1" in capture_site.send("checklists/new", wrong, language="en").text
    assert (
        "at least one item" in capture_site.send("checklists/new", {**head, "lines": "0"}, language="en").text
    )


def test_pages_of_an_empty_ward_say_that_there_is_nothing(empty_site: WardSite) -> None:
    for place in ("records/", "audits/", "audits/new", "checklists/", "calls/", "questionnaires/"):
        assert empty_site.get(place).status_code == 200, place
    assert "还没有录入任何内容。" in empty_site.read("records/events/")
    assert empty_site.get("questionnaires/issue").status_code == 302
    assert empty_site.get("questionnaires/versions/").status_code == 200
