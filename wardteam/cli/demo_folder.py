"""The demo's folder: told from other folders by a mark, and made anew without losing what was in it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from wardteam.cli.screen import Screen
from wardteam.config import FILE_NAME
from wardteam.demo.cast import TODAY
from wardteam.errors import Conflict, Message
from wardteam.i18n import Language

MARK = ".wardteam-demo"


@dataclass(frozen=True)
class DemoFolder:
    """Where the demo keeps its data and its documents."""

    place: Path

    @property
    def data(self) -> Path:
        """The ward's data, a folder like any other installation's."""
        return self.place / "data"

    @property
    def documents(self) -> Path:
        """The documents."""
        return self.place / "documents"


def renewed_folder(place: Path, language: Language, screen: Screen) -> DemoFolder:
    """Give an empty demo folder; the data of the demo before are kept beside it once.

    Raises
    ------
    Conflict
        Where the folder holds something else than a demo.
    """
    folder = DemoFolder(place)
    if place.exists() and any(place.iterdir()) and not (place / MARK).is_file():
        text = "The folder {folder} holds something else than a demo; name another with --out."
        raise Conflict(Message(text, folder=str(place)))
    place.mkdir(parents=True, exist_ok=True)
    (place / MARK).write_text("wardteam demo\n", encoding="ascii")
    for old in (folder.data, folder.documents):
        if old.exists():
            _set_aside(old, screen)
    folder.documents.mkdir()
    folder.data.mkdir()
    settings = f'language = "{language}"\ntoday = {TODAY}\n'
    (folder.data / FILE_NAME).write_text(settings, encoding="ascii")
    return folder


def _set_aside(old: Path, screen: Screen) -> None:
    kept = old.with_name(f"{old.name}-before")
    try:
        if kept.exists():
            shutil.rmtree(kept)
        old.rename(kept)
    except OSError as error:
        text = "The demo in {folder} is in use; end its web pages first."
        raise Conflict(Message(text, folder=str(old.parent))) from error
    screen.line("What was in {old} is kept in {kept}.", old=str(old), kept=str(kept))
