"""`wardteam bundle`: everything for a ward PC without a network, in one folder."""

from __future__ import annotations

from pathlib import Path

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Translator

TEXT = Message(
    "Collect wheels of wardteam and all it needs, with a start script, in a folder for a ward PC that "
    "has no network. This computer needs one, or a folder of packages that pip knows."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    place = click.Path(path_type=Path, file_okay=False)
    params = [
        click.Option(["--out"], type=place, required=True, help=say("New folder for the bundle.")),
        click.Option(["--windows"], is_flag=True, help=say("Prepare it for 64-bit Windows too.")),
        click.Option(["--source"], type=place, help=say("The project's folder, where it isn't found.")),
        options.as_json(say),
    ]
    return options.command("bundle", say, TEXT, run, params)


def run(session: Session, *, out: Path, source: Path | None, windows: bool, as_json: bool) -> None:
    """Make the bundle."""
    from wardteam.bundle import make_bundle

    if not as_json:
        session.screen.line("Collecting packages; this takes a minute or two.")
    made = make_bundle(out, source=source, with_windows=windows)
    if as_json:
        session.screen.json({"bundle": made})
        return
    text = "The bundle is in {folder}: {count} packages, {size} MB."
    size = f"{made.size_bytes / 1e6:.0f}"
    session.screen.good(text, folder=str(made.folder), count=len(made.wheels), size=size)
    session.screen.line("Copy the whole folder to the ward PC and run start.sh there; README.txt says more.")
    if made.windows_wheels:
        text = "For Windows it has {count} packages and start.bat."
        session.screen.line(text, count=len(made.windows_wheels))
