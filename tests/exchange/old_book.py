"""Writes an old .xls file by hand: one sheet of texts and numbers in an OLE container."""

from __future__ import annotations

import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write_xls(rows: list[list[object]], *, merged: tuple[tuple[int, int, int, int], ...] = ()) -> bytes:
    """Write a sheet; `merged` are ranges as first row, last row, first column, last column."""
    return in_container("Workbook", _stream(rows, merged))


def in_container(name: str, stream: bytes) -> bytes:
    """Put one stream into an OLE container."""
    stream = stream.ljust(4096, b"\0")
    stream = stream.ljust(-(-len(stream) // SECTOR) * SECTOR, b"\0")
    count = len(stream) // SECTOR
    fat = [FAT, END, *range(3, count + 2), END]
    table = b"".join(struct.pack("<I", entry) for entry in fat).ljust(SECTOR, b"\xff")
    root = _entry("Root Entry", 5, END, 0, child=1)
    directory = (root + _entry(name, 2, 2, len(stream))).ljust(SECTOR, b"\0")
    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<I", 0) + b"\xff" * (108 * 4)
    return head + table + directory + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    links = struct.pack("<BBIII", kind, 1, FREE, FREE, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<H", len(text))
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def _record(code: int, data: bytes) -> bytes:
    return struct.pack("<HH", code, len(data)) + data


def _text(text: str, width: str) -> bytes:
    return struct.pack(f"<{width}B", len(text.encode("utf-16-le")) // 2, 1) + text.encode("utf-16-le")


def _stream(rows: list[list[object]], merged: tuple[tuple[int, int, int, int], ...]) -> bytes:
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    codepage, finish = _record(0x42, struct.pack("<H", 1200)), _record(0x0A, b"")
    place = len(begin) + len(codepage) + 4 + 6 + len(_text("Sheet1", "B")) + len(finish)
    sheet = _record(0x85, struct.pack("<IH", place, 0) + _text("Sheet1", "B"))
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            at = struct.pack("<HHH", r, c, 0)
            if isinstance(value, str):
                body += _record(0x204, at + _text(value, "H"))
            elif isinstance(value, (int, float)):
                body += _record(0x203, at + struct.pack("<d", value))
    ranges = b"".join(struct.pack("<HHHH", *area) for area in merged)
    body += _record(0xE5, struct.pack("<H", len(merged)) + ranges)
    return begin + codepage + sheet + finish + body + finish
