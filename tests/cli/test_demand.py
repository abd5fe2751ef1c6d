"""The command `wardteam demand`: shown, accepted in whole or in part, put back, refused in words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.services.demand.demand_kit import NOW, book, calls, census
from wardteam.bootstrap.wiring import open_installation
from wardteam.config import Config


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a folder once: a small ward, weeks of calls, and a census of many heavy patients."""
    made = tmp_path_factory.mktemp("demand") / "data"
    with open_installation(Config(folder=made), is_new=True) as installation, installation.units() as unit:
        unit.books.save(book(), expected_revision=None, by="test", at=NOW)
        unit.captured.put_many("T1", census(40, 10), by="test", at=NOW)
        unit.calls.take("T1", calls(0.3))
        unit.commit()
    (made / "wardteam.toml").write_text("today = 2026-11-23\n", encoding="utf-8")
    return made


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "data")


def lines_of(answer: dict) -> dict[str, tuple[int, int]]:
    return {
        f"{line['ask']['shift']['code']}-{line['kind']}": (line["minimum"], line["wished"])
        for kind in answer["proposal"]["kinds"]
        for line in kind["lines"]
    }


def now_of(answer: dict) -> dict[str, tuple[int, int]]:
    return {
        f"{line['ask']['shift']['code']}-{line['kind']}": (
            line["ask"]["row"]["minimum"],
            line["ask"]["row"]["wished"],
        )
        for kind in answer["proposal"]["kinds"]
        for line in kind["lines"]
    }


def asked(run: Run, folder: Path, *more: object) -> dict:
    ended = run("--lang", "en", "--folder", folder, "demand", "--json", *more)
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def test_a_line_is_accepted_alone_and_can_be_put_back(run: Run, folder: Path) -> None:
    before = asked(run, folder)
    done = asked(run, folder, "--accept", "--only", "EVENING-workday", "--reason", "heavier patients")
    after = asked(run, folder)
    changed = {key for key, numbers in now_of(after).items() if numbers != now_of(before)[key]}
    assert before["decision"] is None
    assert changed == {"EVENING-workday"}
    assert now_of(after)["EVENING-workday"] == lines_of(before)["EVENING-workday"]
    back = asked(run, folder, "--put-back", done["decision"]["code"])
    assert back["decision"]["undoes"] == done["decision"]["code"]
    assert now_of(asked(run, folder)) == now_of(before)


def test_all_lines_are_accepted_and_then_there_is_nothing_left(run: Run, folder: Path) -> None:
    asked(run, folder, "--accept")
    again = run("--lang", "en", "--folder", folder, "demand", "--accept")
    assert again.code == 2
    assert "nothing was changed" in again.out + again.err


def test_other_figures_give_another_proposal(run: Run, folder: Path) -> None:
    usual, heavier = asked(run, folder), asked(run, folder, "--evening-share", "0.9")
    assert lines_of(heavier)["EVENING-workday"] > lines_of(usual)["EVENING-workday"]


def test_it_is_shown_in_both_languages(run: Run, folder: Path) -> None:
    english = run("--lang", "en", "--folder", folder, "demand")
    chinese = run("--lang", "zh", "--folder", folder, "demand")
    assert english.code == chinese.code == 0
    assert "Hours of an ordinary week" in english.out
    assert "普通一周的工时" in chinese.out
    assert "nothing was changed" in english.out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--chance", "2"), "chance"),
        (("--weeks", "1"), "weeks"),
        (("--accept", "--only", "TWILIGHT"), "EVENING"),
        (("--only", "EVENING"), "--accept"),
        (("--accept", "--put-back", "DEMAND-0001"), "--put-back"),
        (("--target-minutes", "soon"), "soon"),
    ],
)
def test_bad_input_is_refused_in_words(run: Run, folder: Path, given: tuple[str, ...], said: str) -> None:
    ended = run("--lang", "en", "--folder", folder, "demand", *given)
    assert ended.code == 2
    assert said in ended.out + ended.err
    assert "Traceback" not in ended.err


def test_a_decision_that_is_not_there_is_told_so(run: Run, folder: Path) -> None:
    ended = run("--lang", "en", "--folder", folder, "demand", "--put-back", "DEMAND-0009")
    assert ended.code == 3


def test_a_ward_without_calls_and_census_keeps_its_numbers(run: Run, folder: Path) -> None:
    (folder / "wardteam.toml").write_text("today = 2024-01-10\n", encoding="utf-8")
    answer = asked(run, folder)
    assert lines_of(answer) == now_of(answer)
