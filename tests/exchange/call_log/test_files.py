"""What a file is written in, its headings, how its columns are guessed; what is no table is refused."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from wardteam.domain.calls import CallField, CallMapping, CallReason, CallSource, EndedBy, ImportStep
from wardteam.errors import BadInput, Conflict
from wardteam.exchange.call_log.beds import BedBook, plain_bed
from wardteam.exchange.call_log.deciding import check_mapping, decide
from wardteam.exchange.call_log.guess import guess_mapping
from wardteam.exchange.call_log.head import FileHead, open_rows, read_head
from wardteam.exchange.call_log.moments import DateOrder
from wardteam.exchange.call_log.refused import RefusedRows, without_formula
from wardteam.exchange.call_log.words import REASON_WORDS, SOURCE_WORDS, meaning

LINES = ("床号,呼叫类型,呼叫时间,备注", "01,输液,2026-01-05 08:03:22,王", "02,如厕,2026-01-05 08:04:00,李")


def head_of(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "log.csv") -> FileHead:
    path = folder / name
    path.write_bytes("\n".join(lines).encode(encoding))
    return read_head(path)


def rows_of(head: FileHead) -> list[tuple[int, list[str], bool]]:
    return list(open_rows(head.path, head.encoding, head.delimiter))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_a_text_file_is_read_in_any_usual_encoding_and_with_any_sign(
    tmp_path: Path, encoding: str, sign: str
) -> None:
    head = head_of(tmp_path, *(line.replace(",", sign) for line in LINES), encoding=encoding)
    assert (head.delimiter, head.header_row, head.headings) == (sign, 1, tuple(LINES[0].split(",")))
    assert head.rows[1][1] == "如厕"


def test_chinese_that_comes_late_is_seen(tmp_path: Path) -> None:
    lines = ["bed,reason,placed", *(["1,iv,2026-01-05 08:00"] * 60_000), "1,输液,2026-01-05 08:01"]
    assert head_of(tmp_path, *lines, encoding="gb18030").encoding == "gb18030"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\n\n \n", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "neither a text file"),
        (b"PK\x03\x04" + b"x" * 200, "damaged or incomplete"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600, "not an Excel workbook"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        read_head(path)
    assert words in str(refused.value.findings[0].problem)


def test_a_title_above_the_headings_does_no_harm(tmp_path: Path) -> None:
    head = head_of(tmp_path, "呼叫记录", "2026年1月", "", *LINES)
    assert (head.header_row, head.headings[0], len(head.rows)) == (4, "床号", 2)


def test_a_file_without_headings_has_numbered_columns(tmp_path: Path) -> None:
    head = head_of(tmp_path, *LINES[1:])
    assert (head.header_row, head.headings, len(head.rows)) == (0, ("#1", "#2", "#3", "#4"), 2)
    assert guess_mapping(head).columns == {CallField.PLACED: "#3"}


def test_quoted_cells_are_read_and_a_stray_quote_breaks_only_its_line(tmp_path: Path) -> None:
    head = head_of(tmp_path, "床号,呼叫时间,备注", '1,x,"a,\nb ""c"""', '2,x,5" drip', "3,x,c", "4,x,d")
    rows = rows_of(head)[1:]
    assert rows[0] == (2, ["1", "x", 'a,\nb "c"'], True)
    assert [(number, cells[0], is_whole) for number, cells, is_whole in rows[1:]] == [
        (4, "2", False),
        (5, "3", True),
        (6, "4", True),
    ]


def test_the_usual_headings_of_call_systems_are_known(tmp_path: Path) -> None:
    line = "流水号,所属病区,病房号,床位号,呼叫位置,呼叫类型,呼叫时间,应答时间,到达时间,复位时间,结束方式"
    line += ",处理护士,住院号"
    columns = guess_mapping(head_of(tmp_path, line, "1" + "," * 12)).columns
    assert list(columns) == [
        *(CallField.CODE, CallField.WARD, CallField.ROOM, CallField.BED, CallField.SOURCE, CallField.REASON),
        *(CallField.PLACED, CallField.ANSWERED, CallField.ARRIVED, CallField.CLEARED, CallField.ENDED_BY),
        *(CallField.STAFF, CallField.STAY),
    ]
    assert list(columns.values()) == [
        *("流水号", "所属病区", "病房号", "床位号", "呼叫位置", "呼叫类型", "呼叫时间", "应答时间"),
        *("到达时间", "复位时间", "结束方式", "处理护士", "住院号"),
    ]


