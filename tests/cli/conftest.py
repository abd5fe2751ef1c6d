"""A ward that commands run on: its workbook, and a folder with everything planned once."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.command_line import CHOSEN, WEEK, Ended, Run
from wardteam.cli import edge
from wardteam.demo import demo_ward
from wardteam.exchange.template import template


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
    """Give a folder with the ward imported, its teams, beds and a quick roster made."""
    folder = tmp_path_factory.mktemp("ward data") / "the folder"
    steps = (
        ("init",),
        ("import", workbook, "--yes"),
        ("teams",),
        ("beds",),
        ("roster", "--seconds", "2"),
    )
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        codes = [edge.run(["--folder", str(folder), "--lang", "en", *map(str, step)]) for step in steps]
    assert codes == [0] * len(steps), told.getvalue()
    return folder
