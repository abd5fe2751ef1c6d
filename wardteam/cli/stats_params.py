"""What each command of `wardteam stats` takes."""

from __future__ import annotations

import click

from wardteam.cli import options, stats_options
from wardteam.cli.stats_options import changeover, column, figures_file, merge, number
from wardteam.errors import Message
from wardteam.i18n import Translator


def means(say: Translator) -> list[click.Parameter]:
    """Give what `stats means` takes."""
    typed = "Mean, s and n of each group instead of a file: --summary 25,1.9,200 10,2.6,200."
    return [
        figures_file(say, is_required=False),
        click.Option(["--summary"], multiple=True, metavar="MEAN,S,N", help=say(typed)),
        *(column(say, name) for name in ("--outcome", "--group", "--cluster", "--pair")),
        merge(say),
        options.as_json(say),
    ]


def rates(say: Translator) -> list[click.Parameter]:
    """Give what `stats rates` takes."""
    typed = "Shares of groups instead of a file: --counts 162/200 192/200."
    names = ("--outcome", "--group", "--cluster", "--pair", "--exposure", "--denominator", "--time")
    return [
        figures_file(say, is_required=False),
        click.Option(["--counts"], multiple=True, metavar="A/N", help=say(typed)),
        *(column(say, name) for name in names),
        click.Option(["--event"], help=say("The answer that is counted; yes or 1 by default.")),
        merge(say),
        options.as_json(say),
    ]


def _drawn(say: Translator) -> list[click.Parameter]:
    return [options.out(say, Message("Draw the chart into this file, an .svg.")), options.as_json(say)]


def chart(say: Translator) -> list[click.Parameter]:
    """Give what `stats chart` takes."""
    kinds = "Kind of chart: run, i, mr, xbar, s, p, pp (P'), u, up (U'), c, g, t."
    subgroup = "Column of the subgroups of an Xbar or S chart."
    return [
        figures_file(say, is_required=True),
        column(say, "--outcome", is_required=True),
        click.Option(["--kind"], type=click.Choice(stats_options.KINDS), default="i", help=say(kinds)),
        column(say, "--denominator"),
        column(say, "--exposure"),
        column(say, "--time"),
        click.Option(["--group"], metavar="COL", help=say(subgroup)),
        changeover(say),
        click.Option(
            ["--freeze"],
            type=click.IntRange(min=1),
            help=say("Make the limits from the first so many points."),
        ),
        click.Option(
            ["--better"],
            type=click.Choice(("lower", "higher", "neither")),
            default="neither",
            help=say("Which direction is improvement."),
        ),
        number(say, "--target", Message("The target, on the scale that is plotted.")),
        number(say, "--multiplier", Message("Plot so many times the share or rate, such as 100."), 1.0),
        *_drawn(say),
    ]


def its(say: Translator) -> list[click.Parameter]:
    """Give what `stats its` takes."""
    model = "Model; quasi_poisson for counts and linear for measurements by default."
    return [
        figures_file(say, is_required=True),
        *(column(say, name, is_required=True) for name in ("--outcome", "--time")),
        column(say, "--exposure"),
        changeover(say, is_required=True),
        click.Option(["--model"], type=click.Choice(stats_options.MODELS), help=say(model)),
        click.Option(
            ["--harmonics"],
            type=click.IntRange(0, 4),
            default=0,
            help=say("Pairs of sine and cosine for the season."),
        ),
        number(
            say, "--period", Message("How many points a year has; by the dates' step where it is left out.")
        ),
        *_drawn(say),
    ]


def funnel(say: Translator) -> list[click.Parameter]:
    """Give what `stats funnel` takes."""
    return [
        figures_file(say, is_required=True),
        *(column(say, name, is_required=True) for name in ("--outcome", "--unit")),
        *(column(say, name) for name in ("--denominator", "--exposure", "--expected")),
        number(say, "--target", Message("The target, before the multiplier; all units together by default.")),
        number(say, "--least", Message("Units with smaller denominators are drawn, not judged."), 20.0),
        number(say, "--multiplier", Message("Plot so many times the share or rate, such as 100."), 1.0),
        merge(say),
        *_drawn(say),
    ]


def alpha(say: Translator) -> list[click.Parameter]:
    """Give what `stats alpha` takes."""
    return [
        figures_file(say, is_required=True),
        click.Option(
            ["--items"], required=True, metavar="A,B,C", help=say("Columns of the items, parted by commas.")
        ),
        options.as_json(say),
    ]
