"""The roster sheet (排班表) as PDF: from the view to plain data for its template."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Literal

from wardteam.domain.documents import LegendEntry, RosterSheet, SheetCell, SheetDay, SheetRow, SheetTotal
from wardteam.domain.people import StaffKind
from wardteam.domain.shifts import DayKind, Post
from wardteam.errors import Message
from wardteam.i18n import Language, Translator, translator
from wardteam_reports import wording
from wardteam_reports.typeset import compile_pdf

SheetPaper = Literal["a4", "a3"]
PORTRAIT_DAYS = 14

WORDS = {
    "team": "Team",
    "number": "No.",
    "staff_no": "Staff no.",
    "name": "Name",
    "level": "Level",
    "title": "Title",
    "years": "Yrs",
    "beds": "Beds",
    "remarks": "Remarks",
    "worked": "Hours",
    "balance": "Balance",
    "night": "Night h",
    "carried": "Carried",
    "annual": "Annual leave",
    "legend": "Legend",
    "shortage": "Short of staff",
    "short_mark": "▼ below the minimum",
    "granted": "wish granted",
    "refused": "wish not granted",
    "locked": "underlined: locked",
    "leader_post": "bold: leader's post",
    "uncounted": "° not counted as staff",
    "head_nurse": "Head nurse:",
    "date": "Date:",
    "notes": "Notes",
    "table": "Roster by nurse and date",
}


def roster_sheet_pdf(
    sheet: RosterSheet, *, language: Language, paper: SheetPaper = "a4", made_at: datetime
) -> bytes:
    """Typeset the roster sheet: a month landscape, up to 14 days portrait; A4 or A3."""
    return compile_pdf(
        "roster_sheet", sheet_data(sheet, language, paper), language=language, timestamp=made_at
    )


def sheet_title(sheet: RosterSheet, language: Language) -> str:
    """Give the sheet's title, such as 2026年12月呼吸内科护士排班表."""
    return translator(language)(
        "Nurses' roster of {ward}, {period}",
        ward=wording.ward_name(sheet.ward, language),
        period=wording.span(sheet.period, language),
    )


def sheet_data(sheet: RosterSheet, language: Language, paper: SheetPaper) -> dict[str, object]:
    """Put the view into the words of a language, as plain data."""
    say = translator(language)
    is_portrait = len(sheet.days) <= PORTRAIT_DAYS
    return {
        "title": sheet_title(sheet, language),
        "words": {key: say(text) for key, text in WORDS.items()},
        "hospital": wording.hospital_name(sheet.ward, language),
        "status": say("{status}, version {version}", status=sheet.status, version=sheet.version),
        "made": ""
        if sheet.made_at is None
        else say("made on {moment}", moment=f"{sheet.made_at:%Y-%m-%d %H:%M}"),
        "paper": paper,
        "portrait": is_portrait,
        "posted": sheet.is_posted,
        "days": [_day(day, language) for day in sheet.days],
        "groups": list(_groups(sheet, say)),
        "has_remarks": not is_portrait and any(row.remarks for row in sheet.rows),
        "remarks": [_remark(row, say) for row in sheet.rows if row.remarks] if is_portrait else [],
        "has_locks": any(cell.is_locked for row in sheet.rows for cell in row.cells),
        "has_uncounted": any(cell.is_uncounted for row in sheet.rows for cell in row.cells),
        "totals": [_total(total, say) for total in sheet.totals],
        "legend": [_legend(entry, language) for entry in sheet.legend],
        "shortages": [say(message) for message in sheet.shortages],
        "notes": [say(message) for message in (*sheet.notes, *_wish_note(sheet))],
    }


def _wish_note(sheet: RosterSheet) -> Iterator[Message]:
    if sheet.wishes_asked:
        yield Message(
            "Wishes granted: {granted} of {asked}.", granted=sheet.wishes_granted, asked=sheet.wishes_asked
        )


def _day(day: SheetDay, language: Language) -> dict[str, object]:
    return {
        "number": str(day.day.day),
        "weekday": wording.weekday(day.day, language),
        "kind": day.kind.value,
        "is_off": day.kind is not DayKind.WORKDAY,
    }


