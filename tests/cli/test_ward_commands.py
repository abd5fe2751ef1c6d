"""A ward's week through the commands, from its workbook to the published roster and its documents."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.command_line import WEEK, Run, run_apart
from wardteam.bootstrap.wiring import open_installation
from wardteam.config import Config
from wardteam.domain.roster import RosterStatus
from wardteam.domain.shifts import Demand
from wardteam.services.ports import JobStatus


def test_init_makes_the_folder_once_and_says_what_comes_next(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new folder"
    first = run("--folder", folder, "--lang", "en", "init")
    assert (first.code, "template" in first.out) == (0, True)
    (folder / "wardteam.toml").write_text('language = "zh"\n', encoding="utf-8")
    again = run("--folder", folder, "--lang", "en", "init")
    assert (again.code, (folder / "wardteam.toml").read_text()) == (0, 'language = "zh"\n')


@pytest.mark.parametrize(("language", "sheet"), [("zh", "护士"), ("en", "Nurses")])
def test_the_template_is_in_the_language_and_never_written_over(
    run: Run, tmp_path: Path, language: str, sheet: str
) -> None:
    file = tmp_path / "ward.xlsx"
    assert run("--lang", language, "template", file).code == 0
    assert sheet in load_workbook(file, read_only=True).sheetnames
    before = file.read_bytes()
    assert run("--lang", language, "template", file, "--example").code == 4
    assert file.read_bytes() == before
    assert run("--lang", language, "template", file, "--example", "--force").code == 0
    assert len(file.read_bytes()) > len(before)


def test_an_import_is_shown_and_not_applied_where_nobody_can_agree(
    run: Run, tmp_path: Path, workbook: Path
) -> None:
    data = tmp_path / "data"
    shown = run("--folder", data, "--lang", "en", "import", workbook)
    assert (shown.code, "--yes" in shown.err) == (4, True)
    assert "Nurses: 48 lines" in shown.out
    applied = run("--folder", data, "--lang", "en", "import", workbook, "--yes", "--json")
    assert json.loads(applied.out)["is_applied"] is True
    again = run("--folder", data, "--lang", "en", "import", workbook, "--yes")
    assert "changes nothing" in again.out


def test_a_bad_workbook_is_reported_place_by_place(run: Run, tmp_path: Path, workbook: Path) -> None:
    book = load_workbook(workbook)
    sheet = book["护士"]
    sheet.cell(row=4, column=1).value = None
    sheet.cell(row=5, column=1).value = sheet.cell(row=6, column=1).value
    bad = tmp_path / "bad.xlsx"
    book.save(bad)
    ended = run("--folder", tmp_path / "data", "--lang", "en", "import", bad, "--yes")
    assert ended.code == 2
    assert "护士" in ended.err
    assert "What was expected" in ended.err
    assert run("--folder", tmp_path / "data", "--lang", "en", "teams").code == 3


def test_history_asks_how_nights_are_booked(run: Run, folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "posted.xlsx"
    assert run("--folder", folder, "--lang", "en", "sheet", sheet, "--internal").code == 0
    unsaid = run("--folder", folder, "--lang", "en", "import", sheet, "--history", "--yes")
    assert (unsaid.code, "--nights" in unsaid.err) == (2, True)
    said = run(
        "--folder", folder, "--lang", "en", "import", sheet, "--history", "--nights", "evening", "--json"
    )
    assert (said.code, "--yes" in said.err) == (4, True)
    assert json.loads(said.out)["changes"]


def test_a_trial_of_the_teams_changes_nothing(run: Run, folder: Path) -> None:
    before = run("--folder", folder, "--lang", "en", "template", folder / "before.xlsx", "--filled")
    trial = run("--folder", folder, "--lang", "en", "teams", "--on", "2026-12-05", "--dry-run")
    after = run("--folder", folder, "--lang", "en", "template", folder / "after.xlsx", "--filled")
    assert (before.code, trial.code, after.code) == (0, 0, 0)
    assert "proven optimal" in trial.out
    assert (folder / "before.xlsx").read_bytes() == (folder / "after.xlsx").read_bytes()


def test_teams_and_beds_answer_programs(run: Run, folder: Path, tmp_path: Path) -> None:
    ended = run("--folder", folder, "teams", "--json", "--out", tmp_path / "teams.pdf")
    teams = json.loads(ended.out)["plan"]
    assert teams["teams"] == [1, 2, 3, 4, 5]
    assert teams["record"]["status"] == "optimal"
    assert (tmp_path / "teams.pdf").read_bytes().startswith(b"%PDF")
    beds = json.loads(run("--folder", folder, "beds", "--json").out)["plan"]
    assert len(beds["ownerships"]) == 50


def test_a_roster_runs_as_a_job_and_its_outcome_is_said(run: Run, folder: Path) -> None:
    ended = run("--folder", folder, "--lang", "zh", "roster", "--seconds", "1.5", "--seed", "3")
    assert ended.code == 0
    assert all(
        word in ended.out for word in ("人员短缺", "下界", "处理器时间", "随机种子 3", "草稿，第 2 版")
    )
    with open_installation(Config(folder=folder)) as installation, installation.units() as unit:
        job = unit.jobs.latest("demo", "roster")
    assert job is not None
    assert job.status is JobStatus.DONE
    assert job.result is not None
    assert job.result["version"] == 2


def test_a_roster_answers_programs(run: Run, folder: Path) -> None:
    ended = run("--folder", folder, "roster", "--seconds", "1", "--json", "--publish", "--confirm-shortage")
    answer = json.loads(ended.out)
    assert ended.code == 0
    assert answer["record"]["stages"][0]["name"] == "shortage"
    assert answer["report"]["hard"] == []
    assert json.loads(run("--folder", folder, "publish", "--json").out)["error"]


def test_a_roster_that_is_too_long_is_refused_in_words(run: Run, folder: Path) -> None:
    ended = run("--folder", folder, "--lang", "en", "roster", "--period", "2026-12-01..2027-02-01")
    assert ended.code == 2
    assert "7 to 42 days" in ended.err


def test_an_edited_sheet_is_checked_and_its_violations_are_said(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "edited.xlsx"
    assert run("--folder", folder, "--lang", "zh", "sheet", sheet, "--internal").code == 0
    assert run("--folder", folder, "--lang", "zh", "check", sheet).code == 0
    book = load_workbook(sheet)
    page = book.worksheets[0]
    row = next(row for row in page.iter_rows(min_row=5) if row[2].value == "W020")
    for cell in row[8 : 8 + len(WEEK)]:
        cell.value = "夜"
    book.save(sheet)
    ended = run("--folder", folder, "--lang", "zh", "check", sheet)
    assert ended.code == 1
    assert "硬性规则" in ended.out
    answer = json.loads(run("--folder", folder, "check", sheet, "--json").out)
    assert answer["is_valid"] is False
    assert answer["report"]["hard"]


def test_shortage_is_published_only_when_confirmed(run: Run, folder: Path) -> None:
    _ask_for_more_nights(folder)
    unconfirmed = run("--folder", folder, "--lang", "en", "publish")
    assert (unconfirmed.code, "too few on Night" in unconfirmed.out) == (4, True)
    for_a_program = run("--folder", folder, "--lang", "en", "publish", "--json")
    assert (for_a_program.code, "too few on Night" in for_a_program.out) == (4, True)
    confirmed = run("--folder", folder, "--lang", "en", "publish", "--confirm-shortage")
    assert (confirmed.code, "is published" in confirmed.out) == (0, True)
    assert run("--folder", folder, "publish", "--confirm-shortage").code == 4


def _ask_for_more_nights(folder: Path) -> None:
    with open_installation(Config(folder=folder)) as installation, installation.units() as unit:
        stored = unit.books.get("demo")
        others = tuple(demand for demand in stored.book.demands if demand.shift != "NIGHT")
        book = replace(stored.book, demands=(*others, Demand("NIGHT", minimum=9, wished=9)))
        unit.books.save(book, expected_revision=stored.revision, by="test", at=installation.clock())
        unit.commit()


def test_the_documents_are_written(run: Run, folder: Path, tmp_path: Path) -> None:
    for name, command in (("s.pdf", "sheet"), ("n.pdf", "noticeboard")):
        day = ("--day", "2026-12-03") if command == "noticeboard" else ("--paper", "a3")
        assert run("--folder", folder, command, tmp_path / name, *day).code == 0
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")
    assert run("--folder", folder, "noticeboard", tmp_path / "no.pdf", "--day", "2030-01-01").code == 3
    assert run("--folder", folder, "sheet", tmp_path / "s.doc").code == 2
    assert run("--folder", folder, "sheet", tmp_path / "s.pdf", "--version", "99").code == 3


def test_export_writes_everything_there_is(run: Run, folder: Path, tmp_path: Path) -> None:
    ended = run("--folder", folder, "export", tmp_path / "all of it", "--json")
    names = {Path(file).name for file in json.loads(ended.out)["files"]}
    assert {"ward.xlsx", "roster.xlsx", "roster-a4.pdf", "calendars.zip", "roster.json", "teams.pdf"} <= names
    assert "comparison.pdf" not in names
    with zipfile.ZipFile(tmp_path / "all of it" / "calendars.zip") as archive:
        assert len(archive.namelist()) >= 44
    data = json.loads((tmp_path / "all of it" / "roster.json").read_text(encoding="utf-8"))
    assert data["status"] == RosterStatus.DRAFT
    assert len(data["cover"]) == 50 * len(WEEK)


def test_a_day_outside_every_roster_has_no_cover(run: Run, folder: Path) -> None:
    ended = run("--folder", folder, "--lang", "en", "cover", "--day", "2031-01-01")
    assert (ended.code, "No roster covers" in ended.err) == (3, True)


def test_restoring_over_wards_names_the_option(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("--folder", folder, "backup", tmp_path / "b.zip").code == 0
    ended = run("--folder", folder, "restore", tmp_path / "b.zip")
    assert (ended.code, "--replace" in ended.err) == (4, True)


def test_a_second_publishing_says_that_it_is_published(run: Run, folder: Path) -> None:
    run("--folder", folder, "publish", "--confirm-shortage")
    again = run("--folder", folder, "--lang", "en", "publish")
    assert (again.code, "is published already" in again.err) == (4, True)


def test_cover_is_made_again_and_shown_by_bed(run: Run, folder: Path) -> None:
    shown = run("--folder", folder, "--lang", "en", "cover", "--day", "2026-12-02")
    assert (shown.code, "350 beds held" in shown.out) == (0, True)
    plan = json.loads(run("--folder", folder, "cover", "--json").out)["plan"]
    assert len(plan["covers"]) == 50 * len(WEEK)


def test_compare_says_when_nothing_was_captured(run: Run, folder: Path) -> None:
    assert run("--folder", folder, "--lang", "en", "compare").code == 3


def test_a_backup_is_restored_elsewhere_and_never_over_a_ward_unasked(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    archive, other = tmp_path / "kept.zip", tmp_path / "other ward"
    assert run("--folder", folder, "backup", archive).code == 0
    assert run("--folder", folder, "backup", archive).code == 4
    assert run("--folder", other, "restore", archive).code == 0
    assert run("--folder", other, "restore", archive).code == 4
    assert run("--folder", other, "restore", archive, "--replace").code == 0
    assert run("--folder", other, "sheet", tmp_path / "again.pdf").code == 0


def test_serving_to_the_network_is_refused_with_the_reason(run: Run, folder: Path) -> None:
    ended = run("--folder", folder, "--lang", "en", "serve", "--host", "0.0.0.0")
    assert (ended.code, "no accounts" in ended.err) == (4, True)


def test_commands_work_in_a_locale_without_chinese(folder: Path, tmp_path: Path) -> None:
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ended = run_apart("--folder", folder, "export", tmp_path / "out put", **environment)
    assert (ended.code, "排班表" in ended.out) == (0, True)
    assert (tmp_path / "out put" / "roster-a4.pdf").is_file()


def test_a_ward_that_is_not_there_is_named_among_those_that_are(run: Run, folder: Path) -> None:
    ended = run("--folder", folder, "--lang", "en", "teams", "--ward", "nowhere")
    assert (ended.code, "demo" in ended.err) == (2, True)
