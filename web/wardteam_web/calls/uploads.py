"""Uploaded files of calls: streamed into the ward's folder, found by their hash, removed after use."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO

from wardteam.errors import BadInput, Finding, Message

LARGEST = 300 * 1024 * 1024
ENDINGS = (".csv", ".txt", ".xlsx", ".xls")
BOOK_ENDINGS = (".xlsx", ".xls")
OLD_BOOK = bytes.fromhex("D0CF11E0A1B11AE1")
KEPT = timedelta(days=2)
LONGEST_STEM = 60
CHUNK = 1 << 20
NO_FILE = Message("Choose a file first.")
WRONG_ENDING = Message("A file of one of these kinds was expected: {endings}.", endings=ENDINGS)

NO_WORKBOOK = Message(
    "The name ends like an Excel workbook's, but this is none, or it is damaged. Save it anew as .xlsx; a "
    "text file has to be named .csv or .txt."
)


def take_upload(folder: Path, ward: str, name: str, source: IO[bytes], *, now: datetime) -> str:
    """Copy a file into the folder of uploads and give the SHA-256 of its bytes; old uploads go.

    Raises
    ------
    BadInput
        Where there is no file, or one of another kind.
    """
    name = _plain_name(name)
    if not name:
        raise BadInput((Finding("", NO_FILE),))
    if not name.lower().endswith(ENDINGS):
        raise BadInput((Finding(name, WRONG_ENDING),))
    uploads = folder / "uploads"
    uploads.mkdir(parents=True, exist_ok=True)
    _forget_old(uploads, now)
    digest = sha256()
    with tempfile.NamedTemporaryFile(dir=uploads, delete=False) as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            target.write(chunk)
    kept = Path(target.name)
    if not _is_what_it_says(kept, name):
        kept.unlink()
        raise BadInput((Finding(name, NO_WORKBOOK),))
    place = uploads / _slot(ward, digest.hexdigest())
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    kept.replace(place / name)
    _stamp(place, now)
    return digest.hexdigest()


def uploaded(folder: Path, ward: str, code: str) -> Path | None:
    """Give a ward's uploaded file by its hash, None where it has gone."""
    place = folder / "uploads" / _slot(ward, code)
    return next((path for path in place.iterdir()), None) if place.is_dir() else None


def refused_path(folder: Path, ward: str, code: str) -> Path:
    """Give where the refused rows of a file are kept; its folder is made."""
    refused = folder / "refused"
    refused.mkdir(parents=True, exist_ok=True)
    return refused / f"{_slot(ward, code)}.csv"


def _is_what_it_says(path: Path, name: str) -> bool:
    """Whether a file with a workbook's name begins as one, in the newer form or the older."""
    if not name.lower().endswith(BOOK_ENDINGS) or zipfile.is_zipfile(path):
        return True
    with path.open("rb") as file:
        return file.read(len(OLD_BOOK)) == OLD_BOOK


def _slot(ward: str, code: str) -> str:
    # Wards may upload the same file, and nothing of an address may become part of a path.
    return sha256(f"{ward}\n{code}".encode()).hexdigest()


def _plain_name(name: str) -> str:
    """Give a file's name without folders, signs that no file system likes, and excess."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*').strip(" .")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:LONGEST_STEM]}{dot}{ending}" if stem else plain


def _forget_old(uploads: Path, now: datetime) -> None:
    limit = (now - KEPT).timestamp()
    for place in uploads.iterdir():
        if place.stat().st_mtime < limit:
            shutil.rmtree(place) if place.is_dir() else place.unlink()


def _stamp(place: Path, now: datetime) -> None:
    os.utime(place, (now.timestamp(), now.timestamp()))
