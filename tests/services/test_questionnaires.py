"""Questionnaires from issue to score: answered once, entered twice, settled, counted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.services.call_kit import NOW, TODAY, clock, opened
from wardteam.domain.questionnaires import (
    AnswerCode,
    Invalid,
    Item,
    ItemKind,
    Mode,
    QuestionnaireSheet,
    QuestionnaireVersion,
)
from wardteam.errors import BadInput, Conflict, Message, Named
from wardteam.exchange.questionnaires_xlsx import questionnaires_workbook
from wardteam.services import questionnaires
from wardteam.services.questionnaires import score
from wardteam.services.record_files import import_questionnaires
from wardteam.storage.store import Store

LIKERT, YES_NO, KNOWLEDGE = ItemKind.LIKERT, ItemKind.YES_NO, ItemKind.KNOWLEDGE
VERSION = QuestionnaireVersion(
    "V1",
    date(2026, 1, 1),
    Named("问卷", "Questionnaire"),
    (
        Item("S1", Named("甲"), LIKERT),
        Item("S2", Named("乙"), LIKERT, is_reversed=True),
        Item("S3", Named("丙"), LIKERT, scale=10),
        Item("Y1", Named("丁"), YES_NO),
        Item("K1", Named("戊"), KNOWLEDGE, (Named("是"), Named("否"), Named("不知")), key=2),
        Item("K2", Named("己"), KNOWLEDGE, key=1),
    ),
)
GOOD = (5, 1, 10, 1, 2, 1)


def sheet(*answers: int | None, **fields: object) -> QuestionnaireSheet:
    given = {"code": "Q0001", "day": TODAY, "version": "V1", "mode": Mode.PAPER, "returned_on": TODAY}
    return QuestionnaireSheet(**given | {"answers": answers} | fields)


def test_items_are_scored_on_one_scale_and_knowledge_by_its_key() -> None:
    found = score(VERSION, sheet(4, 2, 1, 0, 2, 0))
    assert found.satisfaction_items == (4, 4, 1)
    assert found.knowledge_items == (True, False)
    assert score(VERSION, sheet(*GOOD)).satisfaction_items == (5, 5, 5)


@pytest.mark.parametrize(
    ("answers", "is_satisfied"),
    [((4, 2, 8, 1, 2, 1), True), ((4, 2, 7, 1, 2, 1), False), ((None, None, None, 1, 2, 1), None)],
)
def test_satisfied_is_a_mean_of_four_of_five_in_proportion(answers, is_satisfied) -> None:
    assert score(VERSION, sheet(*answers)).is_satisfied is is_satisfied


@pytest.mark.parametrize(
    ("known", "is_aware"), [((2, 1), True), ((2, 0), False), ((2, None), False), ((None, None), None)]
)
def test_aware_is_the_share_of_all_knowledge_items(known, is_aware) -> None:
    assert score(VERSION, sheet(5, 1, 10, 1, *known)).is_aware is is_aware


@pytest.mark.parametrize(
    ("answers", "invalid"),
    [
        (GOOD, None),
        ((5, 1, 10, 1, 2, None), None),
        ((5, 1, 10, 1, None, None), Invalid.TOO_FEW),
        ((), Invalid.TOO_FEW),
        ((5, 5, 10, 1, 2, 1), Invalid.CONTRADICTORY),
        ((1, 1, 1, 0, 1, 0), Invalid.CONTRADICTORY),
        ((3, 3, 5, 0, 1, 0), None),
        ((5, 5, 9, 1, 2, 1), None),
    ],
)
def test_too_few_answers_and_contradictions_are_not_valid(answers, invalid) -> None:
    found = score(VERSION, sheet(*answers))
    assert (found.invalid, found.is_valid) == (invalid, invalid is None)


def test_a_reason_that_somebody_gave_comes_first() -> None:
    assert score(VERSION, sheet(invalid=Invalid.WITHDRAWN)).invalid is Invalid.WITHDRAWN


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path) as store:
        with store() as unit:
            unit.captured.put_many("W1", [VERSION], by="test", at=NOW)
            unit.commit()
        yield store


def issue(store: Store, count: int = 1, mode: Mode = Mode.QR, **options: object) -> questionnaires.Issued:
    return questionnaires.issue(store, "W1", "V1", count, mode, by="test", clock=clock, **options)


def test_issued_sheets_have_numbers_and_codes_that_nobody_keeps(store: Store) -> None:
    first, second = issue(store, 2, team="1"), issue(store, 1, Mode.PAPER)
    assert (first.sheets, second.sheets, second.secrets) == (("Q0001", "Q0002"), ("Q0003",), ())
    assert first.last_day == TODAY + timedelta(days=14)
    with store() as unit:
        kept = repr(unit.captured.all("W1", AnswerCode))
        assert not [secret for secret in first.secrets if secret in kept]


def test_an_order_that_can_not_be_is_refused(store: Store) -> None:
    with pytest.raises(BadInput) as refused:
        issue(store, 0, days_valid=0)
    assert len(refused.value.findings) == 2


def test_a_code_opens_its_sheet_however_it_is_typed_and_answers_once(store: Store) -> None:
    (secret,) = issue(store).secrets
    typed = f" {secret[:7].upper()}-{secret[7:]}"
    opened_now = questionnaires.open_by_code(store, "W1", typed, today=TODAY)
    assert not isinstance(opened_now, Message)
    assert (opened_now[0], opened_now[1].code) == (VERSION, "Q0001")
    assert questionnaires.code_ward(store, typed) == "W1"
    answered = questionnaires.answer_by_code(store, "W1", typed, GOOD, clock=clock)
    assert (answered.answers, answered.returned_on) == (GOOD, TODAY)
    with pytest.raises(Conflict, match="answered already"):
        questionnaires.answer_by_code(store, "W1", secret, GOOD, clock=clock)
    assert "answered already" in str(questionnaires.open_by_code(store, "W1", secret, today=TODAY))


def test_unknown_and_expired_codes_say_so(store: Store) -> None:
    (secret,) = issue(store, days_valid=1).secrets
    late = TODAY + timedelta(days=2)
    assert "expired" in str(questionnaires.open_by_code(store, "W1", secret, today=late))
    assert "not known" in str(questionnaires.open_by_code(store, "W1", "x", today=TODAY))
    assert questionnaires.code_ward(store, "x") is None


def test_wrong_answers_leave_the_code_usable(store: Store) -> None:
    (secret,) = issue(store).secrets
    with pytest.raises(BadInput) as refused:
        questionnaires.answer_by_code(store, "W1", secret, (6, 0, 10, 1, 4, 1), clock=clock)
    assert [finding.column for finding in refused.value.findings] == ["S1", "S2", "K1"]
    questionnaires.answer_by_code(store, "W1", secret, GOOD, clock=clock)


def test_of_two_who_answer_at_once_one_is_taken(store: Store) -> None:
    (secret,) = issue(store).secrets
    start, ends = threading.Barrier(2), []

    def answer() -> None:
        start.wait()
        try:
            ends.append(questionnaires.answer_by_code(store, "W1", secret, GOOD, clock=clock).code)
        except Conflict as conflict:
            ends.append(type(conflict))

    threads = [threading.Thread(target=answer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, ends)) == sorted(["Q0001", str(Conflict)])


def entered(store: Store, *answers: int | None, by: str = "first") -> int:
    given = sheet(*answers or GOOD)
    return questionnaires.enter(store, "W1", given, expected_revision=None, by=by, clock=clock)


def second(store: Store, revision: int, *answers: int | None, by: str = "second"):
    return questionnaires.enter_second(
        store, "W1", "Q0001", answers or GOOD, expected_revision=revision, by=by, clock=clock
    )


def test_a_second_entry_shows_the_differences_and_they_are_settled(store: Store) -> None:
    (difference,) = second(store, entered(store), 4, 1, 10, 1, 2, 1)
    assert (difference.item.code, difference.first, difference.second) == ("S1", 5, 4)
    total = questionnaires.flow(store, "W1")
    assert (total.entered_twice, total.differing) == (1, 1)
    answers = (4, 1, 10, 1, 2, 1)
    questionnaires.settle(store, "W1", "Q0001", answers, expected_revision=2, by="third", clock=clock)
    with store() as unit:
        settled = unit.captured.get("W1", QuestionnaireSheet, "Q0001").record
    assert (settled.answers, settled.differences, settled.second_by) == (answers, (), "second")


def test_nobody_makes_both_entries_and_none_is_made_twice(store: Store) -> None:
    revision = entered(store)
    corrected = sheet(*GOOD, note="n")
    revision = questionnaires.enter(
        store, "W1", corrected, expected_revision=revision, by="second", clock=clock
    )
    with pytest.raises(Conflict, match="somebody else"):
        second(store, revision, by="first")
    assert second(store, revision) == ()
    with pytest.raises(Conflict, match="twice already"):
        second(store, revision + 1, by="third")


def test_only_a_returned_sheet_is_entered_again_and_only_two_entries_are_settled(store: Store) -> None:
    issue(store, 1, Mode.PAPER)
    with pytest.raises(Conflict, match="no first entry"):
        second(store, 1)
    with pytest.raises(Conflict, match="only once"):
        questionnaires.settle(store, "W1", "Q0001", GOOD, expected_revision=1, by="x", clock=clock)


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"version": "V9"}, ""),
        ({"day": TODAY + timedelta(days=1), "returned_on": None, "answers": ()}, "day"),
        ({"returned_on": TODAY - timedelta(days=1)}, "returned_on"),
        ({"returned_on": None}, "returned_on"),
        ({"answers": (9, *GOOD[1:])}, "S1"),
        ({"answers": (1, 2)}, ""),
    ],
)
def test_a_sheet_that_can_not_be_is_refused(store: Store, fields: dict[str, object], column: str) -> None:
    given = replace(sheet(*GOOD), **fields)
    with pytest.raises(BadInput) as refused:
        questionnaires.enter(store, "W1", given, expected_revision=None, by="x", clock=clock)
    assert [finding.column for finding in refused.value.findings] == [column]


def test_the_flow_counts_in_all_and_in_parts_and_says_why_some_are_not_valid() -> None:
    month_before = {"day": date(2026, 5, 3), "returned_on": date(2026, 5, 4)}
    sheets = [
        sheet(*GOOD, code="a", team="1"),
        sheet(5, 5, 10, 1, 2, 1, code="b", team="2", **month_before),
        sheet(5, code="c", team="1"),
        sheet(code="d", mode=Mode.QR, returned_on=None),
    ]
    found = questionnaires.flow_of([VERSION], sheets)
    assert (found.total.issued, found.total.returned, found.total.valid) == (4, 3, 1)
    assert found.total.invalid == {Invalid.CONTRADICTORY: 1, Invalid.TOO_FEW: 1}
    assert [(line.name, line.issued, line.valid) for line in found.by_month] == [
        ("2026-05", 1, 0),
        ("2026-06", 3, 1),
    ]
    assert [(line.name, line.issued) for line in found.by_team] == [("", 1), ("1", 2), ("2", 1)]
    assert [(line.name, line.returned) for line in found.by_mode] == [("paper", 3), ("qr", 0)]


def test_a_workbook_without_answers_takes_none_away_that_came_by_phone(store: Store) -> None:
    issued = issue(store)
    with store() as unit:
        versions = [kept.record for kept in unit.captured.all("W1", QuestionnaireVersion)]
        blank = [kept.record for kept in unit.captured.all("W1", QuestionnaireSheet)]
    data = questionnaires_workbook(versions, "zh", blank)
    answers = tuple(min(item.answers) for item in versions[0].items)
    answered = questionnaires.answer_by_code(store, "W1", issued.secrets[0], answers, clock=clock)
    import_questionnaires(store, "W1", data, "blank.xlsx", by="test", clock=clock)
    with store() as unit:
        assert unit.captured.get("W1", QuestionnaireSheet, issued.sheets[0]).record == answered
