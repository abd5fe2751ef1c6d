"""The backup's format: a zip of one JSON-lines file a table and a manifest with counts and hashes."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from wardteam.errors import Message, WardteamError
from wardteam.storage.row_text import row_from_text, row_to_text
from wardteam.storage.shelves import Row

FORMAT = "wardteam-backup"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
MOST_MANIFEST_BYTES = 1 << 20
MOST_BYTES = 4 << 30
MOST_ROW_BYTES = 64 << 20
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)
_BROKEN_ROW = (ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True)
class TableEntry:
    """What the manifest says of one table."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What an archive holds and who made it; `tables` by name."""

    program: str
    schema: str
    made_at: datetime
    tables: dict[str, TableEntry]


class BadArchive(WardteamError):
    """A file that is no backup of ours, or a damaged one."""

    exit_code = 2


def damaged(path: Path) -> BadArchive:
    """Say that an archive is damaged."""
    text = "The backup {file} is damaged or incomplete; nothing was changed."
    return BadArchive(Message(text, file=path.name))


def write_table(archive: zipfile.ZipFile, table: sa.Table, rows: Iterable[Row]) -> TableEntry:
    """Write a table's rows into the archive."""
    digest, count, size = hashlib.sha256(), 0, 0
    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as out:
        for row in rows:
            line = row_to_text(table, row).encode("utf-8") + b"\n"
            digest.update(line)
            count, size = count + 1, size + len(line)
            out.write(line)
    return TableEntry(count, size, digest.hexdigest())


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write the manifest; it comes last, so that a file cut off has none."""
    head = {"format": FORMAT, "version": FORMAT_VERSION, **asdict(manifest)}
    text = json.dumps(head | {"made_at": manifest.made_at.isoformat()}, indent=1)
    archive.writestr(MANIFEST, text)


def read_manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    """Read the manifest and hold the archive's list of files against it."""
    sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    if MANIFEST not in sizes or len(sizes) != len(archive.infolist()):
        raise BadArchive(Message("The file {file} is no backup of this program.", file=path.name))
    if sizes.pop(MANIFEST) > MOST_MANIFEST_BYTES or sum(sizes.values()) > MOST_BYTES:
        raise BadArchive(Message("The backup {file} would unpack to too much data.", file=path.name))
    with _in_words(path):
        text = archive.read(MANIFEST)
    manifest = _parse_manifest(path, text)
    if sizes != {f"{name}.jsonl": entry.bytes for name, entry in manifest.tables.items()}:
        raise damaged(path)
    return manifest


def _parse_manifest(path: Path, text: bytes) -> Manifest:
    try:
        head = json.loads(text)
        if head["format"] != FORMAT:
            raise BadArchive(Message("The file {file} is no backup of this program.", file=path.name))
        if head["version"] > FORMAT_VERSION:
            text_newer = "The backup {file} was made by a newer version of this program ({program})."
            raise BadArchive(Message(text_newer, file=path.name, program=str(head["program"])))
        tables = {str(name): TableEntry(**entry) for name, entry in head["tables"].items()}
        made_at = datetime.fromisoformat(head["made_at"])
        return Manifest(str(head["program"]), str(head["schema"]), made_at, tables)
    except _BROKEN_ROW as error:
        raise damaged(path) from error


def read_table(path: Path, archive: zipfile.ZipFile, table: sa.Table, entry: TableEntry) -> Iterator[Row]:
    """Give a table's rows, and refuse the archive at the end where they aren't what the manifest says."""
    digest, count, size = hashlib.sha256(), 0, 0
    with _in_words(path), archive.open(f"{table.name}.jsonl") as source:
        for line in _lines(source):
            digest.update(line)
            count, size = count + 1, size + len(line)
            yield row_from_text(table, line.decode("utf-8"))
    if (count, size, digest.hexdigest()) != (entry.rows, entry.bytes, entry.sha256):
        raise damaged(path)


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Say that the archive is damaged, however zipfile and the rows' reader put it."""
    try:
        yield
    except (*_BROKEN_ZIP, *_BROKEN_ROW) as error:
        raise damaged(path) from error


def _lines(source: IO[bytes]) -> Iterator[bytes]:
    while line := source.readline(MOST_ROW_BYTES):
        if not line.endswith(b"\n"):
            raise ValueError("a row has no end")
        yield line
