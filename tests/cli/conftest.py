"""A ward that commands run on: its workbook, and a folder with everything planned once."""

from __future__ import annotations

import contextlib
import io
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.command_line import CHOSEN, WEEK, Ended, Run
from tests.services.planned import UntilStaffed
from wardteam.bootstrap.wiring import open_installation
from wardteam.cli import edge
from wardteam.config import Config
from wardteam.demo import demo_ward
from wardteam.exchange.template import template
from wardteam.services.roster_cases import make_roster


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in CHOSEN:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run one command in this process."""

    def run_here(*arguments: object) -> Ended:
        capfd.readouterr()
        code = edge.run([str(argument) for argument in arguments])
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return Ended(code, out, err)

    return run_here


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo ward's workbook for a single week, in a folder with a space in its name."""
    path = tmp_path_factory.mktemp("ward books") / "ward book.xlsx"
    path.write_bytes(template("zh", replace(demo_ward(), period=WEEK)))
    return path


@pytest.fixture(scope="session")
def planned_folder(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the ward imported, its teams, beds and a draft made; every test reads this one."""
    folder = tmp_path_factory.mktemp("ward data") / "the folder"
    steps = (
        ("init",),
        ("import", workbook, "--yes"),
        ("teams",),
        ("beds",),
    )
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        codes = [edge.run(["--folder", str(folder), "--lang", "en", *map(str, step)]) for step in steps]
    assert codes == [0] * len(steps), told.getvalue()
    with open_installation(Config(folder=folder)) as kept:
        make_roster(
            *(kept.units, "demo", WEEK), seconds=120, by="test", clock=kept.clock, progress=UntilStaffed()
        )
    return folder


@pytest.fixture
def folder(planned_folder: Path, tmp_path: Path) -> Path:
    """Give a copy of the planned ward that a test may change."""
    copy = tmp_path / "ward copy"
    copy.mkdir()
    with (
        sqlite3.connect(planned_folder / "wardteam.sqlite3") as old,
        sqlite3.connect(copy / "wardteam.sqlite3") as new,
    ):
        old.backup(new)
    old.close()
    new.close()
    return copy
