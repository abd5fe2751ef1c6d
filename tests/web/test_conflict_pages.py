"""The pages of conflicts and of the notice of changes: who may read them, and what their buttons do."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest

from tests.web.quality_site import HEAD_NURSE, NOW, NURSE, WARD, WardSite
from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellChange, Roster, RosterCell
from wardteam.jobs.plain import plain
from wardteam.services.conflict_jobs import CONFLICTS, conflict_parameters
from wardteam.services.ports import JobStatus
from wardteam_web.views import conflicts

PERIOD = Period(date(2026, 12, 1), date(2026, 12, 28))
PLACE = "roster/2026-12-01_2026-12-28/"
WHO, DAY = "W003", date(2026, 12, 9)
LOCKED = RosterCell("NIGHT", is_locked=True)


@pytest.fixture
def site(capture_site: WardSite) -> WardSite:
    """Give pages of a ward with a published roster that has one locked cell."""
    with capture_site.installation.units() as unit:
        unit.rosters.add_draft(WARD, Roster(PERIOD, {(WHO, DAY): LOCKED}), by="test", at=NOW)
        unit.rosters.publish(WARD, PERIOD, 1, by="test", at=NOW)
        unit.commit()
    return capture_site


def kept(site: WardSite, **changed: object) -> None:
    """Keep a finished check as the worker would."""
    text = {"message": "Unlock {cells}.", "fields": {"cells": ["柳若溪"]}}
    fact = {"message": "“{rule}”", "fields": {"rule": {"message": "Locked cells", "fields": {}}}}
    with site.installation.units() as unit:
        revision = unit.books.get(WARD).revision
        way = {"kinds": ["unlock"], "text": text, "points": 10, "is_enough": True, "cells": [[WHO, DAY]]}
        leave = {"kinds": ["lift_leave"], "text": text, "points": 300, "is_enough": False, "cells": []}
        result = {
            "revision": revision, "version": 1, "verdict": "impossible", "status": "infeasible",
            "seconds": 1.5, "cost": None, "bound": None, "facts": [fact], "is_minimal": True,
            "ways": [way, leave], "locks": [], "shortages": [], "nurses_missing": 0,
            "is_shortage_proven": False, **changed,
        }  # fmt: skip
        job = unit.jobs.add(CONFLICTS, WARD, conflict_parameters(PERIOD), at=NOW)
        unit.jobs.take(job.code, worker="w", at=NOW, lease_seconds=60)
        unit.jobs.finish(job.code, worker="w", at=NOW, status=JobStatus.DONE, result=plain(result), error="")
        unit.commit()


def cell(site: WardSite) -> RosterCell | None:
    with site.installation.units() as unit:
        return unit.rosters.latest(WARD, PERIOD).cell(WHO, DAY)


def test_before_any_check_one_can_be_started_and_stopped(site: WardSite) -> None:
    assert "开始检查" in site.read(f"{PLACE}conflicts/")
    assert site.send(f"{PLACE}conflicts/check", {}).status_code == 302
    page = site.read(f"{PLACE}conflicts/")
    assert "data-progress" in page
    assert site.get(f"{PLACE}conflicts/state").json["is_open"] is True
    site.send(f"{PLACE}conflicts/stop", {})
    assert site.work_off(CONFLICTS).status is JobStatus.CANCELLED
    assert "检查已停止" in site.read(f"{PLACE}conflicts/")


def test_only_the_head_nurse_reads_conflicts(site: WardSite) -> None:
    kept(site)
    site.write_as(NURSE)
    for place in ("conflicts/", "conflicts/workbook", "conflicts/state"):
        assert site.get(PLACE + place).status_code == 403
    assert site.send(f"{PLACE}conflicts/unlock", {"way": "0", "is_sure": "1"}).status_code == 403
    site.write_as("")
    assert site.get(f"{PLACE}conflicts/").status_code == 302


def test_a_check_shows_core_ways_prices_and_where_to_change(site: WardSite) -> None:
    kept(site)
    page = unescape(site.read(f"{PLACE}conflicts/"))
    for words in (
        "没有一张班表",
        "锁定的班次",
        "代价10分",
        "仍有其他冲突",
        "“休假”表",
        "分值说明",
    ):
        assert words in page
    assert "此后病区数据或班表有变动" not in page


def test_a_check_of_another_state_of_the_ward_says_so(site: WardSite) -> None:
    kept(site, version=None)
    assert "此后病区数据或班表有变动" in site.read(f"{PLACE}conflicts/")


def test_unlocking_needs_a_tick_and_keeps_the_duty(site: WardSite) -> None:
    kept(site)
    assert "请勾选确认" in site.send(f"{PLACE}conflicts/unlock", {"way": "0"}).text
    assert cell(site) == LOCKED
    assert "已解除锁定1格" in site.send(f"{PLACE}conflicts/unlock", {"way": "0", "is_sure": "1"}).text
    assert cell(site) == RosterCell("NIGHT")
    assert site.send(f"{PLACE}conflicts/unlock", {"way": "7", "is_sure": "1"}).status_code == 400


def test_the_workbook_is_sent_to_change_leave_and_rules(site: WardSite) -> None:
    kept(site)
    answer = site.get(f"{PLACE}conflicts/workbook")
    assert answer.data[:2] == b"PK"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_roster_leads_to_conflicts_and_notice(site: WardSite) -> None:
    page = site.read(PLACE)
    assert f"{PLACE}conflicts/" in page
    assert f"{PLACE}changes/" in page
    assert site.get("conflicts/").location.endswith("/conflicts/")


def test_states_have_words_for_every_end_but_a_good_one() -> None:
    assert set(conflicts.STATES) == set(JobStatus) - {JobStatus.DONE}


def test_the_notice_says_that_nothing_changed(site: WardSite) -> None:
    page = site.read(f"{PLACE}changes/")
    assert "没有变更" in page
    assert "<table" not in page


def test_the_notice_shows_reasons_to_the_head_nurse_alone(site: WardSite) -> None:
    change = CellChange(WHO, DAY, LOCKED, RosterCell("sick"), HEAD_NURSE, NOW, "本人发热")
    with site.installation.units() as unit:
        unit.rosters.record_changes(WARD, PERIOD, 1, [change])
        unit.commit()
    posted = site.read(f"{PLACE}changes/")
    assert "发热" not in posted
    assert ">假<" in posted
    assert "本人发热" in site.read(f"{PLACE}changes/", internal="1")
    assert site.get(f"{PLACE}changes.pdf").data.startswith(b"%PDF")
    site.write_as(NURSE)
    assert site.get(f"{PLACE}changes/", internal="1").status_code == 403
    assert site.get(f"{PLACE}changes.pdf", internal="1").status_code == 403
    assert "护士长版" not in site.read(f"{PLACE}changes/")


@pytest.mark.parametrize(
    ("since", "words"), [("gestern", "应为日期"), ("5", "更早的版本"), ("2027-01-01", "没有变更")]
)
def test_a_wrong_beginning_is_said(site: WardSite, since: str, words: str) -> None:
    assert words in site.read(f"{PLACE}changes/", since=since)
