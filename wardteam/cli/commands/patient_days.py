"""`wardteam patient-days`: the ward's daily numbers as a workbook, or counted from the patients' stays."""

from __future__ import annotations

from pathlib import Path

import click

from wardteam.cli import options
from wardteam.cli.session import Session
from wardteam.domain.calendar import Period
from wardteam.errors import Message
from wardteam.i18n import Translator

TEXT = Message("The ward's daily numbers: midnight census by nursing grade, comings and goings, catheters.")
TEMPLATE = Message("Write the workbook of daily numbers; with --period filled with what is kept.")
IMPORT = Message("Read a filled workbook of daily numbers; nothing is changed unless all of it is good.")
FROM_STAYS = Message("Count the days of a period from the patients' stays; days entered before are kept.")
SHOWN = Message("Period whose kept days are filled in, such as 2026-12; none by default.")
COUNTED = Message("Period, such as 2026-12; by default the period of the ward's workbook as last imported.")


def build(say: Translator) -> click.Command:
    """Give the group in the language's words."""
    common = [options.ward(say), options.as_json(say)]
    target = click.Argument(["file"], type=click.Path(path_type=Path, dir_okay=False), metavar=say("FILE"))
    force = click.Option(["--force"], is_flag=True, help=say("Write over an existing file."))
    shown, counted = options.period(say, SHOWN), options.period(say, COUNTED)
    group = options.group("patient-days", say, TEXT)
    group.add_command(
        options.command("template", say, TEMPLATE, run_template, [target, shown, force, options.ward(say)])
    )
    group.add_command(
        options.command("import", say, IMPORT, run_import, [options.file_to_read(say), *common])
    )
    group.add_command(options.command("from-stays", say, FROM_STAYS, run_from_stays, [counted, *common]))
    return group


def run_template(
    session: Session, *, file: Path, period: Period | None, force: bool, ward: str | None
) -> None:
    """Write the workbook."""
    from wardteam.cli.writing import new_file
    from wardteam.domain.census import PatientDays
    from wardteam.exchange.daily_numbers_xlsx import daily_numbers_workbook

    days: list[PatientDays] = []
    if period is not None:
        with session.open() as installation, installation.units() as unit:
            kept = unit.captured.all(session.ward(installation, ward), PatientDays, period)
            days = [one.record for one in kept]
    new_file(file, daily_numbers_workbook(session.language, days), is_forced=force)
    session.screen.good("Written: {file}", file=str(file))


def run_import(session: Session, *, file: Path, ward: str | None, as_json: bool) -> None:
    """Take the workbook in."""
    from wardteam.cli.record_lines import tell_of_many
    from wardteam.services.record_files import import_daily_numbers

    data = file.read_bytes()
    with session.open() as installation:
        code, clock = session.ward(installation, ward), installation.clock
        done = import_daily_numbers(installation.units, code, data, file.name, by=session.user, clock=clock)
    tell_of_many(session, done, as_json=as_json)


def run_from_stays(session: Session, *, period: Period | None, ward: str | None, as_json: bool) -> None:
    """Count the days that nobody has entered."""
    from wardteam.cli.record_lines import tell_of_many
    from wardteam.services.capture import count_from_stays

    with session.open() as installation:
        book = session.book(installation, ward)
        span = session.period(book, period)
        units, clock = installation.units, installation.clock
        done = count_from_stays(units, book.ward.code, span, by=session.user, clock=clock)
    tell_of_many(session, done, as_json=as_json)
    if as_json or done.added or done.changed or done.same:
        return
    if book.stays:
        first, last = span.first.isoformat(), span.last.isoformat()
        text = "No day from {first} to {last} could be counted: no stay had begun, or the days are not over."
        session.screen.warn(text, first=first, last=last)
    else:
        session.screen.warn(
            "The ward's workbook holds no stays, so no days can be counted; "
            "`wardteam import FILE` takes them in."
        )
