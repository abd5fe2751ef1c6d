"""`wardteam bench ward`: its tables, exit codes and refusals, and a run that is stopped."""

from __future__ import annotations

import json
import os
import signal
import threading
from dataclasses import replace

import pytest

from tests.cli.command_line import Run
from tests.services.test_bench_ward import GOOD
from wardteam.cli.bench_ward_tables import tables
from wardteam.cli.commands.bench import FAILED
from wardteam.cli.measured import markdown
from wardteam.errors import Message, Stopped
from wardteam.i18n import translator
from wardteam.services import bench_months, bench_ward
from wardteam.services.bench_ward import targets

LOST = replace(GOOD, name="a lost ward", is_short=False, staged=None, qualities=None, weighted=None)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_are_whole_in_both_languages(language: str) -> None:
    say, found = translator(language), [GOOD, LOST]
    for table in tables(found, targets(found), is_whole=True):
        lines = markdown(say, table).splitlines()
        assert {line.count("|") for line in lines} == {len(table.headings) + 1}
        assert len(lines) > 2
    assert len(list(tables(found, (), is_whole=False))) == 5


def test_figures_stand_in_the_tables() -> None:
    found = [GOOD, LOST]
    told = "".join(markdown(translator("en"), one) for one in tables(found, targets([GOOD]), is_whole=True))
    for line in (
        "| Rosters whose shortage is proven minimal | 1 | ≥ 1 | yes |",
        "| a ward, short of staff | 44 / 50 / 5 / 31 | 0 | 0 | 3000 | 3000 | 1.0 |",
        "| a ward, short of staff | 0 | 1000 | 920 | 8.0 | 0.333 |",
        "| a ward, short of staff | 0 | 96.0 | 96.5 | 0.5 | 2 |",
        "| a ward, short of staff | 0 | 90.0 | 55.0 | 90 | 90 |",
        "| a ward, short of staff | 0 | wishes | valid, optimum not proven | 60 | 20 | 1.0 | 1.0 |",
        "| a ward, short of staff | 0 | weighted sum | 4000 | 400 | 300 | 1300 | 6000 | 110.0 | 60.0 |",
        "| a lost ward | 0 | – | – | – | – |",
    ):
        assert line in told


@pytest.mark.parametrize(
    "words",
    [
        ("--nurses", 100, "--in-a-row", 2),
        ("--nurses", 100, "--wards", 2),
        ("--nurses", 5),
        ("--in-a-row", 0),
        ("--seconds", 0),
    ],
)
def test_what_does_not_go_together_is_refused_before_any_time_is_spent(run: Run, words) -> None:
    assert run("bench", "ward", *words).code == 2


def test_months_are_planned_one_after_the_other(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search itself is measured elsewhere; what it found decides on the exit code."""
    runs = [replace(GOOD, name=f"2027-0{month}") for month in (1, 2, 3)]
    monkeypatch.setattr(bench_months, "months_in_a_row", lambda _book, _first, count, *_: iter(runs[:count]))
    ended = run("bench", "ward", "--in-a-row", 3, "--json")
    assert [ward["name"] for ward in json.loads(ended.out)["wards"]] == [one.name for one in runs]
    assert ended.code == 0
    assert run("bench", "ward", "--in-a-row", 4).code == FAILED


def test_ctrl_c_keeps_what_is_measured(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second ward waits to be stopped, as a real search does."""
    measured = []
    waited = threading.Event()

    def measure(case, effort, **_options):
        if not measured:
            measured.append(case)
            return GOOD
        os.kill(os.getpid(), signal.SIGINT)
        while not effort.should_stop():
            waited.wait(0.01)
        raise Stopped(Message("Stopped before there was an answer."))

    monkeypatch.setattr(bench_ward, "measure_case", measure)
    ended = run("--lang", "en", "bench", "ward", "--seeds", 2, "--json")
    told = json.loads(ended.out)
    assert [ward["name"] for ward in told["wards"]] == ["a ward"]
    assert told["is_reached"]
    assert "a ward, seed 0: measured" in ended.err
