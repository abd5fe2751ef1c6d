"""Any table of figures: files in several encodings, columns by name, and every wrong cell told at once."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from wardteam.errors import BadInput
from wardteam.exchange.figure_columns import Columns, count, positive, to_moment, to_number
from wardteam.exchange.figures_table import read_figures


def table(tmp_path: Path, text: str, *, encoding: str = "utf-8", name: str = "figures.csv"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_figures(path)


def columns(tmp_path: Path, text: str, *, is_merged: bool = False):
    return Columns(table(tmp_path, text), is_merged)


def problems(refusal: pytest.ExceptionInfo[BadInput]) -> list[tuple[int | None, str, str, str]]:
    return [(f.row, f.column, f.value, str(f.problem)) for f in refusal.value.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encoding_and_separator_are_found(tmp_path, encoding, separator):
    read = table(tmp_path, f"时期{separator}到位秒\n对照期{separator}25\n", encoding=encoding)
    assert read.headings == ("时期", "到位秒")
    assert read.rows == (("对照期", "25"),)
    assert read.numbers == (2,)


def test_a_workbook_is_read_with_its_dates_and_numbers(tmp_path):
    book = openpyxl.Workbook()
    for row in (("day", "bells"), (date(2026, 1, 2), 31), (datetime(2026, 1, 3, 8, 30), 2.5)):
        book.active.append(row)
    path = tmp_path / "bells.xlsx"
    book.save(path)
    made = Columns(read_figures(path))
    assert made.numbers("bells") == [31, 2.5]
    keys = made.moments("day").keys
    assert keys[1] - keys[0] == 86400 + 8.5 * 3600


def test_the_hash_is_of_the_files_bytes(tmp_path):
    text = "a,b\n1,2\n"
    assert table(tmp_path, text).sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("a,b\n", "no row of figures"),
        ("\n , \n", "row of headings"),
        ("a,b\n1,2,3\n", "3 cells under 2 headings"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, text, words):
    with pytest.raises(BadInput) as refusal:
        table(tmp_path, text)
    assert any(re.search(words, str(f.problem)) for f in refusal.value.findings)


def test_a_row_may_end_early_and_blank_rows_do_not_count(tmp_path):
    read = table(tmp_path, "a,b\n1\n\n,\n2,3\n")
    assert read.rows == (("1", ""), ("2", "3"))
    assert read.numbers == (2, 5)


def test_a_column_is_found_however_spaced_and_an_unknown_one_names_those_there_are(tmp_path):
    read = table(tmp_path, "Bed Days,bells\n1,2\n")
    assert read.place("beddays") == 0
    with pytest.raises(BadInput) as refusal:
        read.check_columns(("x", "bells", "y"))
    assert [f.value for f in refusal.value.findings] == ["x", "y"]
    assert "Bed Days, bells" in str(refusal.value.findings[0].problem).replace("'", "")


def test_a_heading_that_stands_twice_is_refused_when_used(tmp_path):
    with pytest.raises(BadInput, match="Problems in the input: 1"):
        table(tmp_path, "a,a\n1,2\n").texts("a")


@pytest.mark.parametrize("text", ["", "NA", "n/a", ".", "-", "无", "NaN", "  "])
def test_missing_figures_are_none(tmp_path, text):
    assert columns(tmp_path, f"x,y\n1,a\n{text},b\n").numbers("x") == [1, None]


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("-1.5e3", -1500), ("１２．５", 12.5), ("1,234.5", 1234.5), ("95%", 95), (".5", 0.5)],
)
def test_numbers_are_read_in_their_usual_forms(tmp_path, text, value):
    assert columns(tmp_path, f"x;y\n{text};1\n").numbers("x") == [value]


def test_every_wrong_cell_is_told_at_once(tmp_path):
    made = columns(tmp_path, "arrival_s,rate%,n\n-3,101,2.5\nabc,50,2\ninf,-1,-2\n4,x,1\n")
    made.numbers("arrival_s", expects=None)
    made.numbers("rate%")
    made.numbers("n", expects=count)
    with pytest.raises(BadInput) as refusal:
        made.close()
    assert [(row, column, value) for row, column, value, _ in problems(refusal)] == [
        (2, "arrival_s", "-3"),
        (2, "n", "2.5"),
        (2, "rate%", "101"),
        (3, "arrival_s", "abc"),
        (4, "arrival_s", "inf"),
        (4, "n", "-2"),
        (4, "rate%", "-1"),
        (5, "rate%", "x"),
    ]


@pytest.mark.parametrize(
    ("heading", "is_refused"),
    [("seconds", True), ("到位时间", True), ("waiting", True), ("seconds_change", False), ("score", False)],
)
def test_a_duration_is_not_negative_and_a_change_may_be(tmp_path, heading, is_refused):
    made = columns(tmp_path, f"{heading},y\n-3,1\n")
    made.numbers(heading)
    assert bool(made.findings) == is_refused


def test_a_value_above_0_is_expected_where_it_must_be(tmp_path):
    made = columns(tmp_path, "x,y\n0,1\n")
    made.numbers("x", expects=positive)
    assert made.findings


def test_other_spellings_are_offered_to_merge_and_merged_when_asked(tmp_path):
    text = "team,y\nTeam A,1\nteam a,2\nTeamA ,3\nＴｅａｍ A,4\nTeam A,5\nB,6\n"
    made = columns(tmp_path, text)
    made.names("team")
    with pytest.raises(BadInput) as refusal:
        made.close()
    assert "--merge" in str(refusal.value.findings[0].problem)
    merged = columns(tmp_path, text, is_merged=True)
    assert merged.names("team") == ["Team A"] * 5 + ["B"]
    merged.close()


def test_no_beside_yes_is_an_answer_and_alone_is_missing(tmp_path):
    assert columns(tmp_path, "fall,y\n有,1\n无,2\n").names("fall") == ["有", "无"]
    assert columns(tmp_path, "fall,y\nx,1\n无,2\n").names("fall") == ["x", None]


@pytest.mark.parametrize(
    "text", ["2026-01-05", "2026/1/5", "2026年1月5日", "20260105", "2026-01-05 00:00", "2026-01-05T00:00:00"]
)
def test_dates_are_read_in_their_usual_forms(text):
    moment = to_moment(text)
    assert moment is not None
    assert (moment.timestamp_key, moment.zone) == (1767571200, "")


@pytest.mark.parametrize("text", ["2026-13", "2026-01-05 25:00", "5", "soon", "2026.5", ""])
def test_what_is_no_date_is_none(text):
    assert to_moment(text) is None


def test_a_month_is_its_first_day():
    assert to_moment("2026-01") == to_moment("2026年1月") == to_moment("2026-01-01")


@pytest.mark.parametrize(
    ("times", "count_of"),
    [
        (("2026-01-01 10:00+08:00", "2026-01-02 10:00+0800"), 0),
        (("2026-01-01 10:00Z", "2026-01-02 10:00+00:00"), 0),
        (("2026-01-01 10:00+08:00", "2026-01-02 10:00", "2026-01-03 10:00"), 1),
        (("2026-01-01 10:00+08:00", "2026-01-02 10:00+08:00", "2026-01-03 10:00Z"), 1),
        (("2026-01-01", "soon", ""), 2),
        (("1", "2", "x"), 1),
    ],
)
def test_mixed_zones_and_what_is_no_time_are_told(tmp_path, times, count_of):
    made = columns(tmp_path, "t,y\n" + "".join(f"{time},1\n" for time in times))
    made.moments("t")
    assert len(made.findings) == count_of


def test_infinity_is_read_as_such_so_that_it_can_be_refused():
    assert to_number("-inf") == float("-inf")
    assert to_number("12 s") is None


def test_two_spellings_are_enough_to_be_told(tmp_path):
    made = columns(tmp_path, "team,y\nA,1\na,2\nB,3\n")
    made.names("team")
    assert [(f.column, f.value) for f in made.findings] == [("team", "a")]


@pytest.mark.parametrize(
    ("heading", "value", "is_refused"),
    [
        ("wait_s", "-2", True),
        ("response time", "-2", True),
        ("延迟", "-2", True),
        ("second", "-2", False),
        ("response", "-2", False),
        ("log arrival time", "-2", False),
        ("满意率", "101", True),
        ("pct_ok", "101", True),
        ("percent change", "-20", False),
        ("rate per 1000", "101", False),
    ],
)
def test_headings_say_what_a_figure_can_be_and_an_ordinal_is_no_duration(
    tmp_path, heading, value, is_refused
):
    path = tmp_path / "figures.csv"
    path.write_text(f"{heading}\n{value}\n3\n", encoding="utf-8")
    columns = Columns(read_figures(path))
    columns.numbers(heading)
    assert bool(columns.findings) is is_refused


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026Q1", "2026-01-01"),
        ("2026年第4季度", "2026-10-01"),
        ("2026-W01", "2025-12-29"),
        ("2026年第53周", "2026-12-28"),
    ],
)
def test_quarters_and_weeks_are_their_first_day(text, day):
    assert to_moment(text) == to_moment(day)


@pytest.mark.parametrize("text", ["2026Q5", "0000Q1", "2025-W53", "2026-W1", "2026-W00"])
def test_quarters_and_weeks_that_are_none_are_refused(text):
    assert to_moment(text) is None
