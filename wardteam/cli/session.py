"""What a command starts from: the settings, the language's words, and which ward and period are meant."""

from __future__ import annotations

import getpass
import os
import sys
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wardteam.domain.calendar import Period
from wardteam.errors import BadInput, Finding, Message, Named, NotFound
from wardteam.i18n import Language, Translator, translator

if TYPE_CHECKING:
    from wardteam.bootstrap.wiring import Installation
    from wardteam.cli.screen import Screen
    from wardteam.config import Config
    from wardteam.domain.ward import WardBook


@dataclass(frozen=True)
class Session:
    """One call of the command line."""

    folder: Path | None
    language: Language

    @property
    def say(self) -> Translator:
        """Put messages into words."""
        return translator(self.language)

    @cached_property
    def screen(self) -> Screen:
        """What is shown to people."""
        from wardteam.cli.screen import Screen

        return Screen(self.say)

    @cached_property
    def config(self) -> Config:
        """The settings of the folder."""
        from wardteam.config import load_config

        return load_config(self.folder)

    @property
    def user(self) -> str:
        """Who does it, for the record of changes."""
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return str(os.getuid()) if hasattr(os, "getuid") else "?"

    def open(self, *, is_new: bool = False) -> AbstractContextManager[Installation]:
        """Open the installation of the folder."""
        from wardteam.bootstrap.wiring import open_installation

        return open_installation(self.config, is_new=is_new)

    def ward(self, installation: Installation, given: str | None) -> str:
        """Give the code of the ward that is meant: the only one, or the one named."""
        with installation.units() as unit:
            codes = unit.books.codes()
        if not codes:
            raise NotFound(
                Message("There is no ward yet; import its workbook first: `wardteam import FILE`.")
            )
        if given is None and len(codes) == 1:
            return codes[0]
        if given not in codes:
            problem = Message("One of these wards was expected: {codes}", codes=codes)
            raise BadInput((Finding("--ward", problem, value=given or ""),))
        return given or codes[0]

    def book(self, installation: Installation, given: str | None) -> WardBook:
        """Give the book of the ward that is meant."""
        code = self.ward(installation, given)
        with installation.units() as unit:
            return unit.books.get(code).book

    def period(self, book: WardBook, given: Period | None) -> Period:
        """Give the period that is meant: the one named, or the book's own."""
        period = given or book.period
        if period is None:
            problem = Message("The workbook names no period; give it as 2026-12 or 2026-12-01..2026-12-28.")
            raise BadInput((Finding("--period", problem),))
        return period

    def is_interactive(self) -> bool:
        """Whether somebody can be asked."""
        return sys.stdin is not None and sys.stdin.isatty()


def names_of(book: WardBook) -> dict[str, Named]:
    """Give the nurses' names in both languages by staff number."""
    return {nurse.staff_no: Named(nurse.name, nurse.name_en) for nurse in book.nurses}
