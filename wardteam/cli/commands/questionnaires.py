"""`wardteam questionnaires`: issued by code, filled in a workbook, counted from issue to valid."""

from __future__ import annotations

from pathlib import Path

import click

from wardteam.cli import options, questionnaire_lines
from wardteam.domain.questionnaires import Mode
from wardteam.errors import Message
from wardteam.i18n import Translator

TEXT = Message("Questionnaires: a workbook to fill in, sheets to issue, and how many came back.")
TEMPLATE = Message("Write the workbook of questionnaires, a sheet for each version.")
IMPORT = Message("Read a filled workbook of questionnaires; nothing is changed unless all of it is good.")
ISSUE = Message("Issue sheets of a version; those for phones get a one-time code each, shown once.")
FLOW = Message("Count the questionnaires issued, returned and valid, and say why others are not.")


def build(say: Translator) -> click.Command:
    """Give the group in the language's words."""
    common = [options.ward(say), options.as_json(say)]
    target = click.Argument(["file"], type=click.Path(path_type=Path, dir_okay=False), metavar=say("FILE"))
    force = click.Option(["--force"], is_flag=True, help=say("Write over an existing file."))
    version = click.Option(["--version", "version"], help=say("Code of the version; all in use by default."))
    run = questionnaire_lines
    group = options.group("questionnaires", say, TEXT)
    written = [target, version, force, options.ward(say)]
    group.add_command(options.command("template", say, TEMPLATE, run.run_template, written))
    read = [options.file_to_read(say), *common]
    group.add_command(options.command("import", say, IMPORT, run.run_import, read))
    group.add_command(options.command("issue", say, ISSUE, run.run_issue, [*_issue(say), *common]))
    flow = [options.period(say), *common]
    group.add_command(options.command("flow", say, FLOW, run.run_flow, flow))
    return group


def _issue(say: Translator) -> list[click.Parameter]:
    modes = click.Choice([mode.value for mode in Mode])
    out = "Write sheets and codes into this CSV file, for printing."
    return [
        click.Argument(["version"], metavar=say("VERSION")),
        click.Option(
            ["--count"],
            type=click.IntRange(min=1),
            default=1,
            show_default=True,
            help=say("How many sheets."),
        ),
        click.Option(["--mode"], type=modes, default=Mode.QR.value, help=say("How they are answered.")),
        click.Option(
            ["--days"],
            type=click.IntRange(1, 366),
            default=14,
            show_default=True,
            help=say("How many days the codes hold."),
        ),
        click.Option(["--team"], default="", help=say("The team that issues them.")),
        click.Option(["--url"], default="", help=say("Address of the pages for phones.")),
        click.Option(["--out"], type=click.Path(path_type=Path, dir_okay=False), help=say(out)),
    ]