def test_english_headings_are_known_and_values_are_tried(tmp_path: Path) -> None:
    line = "Call ID;Ward;Bed No.;Type;Location;Call time;Answered;Nurse arrived;Reset time;Nurse"
    values = "1;;1;Infusion;Bathroom;2026-01-05 08:00;08:01;08:02;2026-01-05 08:03;001"
    columns = guess_mapping(head_of(tmp_path, line, values)).columns
    assert (columns[CallField.REASON], columns[CallField.SOURCE]) == ("Type", "Location")
    assert columns[CallField.ARRIVED] == "Nurse arrived"


def test_a_heading_of_a_moment_over_other_values_is_not_taken(tmp_path: Path) -> None:
    head = head_of(tmp_path, "床号,呼叫时间,应答时间", "1,2026-01-05 08:00,很快")
    assert CallField.ANSWERED not in guess_mapping(head).columns


def test_date_and_time_in_columns_of_their_own_are_joined(tmp_path: Path) -> None:
    head = head_of(tmp_path, "床号,日期,呼叫时间", "1,2026-01-05,08:00:11")
    assert guess_mapping(head).columns[CallField.PLACED] == "日期 + 呼叫时间"


def test_the_words_of_the_sample_are_kept_with_their_meaning(tmp_path: Path) -> None:
    head = head_of(
        tmp_path, "床号,呼叫类型,呼叫时间", "1,输液完成,2026-01-05 08:00", "1,唱歌,2026-01-05 08:00"
    )
    assert guess_mapping(head).reasons == {"输液完成": CallReason.INFUSION}


def test_a_kept_mapping_wins_where_the_file_has_all_its_headings(tmp_path: Path) -> None:
    head = head_of(tmp_path, *LINES)
    columns = {CallField.BED: "床号", CallField.PLACED: "呼叫时间", CallField.REASON: "备注"}
    old = CallMapping("old", date(2026, 1, 1), columns)
    new = replace(old, code="new", day=date(2026, 2, 1))
    other = CallMapping("other", date(2026, 3, 1), columns | {CallField.STAFF: "护士"})
    assert guess_mapping(head, [new, old, other]) == new


def test_a_mapping_that_does_not_fit_is_refused_with_all_findings(tmp_path: Path) -> None:
    columns = {CallField.PLACED: "时刻", CallField.STAFF: "谁"}
    mapping = CallMapping("m", date(2026, 1, 1), columns, date_format="ymd", zone="Mars/Base")
    with pytest.raises(BadInput) as refused:
        check_mapping(head_of(tmp_path, *LINES), mapping)
    assert [finding.value for finding in refused.value.findings] == ["", "时刻", "谁", "ymd", "Mars/Base"]


def placed_as(folder: Path, *texts: str) -> FileHead:
    return head_of(folder, "床号,呼叫时间", *(f"1,{text} 08:00" for text in texts))


def test_the_order_of_dates_is_told_by_the_whole_column(tmp_path: Path) -> None:
    head = placed_as(tmp_path, *["01/02/2026"] * 100, "13/02/2026")
    assert decide(head, guess_mapping(head)).order is DateOrder.DAY_FIRST


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["01/02/2026"] * 30, "can be read as day/month or as month/day"),
        (["13/02/2026", "02/13/2026"], "some month/day"),
    ],
)
def test_an_order_that_nobody_can_tell_is_asked_for(tmp_path: Path, texts: list[str], words: str) -> None:
    head = placed_as(tmp_path, *texts)
    with pytest.raises(BadInput, match="Problems in the input: 1") as refused:
        decide(head, guess_mapping(head))
    assert words in str(refused.value.findings[0].problem)
    assert refused.value.findings[0].column == "呼叫时间"
    told = replace(guess_mapping(head), date_format="mdy")
    assert decide(head, told).order is DateOrder.MONTH_FIRST


