"""Files that are no workbooks, or dangerous ones, are refused before any parser reads them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import pytest

from tests.exchange.kit import findings, small_sheets, write_sheets
from tests.exchange.old_book import in_container, write_xls
from wardteam.errors import BadInput
from wardteam.exchange import container
from wardteam.exchange.grid import read_grids

GOOD = write_sheets({"a": [["x", 1.0]]})


def repacked(change: Callable[[str, bytes], bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(target, "w", method) as out:
        for part in source.infolist():
            out.writestr(part.filename, change(part.filename, source.read(part)))
    return target.getvalue()


def bomb() -> bytes:
    blank = b" " * (30 * 2**20)
    return repacked(lambda name, data: data + blank if name.endswith("sheet1.xml") else data)


def lying_bomb() -> bytes:
    """Say in the archive's directory that the sheet is small, checksum and all, and unpack to far more."""
    data = bytearray(
        repacked(lambda name, data: data + b" " * 2**20 if name.endswith("sheet1.xml") else data)
    )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        told = zlib.crc32(archive.read("xl/worksheets/sheet1.xml")[:1001])
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    data[at + 16 : at + 20] = told.to_bytes(4, "little")
    return bytes(data)


def other_archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        out.writestr("word/document.xml", "<w/>")
    return target.getvalue()


def with_entities() -> bytes:
    dtd = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    return repacked(lambda name, data: data.replace(b"?>\n", b"?>\n" + dtd, 1) if "sheet1" in name else data)


def far_apart() -> bytes:
    return repacked(
        lambda name, data: data.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        )
    )


CASES: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty", lambda: b"", "empty"),
    ("csv", lambda: "工号,姓名\n1001,甲一\n".encode("gb18030"), "CSV"),
    ("csv with mark", lambda: b"\xef\xbb\xbfno,name\n1,a\n", "CSV"),
    ("web page", lambda: b"<html><table></table></html>", "web page"),
    ("noise", lambda: bytes(range(256)) * 20, "not an Excel workbook"),
    ("truncated", lambda: GOOD[: len(GOOD) // 2], "damaged"),
    ("cut at the end", lambda: GOOD[:-10], "damaged"),
    ("encrypted", lambda: in_container("EncryptedPackage", b"\1" * 5000), "encrypted"),
    ("old Word file", lambda: in_container("WordDocument", b"\1" * 5000), "not an Excel workbook"),
    ("broken xls", lambda: in_container("Workbook", b"\1" * 5000), "damaged"),
    ("bomb", bomb, "Unpacked"),
    ("lying bomb", lying_bomb, "damaged"),
    ("another archive", other_archive, "archive"),
    ("broken sheet", lambda: repacked(lambda n, d: d[:200] if "sheet1" in n else d), "damaged"),
    ("entities", with_entities, "damaged"),
    ("cells far apart", far_apart, "too far apart"),
]


@pytest.mark.parametrize(("make", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_no_good_workbook_is_refused_with_one_finding(make: Callable[[], bytes], words: str) -> None:
    found = findings(make())
    assert len(found) == 1
    assert words in str(found[0].problem)
    assert found[0].file == "ward.xlsx"


def test_a_part_that_lies_about_its_size_never_reaches_the_parser() -> None:
    with pytest.raises(BadInput):
        container.check_container(lying_bomb(), "ward.xlsx")


def test_a_file_over_the_limit_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_BYTES", 100)
    assert "larger" in str(findings(GOOD)[0].problem)


@pytest.mark.parametrize("step", range(1, 20))
def test_a_damaged_byte_never_ends_in_a_traceback(step: int) -> None:
    data = bytearray(write_sheets(small_sheets()))
    for at in range(step * 37, len(data), len(data) // 7):
        data[at] ^= 0x5A
    assert findings(bytes(data))


def test_an_old_xls_that_claims_a_huge_area_brings_nothing_down() -> None:
    data = write_xls([["a"], ["b"]]).replace(
        b"\x04\x02\x0b\x00\x01\x00\x00\x00", b"\x04\x02\x0b\x00\xff\xff\xff\xff"
    )
    assert b"\xff\xff\xff\xff\x00\x00\x01\x00\x01b" in data
    assert ["damaged" in str(f.problem) for f in findings(data)] == [True]


def test_an_old_xls_is_read() -> None:
    grids = read_grids(write_xls([["姓名", 1.0], [None, "夜"]], merged=((0, 1, 0, 0),)), "old.xls")
    assert [list(row) for row in grids[0].rows] == [["姓名", 1.0], [None, "夜"]]
    assert grids[0].spread().rows[1][0] == "姓名"
