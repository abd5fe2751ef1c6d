"""`wardteam bench`: its tables and exit codes, on figures made up here and on the smallest of runs."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.cli.command_line import Run
from wardteam.bootstrap import bench_quality
from wardteam.bootstrap.apart import Cost
from wardteam.bootstrap.bench_quality import ImportCost, QualityBench, ReportCost
from wardteam.cli.bench_quality import imports_table, report_table
from wardteam.cli.bench_tables import clashes, hidden
from wardteam.cli.commands.bench import FAILED
from wardteam.cli.measured import markdown
from wardteam.domain.roster import SolveStatus
from wardteam.i18n import translator
from wardteam.services import bench_wards
from wardteam.services.bench_wards import ClashResult, HiddenResult


@pytest.fixture
def hidden_ward() -> HiddenResult:
    sizes = (30, 35, 3, 31)
    return HiddenResult(
        "ward 1", *sizes, "very tight", SolveStatus.FEASIBLE, 0, 1000, 3000, 2000, 1.5, 30, 55
    )


def test_wards_stand_in_the_table_of_their_kind(hidden_ward) -> None:
    say, ward = translator("en"), hidden_ward
    clash = ClashResult(
        "ward 2",
        30,
        "one senior for six nights",
        is_local=False,
        status=SolveStatus.INFEASIBLE,
        rules=("rest", "locked"),
        limits=3,
        is_minimal=True,
        is_within=True,
        ways=2,
        partial_ways=0,
        wall_seconds=4,
    )
    assert (ward.is_good, clash.is_good) == (True, True)
    assert (clash.is_in_time, replace(clash, is_local=True).is_in_time) == (True, False)
    assert not replace(clash, ways=0, partial_ways=2).is_good
    assert "| ward 1 | 30 / 35 / 3 / 31 | very tight |" in markdown(say, hidden([ward, clash]))
    assert "| 1.50 | 0 | 1000 | 1.5 |" in markdown(say, hidden([ward, clash]))
    assert "Rest between duties, Locked cells | yes | yes | ward-wide | 3 |" in markdown(
        say, clashes([ward, clash])
    )


def test_the_check_is_measured_on_the_demo_ward(run: Run) -> None:
    ended = run("bench", "check", "--json")
    found = json.loads(ended.out)["check"]
    assert ended.code == 0
    assert (found["nurses"], found["days"]) == (44, 28)
    assert found["limits"] > 10_000
    assert min(found["layout_ms"], found["whole_ms"], found["cell_ms"]) > 0


@pytest.mark.parametrize(("hard", "code"), [(0, 0), (None, FAILED), (2, FAILED)])
def test_a_ward_without_a_valid_roster_is_a_failure(run: Run, monkeypatch, hidden_ward, hard, code) -> None:
    result = replace(hidden_ward, hard=hard)
    monkeypatch.setattr(bench_wards, "measured_wards", lambda count: range(count))
    monkeypatch.setattr(bench_wards, "measure_ward", lambda _, **__: result)
    ended = run("--lang", "en", "bench", "wards", "--count", 2)
    assert ended.code == code
    assert ("2 of 2 wards met." in ended.out) == (code == 0)
    assert ended.err.count("ward 1") == 2


def quality_bench() -> QualityBench:
    cost = Cost(30.0, 28.0, 250)
    first = ImportCost("calls.csv", 500_000, 500_000, 0, cost)
    report = ReportCost(200_000, 400, 652, {"read": 0.5, "pdf": 2.25}, cost, cost)
    return QualityBench((first, replace(first, added=0)), report)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_costs_of_imports_and_report_stand_in_tables(language) -> None:
    say, found = translator(language), quality_bench()
    imports = markdown(say, imports_table(found.imports)).splitlines()
    report = markdown(say, report_table(found.report))
    assert imports[2] == "| calls.csv | 500000 | 500000 | 0 | 30.0 | 28.0 | 60.0 | 250 |"
    assert imports[3].split(" | ")[2] == "0"
    assert ("652 天" if language == "zh" else "652 days") in report
    assert "PDF | 2.25 |" in report


@pytest.mark.parametrize(("rows", "pace"), [(1_000_000, "30.0"), (100_000, "300.0"), (99_999, "–"), (0, "–")])
def test_a_small_file_says_nothing_of_a_million_rows(rows: int, pace: str) -> None:
    one = replace(quality_bench().imports[0], rows=rows)
    assert imports_table([one]).rows[0][6] == pace


def test_what_was_measured_of_quality_is_shown_and_judged(run: Run, monkeypatch) -> None:
    found = quality_bench()
    slow = replace(found.report, first=Cost(30.0, 28.0, 250))
    quick = replace(found.report, first=Cost(5.0, 4.0, 250), again=Cost(5.0, 4.0, 250))
    monkeypatch.setattr(bench_quality, "import_costs", lambda **_: iter(found.imports))
    for report, code, said in (
        (quick, 0, "same bytes"),
        (replace(slow, differing=("pdf",)), FAILED, "differ"),
    ):
        monkeypatch.setattr(bench_quality, "report_cost", lambda report=report, **_: report)
        ended = run("--lang", "en", "bench", "quality", "--calls", 10)
        assert (ended.code, said in ended.out) == (code, True)
        assert json.loads(run("bench", "quality", "--json").out)["met"] == (code == 0)
    assert "calls.csv: 500000 of 500000 rows added" in ended.err