def _groups(sheet: RosterSheet, say: Translator) -> Iterator[dict[str, object]]:
    """Give the rows by team, so that the team's cell can span them."""
    names = {team.number: wording.team_name(team, say.language) for team in sheet.teams}
    for (kind, team), rows in groupby(sheet.rows, key=_group_key):
        if team is not None:
            label = names.get(team, str(team))
        elif kind is StaffKind.WARD:
            label = say("no team")
        else:
            label = say("head nurse") if kind is StaffKind.HEAD_NURSE else say("not counted")
        yield {"label": label, "team": team, "rows": [_row(row, sheet, say) for row in rows]}


def _group_key(row: SheetRow) -> tuple[StaffKind, int | None]:
    guests = (StaffKind.STUDENT, StaffKind.TRAINEE, StaffKind.BORROWED)
    return (StaffKind.BORROWED, None) if row.kind in guests else (row.kind, row.team)


def _row(row: SheetRow, sheet: RosterSheet, say: Translator) -> dict[str, object]:
    is_guest = row.kind not in (StaffKind.WARD, StaffKind.HEAD_NURSE)
    return {
        "number": str(row.number),
        "staff_no": row.staff_no,
        "name": wording.pick(row.name, say.language),
        "role": "" if row.role is None else row.role.value,
        "is_guest": is_guest,
        "level": say(row.level),
        "title": say(row.kind) if is_guest else say(row.title),
        "years": str(row.service_years),
        "beds": wording.compact_beds(row.beds),
        "cells": [_cell(cell, say.language) for cell in row.cells],
        "remarks": say.show(row.remarks),
        **_hours(row, sheet),
    }


def _hours(row: SheetRow, sheet: RosterSheet) -> dict[str, object]:
    """Give the hour columns; nobody keeps hours here for people of other units.

    A posted sheet has no balances: what is owed tells paid leave from unpaid.
    """
    is_kept = row.kind in (StaffKind.WARD, StaffKind.HEAD_NURSE)
    figures = {"worked": wording.hours(row.worked_minutes), "night": wording.hours(row.night_minutes)}
    if not sheet.is_posted:
        figures |= {
            "balance": wording.signed_hours(row.balance_minutes),
            "carried": wording.signed_hours(row.balance_after_minutes),
            "annual": str(row.annual_leave_days),
        }
    shown = figures if is_kept else dict.fromkeys(figures, "")
    return {**shown, "is_owing": is_kept and not sheet.is_posted and row.balance_after_minutes < 0}


def _cell(cell: SheetCell, language: Language) -> dict[str, object]:
    return {
        "symbol": wording.pick(cell.symbol, language),
        "fill": cell.colour,
        "ink": cell.text_colour,
        "is_duty": cell.kind is not None,
        "is_leader": cell.post is Post.LEADER,
        "wish": "" if cell.wish is None else "♥" if cell.wish else "♡",
        "is_locked": cell.is_locked,
        "is_uncounted": cell.is_uncounted,
    }


def _remark(row: SheetRow, say: Translator) -> dict[str, str]:
    return {"name": wording.pick(row.name, say.language), "text": say.show(row.remarks)}


def _total(total: SheetTotal, say: Translator) -> dict[str, object]:
    counts = zip(total.staff, total.minimum, strict=True)
    return {
        "symbol": wording.pick(total.symbol, say.language),
        "name": wording.pick(total.name, say.language),
        "staff": [{"count": str(staff), "is_short": staff < least} for staff, least in counts],
        "asked": say(
            "minimum {least}, wished {wished}", least=_range(total.minimum), wished=_range(total.wished)
        ),
    }


def _range(values: tuple[int, ...]) -> str:
    low, high = min(values), max(values)
    return str(low) if low == high else f"{low}–{high}"


def _legend(entry: LegendEntry, language: Language) -> dict[str, str]:
    return {
        "symbol": wording.pick(entry.symbol, language),
        "name": wording.pick(entry.name, language),
        "times": entry.times,
        "fill": entry.colour,
        "ink": entry.text_colour,
    }
