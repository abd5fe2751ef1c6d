"""The command `wardteam indicators`: how a quarter is written, and a ward without quality records."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.services.staffing_kit import PLAN, patient_day
from wardteam.bootstrap.wiring import open_installation
from wardteam.config import load_config

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CENSUS = [patient_day(date(2024, 7, 1) + timedelta(days=i), 40) for i in range(92)]


@pytest.mark.parametrize("quarter", ["2026Q5", "Q3", "2026-07"])
def test_a_quarter_that_is_none_is_refused_in_words(run: Run, tmp_path: Path, quarter: str) -> None:
    ended = run("--lang", "en", "--folder", tmp_path, "indicators", "--quarter", quarter)
    assert ended.code == 2
    assert "2026Q3" in ended.err


def test_a_folder_without_a_ward_is_told_so(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    run("--lang", "en", "--folder", folder, "init")
    ended = run("--lang", "en", "--folder", folder, "indicators", "--json")
    assert ended.code == 3
    assert "Traceback" not in ended.out + ended.err


def test_a_quarter_is_shown_as_json_as_a_table_and_as_a_form(
    run: Run, workbook: Path, tmp_path: Path
) -> None:
    folder, form = tmp_path / "data", tmp_path / "form.xlsx"
    run("--folder", folder, "init")
    run("--folder", folder, "--lang", "en", "import", workbook, "--yes")
    with open_installation(load_config(folder)) as installation, installation.units() as unit:
        ward = unit.books.codes()[0]
        unit.captured.put_many(ward, [PLAN, *CENSUS], by="test", at=NOW)
        unit.commit()
    ended = run("--folder", folder, "--lang", "en", "indicators", "--quarter", "2024Q3", "--json")
    answer = json.loads(ended.out)
    found = {one["code"]: one for one in answer["indicators"]}
    assert answer["quarter"] == "2024Q3"
    assert found["grade.II"]["value"] == 100
    assert found["grade.II"]["denominator"] == 40 * len(CENSUS)
    assert found["patients_per_nurse.day"]["missing"] == ["No published roster covers a day of the quarter."]
    shown = run("--folder", folder, "--lang", "zh", "indicators", "--quarter", "2024Q3", "--out", form)
    assert (shown.code, "床护比" in shown.out, form.read_bytes()[:2]) == (0, True, b"PK")
    refused = run("--folder", folder, "--lang", "en", "indicators", "--out", tmp_path / "form.txt")
    assert (refused.code, ".xlsx" in refused.err, (tmp_path / "form.txt").exists()) == (2, True, False)
    table = run("--folder", folder, "--lang", "zh", "indicators").out
    assert "。、" not in table
