"""`wardteam conflicts` and `wardteam notice` on a planned ward: their answers, files and exit codes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tests.cli.command_line import Run
from wardteam.bootstrap.wiring import open_installation
from wardteam.config import Config
from wardteam.domain.roster import CellChange


def test_a_planned_ward_allows_a_roster(run: Run, planned_folder: Path) -> None:
    ended = run("--folder", planned_folder, "conflicts", "--json")
    found = json.loads(ended.out)["conflicts"]
    assert ended.code == 0
    assert found["verdict"] in ("possible", "short")
    assert found["record"]["stages"][0]["bound"] is not None


def test_a_wrong_beginning_or_file_of_the_notice_is_refused(run: Run, planned_folder: Path) -> None:
    for wrong in (("--since", "gestern"), ("--out", "notice.docx")):
        assert run("--folder", planned_folder, "notice", *wrong).code == 2
    assert run("--folder", planned_folder, "notice", "--period", "2020-01").code == 3


def test_the_notice_is_told_and_written(run: Run, folder: Path, tmp_path: Path) -> None:
    with open_installation(Config(folder)) as installation, installation.units() as unit:
        (ward,) = unit.books.codes()
        (period, *_) = unit.rosters.periods(ward)
        roster = unit.rosters.latest(ward, period)
        unit.rosters.publish(ward, period, roster.version, by="test", at=installation.clock())
        key = next(key for key, cell in sorted(roster.cells.items()) if cell.code == "off")
        new = replace(roster.cells[key], code="sick")
        change = CellChange(*key, roster.cells[key], new, "test", installation.clock(), "fever")
        unit.rosters.record_changes(ward, period, roster.version, [change])
        file = tmp_path / "notice.pdf"
        unit.commit()
    span = f"{period.first}..{period.last}"
    ended = run("--folder", folder, "notice", "--period", span, "--out", file, "--json")
    (nurse,) = json.loads(ended.out)["notice"]["nurses"]
    assert (nurse["staff_no"], nurse["days"][0]["new"]["code"], nurse["days"][0]["reason"]) == (
        key[0],
        "leave",
        "",
    )
    assert file.read_bytes().startswith(b"%PDF")
    own = json.loads(run("--folder", folder, "notice", "--period", span, "--internal", "--json").out)
    assert own["notice"]["nurses"][0]["days"][0]["reason"] == "fever"
