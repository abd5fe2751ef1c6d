"""Part 9, methods: every method with its rule, the plan and its changes, versions, checklist, glossary."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from wardteam import __version__
from wardteam.errors import Message
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.control_blocks import people_names
from wardteam.services.quality_report.glossary import glossary_table
from wardteam.services.quality_report.squire import squire_table
from wardteam.services.study_plans import FIELD_NAMES, NO_PLAN_YET, PlanChange, plan_changes, shown
from wardteam.stats.comparison import MeasureComparison
from wardteam.stats.plots import Words
from wardteam.stats.report import Block, Cell, Heading, Paragraph, Part, Table, Tone
from wardteam.stats.results import Result

ALPHA = Message(
    "Tests are two-sided at 0.05. The plan names one primary measure; Holm's step-down adjustment covers its "
    "secondary measures; what is called exploratory is not adjusted and proves nothing."
)
NAIVE = Message(
    "The naive analyses of the article stand beside the right ones: t-tests of daily counts and of single "
    "calls, Pearson's chi-square without an interval. Each table says why they differ."
)


def methods_part(analysis: Analysis, data_hash: str) -> Part:
    """Give all that is needed to judge and repeat the report."""
    blocks: tuple[Block, ...] = (
        method_table(analysis),
        Paragraph((ALPHA, NAIVE)),
        Heading(Message("The plan")),
        plan_table(analysis),
        *_changes(analysis),
        Heading(Message("Versions and data")),
        version_table(data_hash),
        Heading(Message("SQUIRE 2.0 checklist")),
        squire_table(analysis),
        Heading(Message("Glossary")),
        glossary_table(),
    )
    return Part(9, Message("Methods"), blocks)


def method_table(analysis: Analysis) -> Table:
    """List every method of the comparison with the rule that chose it."""
    return Table(
        "methods",
        Message("Methods and the rules that chose them"),
        (Message("Measure"), Message("Method"), Message("Rule")),
        tuple(row for measure in analysis.comparison.measures for row in _method_rows(analysis, measure)),
    )


def _method_rows(analysis: Analysis, measure: MeasureComparison) -> Iterator[tuple[Cell, ...]]:
    """Give a measure's methods, those of one rule in one row, and its control chart."""
    by_rule: dict[Message, list[Words]] = {}
    for result in _results(measure):
        names = by_rule.setdefault(result.reason, [])
        if result.method.name not in names:
            names.append(result.method.name)
    for rule, names in by_rule.items():
        yield Cell.of(measure.name), Cell.of(*names), Cell.of(rule)
    chart = analysis.course(measure.kind).chart
    if chart is not None:
        yield Cell.of(measure.name), Cell.of(Message("control chart")), Cell.of(chart.rule)


def _results(measure: MeasureComparison) -> Iterator[Result]:
    if measure.right is not None:
        yield measure.right
    if measure.naive is not None:
        yield measure.naive
    yield from (r for r in measure.supporting if measure.right is None or r.method != measure.right.method)


def plan_table(analysis: Analysis) -> Table:
    """Give the plan, field by field."""
    plan = analysis.plan
    rows = [(title, shown(getattr(plan, name))) for name, title in FIELD_NAMES.items()]
    rows.append((Message("dated"), plan.day.isoformat() if plan.code else "–"))
    locked = Message("not locked")
    if plan.locked_at is not None:
        zone = analysis.data.book.settings.zone
        moment = f"{plan.locked_at.astimezone(zone):%Y-%m-%d %H:%M}"
        locked = Message("{moment} by {name}", moment=moment, name=_name(analysis, plan.locked_by))
    rows.append((Message("locked"), locked))
    return Table(
        "plan",
        Message("What was decided beforehand"),
        (Message("Field"), Message("Decision")),
        tuple((Cell.of(title), Cell.of(*_lines(value))) for title, value in rows),
    )


def _name(analysis: Analysis, by: str) -> Words:
    return people_names(analysis.data.book).get(by, by)


def _lines(value: object) -> tuple:  # type: ignore[type-arg]  # anything showable
    return value if isinstance(value, tuple) else (value,)


def _changes(analysis: Analysis) -> Iterator[Block]:
    if not analysis.plan.code:
        yield Paragraph((NO_PLAN_YET,), Tone.WARNING)
        return
    changes = [change for change in plan_changes(analysis.data.plan_versions) if change.is_after_lock]
    if not changes:
        yield Paragraph((Message("The plan was not changed after it had been locked."),), Tone.NOTE)
        return
    zone = analysis.data.book.settings.zone
    yield Table(
        "plan_changes",
        Message("Changes of the plan after it had been locked"),
        (Message("Moment"), Message("By"), Message("Reason"), Message("Change")),
        tuple(
            _change_row(change, _name(analysis, change.by), f"{change.at.astimezone(zone):%Y-%m-%d %H:%M}")
            for change in changes
        ),
    )


def _change_row(change: PlanChange, by: Words, moment: str) -> tuple[Cell, ...]:
    return Cell.of(moment), Cell.of(by), Cell.of(change.reason or "–"), Cell.of(*change.changes)


def version_table(data_hash: str) -> Table:
    """Give the versions of what computed the figures, and the hash of the data."""
    rows = [("wardteam", __version__), ("Python", platform.python_version())]
    rows += [(name, _version(name)) for name in ("numpy", "scipy", "statsmodels")]
    rows.append(("SHA-256", data_hash))
    return Table(
        "versions",
        Message("Versions, and the hash of the data"),
        (Message("Component"), Message("Version")),
        tuple((Cell.of(name), Cell.of(value)) for name, value in rows),
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"
