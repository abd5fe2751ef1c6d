"""The plan's life: drafted, locked, revised with a reason, every version kept and told apart."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.services.quality_case import LOCKED_AT, PLAN, empty_case, quality_case
from wardteam.domain.calendar import Period
from wardteam.domain.study import Exclusion, MeasureKind
from wardteam.errors import BadInput, Conflict, Message, NotFound
from wardteam.i18n import translator
from wardteam.services.quality_ports import Kept, PastVersion
from wardteam.services.study_plans import (
    PlanFields,
    altered,
    draft_plan,
    lock_plan,
    looked_before,
    plan_changes,
    plan_of,
    revise_plan,
)


class FakeCaptured:
    """Keeps versions of records in a dictionary, by the rules of the port."""

    def __init__(self) -> None:
        self.versions: dict[str, list[PastVersion]] = {}

    def _head(self, code):
        return self.versions[code][-1] if code in self.versions else None

    def all(self, ward, kind, span=None):
        return tuple(self.get(ward, kind, code) for code in sorted(self.versions))

    def find(self, ward, kind, code):
        head = self._head(code)
        return None if head is None else Kept(head.record, head.revision, head.by, head.at)

    def get(self, ward, kind, code):
        found = self.find(ward, kind, code)
        if found is None:
            raise NotFound(Message("no record"))
        return found

    def put(self, ward, record, *, expected_revision, by, at, reason=""):
        head = self._head(record.code)
        if (head.revision if head else None) != expected_revision:
            raise Conflict(Message("changed"))
        revision = 1 if head is None else head.revision + 1
        self.versions.setdefault(record.code, []).append(PastVersion(record, revision, by, at, reason))
        return revision

    def history(self, ward, kind, code):
        return tuple(self.versions.get(code, ()))

    def next_code(self, ward, kind, prefix):
        return f"{prefix}{len(self.versions) + 1:04d}"


class FakeUnit:
    """One transaction over the fake; `commit` is counted."""

    def __init__(self, captured: FakeCaptured) -> None:
        self.captured = captured
        self.commits = 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def commit(self):
        self.commits += 1


@pytest.fixture
def units():
    unit = FakeUnit(FakeCaptured())
    return lambda: unit


DRAFT = replace(PLAN, code="", locked_at=None, locked_by="")
WHO = {"by": "Zhao Min", "clock": lambda: LOCKED_AT}


def test_a_draft_is_given_a_code_and_can_be_changed_until_it_is_locked(units):
    draft_plan(units, "W09", DRAFT, expected_revision=None, **WHO)
    kept, _ = plan_of(units, "W09")
    assert kept.record.code == "PLAN-0001"
    changed = replace(kept.record, primary=MeasureKind.ARRIVAL)
    assert draft_plan(units, "W09", changed, expected_revision=1, **WHO) == 2
    lock_plan(units, "W09", "PLAN-0001", **WHO)
    with pytest.raises(Conflict, match="locked"):
        draft_plan(units, "W09", changed, expected_revision=3, **WHO)
    with pytest.raises(Conflict, match="already"):
        lock_plan(units, "W09", "PLAN-0001", **WHO)


def test_locking_writes_who_and_when(units):
    draft_plan(units, "W09", DRAFT, expected_revision=None, **WHO)
    lock_plan(units, "W09", "PLAN-0001", **WHO)
    locked = plan_of(units, "W09")[0].record
    assert (locked.locked_at, locked.locked_by) == (LOCKED_AT, "Zhao Min")
    assert units().commits == 2


def test_a_locked_plan_is_revised_only_with_a_reason_and_keeps_its_versions(units):
    draft_plan(units, "W09", DRAFT, expected_revision=None, **WHO)
    lock_plan(units, "W09", "PLAN-0001", **WHO)
    kept, _ = plan_of(units, "W09")
    changed = altered(kept.record, PlanFields(primary=MeasureKind.ARRIVAL, targets={MeasureKind.BELLS: 90.0}))
    with pytest.raises(BadInput):
        revise_plan(units, "W09", changed, expected_revision=2, reason=" ", **WHO)
    revise_plan(units, "W09", changed, expected_revision=2, reason="Bells were not recorded", **WHO)
    kept, versions = plan_of(units, "W09")
    assert kept.record.revised_because == "Bells were not recorded"
    assert len(versions) == 3
    (change,) = plan_changes(versions)
    assert change.is_after_lock
    assert change.reason == "Bells were not recorded"
    words = [translator("en").show(words) for words in change.changes]
    assert any("primary measure: Call bells" in line and "→ Nurse's arrival" in line for line in words)
    assert any("targets" in line and "at most 90 per 100" in line for line in words)


def test_only_the_targets_that_changed_are_told():
    changed = replace(PLAN, targets={**PLAN.targets, MeasureKind.SATISFACTION: 0.975})
    (change,) = plan_changes([PastVersion(PLAN, 1, "a", LOCKED_AT), PastVersion(changed, 2, "b", LOCKED_AT)])
    (words,) = (translator("en").show(said) for said in change.changes)
    assert (words.count("at least"), words.count("at most")) == (2, 0)
    assert words.endswith("at least 97.5%")


def test_locking_alone_is_no_change_of_what_was_decided():
    versions = [
        PastVersion(DRAFT, 1, "a", LOCKED_AT),
        PastVersion(PLAN, 2, "a", LOCKED_AT),
        PastVersion(None, 3, "a", LOCKED_AT),
    ]
    assert plan_changes(versions) == ()


def test_a_change_before_the_lock_is_told_apart():
    earlier = replace(DRAFT, exclusions=(Exclusion.STAFF_CALLS,))
    (change,) = plan_changes([PastVersion(earlier, 1, "a", LOCKED_AT), PastVersion(DRAFT, 2, "b", LOCKED_AT)])
    assert not change.is_after_lock
    assert "staff calls → infusion calls, counted apart, staff calls" in translator("en").show(
        change.changes[0]
    )


def test_periods_that_overlap_are_refused():
    with pytest.raises(BadInput):
        altered(PLAN, PlanFields(baseline=Period(date(2025, 1, 1), date(2026, 1, 1))))


@pytest.mark.parametrize(
    ("kind", "value", "english", "chinese"),
    [
        (MeasureKind.SATISFACTION, 95.0, "from 0 to 1: 0.95 instead of 95.", "应为0.95，而非95。"),
        (MeasureKind.AWARENESS, 0.0, "A share above 0, at most 1", "不超过1"),
        (MeasureKind.AWARENESS, math.nan, "A share above 0, at most 1", "不超过1"),
        (MeasureKind.BELLS, -1.0, "A number above 0, at most 100000", "应为大于0、不超过"),
    ],
)
def test_targets_that_cannot_be_are_refused_in_words(kind, value, english, chinese):
    with pytest.raises(BadInput) as refused:
        altered(PLAN, PlanFields(targets={kind: value}))
    (finding,) = refused.value.findings
    assert (finding.column, finding.value) == (kind.value, f"{value:g}")
    assert english in translator("en").show(finding.problem)
    assert chinese in translator("zh").show(finding.problem)


def test_fields_that_are_not_given_stay():
    assert altered(PLAN, PlanFields()) == PLAN


@pytest.mark.parametrize(
    ("locked", "words"),
    [
        (None, "not locked"),
        (datetime(2025, 12, 20, tzinfo=UTC), None),
        (datetime(2026, 1, 1, 3, tzinfo=UTC), None),
        (datetime(2026, 1, 2, 3, tzinfo=UTC), "captured since 2026-01-01"),
        (datetime(2026, 1, 1, 17, tzinfo=UTC), "captured since 2026-01-01"),
    ],
)
def test_a_plan_locked_after_its_data_says_so(locked, words):
    plan = replace(PLAN, locked_at=locked)
    said = looked_before(replace(quality_case(), plan=plan, plan_versions=()))
    assert (words in str(said)) if words else said is None


def test_a_revised_plan_counts_from_its_first_lock():
    later = replace(PLAN, locked_at=LOCKED_AT + timedelta(days=100))
    versions = (PastVersion(PLAN, 1, "a", LOCKED_AT), PastVersion(later, 2, "a", LOCKED_AT))
    assert looked_before(replace(quality_case(), plan=later, plan_versions=versions)) is None


def test_without_data_a_locked_plan_was_locked_before():
    assert looked_before(empty_case()) is None
