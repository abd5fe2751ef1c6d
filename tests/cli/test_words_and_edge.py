"""Help, language, exit codes and failures: what every command has in common."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command_line import Ended, Run, run_apart
from wardteam.cli import edge
from wardteam.cli.app import COMMANDS, LazyGroup
from wardteam.cli.languages import choose_language
from wardteam.cli.screen import Screen
from wardteam.domain.shifts import LeaveKind
from wardteam.errors import Finding, Message, system_reason
from wardteam.i18n import Language, translator

HEAVY = (
    "ortools",
    "scipy",
    "matplotlib",
    "pandas",
    "sqlalchemy",
    "flask",
    "typst",
    "numpy",
    "rich",
    "openpyxl",
)


@pytest.mark.parametrize(("language", "usage"), [("zh", "用法"), ("en", "Usage")])
def test_help_speaks_both_languages(run: Run, language: str, usage: str) -> None:
    ended = run("--lang", language, "--help")
    assert ended.code == 0
    assert usage in ended.out
    assert all(name in ended.out for name in COMMANDS)
    assert ("病区" in ended.out) == (language == "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(run: Run, name: str, language: Language) -> None:
    ended = run("--lang", language, name, "--help")
    assert ended.code == 0
    assert any("一" <= sign <= "鿿" for sign in ended.out) == (language == "zh")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from wardteam.cli.edge import run; run(['--help']);"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "environment", "wanted"),
    [
        ([], {}, "zh"),
        ([], {"WARDTEAM_LANGUAGE": "en"}, "en"),
        (["--lang", "zh"], {"WARDTEAM_LANGUAGE": "en"}, "zh"),
        (["--lang=en"], {}, "en"),
        (["--lang"], {}, "zh"),
        ([], {"WARDTEAM_LANGUAGE": "fr"}, "zh"),
    ],
)
def test_the_language_is_chosen_by_option_then_environment(
    arguments: list[str], environment: dict[str, str], wanted: str, tmp_path: Path
) -> None:
    assert choose_language(arguments, {"WARDTEAM_FOLDER": str(tmp_path), **environment}) == wanted


def test_the_settings_of_the_folder_choose_the_language(tmp_path: Path) -> None:
    (tmp_path / "wardteam.toml").write_text('language = "en"\n', encoding="utf-8")
    assert choose_language(["--folder", str(tmp_path)], {}) == "en"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nonsense"], 2),
        (["roster", "--period", "2026-13"], 2),
        (["roster", "--period", "2026-12-31..2026-12-01"], 2),
        (["teams", "--on", "yesterday"], 2),
        (["check", "missing.xlsx"], 2),
        (["serve", "--port", "99999"], 2),
        (["teams"], 3),
        (["serve"], 3),
        (["backup", "b.zip"], 3),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_mistake_ends_in_words_and_with_its_code(
    run: Run, tmp_path: Path, arguments: list[str], code: int, language: str
) -> None:
    ended = run("--folder", tmp_path / "nothing", "--lang", language, *arguments)
    assert ended.code == code
    assert "Traceback" not in ended.out + ended.err
    assert ("错误" if language == "zh" else "Error") in ended.err
    assert not (tmp_path / "nothing").exists()


def test_wrong_settings_are_listed_with_their_names(run: Run, tmp_path: Path) -> None:
    (tmp_path / "wardteam.toml").write_text('language = "fr"\nwrokers = 3\n', encoding="utf-8")
    ended = run("--folder", tmp_path, "--lang", "en", "teams")
    assert ended.code == 2
    assert "fr" in ended.err
    assert "wrokers" in ended.err


def test_an_unforeseen_fault_goes_to_the_log(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> int:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(LazyGroup, "main", break_down)
    ended = run("--folder", tmp_path, "--lang", "en", "teams")
    assert ended.code == edge.UNFORESEEN
    assert "Traceback" not in ended.out + ended.err
    assert "a fault of ours" in (tmp_path / edge.LOG_NAME).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"},
    ],
)
def test_chinese_is_written_where_the_locale_is_not_utf_8(
    environment: dict[str, str], tmp_path: Path
) -> None:
    shown = run_apart("--help", **environment)
    assert (shown.code, "病区" in shown.out) == (0, True)
    refused = run_apart("--folder", tmp_path / "a b", "teams", **environment)
    assert (refused.code, "错误" in refused.err) == (3, True)


def test_a_reader_that_goes_away_is_no_failure() -> None:
    command = f'"{sys.executable}" -m wardteam --help | head -1'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
    assert done.stderr == b""


def test_a_failure_is_json_where_a_program_reads(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_text("a,b\n1,2\n", encoding="utf-8")
    ended: Ended = run(
        "--folder", tmp_path / "data", "--lang", "en", "import", tmp_path / "list.xlsx", "--json"
    )
    answer = json.loads(ended.out)
    assert ended.code == 2
    assert answer["findings"][0]["file"] == "list.xlsx"
    assert "CSV" in answer["findings"][0]["problem"]


@pytest.mark.parametrize(
    "given", [("repair", "--seconds", "0"), ("whynot", "--own"), ("roster", "--period", "x")]
)
def test_a_wrong_option_is_json_too(run: Run, given: tuple[str, ...]) -> None:
    ended: Ended = run("--lang", "en", *given, "--json")
    assert ended.code == 2
    answer = json.loads(ended.out)
    assert answer["error"]
    assert answer["error"] in ended.err.replace("\n", " ")


@pytest.mark.parametrize(("language", "reason"), [("zh", "磁盘已满"), ("en", "the disk is full")])
def test_what_the_system_refuses_is_said_in_words_and_names_the_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, reason: str
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    ended = run("--folder", tmp_path, "--lang", language, "template", tmp_path / "ward.xlsx")
    assert ended.code == 1
    assert reason in ended.err
    assert str(tmp_path / "ward.xlsx") in ended.err
    assert ".part" not in ended.err
    assert "No space" not in ended.err


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EADDRINUSE, "another program uses it already"),
        (errno.EACCES, "permission is missing"),
        (errno.EISDIR, "it is a folder, not a file"),
        (errno.EIO, "the system says: Input/output error"),
    ],
)
def test_a_system_error_has_its_reason_in_words(number: int, words: str) -> None:
    assert str(system_reason(OSError(number, os.strerror(number)))) == words


def test_what_is_wrong_with_an_option_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.xlsx").write_bytes(b"")
    ended = run("--folder", tmp_path, "--lang", "en", "import", tmp_path / "old.xlsx", "--history")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "Error: --nights: Say how the roster books nights: --nights evening or --nights morning."
    ]


def test_no_choice_is_cut_off_in_a_report_of_findings(capfd: pytest.CaptureFixture[str]) -> None:
    kinds = tuple(LeaveKind)
    problem = Message("One of these was expected: {choices}.", choices=kinds)
    finding = Finding("病区工作簿.xlsx", problem, "休假", 3, "C", "不知道")
    say = translator("zh")
    Screen(say).findings((finding,) * 2)
    shown = capfd.readouterr().out
    assert "…" not in shown
    assert "".join(say.show(kinds).split())[-3:] in "".join(shown.split())


def test_names_and_figures_stay_where_headings_are_too_wide(capfd: pytest.CaptureFixture[str]) -> None:
    headings = ("Nurse", *("a heading of many words that nobody can fit",) * 12)
    Screen(translator("en")).table(headings, [("Liu Ruo", *("+12.5",) * 12)], right=range(1, 13))
    shown = capfd.readouterr().out
    assert "Liu Ruo" in shown
    assert shown.count("+12.5") == 12


@pytest.mark.parametrize("name", COMMANDS)
def test_help_breaks_no_english_word_and_says_options_in_chinese(run: Run, name: str) -> None:
    shown = run("--lang", "zh", name, "--help").out
    assert "[OPTIONS]" not in shown
    assert "（morning）" in shown or name != "import"
