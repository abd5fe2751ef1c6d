"""`wardteam plan`: the plan of a comparison, shown, locked before looking, revised with a reason."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.domain.study import ArrivalTest, BellTest, Duration, Exclusion, MeasureKind, StudyPlan
from wardteam.errors import BadInput, Finding, Message, Named
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.services.study_plans import PlanFields

TEXT = Message("The plan of a comparison: what is measured, when, by which test, and what is left out.")
SHOW = Message("Show a plan as it stands.")
NEW = Message("Draft a plan of two periods; lock it before anybody looks at the data.")
LOCK = Message("Lock a plan: from now on it is changed only with a reason.")
REVISE = Message("Change a plan; one that is locked needs a reason, and its earlier versions stay.")
HISTORY = Message("Show who changed a plan, when and why.")


def build(say: Translator) -> click.Command:
    """Give the group in the language's words."""
    group = click.Group(
        "plan",
        help=say(TEXT),
        options_metavar=say("[OPTIONS]"),
        subcommand_metavar=say("COMMAND [ARGS]..."),
    )
    common = [_code(say), options.ward(say), options.as_json(say)]
    group.add_command(options.command("new", say, NEW, run_new, [*_new(say), *common[1:]]))
    group.add_command(options.command("show", say, SHOW, run_show, common))
    group.add_command(options.command("lock", say, LOCK, run_lock, common))
    group.add_command(options.command("revise", say, REVISE, run_revise, [*_fields(say), *common]))
    group.add_command(options.command("history", say, HISTORY, run_history, common))
    return group


def _code(say: Translator) -> click.Option:
    return click.Option(["--plan"], metavar="CODE", help=say("Code of the plan; the newest by default."))


def _new(say: Translator) -> list[click.Parameter]:
    name = click.Option(["--name"], default="", help=say("Name of the plan."))
    fields = [field for field in _fields(say) if field.name != "reason"]
    for field in fields:
        field.required = field.name in ("baseline", "intervention")
    return [name, *fields]


def _fields(say: Translator) -> list[click.Parameter]:
    targets = (
        "Target of a measure, such as bells=110, arrival_seconds=150 or satisfaction=0.95; may be repeated."
    )
    return [
        click.Option(["--reason"], default="", help=say("Why it is changed.")),
        click.Option(["--baseline"], type=options.PeriodType(say), help=say("Baseline period, A..B.")),
        click.Option(
            ["--intervention"], type=options.PeriodType(say), help=say("Intervention period, C..D.")
        ),
        _choice(say, "--primary", MeasureKind, "Primary measure."),
        _choice(say, "--duration", Duration, "Which duration of a call is measured."),
        _choice(say, "--bell-test", BellTest, "Test of bells."),
        _choice(say, "--arrival-test", ArrivalTest, "Test of arrival times."),
        click.Option(
            ["--exclude", "exclusions"],
            type=click.Choice([exclusion.value for exclusion in Exclusion]),
            multiple=True,
            help=say("What is left out; may be repeated, and replaces what was left out before."),
        ),
        click.Option(["--target", "targets"], multiple=True, metavar="MEASURE=VALUE", help=say(targets)),
        click.Option(
            ["--target-seconds"], type=click.FloatRange(min=1), help=say("Arrival time aimed at, in seconds.")
        ),
    ]


def _choice(say: Translator, name: str, kind: type[StrEnum], text: str) -> click.Option:
    return click.Option([name], type=click.Choice([member.value for member in kind]), help=say(text))


def run_new(session: Session, *, name: str, ward: str | None, as_json: bool, **given: object) -> None:
    """Draft a plan; its code is given."""
    from wardteam.services.proposed_plan import proposed_plan
    from wardteam.services.study_plans import PREFIX, altered, draft_plan, plan_of

    fields = _read(given)
    with session.open() as installation:
        book = session.book(installation, ward)
        code, by, clock = book.ward.code, session.user, installation.clock
        today = clock().astimezone(book.settings.zone).date()
        with installation.units() as unit:
            new = unit.captured.next_code(code, StudyPlan, PREFIX)
        draft = replace(proposed_plan(today), code=new, name=Named(name.strip(), name.strip()))
        draft = altered(draft, fields)
        draft_plan(installation.units, code, draft, expected_revision=None, by=by, clock=clock)
        kept, _ = plan_of(installation.units, code, new)
    if as_json:
        session.screen.json({"plan": kept.record, "revision": kept.revision})
        return
    text = "Plan {code} is drafted; `wardteam plan lock` locks it before anybody looks at the data."
    session.screen.good(text, code=kept.record.code)


