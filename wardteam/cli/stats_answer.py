"""An answer of `wardteam stats`: one JSON object for programs, or tables, reason and warnings for people."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from wardteam.cli.session import Session
from wardteam.errors import Message

if TYPE_CHECKING:
    from wardteam.services.any_table.answer import Answer, Line
    from wardteam.stats.charts.types import ControlChart
    from wardteam.stats.funnel_types import Funnel
    from wardteam.stats.interrupted_types import InterruptedSeries

NONE = "–"
HEADINGS = (
    *("Method", "Groups", "Estimate", "95% CI", "lower limit", "upper limit", "95% limits", "99.8% limits"),
    *("Statistic", "df", "P", "Note"),
)
MOST_GROUPS = 6
THROUGH_INFINITY = "above {high}, or below {low}"


def show_answer(session: Session, answer: Answer, *, as_json: bool) -> None:
    """Print an answer."""
    if as_json:
        text = json.dumps(as_record(session, answer), ensure_ascii=False, indent=2, allow_nan=False)
        click.echo(text)
        return
    screen = session.screen
    screen.heading(
        "{method}: n = {n}, missing = {missing}", method=answer.words, n=answer.n, missing=answer.missing
    )
    rows = [_row(session, line) for line in answer.results]
    used = [i for i in range(len(HEADINGS)) if any(row[i] not in ("", NONE) for row in rows)]
    headings = [HEADINGS[i] for i in used]
    right = [place for place, i in enumerate(used) if 2 <= i <= 10]
    screen.table(headings, [[row[i] for i in used] for row in rows], right=right)
    _show_chart(session, answer.chart)
    screen.line("Rule: {reason}", reason=answer.reason)
    for warning in answer.warnings:
        screen.warn(warning)


def as_record(session: Session, answer: Answer) -> dict[str, object]:
    """Give the answer as JSON holds it; the seven keys first, then the chart where there is one."""
    record: dict[str, object] = {
        "method": answer.method,
        "n": answer.n,
        "missing": answer.missing,
        "results": [finite(_record(session, line)) for line in answer.results],
        "warnings": [session.say(warning) for warning in answer.warnings],
        "reason": session.say(answer.reason),
        "data_sha256": answer.data_sha256,
    }
    if answer.chart is not None:
        record["chart"] = finite(session.screen.plain(answer.chart))
    return record


def _record(session: Session, line: Line) -> dict[str, object]:
    record: dict[str, object] = {
        "name": line.name,
        "statistic": line.statistic,
        "df": line.df[0] if len(line.df) == 1 else list(line.df) or None,
        "p": line.p,
        "estimate": line.estimate,
        "ci_low": line.ci_low,
        "ci_high": line.ci_high,
        **line.limits,
        "estimand": line.estimand or None,
        "groups": list(line.groups),
        "n": list(line.n),
        "missing": list(line.missing),
        "label": session.say(line.words),
        "note": None if line.note is None else session.say(line.note),
    }
    if line.is_through_infinity:
        record["is_through_infinity"] = True
    if line.verdict:
        record["verdict"] = line.verdict
    return record


def finite(value: object) -> object:
    """Turn what JSON can't hold (an infinite limit) into null, wherever it stands."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case Mapping():
            return {key: finite(item) for key, item in value.items()}
        case list():
            return [finite(item) for item in value]
        case _:
            return value


def _row(session: Session, line: Line) -> tuple[object, ...]:
    return (
        line.words,
        line.groups if len(line.groups) <= MOST_GROUPS else (*line.groups[:MOST_GROUPS], "…"),
        _figure(line.estimate),
        _interval(session, line),
        *_limits(session, line.limits),
        f"{line.symbol} {_figure(line.statistic)}".strip(),
        ", ".join(_figure(df) for df in line.df),
        NONE if line.p is None else _p(line.p),
        line.note or "",
    )


def _p(p: float) -> str:
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def _interval(session: Session, line: Line) -> str:
    low, high = _figure(line.ci_low), _figure(line.ci_high)
    if line.is_through_infinity:
        return session.say(THROUGH_INFINITY, low=low, high=high)
    return NONE if low == high == NONE else session.say("{low} to {high}", low=low, high=high)


def _limits(session: Session, limits: Mapping[str, float]) -> tuple[str, ...]:
    """Give lower and upper limit, then a funnel's limits of 95% and of 99.8%."""
    either = limits.get("limit")
    low, high = (
        limits.get("lower_limit", None if either is None else -either),
        limits.get("upper_limit", either),
    )
    bands = ((_figure(limits.get(f"low_{n}")), _figure(limits.get(f"high_{n}"))) for n in ("95", "998"))
    return (
        _figure(low),
        _figure(high),
        *(NONE if a == b == NONE else session.say("{low} to {high}", low=a, high=b) for a, b in bands),
    )


def _figure(value: float | None) -> str:
    """Print a figure to four significant digits, as people read them; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return NONE
    if value and (abs(value) >= 1e6 or abs(value) < 1e-4):
        return f"{value:.3e}"
    if float(value).is_integer():
        return f"{value:.0f}"
    places = max(0, 3 - math.floor(math.log10(abs(value))))
    return f"{value:.{min(places, 6)}f}"


def _show_chart(session: Session, chart: ControlChart | Funnel | InterruptedSeries | None) -> None:
    from wardteam.stats.charts.types import ControlChart
    from wardteam.stats.funnel_types import Funnel
    from wardteam.stats.interrupted_types import InterruptedSeries

    match chart:
        case ControlChart():
            _show_points(session, chart)
        case Funnel():
            _show_units(session, chart)
        case InterruptedSeries():
            headings = ("point", "value", "fitted", "counterfactual")
            rows = [
                (p.label, _figure(p.observed), _figure(p.fitted), _figure(p.counterfactual))
                for p in chart.points
            ]
            session.screen.table(headings, rows, right=(1, 2, 3))


def _show_points(session: Session, chart: ControlChart) -> None:
    from wardteam_reports.plots.words import ASSURANCE_WORDS, SIGNAL_KEYS, VARIATION_WORDS

    headings = ("point", "value", "centre line", "lower limit", "upper limit", "signals")
    rows = [
        (
            point.label,
            *(_figure(value) for value in (point.value, point.centre, point.lower, point.upper)),
            tuple(Message(SIGNAL_KEYS[signal]) for signal in point.signals),
        )
        for point in chart.points
    ]
    session.screen.table(headings, rows, right=(1, 2, 3, 4))
    session.screen.line(VARIATION_WORDS[chart.variation])
    session.screen.line(ASSURANCE_WORDS[chart.assurance])


def _show_units(session: Session, chart: Funnel) -> None:
    headings = ("unit", "events", "denominator", "value", "verdict")
    rows = [
        (
            unit.name,
            _figure(unit.events),
            _figure(unit.denominator),
            _figure(unit.value),
            _verdict(unit.verdict),
        )
        for unit in chart.units
    ]
    session.screen.table(headings, rows, right=(1, 2, 3))


def _verdict(verdict: str) -> Message:
    words = {
        "inside": "within the limits",
        "beyond_95": "beyond 95%",
        "beyond_998": "beyond 99.8%",
        "too_small": "too few to judge",
    }
    return Message(words[verdict])
