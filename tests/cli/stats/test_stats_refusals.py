"""Bad figures: `wardteam stats` refuses each in words, with every wrong cell, and never with a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import Run

REFUSED = {
    "an unknown column": ("g,y\na,1\n", "means --outcome z", "g, y"),
    "text among numbers": ("g,y\na,1\na,x\n", "means --outcome y", "x"),
    "a negative duration": ("g,seconds\na,1\nb,-4\n", "means --outcome seconds", "-4"),
    "a percentage above 100": ("g,ok%\na,90\nb,140\n", "means --outcome ok%", "140"),
    "infinity": ("g,y\na,1\nb,inf\n", "means --outcome y", "finite"),
    "another spelling": ("g,y\nA,1\na,2\nA,3\nB,4\nB,5\n", "means --outcome y --group g", "--merge"),
    "a single group": ("g,y\na,1\na,2\n", "means --outcome y --group g", "Two groups"),
    "a group of one": ("g,y\na,1\nb,2\nb,3\n", "means --outcome y --group g", "two measurements"),
    "an empty group": ("g,y\na,\na,NA\nb,2\nb,3\n", "means --outcome y --group g", "all 2 are missing"),
    "no spread": ("g,y\na,1\na,1\nb,1\nb,1\n", "means --outcome y --group g", "same"),
    "no figure at all": ("g,y\na,\na,NA\n", "means --outcome y", "no measurement"),
    "counts that are not whole": ("y\n1\n2.5\n3\n", "chart --outcome y --kind c", "2.5"),
    "a chart of two points": ("y\n1\n2\n", "chart --outcome y", "3 points"),
    "mixed zones": (
        "t,y\n2026-01-01 10:00Z,1\n2026-01-02,2\n2026-01-03,3\n",
        "chart --outcome y --time t",
        "zone",
    ),
    "a changeover outside": (
        "t,y\n2026-01,1\n2026-02,2\n2026-03,3\n",
        "its --outcome y --time t --changeover 2027-01-01",
        "within the data",
    ),
    "measurements as an outcome": (
        "g,y\n" + "".join(f"{'ab'[i % 2]},{i}.5\n" for i in range(20)),
        "rates --outcome y --group g",
        "20 different values",
    ),
    "more events than cases": (
        "g,k,n\na,5,4\nb,1,4\n",
        "rates --outcome k --group g --denominator n",
        "More events",
    ),
    "a stray answer": ("g,ok\na,1\na,0\nb,1\nb,x\n", "rates --outcome ok --group g", "0 or 1"),
    "no denominator": (
        "k,n\n1,2\n2,3\n1,2\n",
        "chart --outcome k --kind p",
        "needs denominators",
    ),
    "one item": ("A,B\n1,2\n2,3\n", "alpha --items A", "two items"),
    "no answer": ("g,ok\na,\nb,NA\n", "rates --outcome ok --group g", "no answer"),
}


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_bad_figures_are_refused_in_words(run: Run, tmp_path: Path, case: str, language: str):
    text, command, words = REFUSED[case]
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    name, *rest = command.split()
    ended = run("--lang", language, "stats", name, path, *rest)
    assert (ended.code, ended.out) == (2, "")
    assert "Traceback" not in ended.err
    if language == "en":
        flat = " ".join(ended.err.split())
        assert any(word in flat for word in words.split("|")), ended.err
    else:
        assert any("一" <= sign <= "鿿" for sign in ended.err)


def test_every_wrong_cell_is_named_with_its_row(run: Run, tmp_path: Path):
    path = tmp_path / "bad.csv"
    path.write_text("g,seconds\nA,1\na,x\nB,-2\nB,3\n", encoding="utf-8")
    ended = run("--lang", "en", "stats", "means", path, "--outcome", "seconds", "--group", "g", "--json")
    found = {(f["row"], f["column"], f["value"]) for f in json.loads(ended.out)["findings"]}
    assert ended.code == 2
    assert found == {(None, "g", "a"), (3, "seconds", "x"), (4, "seconds", "-2")}


@pytest.mark.parametrize(
    "arguments",
    [
        ("means",),
        ("means", "--summary", "25,1.9"),
        ("means", "--summary", "25,-1,20", "24,1,20"),
        ("means", "--summary", "25,1,1", "24,1,20"),
        ("rates", "--counts", "5/3", "1/4"),
        ("rates", "--counts", "4.5/9", "1/4"),
        ("rates", "--counts", "0/0", "1/4"),
        ("rates", "missing.csv", "--outcome", "x"),
    ],
)
def test_typed_figures_that_are_none_are_refused(run: Run, arguments: tuple[str, ...]):
    ended = run("--lang", "en", "stats", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err


@pytest.mark.parametrize(("command", "option"), [("means", "--summary"), ("rates", "--counts")])
def test_a_command_without_figures_names_the_option_for_typed_ones(
    run: Run, command: str, option: str
) -> None:
    ended = run("--lang", "en", "stats", command)
    assert ended.code == 2
    assert option in ended.err
    assert "[FILE]" in run("--lang", "en", "stats", command, "--help").out