def run_show(session: Session, *, plan: str | None, ward: str | None, as_json: bool) -> None:
    """Show the plan field by field."""
    from wardteam.services.study_plans import FIELD_NAMES, plan_of, shown

    with session.open() as installation:
        kept, _ = plan_of(installation.units, session.ward(installation, ward), plan)
    if as_json:
        session.screen.json({"plan": kept.record, "revision": kept.revision})
        return
    rows = [(title, shown(getattr(kept.record, name))) for name, title in FIELD_NAMES.items()]
    locked = kept.record.locked_at
    rows.append((Message("dated"), kept.record.day.isoformat()))
    rows.append((Message("locked"), Message("not locked") if locked is None else f"{locked:%Y-%m-%d %H:%M}"))
    session.screen.table(("Field", "Decision"), rows)


def run_lock(session: Session, *, plan: str | None, ward: str | None, as_json: bool) -> None:
    """Lock the plan."""
    from wardteam.services.study_plans import lock_plan, plan_of

    with session.open() as installation:
        code = session.ward(installation, ward)
        kept, _ = plan_of(installation.units, code, plan)
        lock_plan(installation.units, code, kept.record.code, by=session.user, clock=installation.clock)
        kept, _ = plan_of(installation.units, code, kept.record.code)
    if as_json:
        session.screen.json({"plan": kept.record, "revision": kept.revision})
    else:
        session.screen.good("Plan {code} is locked.", code=kept.record.code)


def run_revise(
    session: Session, *, reason: str, plan: str | None, ward: str | None, as_json: bool, **given: object
) -> None:
    """Change the plan; a locked one with a reason."""
    from wardteam.services.study_plans import altered, draft_plan, plan_of, revise_plan

    with session.open() as installation:
        code = session.ward(installation, ward)
        kept, _ = plan_of(installation.units, code, plan)
        changed = altered(kept.record, _read(given))
        by, clock = session.user, installation.clock
        if kept.record.is_locked:
            revise_plan(
                installation.units,
                code,
                changed,
                expected_revision=kept.revision,
                reason=reason,
                by=by,
                clock=clock,
            )
        else:
            draft_plan(installation.units, code, changed, expected_revision=kept.revision, by=by, clock=clock)
        kept, _ = plan_of(installation.units, code, changed.code)
    if as_json:
        session.screen.json({"plan": kept.record, "revision": kept.revision})
    else:
        session.screen.good("Plan {code} was changed; its earlier versions stay.", code=changed.code)


def run_history(session: Session, *, plan: str | None, ward: str | None, as_json: bool) -> None:
    """List the plan's changes."""
    from wardteam.services.study_plans import plan_changes, plan_of

    with session.open() as installation:
        _, versions = plan_of(installation.units, session.ward(installation, ward), plan)
    changes = plan_changes(versions)
    if as_json:
        session.screen.json({"versions": versions, "changes": changes})
        return
    session.screen.line("{count} versions.", count=len(versions))
    header = ("Moment", "By", "Reason", "Change")
    rows = [(f"{c.at:%Y-%m-%d %H:%M}", c.by, c.reason or "–", c.changes) for c in changes]
    session.screen.table(header, rows)


def _read(given: dict[str, object]) -> PlanFields:
    from wardteam.services.study_plans import PlanFields

    spans = {name: value for name in ("baseline", "intervention") if isinstance(value := given[name], Period)}
    exclusions = tuple(Exclusion(str(value)) for value in _many(given["exclusions"]))
    seconds = given["target_seconds"]
    return PlanFields(
        **spans,
        primary=MeasureKind(str(given["primary"])) if given["primary"] else None,
        duration=Duration(str(given["duration"])) if given["duration"] else None,
        bell_test=BellTest(str(given["bell_test"])) if given["bell_test"] else None,
        arrival_test=ArrivalTest(str(given["arrival_test"])) if given["arrival_test"] else None,
        exclusions=exclusions or None,
        targets=_targets(_many(given["targets"])) or None,
        target_seconds=seconds if isinstance(seconds, float) else None,
    )


def _many(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _targets(given: tuple[object, ...]) -> dict[MeasureKind, float]:
    found = {}
    for text in map(str, given):
        name, _, value = text.partition("=")
        try:
            found[MeasureKind(name.strip())] = float(value)
        except ValueError as wrong:
            names = tuple(kind.value for kind in MeasureKind)
            problem = Message("MEASURE=VALUE was expected, with one of {names} and a number.", names=names)
            raise BadInput((Finding("--target", problem, value=text),)) from wrong
    return found
