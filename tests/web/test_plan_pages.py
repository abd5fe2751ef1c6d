"""The plan's pages: drafted, locked once its meaning is confirmed, revised with a reason, never lost."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.web.quality_site import HEAD_NURSE, NURSE, WARD, WardSite
from wardteam.domain.study import Exclusion, MeasureKind, StudyPlan

DRAFT: dict[str, Any] = {
    "name": "夜班方案",
    "name_en": "Nights",
    "baseline_first": "2025-01-01",
    "baseline_last": "2025-03-31",
    "baseline_name": "对照期",
    "baseline_name_en": "Before",
    "intervention_first": "2026-01-01",
    "intervention_last": "2026-03-31",
    "intervention_name": "观察期",
    "intervention_name_en": "After",
    "primary": "arrival_seconds",
    "duration": "arrival",
    "bell_test": "quasi_poisson",
    "arrival_test": "stay_means",
    "target_seconds": "120",
    "without_staff_calls": "y",
    "target_satisfaction": "95",
}


def plan_of(site: WardSite, code: str) -> StudyPlan:
    with site.installation.units() as unit:
        return unit.captured.get(WARD, StudyPlan, code).record


def name_of(site: WardSite, staff_no: str) -> str:
    with site.installation.units() as unit:
        return unit.books.get(WARD).book.nurse(staff_no).name_en


def revision_on(page: str) -> str:
    return re.search(r'name="revision" value="(\d+)"', page)[1]


@pytest.fixture
def drafted(ward_site: WardSite) -> tuple[WardSite, str]:
    """Draft a plan, and give the site with its code."""
    answer = ward_site.send("plan/new", DRAFT)
    assert answer.status_code == 302, answer.text
    return ward_site, answer.location.rpartition("plan=")[2]


def lock(site: WardSite, code: str) -> str:
    revision = revision_on(site.read("plan/", plan=code))
    answer = site.send(f"plan/{code}/lock", {"is_understood": "yes", "revision": revision})
    return answer.text if answer.status_code == 200 else ""


def test_a_draft_says_what_was_typed(drafted: tuple[WardSite, str]) -> None:
    site, code = drafted
    plan = plan_of(site, code)
    assert not plan.is_locked
    assert plan.primary is MeasureKind.ARRIVAL
    assert plan.exclusions == (Exclusion.STAFF_CALLS,)
    assert plan.targets == {MeasureKind.SATISFACTION: 0.95}
    shown = unescape(site.read("plan/", language="en", plan=code))
    assert "not locked" in shown
    assert "at least 95%" in shown


def test_the_newest_plan_is_shown_and_others_can_be_chosen(drafted: tuple[WardSite, str]) -> None:
    site, code = drafted
    page = site.read("plan/")
    assert f"plan={code}" in page
    assert "plan=PLAN-0001" in page
    assert "责任小组制效果评价" in site.read("plan/", plan="PLAN-0001")
    assert site.get("plan/", plan="PLAN-9999").status_code == 404


def test_it_is_said_which_plan_the_pages_follow(drafted: tuple[WardSite, str]) -> None:
    site, code = drafted
    assert "follow this plan" in site.read("plan/new", language="en")
    assert "follow this plan" not in site.read(f"plan/{code}/edit", language="en")
    assert "This is the newest plan" in site.read("plan/", language="en", plan=code)
    assert "This is the newest plan" not in site.read("plan/", language="en", plan="PLAN-0001")


def test_locking_needs_its_meaning_confirmed(drafted: tuple[WardSite, str]) -> None:
    site, code = drafted
    revision = revision_on(site.read("plan/", plan=code))
    refused = site.send(f"plan/{code}/lock", {"revision": revision}, language="en")
    assert "Tick the box" in refused.text
    assert not plan_of(site, code).is_locked
    assert lock(site, code) == ""
    locked = plan_of(site, code)
    assert (locked.is_locked, locked.locked_by) == (True, HEAD_NURSE)
    assert "已锁定" in site.read("plan/", plan=code)


def test_a_plan_that_changed_in_between_is_not_locked(drafted: tuple[WardSite, str]) -> None:
    site, code = drafted
    stale = revision_on(site.read("plan/", plan=code))
    site.send(f"plan/{code}/edit", {**DRAFT, "primary": "bells", "revision": stale})
    answer = site.send(f"plan/{code}/lock", {"is_understood": "yes", "revision": stale}, language="en")
    assert "Somebody changed this plan in between" in answer.text
    assert not plan_of(site, code).is_locked


def test_a_locked_plan_is_revised_with_a_reason_and_both_versions_stay(
    drafted: tuple[WardSite, str],
) -> None:
    site, code = drafted
    lock(site, code)
    revision = revision_on(site.read(f"plan/{code}/edit"))
    changed = {**DRAFT, "target_seconds": "90", "revision": revision}
    refused = site.send(f"plan/{code}/edit", changed, language="en")
    assert "This has to be filled in." in refused.text
    assert plan_of(site, code).target_seconds == 120
    site.write_as(NURSE)
    assert site.send(f"plan/{code}/edit", {**changed, "reason": "目标过宽"}).status_code == 302
    assert plan_of(site, code).target_seconds == 90
    page = unescape(site.read("plan/", language="en", plan=code))
    assert "120 s → 90 s" in page
    assert "Reason: 目标过宽" in page
    assert "after it was locked" in page
    head = page[page.index("<h1>") : page.index('class="form-end"')]
    assert f"by {name_of(site, HEAD_NURSE)}, " in head
    assert name_of(site, NURSE) not in head
    assert "Revised after it was locked, by" in page
    assert "does not count as declared beforehand" in page
    assert "as it stood" in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"baseline_last": "2024-12-31"}, "The period ends before it begins"),
        ({"intervention_first": "2025-02-01"}, "The periods overlap"),
        ({"intervention_first": "soon"}, "A date such as 2026-12-01 was expected."),
        ({"name": ""}, "This has to be filled in."),
        ({"target_satisfaction": "120"}, "A number from 0.1 to 100 was expected."),
        ({"primary": "luck"}, "This is not one of the choices."),
        ({"target_seconds": "long"}, "A number was expected."),
        ({"intervention_last": "2050-01-01"}, "A period of at most 10 years was expected."),
    ],
)
def test_what_cannot_be_a_plan_is_said_beside_its_field(
    shown_site: WardSite, changed: dict[str, str], words: str
) -> None:
    answer = shown_site.send("plan/new", {**DRAFT, **changed}, language="en")
    assert answer.status_code == 200
    assert words in unescape(answer.text)
    assert "夜班方案" in answer.text or changed == {"name": ""}


def test_all_that_is_wrong_is_said_at_once(shown_site: WardSite) -> None:
    wrong = {**DRAFT, "name": "", "baseline_last": "2024-12-31", "intervention_last": "2025-12-31"}
    text = unescape(shown_site.send("plan/new", wrong, language="en").text)
    assert text.count("The period ends before it begins") == 2
    assert "This has to be filled in." in text
    with shown_site.installation.units() as unit:
        assert [kept.record.code for kept in unit.captured.all(WARD, StudyPlan)] == ["PLAN-0001"]


def test_a_second_editor_is_told_and_loses_nothing(drafted: tuple[WardSite, str]) -> None:
    site, code = drafted
    stale = revision_on(site.read(f"plan/{code}/edit"))
    site.send(f"plan/{code}/edit", {**DRAFT, "primary": "bells", "revision": stale})
    clash = site.send(f"plan/{code}/edit", {**DRAFT, "name": "另一名称", "revision": stale})
    assert clash.status_code == 200
    assert "另一名称" in clash.text
    assert plan_of(site, code).name.zh == "夜班方案"
    again = {**DRAFT, "name": "另一名称", "revision": revision_on(clash.text)}
    assert site.send(f"plan/{code}/edit", again).status_code == 302
    assert plan_of(site, code).name.zh == "另一名称"


def test_whoever_has_not_said_who_she_is_is_asked_first(ward_site: WardSite) -> None:
    ward_site.write_as("")
    for page in ("plan/new", "plan/PLAN-0001/edit"):
        assert "/who/" in ward_site.get(page).location
    assert "/who/" in ward_site.send("plan/PLAN-0001/lock", {}).location
    assert ward_site.get("plan/").status_code == 200


def test_a_form_without_its_token_changes_nothing(shown_site: WardSite) -> None:
    assert shown_site.client.post(f"/zh/{WARD}/plan/new", data=DRAFT).status_code == 400


def test_a_locked_plan_is_not_locked_twice(shown_site: WardSite) -> None:
    answer = shown_site.send("plan/PLAN-0001/lock", {"is_understood": "yes", "revision": "1"}, language="en")
    assert "This plan is locked already." in answer.text
    assert shown_site.send("plan/PLAN-9999/lock", {"is_understood": "yes"}).status_code == 404
