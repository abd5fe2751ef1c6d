"""`wardteam demo`: an invented ward end to end, with its documents, and then its web pages."""

from __future__ import annotations

from pathlib import Path

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.errors import Message
from wardteam.i18n import Language, Translator

SECONDS = 80.0
TEXT = Message(
    "Run an invented ward end to end: teams, beds, roster, cover, documents and quality figures, "
    "then show its web pages. No person in it is real."
)


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    folder = say("Folder for data and documents; an older demo in it is made anew.")
    params = [
        click.Option(
            ["--out"],
            type=click.Path(path_type=Path, file_okay=False),
            default=Path("wardteam-demo"),
            show_default=True,
            help=folder,
        ),
        click.Option(["--lang"], type=click.Choice(("zh", "en")), help=say("Language: zh or en.")),
        options.seed(say, default=7),
        click.Option(["--no-serve"], is_flag=True, help=say("End after the documents, without web pages.")),
        click.Option(
            ["--port"],
            type=click.IntRange(0, 65535),
            default=8080,
            show_default=True,
            help=say("Port of the web pages; the next free one where it is taken."),
        ),
        click.Option(["--seconds"], type=click.FloatRange(min=1), default=SECONDS, hidden=True),
    ]
    return options.command("demo", say, TEXT, run, params)


def run(
    session: Session, *, out: Path, lang: str | None, seed: int, no_serve: bool, port: int, seconds: float
) -> None:
    """Make the demo ward in the folder and run it through everything."""
    from wardteam.cli.demo_folder import renewed_folder
    from wardteam.cli.demo_run import DemoRun
    from wardteam.cli.serving import serve_pages

    language: Language = "en" if (lang or session.language) == "en" else "zh"
    session = Session(session.folder, language)
    place = renewed_folder(out, language, session.screen)
    with DemoRun.opened(place, session, seed=seed) as demo:
        demo.play(seconds=seconds)
        if not no_serve:
            serve_pages(demo.installation, session.screen, "127.0.0.1", port, takes_next=True)
