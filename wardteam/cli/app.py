"""The command `wardteam`: its global options, and its commands, which are loaded only when they run."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from wardteam import __version__
from wardteam.cli.session import Session
from wardteam.cli.wrapping import wrap_between_signs
from wardteam.errors import Message
from wardteam.i18n import LANGUAGES, Language, Translator, translator

COMMANDS: dict[str, tuple[str, Message]] = {
    "demo": ("demo", Message("Run an invented ward end to end, then show its web pages.")),
    "init": ("init", Message("Make the folder in which the ward's data are kept.")),
    "template": ("template", Message("Write the ward's workbook, empty or filled.")),
    "import": ("take_in", Message("Read the ward's workbook, or an old roster as history.")),
    "teams": ("teams", Message("Divide the nurses into responsibility teams.")),
    "beds": ("beds", Message("Give every bed an owner.")),
    "roster": ("roster", Message("Make the roster of a period.")),
    "publish": ("publish", Message("Publish the newest draft of a roster.")),
    "conflicts": ("conflicts", Message("Say whether a roster can exist, and if not, why.")),
    "check": ("check", Message("Check a roster sheet against the ward's rules.")),
    "cover": ("cover", Message("Say who holds every bed on every day.")),
    "fairness": ("fairness", Message("Show the fairness ledger, or one nurse's accounts and hours.")),
    "swap": ("swap", Message("Swap duties: offer, accept, approve.")),
    "why": ("why", Message("Say why a nurse has what she has on a day, and what else would cost.")),
    "whynot": ("whynot", Message("Say what granting a refused wish would have taken.")),
    "prices": ("prices", Message("Show what each rule costs the roster, and at whom.")),
    "demand": ("demand", Message("Propose the staff of each shift from patients and calls.")),
    "repair": ("repair", Message("Mend the roster when somebody is off.")),
    "sheet": ("sheet", Message("Write the roster sheet as PDF or Excel.")),
    "notice": ("notice", Message("Write the notice of what changed since a roster was published.")),
    "noticeboard": ("noticeboard", Message("Write the noticeboard of a day as PDF.")),
    "calls": ("calls", Message("Import call bells; tokens for live events.")),
    "questionnaires": ("questionnaires", Message("Issue, import and count questionnaires.")),
    "patient-days": ("patient_days", Message("Import or count the ward's daily numbers.")),
    "compare": ("compare", Message("Compare two periods: bells, arrival, satisfaction, awareness.")),
    "report": ("report", Message("Write the quality report.")),
    "plan": ("plan", Message("Show, lock or revise the plan of a comparison.")),
    "indicators": ("indicators", Message("Show the quarter's nursing quality indicators.")),
    "stats": ("stats", Message("Statistics and charts of any table of figures.")),
    "export": ("export", Message("Write all documents and data into a folder.")),
    "serve": ("serve", Message("Show the web pages on this computer.")),
    "bench": ("bench", Message("Measure search, check, imports and report on invented wards.")),
    "backup": ("backup", Message("Write everything stored into one archive.")),
    "restore": ("restore", Message("Read a backup back.")),
    "bundle": ("bundle", Message("Collect everything for a ward PC without a network.")),
}
"""Module and short help by name, in the order in which a ward needs them."""

ABOUT = Message(
    "Responsibility teams, rosters, cover, quality figures and the noticeboard of a hospital ward. "
    "Try it with `wardteam demo`."
)


class LazyGroup(click.Group):
    """A group that knows its commands by name and short help, and imports one only to run it."""

    def __init__(self, language: Language) -> None:
        self.say = translator(language)
        wrap_between_signs()
        super().__init__(
            name="wardteam",
            params=_global_options(self.say, language),
            callback=click.pass_context(_open_session),
            help=self.say(ABOUT),
            options_metavar=self.say("[OPTIONS]"),
            subcommand_metavar=self.say("COMMAND [ARGS]..."),
            context_settings={"max_content_width": 110},
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Give the commands' names in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # the same
        """Import a command, and build it in the language's words."""
        if cmd_name not in COMMANDS:
            return None
        module, short_help = COMMANDS[cmd_name]
        command: click.Command = import_module(f"wardteam.cli.commands.{module}").build(self.say)
        command.short_help = self.say(short_help)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # the same
        """List the commands without importing them."""
        with formatter.section(self.say("Commands")):
            formatter.write_dl([(name, self.say(text)) for name, (_, text) in COMMANDS.items()])


def _global_options(say: Translator, language: Language) -> list[click.Parameter]:
    folder = "Folder of the ward's data (WARDTEAM_FOLDER); wardteam-data here by default."
    return [
        click.Option(["--folder"], type=click.Path(path_type=Path, file_okay=False), help=say(folder)),
        click.Option(
            ["--lang"], type=click.Choice(LANGUAGES), default=language, help=say("Language: zh or en.")
        ),
        click.version_option(__version__, prog_name="wardteam")(click.Command("")).params[0],
    ]


def _open_session(ctx: click.Context, *, folder: Path | None, lang: Language) -> None:
    ctx.obj = Session(folder, lang)
