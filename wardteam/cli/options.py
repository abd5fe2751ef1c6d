"""The options that commands share, and how dates and periods are written on the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import click

from wardteam.domain.calendar import Period
from wardteam.errors import Message
from wardteam.i18n import Translator

OWN_PERIOD = Message("Period: 2026-12 or 2026-12-01..2026-12-28; the workbook's own by default.")


class DayType(click.ParamType[date]):
    """A date as 2026-12-01."""

    name = "date"

    def __init__(self, say: Translator) -> None:
        self.say = say

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(
                self.say("A date such as 2026-12-01 was expected, got {value}.", value=value), param, ctx
            )


class PeriodType(click.ParamType[Period]):
    """A period as 2026-12 for a month, or 2026-12-01..2026-12-28."""

    name = "period"

    def __init__(self, say: Translator) -> None:
        self.say = say

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """Read the period."""
        if isinstance(value, Period):
            return value
        try:
            return read_period(str(value))
        except ValueError:
            text = "A month such as 2026-12, or 2026-12-01..2026-12-28, was expected, got {value}."
            self.fail(self.say(text, value=value), param, ctx)


def read_period(text: str) -> Period:
    """Read a period; ValueError where it is none."""
    if re.fullmatch(r"\d{4}-\d{1,2}", text):
        year, month = text.split("-")
        return Period.month(int(year), int(month))
    first, separator, last = text.partition("..")
    if not separator:
        raise ValueError(f"a period needs '..' between its dates, got {text}")
    return Period(date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))


def command(
    name: str,
    say: Translator,
    text: Message,
    run: Callable[..., int | None],
    params: Sequence[click.Parameter],
) -> click.Command:
    """Make a command whose `run` is given the session and its options by name."""
    return click.Command(
        name,
        params=list(params),
        callback=click.pass_obj(run),
        help=say(text),
        options_metavar=say("[OPTIONS]"),
    )


def group(name: str, say: Translator, text: Message) -> click.Group:
    """Make a group of commands."""
    return click.Group(
        name,
        help=say(text),
        options_metavar=say("[OPTIONS]"),
        subcommand_metavar=say("COMMAND [ARGS]..."),
    )


def ward(say: Translator) -> click.Option:
    """Which ward, where the data hold several."""
    return click.Option(["--ward"], help=say("Code of the ward, where there are several."))


def period(say: Translator, text: Message = OWN_PERIOD) -> click.Option:
    """Which period; `text` says what it is where none is named."""
    return click.Option(["--period"], type=PeriodType(say), help=say(text))


def day(say: Translator, name: str, text: Message) -> click.Option:
    """Which day."""
    return click.Option([name], type=DayType(say), help=say(text))


def as_json(say: Translator) -> click.Option:
    """Whether a program reads the answer."""
    return click.Option(["--json", "as_json"], is_flag=True, help=say("Answer in JSON, for programs."))


def yes(say: Translator) -> click.Option:
    """Whether to go on without asking."""
    return click.Option(["--yes"], is_flag=True, help=say("Apply without asking."))


def answer_seconds(say: Translator, default: float) -> click.Option:
    """How long an answer may take."""
    return click.Option(
        ["--seconds"],
        type=click.FloatRange(min=0, min_open=True),
        default=default,
        show_default=True,
        help=say("Time for the answer."),
    )


def seed(say: Translator, default: int = 0) -> click.Option:
    """From which seed chance is drawn."""
    return click.Option(
        ["--seed"],
        type=click.IntRange(min=0),
        default=default,
        show_default=True,
        help=say("Seed of chance."),
    )


def file_to_read(say: Translator) -> click.Argument:
    """Which file is read."""
    place = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.Argument(["file"], type=place, metavar=say("FILE"))


def out(say: Translator, text: Message) -> click.Option:
    """Where to write."""
    return click.Option(["--out"], type=click.Path(path_type=Path), help=say(text))
