"""The options of `wardteam stats`, and figures as papers print them: 25,1.9,200 and 162/200."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wardteam.errors import BadInput, Finding, Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.exchange.figures_table import FiguresTable
    from wardteam.stats.counts import Share
    from wardteam.stats.samples import Summary

KINDS = ("run", "i", "mr", "xbar", "s", "p", "pp", "u", "up", "c", "g", "t")
MODELS = ("poisson", "quasi_poisson", "linear", "glsar", "arima")

Run = Callable[..., int | None]
Params = Sequence[click.Parameter]
_FIGURE = re.compile(r"[+-]?[\d.．０-９][^=]*[,，/／][^=]*")

COLUMNS: dict[str, Message] = {
    "--outcome": Message("Column of the outcome."),
    "--group": Message("Column of the groups; the first that occurs is the one compared with."),
    "--cluster": Message("Column of the patient or stay that several rows come from."),
    "--exposure": Message("Column of the exposure, such as patient-days."),
    "--time": Message("Column of dates, moments or numbers, by which rows are put in order."),
    "--pair": Message("Column of the pairs' codes; without --group, of the second measurement."),
    "--denominator": Message("Column of denominators: out of how many."),
    "--expected": Message("Column of expected events, for standardised ratios."),
    "--unit": Message("Column of the units, such as teams or wards."),
}


class TypedFigures(click.Command):
    """A command whose typed figures follow their option in any number: `--counts 162/200 192/200`."""

    def __init__(
        self, typed: str, name: str, say: Translator, text: Message, run: Run, params: Params
    ) -> None:
        super().__init__(
            name,
            params=list(params),
            callback=click.pass_obj(run),
            help=say(text),
            options_metavar=say("[OPTIONS]"),
        )
        self._typed = typed

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before each of its figures; a negative mean is no option."""
        spread: list[str] = []
        is_open = False
        for argument in args:
            is_figure = _FIGURE.fullmatch(argument) is not None
            if is_open and is_figure and spread[-1] != self._typed:
                spread.append(self._typed)
            is_open = argument == self._typed or (is_open and is_figure)
            spread.append(argument)
        return super().parse_args(ctx, spread)


def figures_file(say: Translator, *, is_required: bool) -> click.Argument:
    """Which table is read."""
    place = click.Path(exists=True, dir_okay=False, path_type=Path)
    shown = say("FILE") if is_required else f"[{say('FILE')}]"
    return click.Argument(["file"], type=place, metavar=shown, required=is_required)


def column(say: Translator, name: str, *, is_required: bool = False) -> click.Option:
    """Which column is meant."""
    return click.Option([name], metavar="COL", required=is_required, help=say(COLUMNS[name]))


def merge(say: Translator) -> click.Option:
    """Whether other spellings of a group are one group."""
    return click.Option(
        ["--merge"], is_flag=True, help=say("Take other spellings of a group (case, width, spaces) as one.")
    )


def changeover(say: Translator, *, is_required: bool = False) -> click.Option:
    """When things changed."""
    return click.Option(
        ["--changeover"],
        metavar="DATE",
        required=is_required,
        help=say("First date of the new way: 2026-12-01, or a number as in the column of times."),
    )


def number(say: Translator, name: str, text: Message, default: float | None = None) -> click.Option:
    """Give an option that takes a finite number."""
    return click.Option([name], type=FiniteType(say), default=default, help=say(text))


class FiniteType(click.ParamType[float]):
    """A finite number."""

    name = "number"

    def __init__(self, say: Translator) -> None:
        self.say = say

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the number."""
        from math import isfinite

        try:
            found = float(str(value))
        except ValueError:
            found = float("nan")
        if not isfinite(found):
            self.fail(self.say("A finite number was expected, got {value}.", value=str(value)), param, ctx)
        return found


def table(file: Path | None, typed: str = "") -> FiguresTable:
    """Read the table that is named; `typed` is the option that takes figures instead.

    Raises
    ------
    BadInput
        Where none is, or it can't be read.
    """
    from wardteam.exchange.figures_table import read_figures

    if file is None:
        problem = Message("A file with a table was expected, or typed figures after {option}.", option=typed)
        raise BadInput((Finding("FILE", problem),))
    return read_figures(file)


def check_typed(option: str, typed: Sequence[str], *others: object) -> None:
    """Refuse typed figures beside a file or its columns: one of them would be passed over.

    Raises
    ------
    BadInput
        Where both are given.
    """
    if typed and any(other is not None for other in others):
        problem = Message("Typed figures stand alone: leave out the file and the names of its columns.")
        raise BadInput((Finding(option, problem),))


def needed(value: str | None, option: str) -> str:
    """Give an option that a file makes necessary."""
    if value is None:
        raise BadInput((Finding(option, Message("Name the column with this option.")),))
    return value


def summaries(texts: tuple[str, ...]) -> list[Summary]:
    """Read mean, s and n of groups, such as 25,1.9,200.

    Raises
    ------
    BadInput
        With every text that is none.
    """
    from wardteam.exchange.figure_columns import narrowed, to_number
    from wardteam.stats.results import Unanswerable
    from wardteam.stats.samples import Summary

    found, wrong = [], []
    for text in texts:
        parts = [to_number(part) for part in narrowed(text).split(",")]
        try:
            if len(parts) != 3 or None in parts or not (parts[2] or 0.5).is_integer():
                raise ValueError
            mean, sd, n = (part or 0.0 for part in parts)
            found.append(Summary(mean, sd, int(n)))
        except ValueError:
            problem = Message("Mean, standard deviation and number were expected, such as 25,1.9,200.")
            wrong.append(Finding("--summary", problem, value=text))
        except Unanswerable as refusal:
            wrong.append(Finding("--summary", refusal.message, value=text))
    if wrong:
        raise BadInput(tuple(wrong))
    return found


def counts(texts: tuple[str, ...]) -> list[Share]:
    """Read shares as counts, such as 162/200.

    Raises
    ------
    BadInput
        With every text that is none.
    """
    from wardteam.exchange.figure_columns import narrowed
    from wardteam.stats.counts import Share
    from wardteam.stats.results import Unanswerable

    found, wrong = [], []
    for text in texts:
        events, slash, n = narrowed(text).partition("/")
        try:
            if not slash:
                raise ValueError
            found.append(Share(int(events), int(n)))
        except ValueError:
            problem = Message("Two whole numbers were expected, such as 162/200.")
            wrong.append(Finding("--counts", problem, value=text))
        except Unanswerable as refusal:
            wrong.append(Finding("--counts", refusal.message, value=text))
    if wrong:
        raise BadInput(tuple(wrong))
    return found
