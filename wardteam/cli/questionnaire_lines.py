"""What `wardteam questionnaires` does and shows."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.domain.questionnaires import Mode, QuestionnaireVersion
from wardteam.errors import Message, NotFound

if TYPE_CHECKING:
    from wardteam.services.ports import UnitOfWork
    from wardteam.services.questionnaires import Flow, FlowLine, Issued

_NO_VERSION = Message(
    "The ward has no questionnaire in use yet; make a version on the questionnaires page (`wardteam serve`)."
)
_OTHER_VERSION = (
    "There is no questionnaire version {code}; the ward has {codes}. A new one is made on the questionnaires "
    "page (`wardteam serve`)."
)


def run_template(session: Session, *, file: Path, version: str | None, force: bool, ward: str | None) -> None:
    """Write the workbook of the versions in use."""
    from wardteam.cli.writing import new_file
    from wardteam.exchange.questionnaires_xlsx import questionnaires_workbook

    with session.open() as installation, installation.units() as unit:
        code = session.ward(installation, ward)
        kept = _versions(unit, code, version)
        versions = [one for one in kept if one.code == version or (version is None and not one.is_retired)]
    if not versions:
        raise NotFound(_NO_VERSION)
    new_file(file, questionnaires_workbook(versions, session.language), is_forced=force)
    session.screen.good("Written: {file}", file=str(file))


def _versions(unit: UnitOfWork, ward: str, named: str | None) -> list[QuestionnaireVersion]:
    """Give the ward's versions; NotFound without any, or without the one named, says what to do."""
    found = [one.record for one in unit.captured.all(ward, QuestionnaireVersion)]
    codes = tuple(one.code for one in found)
    if not codes:
        raise NotFound(_NO_VERSION)
    if named is not None and named not in codes:
        raise NotFound(Message(_OTHER_VERSION, code=named, codes=codes))
    return found


def run_import(session: Session, *, file: Path, ward: str | None, as_json: bool) -> None:
    """Take the workbook in."""
    from wardteam.cli.record_lines import tell_of_many
    from wardteam.services.record_files import import_questionnaires

    data = file.read_bytes()
    with session.open() as installation:
        code, clock = session.ward(installation, ward), installation.clock
        done = import_questionnaires(installation.units, code, data, file.name, by=session.user, clock=clock)
    tell_of_many(session, done, as_json=as_json)


def run_issue(
    session: Session,
    *,
    version: str,
    count: int,
    mode: str,
    days: int,
    team: str,
    url: str,
    out: Path | None,
    ward: str | None,
    as_json: bool,
) -> None:
    """Issue sheets; codes are shown, or written where a file is named."""
    from wardteam.cli.writing import new_file
    from wardteam.services.questionnaires import issue

    with session.open() as installation:
        code = session.ward(installation, ward)
        with installation.units() as unit:
            _versions(unit, code, version)
        issued = issue(
            installation.units,
            code,
            version,
            count,
            Mode(mode),
            days_valid=days,
            team=team,
            by=session.user,
            clock=installation.clock,
        )
    rows = _rows(issued, url)
    if out is not None:
        new_file(out, _csv(session, rows))
    if as_json:
        session.screen.json({"sheets": [dict(zip(("sheet", "code"), row, strict=True)) for row in rows]})
    elif out is None:
        session.screen.table(("Sheet no.", "One-time code"), rows)
    else:
        session.screen.good("Written: {file}", file=str(out))


def run_flow(session: Session, *, period: Period | None, ward: str | None, as_json: bool) -> None:
    """Count and show."""
    from wardteam.services.questionnaires import flow

    with session.open() as installation:
        found = flow(installation.units, session.ward(installation, ward), period)
    if as_json:
        session.screen.json({"flow": found})
    else:
        _show_flow(session, found)


def _show_flow(session: Session, found: Flow) -> None:
    headings = ("Part", "Issued", "Returned", "Valid", "Not valid because")
    months = [_line(session, line, line.name) for line in found.by_month]
    teams = [
        _line(session, line, Message("team {team}", team=line.name)) for line in found.by_team if line.name
    ]
    modes = [_line(session, line, Mode(line.name)) for line in found.by_mode]
    whole = _line(session, found.total, Message("all together"))
    session.screen.table(headings, [*months, *teams, *modes, whole], right=(1, 2, 3))
    if found.entered_twice:
        text = "{count} sheets were entered twice; {differing} of them differ still."
        session.screen.line(text, count=found.entered_twice, differing=found.differing)


def _line(session: Session, line: FlowLine, name: object) -> tuple[object, ...]:
    say = session.say
    reasons = tuple(Message("{reason} {count}", reason=r, count=n) for r, n in line.invalid.items())
    return (say.show(name), line.issued, line.returned, line.valid, reasons)


def _rows(issued: Issued, url: str) -> list[tuple[str, str]]:
    start = f"{url.rstrip('/')}/q/" if url else ""
    codes = [f"{start}{secret}" for secret in issued.secrets] or [""] * len(issued.sheets)
    return list(zip(issued.sheets, codes, strict=True))


def _csv(session: Session, rows: list[tuple[str, str]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows([[session.say("Sheet no."), session.say("One-time code")], *rows])
    return target.getvalue().encode("utf-8-sig")
