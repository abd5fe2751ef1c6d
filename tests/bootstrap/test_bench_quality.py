"""Measuring imports and the report: the smallest of runs, and what counts as missed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from wardteam.bootstrap.apart import Cost, run_apart
from wardteam.bootstrap.bench_quality import (
    ImportCost,
    QualityBench,
    ReportCost,
    import_file,
    make_files,
    repeated_calls,
)
from wardteam.demo import demo_quality

QUICK = Cost(5.0, 4.0, 300)
FIRST = ImportCost("calls.csv", 100, 100, 0, QUICK)
AGAIN = replace(FIRST, added=0)
REPORT = ReportCost(200_000, 400, 652, {"read": 0.5}, QUICK, QUICK)
GOOD = QualityBench((FIRST, AGAIN), REPORT)


def test_a_step_runs_in_a_process_of_its_own_and_its_cost_is_told() -> None:
    done = run_apart(os.getpid)
    assert done.answer != os.getpid()
    assert done.cost.seconds >= 0
    assert done.cost.peak_mb is None or 5 < done.cost.peak_mb < 200


def test_both_files_are_taken_whole_once_and_never_twice(tmp_path: Path) -> None:
    make_files(tmp_path, 300, 40)
    for file, rows in (("calls.csv", 300), ("calls.xlsx", 40)):
        assert import_file(tmp_path, tmp_path / file) == (rows, rows, 0)
        assert import_file(tmp_path, tmp_path / file) == (rows, 0, 0)


def test_calls_are_repeated_under_codes_of_their_own() -> None:
    records = demo_quality()
    few = replace(records, calls=records.calls[:50])
    calls = list(repeated_calls(few, 120))
    assert calls[:50] == list(few.calls)
    assert len({call.code for call in calls}) == len(calls) == 120
    assert {call.arrival_seconds for call in calls} == {call.arrival_seconds for call in few.calls}
    assert len({(call.bed, call.placed) for call in calls}) > 110


@pytest.mark.parametrize(
    "missed",
    [
        replace(GOOD, imports=(replace(FIRST, added=99), AGAIN)),
        replace(GOOD, imports=(FIRST, replace(AGAIN, added=1))),
        replace(GOOD, imports=(replace(FIRST, cost=replace(QUICK, seconds=61.0)), AGAIN)),
        replace(GOOD, imports=(FIRST, replace(AGAIN, cost=replace(QUICK, peak_mb=601)))),
        replace(GOOD, report=replace(REPORT, differing=("pdf",))),
        replace(GOOD, report=replace(REPORT, again=replace(QUICK, seconds=10.5))),
    ],
)
def test_every_limit_counts(missed: QualityBench) -> None:
    assert GOOD.is_good
    assert not missed.is_good
