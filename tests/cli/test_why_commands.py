"""`wardteam why`, `whynot` and `prices`: answers, JSON, and what can't be meant."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command_line import WEEK, Run


def test_why_whynot_and_prices_answer_in_json(planned_folder: Path, run: Run) -> None:
    def ask(*arguments: object) -> dict:
        ended = run("--folder", planned_folder, *arguments, "--json")
        assert ended.code == 0, ended.err
        return json.loads(ended.out)

    prices = ask("prices")["prices"]
    assert prices["total"] == sum(rule["points"] for rule in prices["rules"])
    assert prices["total"] == sum(nurse["points"] for nurse in prices["nurses"])
    nurse = next(n["staff_no"] for n in prices["nurses"] if n["staff_no"])
    day = ask("whynot")["whynot"]
    assert day["asked"] == day["granted"] + len(day["refused"])
    why = ask("why", nurse, WEEK.first, "--seconds", "0.5")["why"]
    assert why["staff_no"] == nurse
    assert why["alternatives"]


def test_the_answer_is_told_in_words(planned_folder: Path, run: Run) -> None:
    prices = json.loads(run("--folder", planned_folder, "prices", "--json").out)["prices"]
    nurse = next(n["staff_no"] for n in prices["nurses"] if n["staff_no"])
    ended = run("--folder", planned_folder, "--lang", "en", "why", nurse, WEEK.first, "--seconds", "0.5")
    assert ended.code == 0
    assert "Instead, sorted by price" in ended.out
    assert run("--folder", planned_folder, "--lang", "zh", "prices").code == 0
    assert run("--folder", planned_folder, "--lang", "zh", "whynot", "--seconds", "0.5").code == 0


def test_what_cannot_be_meant_ends_with_2(planned_folder: Path, run: Run) -> None:
    for arguments in (
        ("why", "X99", WEEK.first),
        ("why", "X99", "not-a-day"),
        ("whynot", "X99"),
        ("whynot", "--own"),
        ("prices", "--seconds", "-1"),
    ):
        ended = run("--folder", planned_folder, *arguments)
        assert ended.code == 2, (arguments, ended.out, ended.err)
        assert "Traceback" not in ended.err
    assert run("--folder", planned_folder, "prices", "--period", "2031-01").code == 2
