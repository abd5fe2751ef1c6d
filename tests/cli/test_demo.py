"""The demo, shortened: every step in a language, its documents, its folder, and its pages afterwards."""

from __future__ import annotations

import contextlib
import io
import json
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from wardteam.cli import edge
from wardteam.cli.demo_folder import MARK, renewed_folder
from wardteam.cli.screen import Screen
from wardteam.config import FILE_NAME, load_config
from wardteam.demo.cast import TODAY
from wardteam.i18n import translator

DOCUMENTS = {
    "calendars.zip",
    "comparison.html",
    "comparison.pdf",
    "indicators-2026Q3.xlsx",
    "noticeboard-a3.pdf",
    "noticeboard-a4.pdf",
    "pocket-cards.pdf",
    "quality-month.pdf",
    "quality-report.csv",
    "quality-report.docx",
    "quality-report.html",
    "quality-report.pdf",
    "roster-a3.pdf",
    "roster-a4.pdf",
    "roster-head-nurse.xlsx",
    "roster.json",
    "roster.xlsx",
    "teams.pdf",
    "ward.xlsx",
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Run the demo once with a short search; give its folder and what it said."""
    place = tmp_path_factory.mktemp("a demo") / "demo ward"
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        code = edge.run(["demo", "--out", str(place), "--lang", "zh", "--no-serve", "--seconds", "15"])
    assert code == 0, told.getvalue()
    return place, told.getvalue()


def test_every_step_is_said_with_status_bound_and_time(demo: tuple[Path, str]) -> None:
    steps = ("示范病区", "责任制护理小组", "管床", "编制排班", "代管", "发布", "文件", "质量指标")
    positions = [f"\n{demo[1]}".index(f"\n{step} ─") for step in steps]
    assert positions == sorted(positions)
    assert demo[1].count("已证明最优") >= 3
    assert all(word in demo[1] for word in ("下界", "处理器时间", "用时", "内存", str(demo[0] / "documents")))


def test_nothing_is_left_in_the_other_language(demo: tuple[Path, str]) -> None:
    said = demo[1].replace(str(demo[0]), "")
    for name in (*DOCUMENTS, "Excel", "HTML", "JSON", "Word", "documents", "data", "Poisson", "Holm"):
        said = said.replace(name, "")
    assert re.findall(r"[A-Za-z]{4,}", said) == []


def test_all_documents_are_there(demo: tuple[Path, str]) -> None:
    made = {path.name: path.stat().st_size for path in (demo[0] / "documents").iterdir()}
    assert set(made) == DOCUMENTS
    assert min(made.values()) > 10_000


def test_the_data_are_an_installation_like_any_other(
    demo: tuple[Path, str], run: Run, tmp_path: Path
) -> None:
    assert (demo[0] / "data" / FILE_NAME).is_file()
    assert run("--folder", demo[0] / "data", "sheet", tmp_path / "sheet.pdf").code == 0
    assert run("--folder", demo[0] / "data", "--lang", "en", "compare").code == 0


def test_the_demo_stays_on_its_own_date(demo: tuple[Path, str], run: Run) -> None:
    settings = load_config(demo[0] / "data")
    assert settings.today == TODAY
    ended = run("--folder", demo[0] / "data", "indicators", "--json")
    assert json.loads(ended.out)["quarter"] == "2026Q3"


def test_a_folder_that_is_no_demo_is_refused_untouched(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    ended = run("demo", "--out", tmp_path, "--lang", "en", "--no-serve")
    assert (ended.code, "--out" in ended.err) == (4, True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_demo_made_anew_keeps_what_was_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / MARK).write_text("", encoding="ascii")
    for text in ("first", "second"):
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / "mine.txt").write_text(text, encoding="utf-8")
        renewed_folder(tmp_path, "en", Screen(translator("en")))
        assert (tmp_path / "data-before" / "mine.txt").read_text(encoding="utf-8") == text
        assert [path.name for path in (tmp_path / "data").iterdir()] == [FILE_NAME]
    assert capsys.readouterr().out.count("is kept in") >= 2


def test_the_pages_of_the_demo_are_served_until_told(demo: tuple[Path, str]) -> None:
    command = [sys.executable, "-u", "-m", "wardteam", "--folder", str(demo[0] / "data"), "--lang", "en"]
    with subprocess.Popen([*command, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = re.search(r"http://[\d.]+:\d+/", server.stdout.readline())
        assert address is not None
        with urllib.request.urlopen(address.group()) as answer:
            assert "呼吸内科" in answer.read().decode("utf-8")
        server.send_signal(signal.SIGINT)
        assert "no longer served" in server.stdout.read()
        assert server.wait() == 0
