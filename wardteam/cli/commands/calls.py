"""`wardteam calls`: files of call systems, how their columns are read, and tokens for live events."""

from __future__ import annotations

from pathlib import Path

import click

from wardteam.cli import options
from wardteam.cli.call_import_lines import run, run_mappings
from wardteam.cli.call_token_lines import run_list, run_new, run_revoke
from wardteam.errors import Message
from wardteam.i18n import Translator

TEXT = Message("Call bells: import files of any call system, name its columns, let it send live events.")
IMPORT = Message(
    "Import a file of calls (.csv, .txt, .xlsx, .xls). Its columns are guessed and shown; correct them with "
    "--set once, and they are remembered. Importing the same file twice changes nothing."
)
MAPPING = Message("Show how the columns of each call system are read.")
TOKEN = Message("Tokens with which call systems send live events.")
NEW = Message("Make a token; its secret is shown once.")
LIST = Message("List the tokens.")
REVOKE = Message("End a token, by its name or code.")


def build(say: Translator) -> click.Command:
    """Give the group in the language's words."""
    group = options.group("calls", say, TEXT)
    group.add_command(options.command("import", say, IMPORT, run, _import(say)))
    shown = [options.ward(say), options.as_json(say)]
    group.add_command(options.command("mapping", say, MAPPING, run_mappings, shown))
    token = options.group("token", say, TOKEN)
    token.add_command(options.command("new", say, NEW, run_new, _new(say)))
    token.add_command(options.command("list", say, LIST, run_list, shown))
    named = [click.Argument(["name"], metavar=say("NAME")), *shown]
    token.add_command(options.command("revoke", say, REVOKE, run_revoke, named))
    group.add_command(token)
    return group


def _import(say: Translator) -> list[click.Parameter]:
    columns = "Name a field's column: --set placed=呼叫时间; --set staff= leaves it out."
    words = "Say what a word of the system means: --word reason:换药=infusion."
    refused = "Write refused rows with their reasons here; beside the file by default."
    return [
        options.file_to_read(say),
        click.Option(["--mapping"], metavar="NAME", help=say("Read the columns by this kept mapping.")),
        click.Option(["--set", "columns"], multiple=True, metavar="FIELD=COLUMN", help=say(columns)),
        click.Option(["--word", "words"], multiple=True, metavar="FIELD:WORD=MEANING", help=say(words)),
        click.Option(
            ["--dates"], type=click.Choice(("dmy", "mdy")), help=say("How dates such as 05/01/2026 are read.")
        ),
        click.Option(["--zone"], help=say("Time zone of the system's clock; the ward's by default.")),
        click.Option(["--encoding"], help=say("Encoding of the file; found out by default.")),
        click.Option(["--refused"], type=click.Path(path_type=Path, dir_okay=False), help=say(refused)),
        options.ward(say),
        options.yes(say),
        options.as_json(say),
    ]


def _new(say: Translator) -> list[click.Parameter]:
    return [
        click.Argument(["name"], metavar=say("NAME")),
        options.day(say, "--last-day", Message("The last day on which it holds; for ever by default.")),
        options.ward(say),
        options.as_json(say),
    ]
