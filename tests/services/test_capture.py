"""What people enter is checked against the ward before it is kept; every finding names its field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.services.call_kit import NOW, TODAY, clock, opened, small_ward
from tests.services.quality_case import PLAN, VERSION
from wardteam.domain.beds import NursingGrade, Stay
from wardteam.domain.calendar import Period
from wardteam.domain.census import CatheterKind, PatientDays
from wardteam.domain.control import (
    Action,
    ActionSource,
    Activity,
    ActivityKind,
    AdverseEvent,
    Audience,
    Audit,
    AuditLevel,
    Checklist,
    ChecklistItem,
    ControlArea,
    EventKind,
    EventLevel,
    ItemScore,
    Mark,
    Symposium,
)
from wardteam.domain.questionnaires import Mode, QuestionnaireSheet
from wardteam.errors import BadInput, Conflict, Named
from wardteam.services import capture
from wardteam.services.capture import actions_from_audit, patient_days_from_stays
from wardteam.storage.store import Store

EARLIER, LATER = TODAY - timedelta(days=3), TODAY + timedelta(days=3)
ITEMS = (ChecklistItem("a", Named("甲")), ChecklistItem("b", Named("乙")), ChecklistItem("c", Named("丙")))
LIST = Checklist("L1", EARLIER, Named("查对"), ControlArea.CHECKING, ITEMS)
SCORES = (ItemScore("a", Mark.MET), ItemScore("b", Mark.NOT_MET, "漏查"), ItemScore("c", Mark.PARTLY))
AUDIT = Audit("A1", EARLIER, "L1", AuditLevel.LEADER, "1", "001", SCORES, subject="002", bed="01")
ACTION = Action("X1", EARLIER, ActionSource.AUDIT, "A1", "漏查", "培训", "002", LATER, team="二组", item="b")
DONE = replace(ACTION, done_on=TODAY, verified_on=TODAY, verified_by="001", is_effective=True)
ACTIVITY = Activity("V1", TODAY, ActivityKind.ROUND, "001", "查房", "1", 5, 30)
EVENT = AdverseEvent("E1", TODAY, EventKind.FALL, EventLevel.III, "1", "02")
INJURY = replace(EVENT, kind=EventKind.PRESSURE_INJURY, stage=2)
EXTUBATION = replace(EVENT, kind=EventKind.EXTUBATION, catheter=CatheterKind.GASTRIC)
SYMPOSIUM = Symposium("S1", TODAY, Audience.PATIENTS, {Audience.NURSES: 3}, ("送餐晚",))
DAYS = PatientDays(TODAY, {NursingGrade.FIRST: 3})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        with store() as unit:
            unit.captured.put_many("W1", [LIST, AUDIT, VERSION], by="test", at=NOW)
            unit.commit()
        yield store


def keep(store: Store, record: object, revision: int | None = None, by: str = "test") -> int:
    return capture.keep(store, "W1", record, expected_revision=revision, by=by, clock=clock)


def columns(refused: pytest.ExceptionInfo[BadInput]) -> list[str]:
    return [finding.column for finding in refused.value.findings]


@pytest.mark.parametrize("record", [ACTION, DONE, ACTIVITY, EVENT, INJURY, EXTUBATION, SYMPOSIUM, DAYS, PLAN])
def test_a_record_that_fits_the_ward_is_kept(store: Store, record: object) -> None:
    assert keep(store, record) == 1


WRONG = (
    (replace(AUDIT, code="A2", checklist="L9"), ["checklist"]),
    (
        replace(AUDIT, code="A2", team="9", auditor="", subject="9", bed="9"),
        ["team", "auditor", "subject", "bed"],
    ),
    (replace(AUDIT, code="A2", scores=(), day=LATER), ["scores", "day"]),
    (
        replace(AUDIT, code="A2", scores=(SCORES[0], SCORES[0], ItemScore("z", Mark.MET))),
        ["scores", "scores"],
    ),
    (replace(ACTION, source_code="A9"), ["source_code"]),
    (replace(ACTION, item="z"), ["item"]),
    (replace(ACTION, finding=" ", measure="", owner="9"), ["finding", "measure", "owner"]),
    (replace(ACTION, due=EARLIER - timedelta(days=1)), ["due"]),
    (replace(ACTION, done_on=EARLIER - timedelta(days=1)), ["done_on"]),
    (replace(ACTION, done_on=LATER), ["done_on"]),
    (replace(DONE, verified_by="002"), ["verified_by"]),
    (replace(DONE, verified_by="", is_effective=None), ["verified_by", "is_effective"]),
    (replace(DONE, done_on=None), ["done_on"]),
    (replace(DONE, verified_on=EARLIER), ["verified_on"]),
    (replace(ACTION, is_effective=True), ["verified_on"]),
    (
        replace(ACTIVITY, leader="x", topic="", present=-1, minutes=1441),
        ["leader", "topic", "present", "minutes"],
    ),
    (replace(EVENT, stage=2), ["stage"]),
    (replace(INJURY, stage=7), ["stage"]),
    (replace(EVENT, catheter=CatheterKind.PICC), ["catheter"]),
    (replace(EXTUBATION, catheter=None), ["catheter"]),
    (replace(SYMPOSIUM, present={Audience.NURSES: -1}, points=("",)), ["present", "points"]),
    (replace(DAYS, day=LATER, infusion_hours=145.0), ["day", "infusion_hours"]),
    (replace(LIST, items=ITEMS[:2], pass_share=0), ["pass_share", "items"]),
    (replace(LIST, items=(*ITEMS[:2], replace(ITEMS[2], weight=0))), ["c"]),
    (replace(VERSION, satisfied_mean=6, aware_share=0), ["aware_share", "satisfied_mean"]),
    (replace(EVENT, code=""), ["code"]),
)


@pytest.mark.parametrize(("record", "fields"), WRONG)
def test_everything_wrong_with_a_record_is_told_at_once(
    store: Store, record: object, fields: list[str]
) -> None:
    with pytest.raises(BadInput) as refused:
        keep(store, record)
    assert columns(refused) == fields


@pytest.mark.parametrize(
    ("change", "meant"),
    [({"bed": "1床"}, "01"), ({"auditor": "甲一"}, "001"), ({"team": "Tem 1"}, "1"), ({"bed": "99"}, None)],
)
def test_another_spelling_is_offered(store: Store, change: dict[str, str], meant: str | None) -> None:
    with pytest.raises(BadInput) as refused:
        keep(store, replace(AUDIT, code="A2", **change))
    (finding,) = refused.value.findings
    assert finding.problem.fields.get("meant") == meant


def test_items_that_were_asked_can_not_be_changed_afterwards(store: Store) -> None:
    changed = replace(VERSION, items=VERSION.items[1:])
    assert keep(store, changed, 1) == 2
    keep(store, QuestionnaireSheet("Q1", EARLIER, "V1", Mode.PAPER))
    with pytest.raises(BadInput, match="Problems in the input: 1"):
        keep(store, VERSION, 2)
    assert keep(store, replace(changed, is_retired=True), 2) == 3


def test_a_locked_plan_is_changed_only_with_a_new_reason(store: Store) -> None:
    keep(store, PLAN)
    for wrong, field in (
        (replace(PLAN, target_seconds=60), "revised_because"),
        (replace(PLAN, locked_at=None), "locked_at"),
    ):
        with pytest.raises(BadInput) as refused:
            keep(store, wrong, 1)
        assert field in columns(refused)
    assert keep(store, replace(PLAN, target_seconds=60, revised_because="目标过宽"), 1) == 2


def test_who_writes_over_somebody_elses_change_is_refused(store: Store) -> None:
    keep(store, EVENT)
    keep(store, replace(EVENT, description="n"), 1)
    with pytest.raises(Conflict):
        keep(store, EVENT, 1)


def test_what_other_records_speak_of_stays(store: Store) -> None:
    def remove(kind: type, code: str) -> None:
        capture.remove(store, "W1", kind, code, expected_revision=1, by="t", clock=clock, reason="x")

    keep(store, ACTION)
    for kind, code in ((Checklist, "L1"), (Audit, "A1")):
        with pytest.raises(BadInput):
            remove(kind, code)
    for kind, code in ((Action, "X1"), (Audit, "A1"), (Checklist, "L1")):
        remove(kind, code)
    with store() as unit:
        assert unit.captured.all("W1", Audit) == ()


def test_many_records_are_kept_all_or_none(store: Store) -> None:
    wrong = replace(EVENT, code="E2", bed="9")
    with pytest.raises(BadInput) as refused:
        capture.keep_many(store, "W1", [EVENT, wrong], by="t", clock=clock, file="f.xlsx")
    (finding,) = refused.value.findings
    assert (finding.file, finding.column, finding.value) == ("f.xlsx", "bed", "E2 9")
    with store() as unit:
        assert unit.captured.all("W1", AdverseEvent) == ()
    assert capture.keep_many(store, "W1", [EVENT], by="t", clock=clock).added == 1


def test_each_fault_of_an_audit_becomes_an_action() -> None:
    found = actions_from_audit(AUDIT, LIST, owner="002", due=LATER)
    assert [(a.code, a.item, a.finding) for a in found] == [("A1-b", "b", "乙: 漏查"), ("A1-c", "c", "丙")]
    assert {(a.source, a.source_code, a.owner, a.due, a.team) for a in found} == {
        (ActionSource.AUDIT, "A1", "002", LATER, "1")
    }


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 6, day, hour, tzinfo=UTC) - timedelta(hours=8)


STAYS = (
    Stay("a", "01", NursingGrade.FIRST, at(1, 9), at(3, 10)),
    Stay("b", "02", NursingGrade.SECOND, at(2, 9), at(2, 20)),
    Stay("c", "03", NursingGrade.FIRST, at(2, 23), at(3, 0)),
    Stay("d", "04", NursingGrade.FIRST, at(3, 0)),
)


def test_the_census_counts_who_lies_in_bed_as_the_date_closes() -> None:
    book = replace(small_ward(), stays=STAYS)
    days = patient_days_from_stays(book, Period(date(2026, 6, 1), date(2026, 6, 3)))
    assert [(d.total, d.occupied[NursingGrade.FIRST], d.admissions, d.discharges) for d in days] == [
        (1, 1, 1, 0),
        (2, 2, 2, 1),
        (1, 1, 1, 2),
    ]


def test_days_are_counted_from_the_first_admission_and_only_where_none_was_entered(tmp_path: Path) -> None:
    with opened(tmp_path, replace(small_ward(), stays=STAYS)) as store:
        entered = PatientDays(date(2026, 6, 2), {NursingGrade.FIRST: 5})
        keep(store, entered)
        span = Period(date(2026, 5, 1), date(2026, 7, 31))
        done = capture.count_from_stays(store, "W1", span, by="t", clock=clock)
        assert (done.added, done.same) == (28, 1)
        with store() as unit:
            days = [kept.record for kept in unit.captured.all("W1", PatientDays)]
        assert (days[0].day, days[1], days[-1].day) == (date(2026, 6, 1), entered, date(2026, 6, 29))


@pytest.mark.parametrize("before", [None, ACTION, replace(DONE, is_effective=False)])
def test_an_owner_records_no_verification_under_another_name(store: Store, before: Action | None) -> None:
    revision = None if before is None else keep(store, before)
    with pytest.raises(BadInput) as refused:
        keep(store, DONE, revision, by="002")
    assert columns(refused) == ["verified_by"]
    keep(store, DONE, revision, by="003")


def test_an_owner_may_mend_what_is_no_verification(store: Store) -> None:
    keep(store, DONE)
    assert keep(store, replace(DONE, done_note="已培训"), 1, by="002") == 2
