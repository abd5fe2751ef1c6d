"""`wardteam stats chart`, `its` and `funnel` through the command line; tables, files and help for people."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.cli.stats.kit import KEYS, named
from wardteam.cli.stats_plots import rate_words
from wardteam.i18n import translator


def test_a_chart_holds_lines_runs_and_points(ask, write):
    values = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
    answer = ask("chart", write("y", *values), "--outcome", "y", "--kind", "i")
    assert list(answer) == [*KEYS, "chart"]
    centre, lower = named(answer, "centre")["estimate"], named(answer, "lower_limit")["estimate"]
    assert (centre, lower) == (pytest.approx(50.81), pytest.approx(45.8159, abs=1e-3))
    assert len(answer["chart"]["points"]) == answer["n"] == 10
    assert named(answer, "longest_run")["upper_limit"] == 6
    assert any("only 10 points" in warning for warning in answer["warnings"])


def test_a_chart_follows_time_not_the_file_and_starts_anew_at_a_changeover(ask, write):
    rows = [(f"2026-{month:02}", 10 + month % 2 + 10 * (month > 6)) for month in (12, *range(1, 12))]
    answer = ask(
        "chart", write("month,y", *rows), "--outcome", "y", "--time", "month", "--changeover", "2026-07-01"
    )
    points = answer["chart"]["points"]
    assert [p["label"] for p in points] == [f"2026-{month:02}" for month in range(1, 13)]
    assert {p["centre"] for p in points} == {10.5, 20.5}
    assert any("order of time" in warning for warning in answer["warnings"])


def test_rows_of_one_time_are_counted_together_in_a_share_chart(ask, write):
    rows = [(week, int(i < 3 + week % 2)) for week in range(1, 13) for i in range(5)]
    cases = ask("chart", write("week,ok", *rows), "--outcome", "ok", "--time", "week", "--kind", "p")
    sums = [(week, 3 + week % 2, 5) for week in range(1, 13)]
    counts = ask(
        "chart",
        write("week,k,n", *sums),
        "--outcome",
        "k",
        "--denominator",
        "n",
        "--time",
        "week",
        "--kind",
        "p",
    )
    assert cases["chart"]["points"] == counts["chart"]["points"]


def test_rows_of_one_time_are_a_subgroup_of_means(ask, write):
    rows = [(day, 10 + day % 3 + i) for day in range(12) for i in range(3)]
    answer = ask("chart", write("day,y", *rows), "--outcome", "y", "--time", "day", "--kind", "xbar")
    centre, upper = named(answer, "centre")["estimate"], named(answer, "upper_limit")["estimate"]
    assert upper == pytest.approx(centre + 3 / (0.886227 * math.sqrt(3)), rel=1e-5)


def test_limits_freeze_and_the_target_is_judged(ask, write):
    values = [10, 12] * 6 + [30, 31]
    answer = ask(
        *("chart", write("y", *values), "--outcome", "y", "--freeze", 12, "--better", "lower", "--target", 40)
    )
    chart = answer["chart"]
    assert (chart["variation"], chart["assurance"]) == ("concern", "will_reach")
    assert [p["is_frozen"] for p in chart["points"]][-3:] == [False, True, True]


def test_an_interrupted_series_finds_the_step_it_was_given(ask, write):
    chance = random.Random(2)
    rows = [
        (f"2024-{i:02}" if i < 13 else f"2025-{i - 12:02}", 40 + chance.randint(-4, 4) - 15 * (i > 12), 100)
        for i in range(1, 25)
    ]
    arguments = ("--outcome", "k", "--exposure", "n", "--time", "t", "--changeover", "2025-01-01")
    answer = ask("its", write("t,k,n", *rows), *arguments)
    assert answer["method"] == "segmented_quasi_poisson"
    level = named(answer, "level")
    assert level["ci_low"] < 25 / 40 < level["ci_high"] < 1
    assert len(answer["chart"]["points"]) == 24
    gap = ask("its", write("t,k,n", *rows[:5], *rows[6:]), *arguments)
    assert len(gap["chart"]["points"]) == 24
    assert any("taken as missing: 1" in warning for warning in gap["warnings"])


def test_a_funnel_keeps_the_order_of_the_file(ask, write):
    path = write("team,k,n", ("E", 30, 200), ("A", 35, 200), ("C", 60, 200), ("A", 1, 10), ("B", 3, 10))
    answer = ask("funnel", path, "--unit", "team", "--outcome", "k", "--denominator", "n")
    assert [u["name"] for u in answer["chart"]["units"]] == ["E", "A", "C", "B"]
    assert answer["chart"]["units"][1]["events"] == 36
    assert answer["chart"]["units"][3]["verdict"] == "too_small"
    assert named(answer, "target")["estimate"] == pytest.approx(129 / 620)
    assert [r["groups"] for r in answer["results"] if r["name"] == "unit"] == [["E"], ["A"], ["C"], ["B"]]


LIMITED = [
    ("chart", "--outcome", "k", "--denominator", "n", "--kind", "p", "--time", "t"),
    ("chart", "--outcome", "k", "--kind", "run"),
    ("its", "--outcome", "k", "--exposure", "n", "--time", "t", "--changeover", "8"),
    ("funnel", "--outcome", "k", "--denominator", "n", "--unit", "team"),
]
OF_UNIT = ("low_95", "high_95", "low_998", "high_998", "verdict")


@pytest.mark.parametrize("arguments", LIMITED)
def test_only_confidence_intervals_are_named_so(ask, run: Run, write, arguments: tuple[str, ...]):
    rows = [(t, "AB"[t % 2], 20 + 7 * t % 11, 60) for t in range(16)]
    name, *rest = arguments
    answer = ask(name, write("t,team,k,n", *rows), *rest)
    for line in answer["results"]:
        is_interval = line["name"] in ("level", "slope", "trend", "effect_at_end")
        assert (line["ci_low"] is not None, line["ci_high"] is not None) == (is_interval, is_interval)
    shown = run("--lang", "en", "stats", name, write("t,team,k,n", *rows), *rest).out
    assert ("95% CI" in shown) == (name == "its")
    assert ("99.8% limits" in shown) == (name == "funnel")
    if name == "its":
        assert named(answer, "acf_1")["limit"] == pytest.approx(1.96 / 4, rel=1e-3)
    if name == "funnel":
        (unit, _) = answer["chart"]["units"]
        assert {key: named(answer, "unit", "A")[key] for key in OF_UNIT} == {
            key: unit[key] for key in OF_UNIT
        }


@pytest.mark.parametrize(
    ("freeze", "code", "told"), [(17, 2, "only 16 points"), (16, 0, "no limits are frozen")]
)
def test_freezing_what_is_not_there_is_told(run: Run, write, freeze: int, code: int, told: str):
    ended = run(
        "--lang", "en", "stats", "chart", write("y", *range(16)), "--outcome", "y", "--freeze", freeze
    )
    assert (ended.code, told in " ".join((ended.out + ended.err).split())) == (code, True)


@pytest.mark.parametrize(
    ("multiplier", "english", "chinese"),
    [(1.0, "falls per days", "falls/days"), (1000.0, "falls per 1000 days", "falls/1000 days")],
)
def test_an_axis_names_the_rate_that_it_shows(multiplier: float, english: str, chinese: str):
    words = rate_words("falls", "days", multiplier)
    assert [translator(language).show(words) for language in ("en", "zh")] == [english, chinese]
    assert rate_words("falls", "", multiplier) == "falls"


FUNNEL = ("--unit", "team", "--outcome", "k", "--denominator", "n")


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ("方法", "规则", "漏斗图")), ("en", ("Method", "Rule:", "Funnel"))]
)
def test_people_read_a_table_the_rule_and_the_warnings(run: Run, write, language, words):
    path = write("team,k,n", ("E", 30, 200), ("A", 35, 200), ("C", 60, 200))
    ended = run(
        "--lang",
        language,
        "stats",
        "funnel",
        path,
        *FUNNEL,
    )
    assert ended.code == 0
    assert all(word in ended.out for word in words)


@pytest.mark.parametrize("name", ["means", "rates", "chart", "its", "funnel", "alpha"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_statistic_explains_itself(run: Run, name: str, language: str):
    ended = run("--lang", language, "stats", name, "--help")
    assert ended.code == 0
    assert any("一" <= sign <= "鿿" for sign in ended.out) == (language == "zh")


@pytest.mark.parametrize(
    "arguments",
    [
        ("chart", "--outcome", "k", "--denominator", "n", "--kind", "p", "--time", "t"),
        ("its", "--outcome", "k", "--exposure", "n", "--time", "t", "--changeover", "8"),
        ("funnel", "--outcome", "k", "--denominator", "n", "--unit", "team"),
    ],
)
def test_a_chart_is_drawn_into_a_file(run: Run, write, tmp_path: Path, arguments: tuple[str, ...]):
    rows = [(t, "AB"[t % 2], 20 + 7 * t % 11, 60) for t in range(16)]
    name, *rest = arguments
    path = tmp_path / "chart.svg"
    ended = run("--lang", "en", "stats", name, write("t,team,k,n", *rows), *rest, "--out", path)
    assert ended.code == 0, ended.err
    assert path.read_bytes().lstrip().startswith(b"<svg")
    refused = run("--lang", "en", "stats", name, write("t,team,k,n", *rows), *rest, "--out", "chart.png")
    assert (refused.code, ".svg" in refused.err) == (2, True)
