"""`wardteam stats`: every statistic and chart on any table, or on figures as papers print them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wardteam.cli import options, stats_options, stats_params
from wardteam.cli.session import Session
from wardteam.cli.stats_options import TypedFigures
from wardteam.errors import BadInput, Finding, Message
from wardteam.i18n import Translator

TEXT = Message(
    "Statistics on any table (.csv, .txt, .xlsx, .xls): the method is chosen by written rules and printed "
    "with its reason; everything beside it is printed too."
)
MEANS = Message("Compare means: Welch's test first; with --cluster or --pair by their own methods.")
RATES = Message("Compare shares of an outcome, or with --exposure events by exposure.")
CHART = Message("Make a run or control chart of a column, with limits, signals and verdicts.")
ITS = Message("Fit an interrupted time series: level and slope before and after a changeover.")
FUNNEL = Message("Hold units (teams, wards) against a target with limits for their size; never ranked.")
ALPHA = Message("Give Cronbach's alpha of a scale's items, with its interval.")


def build(say: Translator) -> click.Command:
    """Give the group in the language's words."""
    group = click.Group(
        "stats",
        help=say(TEXT),
        options_metavar=say("[OPTIONS]"),
        subcommand_metavar=say("COMMAND [ARGS]..."),
    )
    group.add_command(TypedFigures("--summary", "means", say, MEANS, run_means, stats_params.means(say)))
    group.add_command(TypedFigures("--counts", "rates", say, RATES, run_rates, stats_params.rates(say)))
    group.add_command(options.command("chart", say, CHART, run_chart, stats_params.chart(say)))
    group.add_command(options.command("its", say, ITS, run_its, stats_params.its(say)))
    group.add_command(options.command("funnel", say, FUNNEL, run_funnel, stats_params.funnel(say)))
    group.add_command(options.command("alpha", say, ALPHA, run_alpha, stats_params.alpha(say)))
    return group


def run_means(
    session: Session,
    *,
    file: Path | None,
    summary: tuple[str, ...],
    outcome: str | None,
    group: str | None,
    cluster: str | None,
    pair: str | None,
    merge: bool,
    as_json: bool,
) -> None:
    """Compare means."""
    from wardteam.cli.stats_answer import show_answer
    from wardteam.services.any_table.means import means_of_summaries, means_of_table

    stats_options.check_typed("--summary", summary, file, outcome, group, cluster, pair)
    if summary:
        answer = means_of_summaries(stats_options.summaries(summary))
    else:
        answer = means_of_table(
            stats_options.table(file, "--summary"),
            outcome=stats_options.needed(outcome, "--outcome"),
            group=group,
            cluster=cluster,
            pair=pair,
            is_merged=merge,
        )
    show_answer(session, answer, as_json=as_json)


def run_rates(
    session: Session,
    *,
    file: Path | None,
    counts: tuple[str, ...],
    outcome: str | None,
    merge: bool,
    as_json: bool,
    **columns: str | None,
) -> None:
    """Compare shares or rates."""
    from wardteam.cli.stats_answer import show_answer
    from wardteam.services.any_table.rates import rates_of_table
    from wardteam.services.any_table.shares import shares_of_counts

    stats_options.check_typed("--counts", counts, file, outcome, *columns.values())
    if counts:
        answer = shares_of_counts(stats_options.counts(counts))
    else:
        figures = stats_options.table(file, "--counts")
        wanted = stats_options.needed(outcome, "--outcome")
        answer = rates_of_table(figures, outcome=wanted, is_merged=merge, **columns)
    show_answer(session, answer, as_json=as_json)


def run_chart(
    session: Session,
    *,
    file: Path,
    outcome: str,
    kind: str,
    denominator: str | None,
    exposure: str | None,
    time: str | None,
    group: str | None,
    changeover: str | None,
    out: Path | None,
    as_json: bool,
    **judging: Any,  # freeze, better, target and multiplier as click has read them
) -> None:
    """Make a chart."""
    from wardteam.cli.stats_answer import show_answer
    from wardteam.cli.stats_plots import check_ending, write_plot
    from wardteam.services.any_table.charts import ChartColumns, ChartJudging, chart_of_table
    from wardteam.services.any_table.options import check_options
    from wardteam.stats.charts.types import Better, ChartKind

    check_ending(out)
    check_options({"denominator": denominator, "exposure": exposure}, apart=[("denominator", "exposure")])
    columns = ChartColumns(outcome=outcome, denominator=denominator or exposure, time=time, group=group)
    judged = ChartJudging(**{**judging, "better": Better(judging["better"])})
    answer = chart_of_table(
        stats_options.table(file), ChartKind(kind), columns, judged, changeover=changeover
    )
    if out is not None:
        size = columns.denominator or ""
        write_plot(session, answer, out, unit=outcome, denominator=size, multiplier=judged.multiplier)
    show_answer(session, answer, as_json=as_json)


def run_its(
    session: Session,
    *,
    file: Path,
    outcome: str,
    time: str,
    exposure: str | None,
    changeover: str,
    model: str | None,
    harmonics: int,
    period: float | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Fit an interrupted time series."""
    from wardteam.cli.stats_answer import show_answer
    from wardteam.cli.stats_plots import check_ending, write_plot
    from wardteam.services.any_table.series import series_of_table
    from wardteam.stats.interrupted_types import SeriesModel

    check_ending(out)
    answer = series_of_table(
        stats_options.table(file),
        outcome=outcome,
        time=time,
        changeover=changeover,
        exposure=exposure,
        model=None if model is None else SeriesModel(model),
        harmonics=harmonics,
        period=period,
    )
    if out is not None:
        write_plot(session, answer, out, unit=outcome, denominator=exposure or "")
    show_answer(session, answer, as_json=as_json)


def run_funnel(
    session: Session,
    *,
    file: Path,
    outcome: str,
    unit: str,
    denominator: str | None,
    exposure: str | None,
    expected: str | None,
    out: Path | None,
    as_json: bool,
    merge: bool,
    **judging: Any,  # target, least and multiplier as click has read them
) -> None:
    """Hold units against a target."""
    from wardteam.cli.stats_answer import show_answer
    from wardteam.cli.stats_plots import check_ending, write_plot
    from wardteam.services.any_table.funnels import FunnelColumns, FunnelJudging, funnel_of_table
    from wardteam.stats.funnel_types import FunnelKind

    check_ending(out)
    sizes = {FunnelKind.PROPORTION: denominator, FunnelKind.RATE: exposure, FunnelKind.RATIO: expected}
    named = [(kind, size) for kind, size in sizes.items() if size is not None]
    if len(named) != 1:
        problem = Message("Name one of --denominator, --exposure and --expected.")
        raise BadInput((Finding("--denominator", problem),))
    (kind, size), *_ = named
    judged = FunnelJudging(**judging)
    answer = funnel_of_table(
        stats_options.table(file), kind, FunnelColumns(outcome, unit, size), judged, is_merged=merge
    )
    if out is not None:
        write_plot(session, answer, out, unit=outcome, denominator=size, multiplier=judged.multiplier)
    show_answer(session, answer, as_json=as_json)


def run_alpha(session: Session, *, file: Path, items: str, as_json: bool) -> None:
    """Give Cronbach's alpha."""
    from wardteam.cli.stats_answer import show_answer
    from wardteam.services.any_table.scales import alpha_of_table

    names = [name.strip() for name in items.replace("，", ",").split(",") if name.strip()]
    show_answer(session, alpha_of_table(stats_options.table(file), names), as_json=as_json)
