"""Writing documents into files: whole or not at all, each with its size and time on the screen."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wardteam.bootstrap.document_set import Piece
from wardteam.cli.screen import Screen
from wardteam.errors import Conflict, Message, WardteamError, system_reason


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that it appears under its name only when it is whole."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _removed_at_the_end(part):
            part.write_bytes(content)
            os.replace(part, path)
    except OSError as error:
        text = "The file {file} can't be written: {reason}"
        raise WardteamError(Message(text, file=str(path), reason=system_reason(error))) from error


@contextmanager
def _removed_at_the_end(part: Path) -> Iterator[None]:
    try:
        yield
    finally:
        part.unlink(missing_ok=True)


def new_file(path: Path, content: bytes, *, is_forced: bool = False) -> None:
    """Write a file; one that exists is only written over if that was asked."""
    if path.exists() and not is_forced:
        text = "The file {file} exists already; --force writes over it."
        raise Conflict(Message(text, file=str(path)))
    write_file(path, content)


def write_pieces(
    screen: Screen, folder: Path, pieces: Iterable[Piece], *, is_quiet: bool = False
) -> tuple[Path, ...]:
    """Write documents into a folder and, unless quiet, list them."""
    rows: list[tuple[Message | str, ...]] = []
    written = []
    for piece in pieces:
        began = time.monotonic()
        content = piece.make()
        path = folder / piece.file_name
        write_file(path, content)
        written.append(path)
        rows.append((piece.title, path.name, f"{len(content) / 1000:.0f}", f"{time.monotonic() - began:.2f}"))
    if not is_quiet:
        screen.table(("Document", "File", "Size (kB)", "Seconds"), rows, right=(2, 3))
    return tuple(written)
