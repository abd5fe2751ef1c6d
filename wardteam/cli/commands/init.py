"""`wardteam init`: the folder in which the wards' data are kept."""

from __future__ import annotations

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

TEXT = Message(
    "Make the folder in which the wards' data are kept, with its settings file and an empty store. "
    "What is there already stays as it is."
)
SETTINGS = """\
# Settings of wardteam. The environment (WARDTEAM_LANGUAGE, ...) overrides them.
language = "{language}"
# workers = 2
# database = "postgresql://user@host/name"   # SQLite in this folder where it is not set
# queue = "redis://host:6379/0"              # a file in this folder where it is not set
"""


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    return options.command("init", say, TEXT, run, ())


def run(session: Session) -> None:
    """Make what is missing."""
    from wardteam.cli.writing import write_file
    from wardteam.config import FILE_NAME

    folder = session.config.folder
    settings = folder / FILE_NAME
    if not settings.exists():
        write_file(settings, SETTINGS.format(language=session.language).encode())
    with session.open(is_new=True) as installation, installation.units() as unit:
        codes = unit.books.codes()
    session.screen.good(
        "The folder {folder} is ready; it holds {count} wards.", folder=str(folder), count=len(codes)
    )
    if not codes:
        session.screen.line(
            "Next: `wardteam template ward.xlsx`, fill it in, then `wardteam import ward.xlsx`."
        )
