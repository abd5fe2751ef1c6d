"""`wardteam bench curtois`, `inrc2`, `all` and `shape`: results, files and refusals, on tiny instances."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.solver.public import count_curtois, count_inrc2
from tests.solver.public.instances import DATA, SHARED, needs_shared
from wardteam.bootstrap import bench_all
from wardteam.bootstrap.bench_all import Engine
from wardteam.bootstrap.bench_all import Run as Finished
from wardteam.bootstrap.bench_field import contradictions, rows
from wardteam.cli.bench_all import costs, others, results
from wardteam.cli.measured import markdown
from wardteam.cli.stopping import run_stoppable
from wardteam.domain.roster import SolveStatus
from wardteam.i18n import translator
from wardteam.services.bench_public import PublicResult

SMALL = DATA / "small.txt"
KEYS = ["instance", "objective", "bound", "status", "seconds", "cpu_seconds", "seconds_to_first"]


def test_a_roster_is_written_and_counts_as_told(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "new folder" / "roster.csv"
    ended = run("bench", "curtois", SMALL, "--seconds", 2, "--out", place, "--json")
    assert ended.code == 0, ended.err
    told = json.loads(ended.out)
    assert list(told) == KEYS
    broken, cost = count_curtois.count(SMALL.read_text(), place.read_text())
    assert not broken
    assert told["objective"] == cost
    assert told["bound"] <= cost
    assert (told["status"] == "optimal") == (told["bound"] == cost)
    assert told["seconds_to_first"] <= told["seconds"]


def test_a_solution_file_a_week_is_written(run: Run, tmp_path: Path) -> None:
    folder = DATA / "n004w2"
    ended = run("bench", "inrc2", folder, "n004w2_0_3-0", "--seconds", 2, "--out", tmp_path, "--json")
    assert ended.code == 0, ended.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Sol-n004w2-0-1.txt", "Sol-n004w2-3-0.txt"]
    broken, cost = count_inrc2.count(
        (folder / "Sc-n004w2.txt").read_text(),
        (folder / "H0-n004w2-0.txt").read_text(),
        [(folder / f"WD-n004w2-{week}.txt").read_text() for week in (3, 0)],
        [(tmp_path / f"Sol-n004w2-{name}.txt").read_text() for name in ("3-0", "0-1")],
    )
    assert not broken
    assert json.loads(ended.out)["objective"] == cost.total()


@needs_shared
def test_the_first_published_instance_is_solved_to_its_known_optimum(run: Run) -> None:
    ended = run("bench", "curtois", SHARED / "curtois" / "Instance1.txt", "--seconds", 30, "--json")
    told = json.loads(ended.out)
    assert (told["objective"], told["bound"], told["status"]) == (607, 607, "optimal")


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_no_time_is_refused(run: Run, seconds: str) -> None:
    ended = run("--lang", "en", "bench", "curtois", SMALL, "--seconds", seconds)
    assert ended.code == 2
    assert seconds in ended.err


def test_what_is_wrong_with_a_file_is_told_with_lines_and_nothing_is_written(
    run: Run, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text(SMALL.read_text().replace("A,2,E,2", "A,2,E,-2"))
    ended = run("bench", "curtois", bad, "--out", tmp_path / "roster.csv", "--json")
    assert ended.code == 2
    (finding,) = json.loads(ended.out)["findings"]
    assert (finding["file"], finding["row"], finding["value"]) == ("bad.txt", 28, "-2")
    assert not (tmp_path / "roster.csv").exists()


def test_a_place_that_cannot_be_written_to_is_refused_before_the_search(run: Run, tmp_path: Path) -> None:
    assert run("bench", "curtois", SMALL, "--seconds", 900, "--out", tmp_path).code == 2
    file = tmp_path / "file"
    file.touch()
    assert run("bench", "inrc2", DATA / "n004w2", "n004w2_0_3-0", "--seconds", 900, "--out", file).code == 2


def test_no_valid_roster_is_said_with_an_exit_code(run: Run, tmp_path: Path) -> None:
    impossible = tmp_path / "impossible.txt"
    # Minutes for six shifts, and caps for three.
    text = SMALL.read_text().replace("B,E=13|L=4|N=3,4320,2880,5,2,2,1", "B,E=2|L=1|N=0,4320,2880,5,2,2,1")
    impossible.write_text(text)
    place = tmp_path / "roster.csv"
    ended = run("bench", "curtois", impossible, "--seconds", 3, "--out", place, "--json")
    told = json.loads(ended.out)
    assert ended.code == 1
    assert (told["objective"], told["seconds_to_first"]) == (None, None)
    assert told["status"] in ("infeasible", "unknown")
    assert not place.exists()


def test_being_told_to_stop_keeps_what_there_is() -> None:
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    kept = signal.getsignal(signal.SIGINT)
    waited = threading.Event()

    def work(should_stop) -> str:
        timer.start()
        while not should_stop():
            waited.wait(0.01)
        return "the best so far"

    assert run_stoppable(work) == "the best so far"
    assert signal.getsignal(signal.SIGINT) is kept


def test_a_fault_of_the_work_is_raised_where_it_was_asked_for() -> None:
    def work(_should_stop) -> None:
        raise ValueError("of the work")

    with pytest.raises(ValueError, match="of the work"):
        run_stoppable(work)


def finished(
    name: str, objective: int | None, bound: int | None, seed: int = 0, engine=Engine.OURS
) -> Finished:
    result = PublicResult(name, objective, bound, SolveStatus.FEASIBLE, 60.0, 110.0, 0.5)
    return Finished(engine, 60.0, 2, seed, result, 300)


def test_rows_hold_the_median_against_the_best_known_and_the_best_bound() -> None:
    runs = [finished("Instance5", 1160, 1100, 0), finished("Instance5", 1150, 1120, 1)]
    runs += [finished("Instance5", None, None, 2), finished("Instance5", 1253, 900, 0, Engine.PLAIN)]
    (row,) = rows(runs)
    assert (row.ours, row.bound, row.plain, row.seeds) == (1160, 1120, 1253, 3)
    assert row.gap == pytest.approx((1160 - 1143) / 1143)
    assert row.distance == pytest.approx(40 / 1160)


def test_a_bound_above_a_known_roster_is_called_wrong() -> None:
    fine = [finished("Instance5", 1160, 1143), finished("Invented", 9, 9), finished("Instance6", None, 3)]
    assert not contradictions(fine)
    assert contradictions([*fine, finished("Invented", 8, 0)]) == ("Invented",)
    assert contradictions([finished("Instance5", 1160, 1144)]) == ("Instance5",)


def test_an_instance_that_nobody_published_has_no_gap() -> None:
    (row,) = rows([finished("Invented", 10, 0)])
    assert (row.gap, row.distance, row.plain) == (None, 1.0, None)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_are_whole_in_both_languages(language) -> None:
    found = rows([finished("Instance5", 1160, 1100), finished("n030w4_1_6-2-9-1", None, None)])
    for table in (results(found), others(found), costs(found)):
        lines = markdown(translator(language), table).splitlines()
        assert {line.count("|") for line in lines} == {len(table.headings) + 1}


def test_all_runs_each_instance_apart_and_repeats_nothing_that_is_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "curtois").mkdir()
    shutil.copy(SMALL, tmp_path / "curtois")
    words = ("bench", "all", "--folder", tmp_path, "--only", "sm*", "--seconds", 1, "--seeds", 1)
    keep = ("--keep", tmp_path / "kept.jsonl", "--json")
    first = run(*words, *keep)
    assert first.code == 0, first.err
    monkeypatch.setattr(bench_all, "in_process", None)
    again = run(*words, *keep)
    assert json.loads(again.out) == json.loads(first.out)
    (line,) = json.loads(first.out)["table"]
    assert line["ours"] == json.loads(first.out)["runs"][0]["result"]["objective"]
    assert line["bound"] <= line["ours"]
    (tmp_path / "kept.jsonl").write_text("{}\n[]\n")
    assert run(*words, *keep).code == 2


def test_all_refuses_what_it_does_not_find(run: Run, tmp_path: Path) -> None:
    assert run("bench", "all", "--folder", tmp_path).code == 2
    assert run("bench", "all", "--only", "nothing").code == 2
    (tmp_path / "curtois").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "curtois" / name).write_text("SECTION_NONE\n")
    told = json.loads(run("bench", "all", "--folder", tmp_path, "--json").out)
    assert {finding["file"] for finding in told["findings"]} == {"a.txt", "b.txt"}


def test_a_shape_is_written_in_the_published_format(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "shape.txt"
    assert run("bench", "shape", "6x14x2", "--seed", 3, "--out", place).code == 0
    assert len(count_curtois.sections_of(place.read_text())["SECTION_STAFF"]) == 6
    for wrong in ("6x13x2", "6x14", "axbxc", "9999x14x2"):
        assert run("bench", "shape", wrong).code == 2
