"""Calls, questionnaires and daily numbers from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.services.call_kit import NOW, call_line, log, opened, small_ward
from tests.services.quality_case import VERSION


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "wardteam data"
    place.mkdir()
    with opened(place, small_ward(), name="wardteam.sqlite3") as store, store() as unit:
        unit.captured.put_many("W1", [VERSION], by="test", at=NOW)
        unit.commit()
    return place


def test_calls_are_shown_first_and_imported_only_when_agreed(run: Run, folder: Path, tmp_path: Path) -> None:
    file = log(tmp_path, call_line(1), call_line(2, "99"))
    ended = run("--folder", folder, "--lang", "en", "calls", "import", file)
    assert ended.code == 4
    assert "呼叫时间" in ended.out
    assert "Nothing was changed" in ended.err
    done = run("--folder", folder, "--lang", "en", "calls", "import", file, "--yes")
    assert done.code == 0
    assert "calls-refused.csv" in done.out
    assert (tmp_path / "calls-refused.csv").exists()


def test_an_agreed_mapping_is_remembered_and_not_asked_for_again(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    file = log(tmp_path, call_line(1).replace("输液", "唱歌"))
    correct = ("--set", "staff=", "--word", "reason:唱歌=other", "--mapping", "bells")
    first = run("--folder", folder, "calls", "import", file, *correct, "--yes", "--json")
    assert json.loads(first.out)["ledger"] == {"read": 1, "added": 1}
    again = run("--folder", folder, "calls", "import", file, "--json")
    assert json.loads(again.out)["ledger"] == {"read": 1, "known": 1}
    (kept,) = json.loads(run("--folder", folder, "calls", "mapping", "--json").out)["mappings"]
    assert (kept["code"], kept["reasons"]["唱歌"]) == ("bells", "other")
    assert "staff" not in kept["columns"]
    assert run("--folder", folder, "calls", "mapping").code == 0


def test_wrong_corrections_are_all_told(run: Run, folder: Path, tmp_path: Path) -> None:
    file = log(tmp_path, call_line(1))
    ended = run("--folder", folder, "calls", "import", file, "--set", "bett=床号", "--set", "x=y", "--yes")
    assert (ended.code, ended.err.count("--set")) == (2, 2)
    ended = run("--folder", folder, "calls", "import", file, "--word", "reason:a=b", "--word", "c", "--yes")
    assert (ended.code, ended.err.count("--word")) == (2, 2)


def test_a_token_is_made_listed_and_ended(run: Run, folder: Path) -> None:
    made = json.loads(run("--folder", folder, "calls", "token", "new", "bells", "--json").out)
    assert len(made["secret"]) > 20
    listed = run("--folder", folder, "calls", "token", "list")
    assert "bells" in listed.out
    assert made["secret"] not in listed.out
    assert run("--folder", folder, "calls", "token", "revoke", "bells").code == 0
    assert run("--folder", folder, "calls", "token", "revoke", "bells").code == 3


def test_questionnaires_are_issued_filled_and_counted(run: Run, folder: Path, tmp_path: Path) -> None:
    codes = tmp_path / "codes.csv"
    issued = run(
        *("--folder", folder, "questionnaires", "issue", "V1", "--count", 3),
        *("--url", "https://ward.example/", "--out", codes),
    )
    assert issued.code == 0, issued.err
    assert codes.read_text(encoding="utf-8-sig").count("https://ward.example/q/") == 3
    book = tmp_path / "q.xlsx"
    assert run("--folder", folder, "questionnaires", "template", book).code == 0
    assert run("--folder", folder, "questionnaires", "import", book).code == 0
    flow = json.loads(run("--folder", folder, "questionnaires", "flow", "--json").out)["flow"]
    assert (flow["total"]["issued"], flow["total"]["returned"]) == (3, 0)
    assert "3" in run("--folder", folder, "--lang", "en", "questionnaires", "flow").out


def test_daily_numbers_are_written_read_and_counted(run: Run, folder: Path, tmp_path: Path) -> None:
    book = tmp_path / "days.xlsx"
    assert run("--folder", folder, "patient-days", "template", book).code == 0
    assert run("--folder", folder, "patient-days", "template", book).code == 4
    done = json.loads(run("--folder", folder, "patient-days", "import", book, "--json").out)
    assert done == {"added": 0, "changed": 0, "same": 0}
    counted = run("--folder", folder, "patient-days", "from-stays", "--period", "2026-06", "--json")
    assert json.loads(counted.out)["added"] == 0
    assert "holds no stays" in run(*start_of(folder), "patient-days", "from-stays", "--period", "2026-06").out


def start_of(place: Path) -> tuple[object, ...]:
    return ("--folder", place, "--lang", "en")


def test_what_is_missing_is_told_with_the_next_step(run: Run, folder: Path, tmp_path: Path) -> None:
    assert "`wardteam calls token new NAME`" in run(*start_of(folder), "calls", "token", "list").out
    assert "`wardteam calls import FILE`" in run(*start_of(folder), "calls", "mapping").out
    other = run(*start_of(folder), "questionnaires", "issue", "v9")
    assert (other.code, "the ward has V1" in other.err, "wardteam serve" in other.err) == (3, True, True)
    bare = tmp_path / "bare"
    bare.mkdir()
    with opened(bare, small_ward(), name="wardteam.sqlite3"):
        pass
    for command in (("issue", "v1"), ("template", tmp_path / "q.xlsx")):
        ended = run(*start_of(bare), "questionnaires", *command)
        assert (ended.code, "make a version" in ended.err) == (3, True)


@pytest.mark.parametrize("option", [("--count", 0), ("--days", 400)])
def test_a_count_out_of_bounds_is_refused_with_its_option(
    run: Run, folder: Path, option: tuple[str, int]
) -> None:
    ended = run(*start_of(folder), "questionnaires", "issue", "V1", *option)
    assert (ended.code, option[0] in ended.err) == (2, True)


def test_short_headings_are_guessed_and_a_column_not_read_is_a_warning(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "short.csv"
    file.write_text("id;Bed no;Type;Start;Arrive;Colour\n1;01;pain;2026-06-01 08:00;2026-06-01 08:02;red\n")
    ended = run(*start_of(folder), "calls", "import", file, "--yes")
    assert ended.code == 0, ended.err
    assert "! Columns that are not read: Colour\n" in ended.out


def test_dates_that_can_be_read_two_ways_name_the_option(run: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("call id,bed,call time\n1,01,05/06/2026 08:00\n")
    ended = run(*start_of(folder), "calls", "import", file, "--yes")
    assert (ended.code, "--dates" in ended.out + ended.err) == (2, True)


def test_a_period_before_the_first_stay_counts_nothing_and_says_so(
    run: Run, workbook: Path, tmp_path: Path
) -> None:
    start = start_of(tmp_path / "data")
    run(*start, "init")
    run(*start, "import", workbook, "--yes")
    ended = run(*start, "patient-days", "from-stays", "--period", "2001-02")
    assert "No day from 2001-02-01 to 2001-02-28 could be counted" in ended.out
