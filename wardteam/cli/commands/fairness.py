"""`wardteam fairness`: the ledger of nights, weekends and wishes, its spread, one nurse's account."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.domain.ledger import Measure, Spread
from wardteam.errors import Conflict, Message
from wardteam.i18n import Translator

if TYPE_CHECKING:
    from wardteam.bootstrap.wiring import Installation
    from wardteam.domain.hours_account import HoursAccount
    from wardteam.services.fairness import Fairness, NurseFairness
    from wardteam.services.ledger_import import ImportedBalances

TEXT = Message(
    "Show what each nurse got above or below her fair share over the months, and how far the nurses lie "
    "apart before and after the newest roster; with a staff number, her accounts and hours line by line. "
    "With --import, read opening balances (Excel or CSV) and show what they would change."
)
NEWEST = Message("The last period that counts: 2026-12 or 2026-12-01..2026-12-28; the newest by default.")
SINCE = Message("The date at whose beginning the imported balances stand.")


def build(say: Translator) -> click.Command:
    """Give the command in the language's words."""
    place = click.Path(exists=True, dir_okay=False, path_type=Path)
    params = [
        click.Argument(["nurse"], required=False, metavar=say("[NURSE]")),
        options.period(say, NEWEST),
        click.Option(["--import", "file"], type=place, help=say("File of opening balances to read.")),
        options.day(say, "--since", SINCE),
        options.ward(say),
        options.yes(say),
        options.as_json(say),
    ]
    return options.command("fairness", say, TEXT, run, params)


def run(
    session: Session,
    *,
    nurse: str | None,
    period: Period | None,
    file: Path | None,
    since: date | None,
    ward: str | None,
    yes: bool,
    as_json: bool,
) -> int:
    """Show the ledger or an account, or take balances in."""
    from wardteam.services.fairness import fairness, nurse_fairness

    with session.open() as installation:
        code = session.ward(installation, ward)
        if file is not None:
            return _take_in(session, installation, code, file, since, is_agreed=yes, as_json=as_json)
        if nurse is not None:
            account = nurse_fairness(installation.units, code, nurse, period)
        else:
            found = fairness(installation.units, code, period)
    if as_json:
        session.screen.json({"fairness": found} if nurse is None else {"nurse": _record(account)})
    elif nurse is None:
        _show(session, found)
    else:
        _show_nurse(session, account)
    return 0


def _show(session: Session, found: Fairness) -> None:
    screen = session.screen
    screen.list(found.notes)
    balances = {(a.staff_no, a.measure): a.balance for a in found.ledger.accounts}
    measures = (Message("{measure}", measure=measure) for measure in Measure)
    headings: tuple[str | Message, ...] = ("Staff no.", "Nurse", *measures)
    rows = [
        (staff_no, found.names[staff_no], *(_signed(balances.get((staff_no, m))) for m in Measure))
        for staff_no in found.ledger.nurses
    ]
    screen.line("Above (+) or below (−) the fair share, carried to the next period:")
    screen.table(headings, rows, right=range(2, 2 + len(Measure)))
    if found.newest is not None:
        text = "The spread before and after the roster of {first} to {last}{draft}:"
        draft = Message(" (draft)") if found.is_draft else ""
        screen.line(text, first=found.newest.first, last=found.newest.last, draft=draft)
    spread = (
        "Measure",
        "Nurses",
        "Range before",
        "Range after",
        "Standard deviation before",
        "Standard deviation after",
    )
    lines = [
        (
            s.measure,
            s.after.nurses,
            *_pair(s.before, s.after, "range"),
            *_pair(s.before, s.after, "deviation"),
        )
        for s in found.spreads
    ]
    screen.table(spread, lines, right=(1, 2, 3, 4, 5))


def _pair(before: Spread, after: Spread, name: str) -> tuple[str, str]:
    return f"{getattr(before, name):.1f}", f"{getattr(after, name):.1f}"


def _show_nurse(session: Session, found: NurseFairness) -> None:
    from wardteam.services.ledger_words import MEASURE_RULES, source_of

    screen = session.screen
    screen.heading("{nurse}, {number}", nurse=found.name, number=found.staff_no)
    for account in found.accounts:
        screen.line("{measure}: {rule}", measure=account.measure, rule=MEASURE_RULES[account.measure])
        rows = [
            (
                source_of(line),
                f"{line.got:.1f}",
                f"{line.share:.1f}",
                _signed(line.difference),
                _signed(total),
            )
            for line, total in zip(account.lines, account.running(), strict=True)
        ]
        screen.table(("From", "Got", "Fair share", "Above the share", "Carried on"), rows, right=(1, 2, 3, 4))
    screen.line("Her wishes weigh {percent} % in the next period.", percent=found.wish_percent)
    for hours in found.hours:
        _show_hours(session, hours)


def _show_hours(session: Session, account: HoursAccount) -> None:
    from wardteam.services.ledger_words import HOURS_RULES

    screen = session.screen
    screen.line("Hours, {first} to {last}", first=account.period.first, last=account.period.last)
    rows: list[tuple[object, ...]] = [("", Message("opening balance"), _hours(account.opening_minutes), "")]
    rows += [
        (line.shift, line.entry, _hours(line.minutes), HOURS_RULES[line.entry]) for line in account.lines
    ]
    rows.append(("", Message("closing balance"), _hours(account.closing_minutes), ""))
    screen.table(("Shift", "Entry", "Hours", "Rule"), rows, right=(2,))


def _signed(value: float | None) -> str:
    if value is None:
        return "–"
    return "0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", "−")


def _hours(minutes: int) -> str:
    return f"{minutes / 60:+.2f}".rstrip("0").rstrip(".").replace("-", "−") if minutes else "0"


def _record(found: NurseFairness) -> dict[str, object]:
    """Add what the accounts compute to what they hold."""
    plain: dict[str, object] = {**vars(found)}
    plain["accounts"] = [
        {**vars(a), "got": a.got, "share": a.share, "refused": a.refused, "balance": a.balance}
        for a in found.accounts
    ]
    plain["hours"] = [
        {**vars(h), "earned_minutes": h.earned_minutes, "taken_minutes": h.taken_minutes,
         "closing_minutes": h.closing_minutes}
        for h in found.hours
    ]  # fmt: skip
    return plain


def _take_in(
    session: Session,
    installation: Installation,
    ward: str,
    file: Path,
    since: date | None,
    *,
    is_agreed: bool,
    as_json: bool,
) -> int:
    """Show what the balances change, ask, and apply; where nobody agreed, that is no success."""
    from wardteam.services.ledger_import import import_balances

    def read(confirmed: ImportedBalances | None) -> ImportedBalances:
        units, clock, by = installation.units, installation.clock, session.user
        return import_balances(units, ward, file, since=since, by=by, clock=clock, confirmed=confirmed)

    found = read(None)
    if not as_json:
        session.screen.list(found.changes, most=60)
    if not found.changes:
        session.screen.line("The file changes nothing.")
        return 0
    if is_agreed or (session.is_interactive() and click.confirm(session.say("Apply these changes?"))):
        found = read(found)
    if as_json:
        session.screen.json({**vars(found), "is_applied": found.revision is not None})
    elif found.revision is not None:
        session.screen.good("Applied.")
    else:
        click.echo(session.say("Nothing was changed; --yes applies the changes."), err=True)
    return 0 if found.revision is not None else Conflict.exit_code
