"""The commands `report`, `plan` and `compare` on a ward with captured records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.services.quality_case import BOOK, MADE_AT, PLAN, quality_case
from wardteam.bootstrap.wiring import open_installation
from wardteam.config import load_config


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Iterator[Path]:
    """Give a folder whose ward has a plan that is not locked, census and questionnaires, and no calls."""
    place = tmp_path / "data"
    run("--folder", place, "init")
    data = quality_case()
    draft = replace(PLAN, locked_at=None, locked_by="")
    records = (draft, *data.patient_days, *data.versions, *data.sheets)
    with open_installation(load_config(place)) as installation, installation.units() as unit:
        unit.books.save(BOOK, expected_revision=None, by="test", at=MADE_AT)
        unit.captured.put_many("W09", records, by="test", at=MADE_AT)
        unit.commit()
    return place


def test_the_report_is_written_in_the_forms_asked_for(run: Run, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ended = run("--folder", folder, "--lang", "en", "report", "--format", "csv", "--out", out)
    assert ended.code == 0, ended.err
    assert [path.name for path in out.iterdir()] == ["quality-report.csv"]
    assert "Satisfaction rate" in ended.out


def test_the_report_is_given_to_programs_as_one_object(run: Run, folder: Path) -> None:
    report = json.loads(run("--folder", folder, "--lang", "en", "report", "--json").out)["report"]
    assert [part["number"] for part in report["parts"]] == list(range(1, 10))
    assert len(report["data_hash"]) == 64


@pytest.mark.parametrize(
    "options",
    [
        ("--format", "odt"),
        ("--format", ""),
        ("--month", "2026-10-02..2026-10-20"),
        ("--edition", "weekly"),
    ],
)
def test_what_no_report_knows_is_refused_in_words(run: Run, folder: Path, options: tuple[str, ...]) -> None:
    ended = run("--folder", folder, "--lang", "en", "report", *options)
    assert ended.code == 2
    assert "Traceback" not in ended.out + ended.err


def test_a_plan_that_does_not_exist_is_told_so(run: Run, folder: Path) -> None:
    assert run("--folder", folder, "--lang", "en", "report", "--plan", "NONE").code == 3
    assert run("--folder", folder, "--lang", "en", "plan", "show", "--plan", "NONE").code == 3


def test_a_plan_is_changed_locked_and_then_changed_only_with_a_reason(run: Run, folder: Path) -> None:
    start = ("--folder", folder, "--lang", "en", "plan")
    assert run(*start, "revise", "--target", "bells=80", "--primary", "satisfaction").code == 0
    assert run(*start, "lock").code == 0
    assert run(*start, "lock").code == 4
    assert run(*start, "revise", "--target", "bells=70").code == 2
    assert run(*start, "revise", "--target", "bells=70", "--reason", "A new aim").code == 0
    plan = json.loads(run(*start, "show", "--json").out)["plan"]
    assert (plan["targets"]["bells"], plan["primary"]) == (70, "satisfaction")
    changes = json.loads(run(*start, "history", "--json").out)["changes"]
    assert [change["is_after_lock"] for change in changes] == [False, True]
    assert changes[1]["reason"] == "A new aim"
    assert "A new aim" in run(*start, "history").out


def test_the_report_takes_any_two_periods_and_says_that_nobody_planned_them(run: Run, folder: Path) -> None:
    start = ("--folder", folder, "--lang", "en", "report", "--json")
    periods = ("--baseline", "2025-01-01..2025-03-31", "--intervention")
    ended = run(*start, *periods, "2026-01-01..2026-03-31")
    assert ended.code == 0, ended.err
    assert "2025-01-01 to 2025-03-31" in ended.out
    assert "nothing was declared before" in ended.out
    assert run(*start, *periods, "2025-03-31..2025-04-30").code == 2
    assert run(*start, "--baseline", "2025-01").code == 2


@pytest.mark.parametrize(
    "command", [("report", "--json"), ("report", "--json", "--edition", "monthly"), ("indicators", "--json")]
)
def test_a_ward_without_a_plan_has_a_standing_one_once_anything_is_captured(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    place = tmp_path / "none"
    run("--folder", place, "init")
    start = ("--folder", place, "--lang", "en")
    with open_installation(load_config(place)) as installation, installation.units() as unit:
        unit.books.save(BOOK, expected_revision=None, by="test", at=MADE_AT)
        unit.commit()
    assert run(*start, *command).code == (0 if command[0] == "indicators" else 3)
    with open_installation(load_config(place)) as installation, installation.units() as unit:
        unit.captured.put_many("W09", quality_case().patient_days, by="test", at=MADE_AT)
        unit.commit()
    ended = run(*start, *command)
    assert ended.code == 0, ended.err
    if command == ("report", "--json"):
        assert "no plan yet" in ended.out
        assert "nothing was declared before" in ended.out


@pytest.mark.parametrize("target", ["bells", "rings=3", "bells=many", "satisfaction=95"])
def test_targets_that_are_none_are_refused(run: Run, folder: Path, target: str) -> None:
    assert run("--folder", folder, "--lang", "en", "plan", "revise", "--target", target).code == 2


def test_one_period_is_compared_with_the_targets(run: Run, folder: Path) -> None:
    ended = run("--folder", folder, "--lang", "en", "compare", "--against-target")
    assert ended.code == 0
    assert "against a target of at least 90%" in ended.out


def test_any_two_periods_are_compared_unless_they_overlap(run: Run, folder: Path, tmp_path: Path) -> None:
    start = (
        "--folder",
        folder,
        "--lang",
        "en",
        "compare",
        "--baseline",
        "2025-01-01..2025-03-31",
        "--intervention",
    )
    ended = run(*start, "2026-01-01..2026-03-31", "--json")
    answer = json.loads(ended.out)["comparison"]
    assert answer["baseline"]["span"]["last"] == "2025-03-31"
    assert run(*start, "2025-03-31..2025-04-30").code == 2
    assert run("--folder", folder, "compare", "--baseline", "2025-01").code == 2
    assert run(*start, "2026-01", "--out", tmp_path / "c").code == 0
    assert sorted(path.name for path in (tmp_path / "c").iterdir()) == ["comparison.html", "comparison.pdf"]


@pytest.fixture
def planless(run: Run, tmp_path: Path) -> Path:
    """Give a folder whose ward has census and questionnaires, and no plan."""
    place = tmp_path / "planless"
    run("--folder", place, "init")
    data = quality_case()
    records = (*data.patient_days, *data.versions, *data.sheets)
    with open_installation(load_config(place)) as installation, installation.units() as unit:
        unit.books.save(BOOK, expected_revision=None, by="test", at=MADE_AT)
        unit.captured.put_many("W09", records, by="test", at=MADE_AT)
        unit.commit()
    return place


SPANS = ("--baseline", "2025-01-01..2025-03-31", "--intervention", "2026-01-01..2026-03-31")


def test_a_plan_is_drafted_where_there_is_none_and_then_locked(run: Run, planless: Path) -> None:
    start = ("--folder", planless, "--lang", "en", "plan")
    for command in (("show",), ("lock",), ("history",), ("revise", "--reason", "x")):
        ended = run(*start, *command)
        assert (ended.code, "no plan yet; `wardteam plan new" in ended.err) == (3, True)
    assert run(*start, "new", "--baseline", "2025").code == 2
    made = run(*start, "new", *SPANS, "--primary", "satisfaction", "--name", "Evenings")
    assert made.code == 0, made.err
    plan = json.loads(run(*start, "show", "--json").out)["plan"]
    assert plan["baseline"]["span"] == {"first": "2025-01-01", "last": "2025-03-31"}
    assert (plan["primary"], plan["name"]["zh"], plan["locked_at"]) == ("satisfaction", "Evenings", None)
    assert plan["code"] in made.out
    locked = json.loads(run(*start, "lock", "--json").out)["plan"]
    assert (locked["code"], locked["locked_at"] is None) == (plan["code"], False)
    revised = json.loads(run(*start, "revise", "--target", "bells=70", "--reason", "x", "--json").out)
    assert revised["plan"]["targets"] == {"bells": 70}
    assert json.loads(run(*start, "new", *SPANS, "--json").out)["plan"]["code"] != plan["code"]


@pytest.mark.parametrize("command", ["compare", "report"])
def test_every_comparison_names_its_periods_and_says_what_nobody_planned(
    run: Run, planless: Path, tmp_path: Path, command: str
) -> None:
    start = ("--folder", planless, "--lang", "en", command)
    more = ("--format", "csv", "--out", tmp_path / "out") if command == "report" else ()
    proposed = run(*start, *more).out
    assert "There is no plan yet: these periods are proposed" in proposed
    assert "Intervention" in proposed
    free = run(*start, *more, *SPANS).out
    assert "chosen freely, not planned" in free
    assert "2025-01-01 to 2025-03-31" in free
    assert "2026-01-01 to 2026-03-31" in free


def test_one_period_against_targets_is_named_and_a_free_one_is_exploratory(run: Run, folder: Path) -> None:
    start = ("--folder", folder, "--lang", "en", "compare", "--against-target")
    free = run(*start, "--intervention", "2026-01-01..2026-03-31").out
    assert "2026-01-01 to 2026-03-31" in free
    assert "chosen freely, not planned" in free
    planned = run(*start).out
    assert "chosen freely" not in planned
    assert PLAN.intervention.span.first.isoformat() in planned


def test_a_month_without_its_edition_is_refused_and_an_empty_one_told(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    start = ("--folder", folder, "--lang", "en", "report", "--format", "csv", "--out", tmp_path / "out")
    refused = run(*start, "--month", "2026-10")
    assert (refused.code, "--edition monthly" in refused.err) == (2, True)
    empty = run(*start, "--edition", "monthly", "--month", "2019-10")
    assert (empty.code, "Nothing was captured from 2019-10-01" in empty.out) == (0, True)


def test_an_empty_ward_is_told_what_to_begin_with(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "empty"
    run("--folder", place, "init")
    with open_installation(load_config(place)) as installation, installation.units() as unit:
        unit.books.save(BOOK, expected_revision=None, by="test", at=MADE_AT)
        unit.commit()
    for command in ("compare", "report"):
        assert "`wardteam calls import FILE`" in run("--folder", place, "--lang", "en", command).err
