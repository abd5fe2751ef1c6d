"""`wardteam fairness`: the table, one nurse's accounts, and opening balances that are refused or applied."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.services.ledger_kit import nurse, past, ward
from wardteam.bootstrap.wiring import open_installation
from wardteam.config import Config
from wardteam.domain.roster import RosterStatus

NOW = datetime(2026, 3, 20, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a ward with one published week and one draft after it."""
    place = tmp_path / "data"
    book = ward(nurse("A", hours_balance_minutes=120), nurse("B"), balances={"nights": {"A": 1}})
    with open_installation(Config(folder=place), is_new=True) as installation, installation.units() as unit:
        unit.books.save(book, expected_revision=None, by="t", at=NOW)
        for one in (
            past({"A": "NNNx---", "B": "DDDDD--"}),
            past({"A": "DDDDD--", "B": "NNNx---"}, first=date(2026, 3, 9), published=False),
        ):
            stored = unit.rosters.add_draft("w", one.roster, by="t", at=NOW)
            if one.roster.published_at is not None:
                unit.rosters.publish("w", stored.period, stored.version, by="t", at=one.roster.published_at)
        assert unit.rosters.latest("w", stored.period).status is RosterStatus.DRAFT
        unit.commit()
    return place


def answer(run: Run, folder: Path, *arguments: object) -> dict:
    ended = run("--folder", folder, "--lang", "en", "fairness", *arguments, "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def test_the_spread_is_told_before_and_after_the_draft(run: Run, folder: Path) -> None:
    found = answer(run, folder)["fairness"]
    nights = next(s for s in found["spreads"] if s["measure"] == "nights")
    assert found["is_draft"] is True
    assert (nights["before"]["range"], nights["after"]["range"]) == (4, 1)
    published = answer(run, folder, "--period", "2026-03-02..2026-03-08")["fairness"]
    assert published["is_draft"] is False
    assert next(s for s in published["spreads"] if s["measure"] == "nights")["after"]["range"] == 4


def test_a_nurses_accounts_and_hours_are_told_line_by_line(run: Run, folder: Path) -> None:
    found = answer(run, folder, "A")["nurse"]
    nights = next(a for a in found["accounts"] if a["measure"] == "nights")
    assert [(x["got"], x["share"]) for x in nights["lines"]] == [(1, 0.0), (3, 1.5), (0, 1.5)]
    assert nights["balance"] == 1
    first, second = found["hours"]
    assert (first["opening_minutes"], first["closing_minutes"]) == (120, 120 - 16 * 60)
    assert second["opening_minutes"] == first["closing_minutes"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_and_the_account_are_readable(run: Run, folder: Path, language: str) -> None:
    table = run("--folder", folder, "--lang", language, "fairness")
    account = run("--folder", folder, "--lang", language, "fairness", "B")
    assert (table.code, account.code) == (0, 0)
    assert ("夜班" if language == "zh" else "nights") in table.out
    assert ("期末结余" if language == "zh" else "closing balance") in account.out
    assert run("--folder", folder, "fairness", "nobody").code == 3


GOOD = "项目,工号,结转\n夜班,A,-2\nholidays,B,1\n"


def test_balances_are_shown_first_and_applied_only_when_agreed(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "opening.csv"
    file.write_text(GOOD, encoding="utf-8")
    shown = run("--folder", folder, "--lang", "en", "fairness", "--import", file)
    assert shown.code == 4
    assert "Nurse A, nights: 1 becomes -2." in shown.out
    applied = run(
        "--folder", folder, "--lang", "en", "fairness", "--import", file, "--since", "2026-03-09", "--yes"
    )
    assert applied.code == 0, applied.err
    with open_installation(Config(folder=folder)) as installation, installation.units() as unit:
        book = unit.books.get("w").book
    assert book.balances == {"nights": {"A": -2}, "holidays": {"B": 1}}
    assert book.ledger_since == date(2026, 3, 9)
    found = answer(run, folder)["fairness"]
    assert [p["first"] for p in found["ledger"]["periods"]] == ["2026-03-09"]


def test_every_wrong_line_is_named_and_nothing_is_changed(run: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "opening.csv"
    file.write_text("项目,工号,结转\n夜班,Z,1\n早班,A,1\n夜班,A,x\n夜班,B,1\n夜班,B,2\n", encoding="utf-8")
    refused = run("--folder", folder, "--lang", "en", "fairness", "--import", file, "--yes")
    assert refused.code == 2
    assert [row for row in ("2", "3", "4", "6") if f" {row} " not in refused.err + refused.out] == []
    with open_installation(Config(folder=folder)) as installation, installation.units() as unit:
        assert unit.books.get("w").book.balances == {"nights": {"A": 1}}