def test_a_workbook_is_read_like_a_text_file(tmp_path: Path) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("empty")
        sheet = book.add_worksheet("calls")
        sheet.write_row(0, 0, ["床号", "呼叫时间"])
        form = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_number(1, 0, 1)
        sheet.write_datetime(1, 1, datetime(2026, 1, 5, 8, 3, 22), form)
        sheet.write_row(2, 0, ["02床", "2026/1/5 8:04"])
    path = tmp_path / "log.csv"
    path.write_bytes(target.getvalue())
    head = read_head(path)
    assert (head.encoding, head.delimiter, head.headings) == ("", "", ("床号", "呼叫时间"))
    assert rows_of(head)[1:] == [
        (2, ["1", "2026-01-05 08:03:22"], True),
        (3, ["02床", "2026/1/5 8:04"], True),
    ]


@pytest.mark.parametrize("text", ["1", "01", "１", "01床", "1 号", "#1", "Bed 1", "001"])
def test_the_spellings_of_a_bed_are_one(text: str) -> None:
    assert (plain_bed(text), BedBook(["01", "02", "11"]).find(text)) == ("1", "01")


def test_a_bed_that_could_be_two_is_none() -> None:
    book = BedBook(["1", "01", "A-1"])
    assert [book.find(text) for text in ("1", "01", "1床", "a-01", "9")] == ["1", "01", None, "A-1", None]
    assert book.respelled == {"a-01": 1}


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("输液呼叫", CallReason.INFUSION),
        ("IV", CallReason.INFUSION),
        ("疼", CallReason.PAIN),
        ("drive", None),
    ],
)
def test_usual_reasons_are_known(word: str, known: CallReason | None) -> None:
    assert meaning(word, REASON_WORDS) is known


def test_places_are_known_by_the_longest_word_in_them() -> None:
    assert meaning("卫生间分机", SOURCE_WORDS) is CallSource.BATHROOM
    assert EndedBy("station") is EndedBy.STATION


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_spreadsheet_takes_a_refused_cell_for_a_formula(cell: str) -> None:
    line = io.StringIO()
    csv.writer(line).writerow([without_formula(cell)])
    assert line.getvalue().lstrip('"').startswith("'")


def test_one_row_in_another_encoding_breaks_itself_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    path.write_bytes("\n".join(LINES * 9).encode() + b"\n" + LINES[2].encode("gb18030") + b"\n")
    head = read_head(path)
    assert (head.encoding, head.headings) == ("utf-8", tuple(LINES[0].split(",")))


@pytest.mark.parametrize("filler", ["x", ",", '"'])
def test_an_endless_line_is_one_broken_row_and_no_memory(tmp_path: Path, filler: str) -> None:
    head = head_of(tmp_path, *LINES[:2], filler * 3_000_000, LINES[2])
    rows = rows_of(head)
    assert [(number, is_whole) for number, _, is_whole in rows] == [
        (1, True),
        (2, True),
        (3, False),
        (4, True),
    ]
    assert sum(map(len, rows[2][1])) <= 100


def test_a_cell_far_outside_is_refused_in_words_and_does_not_end_the_program(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, LINES[0].split(","))
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(BadInput) as refusal:
        read_head(path)
    assert "too far apart" in str(refusal.value.findings[0].problem)


def test_refused_rows_are_for_their_owner_and_replace_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "refused.csv"
    for _ in range(2):
        with RefusedRows(path, ["a"], "en") as refused:
            refused.add(2, ImportStep.BROKEN, "", ["=1"])
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["refused.csv"]
    path.write_text("the hospital's own", encoding="utf-8")
    with pytest.raises(Conflict):
        RefusedRows(path, ["a"], "en")


def test_refused_rows_of_an_import_that_fails_leave_the_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "refused.csv"
    with RefusedRows(path, ["a"], "zh") as refused:
        refused.add(2, ImportStep.BROKEN, "", ["first"])
    with pytest.raises(AttributeError), RefusedRows(path, ["a"], "en") as refused:
        refused.add(3, ImportStep.BROKEN, "", ["second", None])  # type: ignore[list-item]  # fails halfway
    assert "first" in path.read_text(encoding="utf-8-sig")
    assert [entry.name for entry in tmp_path.iterdir()] == ["refused.csv"]
