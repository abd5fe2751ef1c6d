"""What the bytes of a workbook file are, decided before any parser touches them."""

from __future__ import annotations

import copy
import io
import zipfile
import zlib
from typing import Literal, Never

from wardteam.errors import BadInput, Finding, Message

FileKind = Literal["xlsx", "xls"]

MOST_BYTES = 20 * 2**20
MOST_UNPACKED = 80 * 2**20
MOST_PARTS = 2000
MOST_RATIO = 100
RATIO_MATTERS_ABOVE = 8 * 2**20

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP = b"PK\x03\x04"
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


def check_container(
    data: bytes, file: str, *, most_bytes: int | None = None, most_unpacked: int | None = None
) -> FileKind:
    """Say which kind of workbook the bytes are; the limits are this room's own unless others are given.

    Raises
    ------
    BadInput
        With one finding that says what the file is instead, and what to do.
    """
    if not data:
        refuse(file, Message("The file is empty."))
    limit = MOST_BYTES if most_bytes is None else most_bytes
    if len(data) > limit:
        refuse(file, Message("The file is larger than {limit} MB.", limit=limit // 2**20))
    if data.startswith(_OLE):
        return _check_ole(data, file)
    if not data.startswith(_ZIP):
        refuse(file, _what_text_it_is(data))
    try:
        _check_zip(data, file, MOST_UNPACKED if most_unpacked is None else most_unpacked)
    except (*_BROKEN, ValueError) as error:
        raise BadInput((Finding(file=file, problem=_DAMAGED),)) from error
    return "xlsx"


_DAMAGED = Message(
    "The file is damaged or incomplete, as after a broken download. Save it again as .xlsx and try once more."
)


def refuse(file: str, problem: Message) -> Never:
    """Refuse a file as a whole."""
    raise BadInput((Finding(file=file, problem=problem),))


def refuse_damaged(file: str, error: BaseException) -> Never:
    """Refuse a file that a parser could not read to its end."""
    raise BadInput((Finding(file=file, problem=_DAMAGED),)) from error


def _check_ole(data: bytes, file: str) -> FileKind:
    if "EncryptedPackage".encode("utf-16-le") in data:
        refuse(file, Message("The workbook is encrypted. Remove its password and save it again."))
    is_book = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
    if not is_book:
        refuse(file, Message("This is an old Office file, but not an Excel workbook."))
    return "xls"


def _what_text_it_is(data: bytes) -> Message:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head[:1] == b"<":
        return Message(
            "This is a web page or an XML file, not a workbook. Open it in Excel or WPS and save it as .xlsx."
        )
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, errors="ignore")
        if data and b"\x00" not in data[:4096] and any(mark in text for mark in (",", "\t", ";", "\n")):
            return Message(
                "This is a text (CSV) file, not a workbook. Open it in Excel or WPS and save it as .xlsx."
            )
    return Message("This is not an Excel workbook (.xlsx or .xls).")


def _check_zip(data: bytes, file: str, most_unpacked: int) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        _check_sizes(parts, len(data), file, most_unpacked)
        names = {part.filename for part in parts}
        if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
            refuse(
                file,
                Message("This is an archive or another kind of document, not an Excel workbook (.xlsx)."),
            )
        for part in parts:
            _read_to_its_end(archive, part)


def _check_sizes(parts: list[zipfile.ZipInfo], packed: int, file: str, most_unpacked: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > RATIO_MATTERS_ABOVE and unpacked > MOST_RATIO * packed
    if is_bomb or unpacked > most_unpacked or len(parts) > MOST_PARTS:
        size = round(unpacked / 2**20)
        refuse(file, Message("Unpacked, the file would take {size} MB. It was not opened.", size=size))


def _read_to_its_end(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack a part past its stated size: a part that lies about its size or is cut short is refused."""
    open_ended = copy.copy(part)
    open_ended.file_size = part.file_size + 1
    read = 0
    with archive.open(open_ended) as source:
        while chunk := source.read(2**20):
            read += len(chunk)
    if read != part.file_size:
        raise zipfile.BadZipFile(f"{part.filename} unpacks to {read} bytes, not {part.file_size}")
