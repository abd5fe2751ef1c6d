"""Writes the roster sheet as an Excel workbook that a head nurse can print, edit and hand back."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import xlsxwriter

from wardteam.domain.calendar import Period
from wardteam.domain.documents import RosterSheet, SheetCell, SheetRow, SheetTotal
from wardteam.domain.people import StaffKind
from wardteam.domain.shifts import DayKind, Post
from wardteam.errors import Message
from wardteam.exchange.roster_layout import (
    DAY_WIDTH,
    FIRST_ROW,
    HEADER_ROW,
    LEFT,
    LEGEND_COLUMNS,
    Layout,
    quoted,
)
from wardteam.i18n import Language, translator

HIDDEN_SHEET = "wardteam"
WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}
GREY = "#e7e7e7"
ROW_HEIGHT, LINE_HEIGHT = 18, 13.5
BEDS_A_LINE = 14
"""Characters that fit into a line of the beds' column."""
_PAPERS = {"A4": 9, "A3": 8}
_KINDS = {
    StaffKind.HEAD_NURSE: "#7a3b00",
    StaffKind.STUDENT: "#00796b",
    StaffKind.TRAINEE: "#1565c0",
    StaffKind.BORROWED: "#6a1b9a",
}
_LEGEND_HEADINGS = (
    ("符号", "Symbol"),
    ("班次", "Shift"),
    ("时间", "Times"),
    ("工时", "Hours"),
    ("夜班", "Night"),
)
_MARKS = Message(
    "♥ wish granted, ♡ wish not granted. Bold: leads the team that day. "
    "Thick frame: locked. Grey: weekend or holiday."
)


def roster_xlsx(sheet: RosterSheet, language: Language, *, paper: Literal["A4", "A3"] = "A3") -> bytes:
    """Write the sheet; what is shown is the sheet's own, and hours and staff counts are live formulas."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as workbook:
        created = (sheet.made_at or datetime(2020, 1, 1)).replace(tzinfo=None)  # noqa: DTZ001  # a file property
        workbook.set_properties({"created": created, "title": sheet_title(sheet, language)})
        _Writer(workbook, sheet, language, Layout(sheet, language)).write(paper)
    return target.getvalue()


def sheet_title(sheet: RosterSheet, language: Language) -> str:
    """Give the title: of the month where the period is one, else of its dates."""
    say, period = translator(language), sheet.period
    ward = sheet.ward.name if language == "zh" else sheet.ward.name_en or sheet.ward.name
    if period == Period.month(period.first.year, period.first.month):
        text = "Nurses' roster of {ward}, {year}-{month}"
        return say(text, ward=ward, year=period.first.year, month=period.first.month)
    first, last = period.first.isoformat(), period.last.isoformat()
    return say("Nurses' roster of {ward}, {first} to {last}", ward=ward, first=first, last=last)


@dataclass
class _Writer:
    """The workbook while it is written."""

    workbook: Any  # XlsxWriter ships no types
    sheet: RosterSheet
    language: Language
    at: Layout
    page: Any = None  # the same
    looks: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)  # the same

    def write(self, paper: str) -> None:
        """Write the visible sheet and the hidden one."""
        say = translator(self.language)
        self.page = self.workbook.add_worksheet(say("Roster sheet"))
        self._set_up_page(paper)
        self._write_head()
        for index, row in enumerate(self.sheet.rows):
            self._write_person(index, row)
        self._write_teams()
        self._colour_symbols()
        for index, total in enumerate(self.sheet.totals):
            self._write_total(self.at.totals_row + index, total)
        self._write_legend()
        self._write_notes()
        self._write_hidden()

    def look(self, **properties: object) -> Any:  # the same
        """Give a format, made once for the same properties."""
        base: dict[str, object] = {"border": 1, "align": "center", "valign": "vcenter", "font_size": 10}
        key = tuple(sorted((base | properties).items()))
        if key not in self.looks:
            self.looks[key] = self.workbook.add_format(dict(key))
        return self.looks[key]

    def _set_up_page(self, paper: str) -> None:
        page = self.page
        page.freeze_panes(FIRST_ROW, 4)
        page.set_paper(_PAPERS[paper])
        page.set_portrait() if len(self.sheet.days) <= 7 else page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_default_row(ROW_HEIGHT)
        page.repeat_rows(HEADER_ROW, HEADER_ROW + 1)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.set_footer("&L&A&C&P / &N&R&D" if self.sheet.made_at is None else "&L&A&C&P / &N")
        page.center_horizontally()
        for index, (_, _, width) in enumerate(LEFT):
            page.set_column(index, index, width)
        page.set_column(self.at.first_day, self.at.last_day, DAY_WIDTH)
        for offset, (_, _, width) in enumerate(self.at.right_columns, start=self.at.last_day + 1):
            page.set_column(offset, offset, width)

    def _write_head(self) -> None:
        last = self.at.last_column
        title = self.look(border=0, bold=True, font_size=18)
        self.page.merge_range(0, 0, 0, last, "", title)
        self.page.write_string(0, 0, sheet_title(self.sheet, self.language), title)
        self.page.merge_range(1, 0, 1, last, "", self.look(border=0, font_color="#555555"))
        self.page.write_string(1, 0, self._subtitle(), self.look(border=0, font_color="#555555"))
        self.page.set_row(0, 30)
        head = self.look(bold=True, bg_color="#dce6f1", text_wrap=True)
        for offset, columns in ((0, LEFT), (self.at.last_day + 1, self.at.right_columns)):
            for index, (_, heading, _) in enumerate(columns, start=offset):
                self.page.merge_range(HEADER_ROW, index, HEADER_ROW + 1, index, heading[self.at.side], head)
        for index, day in enumerate(self.sheet.days, start=self.at.first_day):
            colour = "#dce6f1" if day.kind is DayKind.WORKDAY else GREY
            look = self.look(bold=True, bg_color=colour, num_format="d")
            self.page.write_datetime(HEADER_ROW, index, datetime(*day.day.timetuple()[:3]), look)  # noqa: DTZ001
            weekday = WEEKDAYS[self.language][day.day.weekday()]
            self.page.write_string(HEADER_ROW + 1, index, weekday, self.look(bg_color=colour))
            if day.holiday:
                self.page.write_comment(HEADER_ROW, index, day.holiday)

    def _subtitle(self) -> str:
        say, sheet = translator(self.language), self.sheet
        if sheet.made_at is None:
            return say("Version {version}, {status}", version=sheet.version, status=sheet.status)
        text = "Version {version}, {status}, made on {made_at}"
        return say(
            text, version=sheet.version, status=sheet.status, made_at=f"{sheet.made_at:%Y-%m-%d %H:%M}"
        )

    def _write_person(self, index: int, row: SheetRow) -> None:
        say, line = translator(self.language), FIRST_ROW + index
        name = self.look(font_color=_KINDS.get(row.kind, "#000000"), bold=row.kind is StaffKind.HEAD_NURSE)
        texts = (row.staff_no, row.name[self.at.side], say(row.level), say(row.title))
        self.page.write_number(line, 1, row.number, self.look())
        for column, text in zip((2, 3, 4, 5), texts, strict=True):
            self.page.write_string(line, column, text, name if column == 3 else self.look(shrink=True))
        self.page.write_number(line, 6, row.service_years, self.look())
        self.page.write_string(line, 7, " ".join(row.beds), self.look(text_wrap=True))
        lines = max(len(row.remarks), -(-len(" ".join(row.beds)) // BEDS_A_LINE))
        self.page.set_row(line, max(ROW_HEIGHT, LINE_HEIGHT * lines))
        for offset, cell in enumerate(row.cells):
            self._write_cell(line, self.at.first_day + offset, cell, self.sheet.days[offset].kind)
        remarks = "\n".join(say(remark) for remark in row.remarks)
        for offset, (key, _, _) in enumerate(self.at.right_columns, start=self.at.last_day + 1):
            if key == "remarks":
                self.page.write_string(line, offset, remarks, self.look(text_wrap=True, align="left"))
            elif row.kind in (StaffKind.WARD, StaffKind.HEAD_NURSE):
                self._write_figure(index, row, key)
            else:
                self.page.write_blank(line, offset, None, self.look())

    def _write_figure(self, index: int, row: SheetRow, key: str) -> None:
        place = (FIRST_ROW + index, self.at.right(key))
        if key == "annual_leave":
            self.page.write_number(*place, row.annual_leave_days, self.look())
            return
        figures = {
            "hours": (self.at.hours_formula(index, row, night=False), row.worked_minutes),
            "night_hours": (self.at.hours_formula(index, row, night=True), row.night_minutes),
        }
        if not self.sheet.is_posted:
            figures["balance"] = (self.at.balance_formula(index, row), row.balance_minutes)
            figures["carried"] = (self.at.carried_formula(index, row), row.balance_after_minutes)
        formula, minutes = figures[key]
        look = self.look(font_color="#b3261e" if minutes < 0 else "#000000")
        self.page.write_formula(*place, formula, look, minutes / 60)

    def _write_cell(self, line: int, column: int, cell: SheetCell, kind: DayKind) -> None:
        """Write a symbol; hearts are only shown by the number format, so that counting still finds it."""
        properties: dict[str, object] = {} if kind is DayKind.WORKDAY else {"bg_color": GREY}
        if cell.wish is not None:
            properties["num_format"] = '@"♥"' if cell.wish else '@"♡"'
        if cell.is_locked:
            properties["border"] = 2
        if cell.post is Post.LEADER:
            properties["bold"] = True
        text = self.at.shown(cell)
        look = self.look(**properties)
        self.page.write_string(line, column, text, look) if text else self.page.write_blank(
            line, column, None, look
        )

    def _write_teams(self) -> None:
        teams = {team.number: team for team in self.sheet.teams}
        for number, first, last in self.at.team_spans():
            team = teams.get(number or 0)
            colour = team.colour if team and team.colour else "#ffffff"
            named = (team.name if self.language == "zh" else team.name_en or team.name) if team else ""
            text = named or ("" if number is None else str(number))
            look = self.look(text_wrap=True, bold=True, top=2, left=5, left_color=colour)
            if last > first:
                self.page.merge_range(first, 0, last, 0, "", look)
            self.page.write_string(first, 0, text, look)

    def _colour_symbols(self) -> None:
        """Colour symbols by rule, so that an edited cell takes its new colour."""
        area = (FIRST_ROW, self.at.first_day, max(self.at.totals_row - 1, FIRST_ROW), self.at.last_day)
        for entry in self.at.legend:
            look = {"font_color": entry.text_colour}
            if entry.colour.lower() != "#ffffff":
                look["bg_color"] = entry.colour
            value = f'"{quoted(entry.symbol[self.at.side])}"'
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": value,
                "format": self.workbook.add_format(look),
            }
            self.page.conditional_format(*area, rule)

    def _write_total(self, line: int, total: SheetTotal) -> None:
        say = translator(self.language)
        label = say("Staff on {shift}", shift=total.name[self.at.side])
        self.page.merge_range(line, 0, line, len(LEFT) - 1, label, self.look(bold=True, align="right"))
        for day, staff in enumerate(total.staff):
            column = self.at.first_day + day
            formula = self.at.staff_formula(total, day)
            self.page.write_formula(line, column, formula, self.look(bg_color="#f5f5f5"), staff)
            short = {"type": "cell", "criteria": "<", "value": total.minimum[day]}
            red = self.workbook.add_format({"font_color": "#ffffff", "bg_color": "#b3261e"})
            self.page.conditional_format(line, column, line, column, short | {"format": red})

    def _write_legend(self) -> None:
        head = self.look(bold=True, bg_color="#dce6f1")
        for index, heading in enumerate(_LEGEND_HEADINGS):
            self._write_legend_text(self.at.legend_row - 1, index, heading[self.at.side], head)
        for line, entry in enumerate(self.at.legend, start=self.at.legend_row):
            look = self.look(bg_color=entry.colour, font_color=entry.text_colour, bold=True)
            self.page.write_string(line, LEGEND_COLUMNS[0], entry.symbol[self.at.side], look)
            self._write_legend_text(line, 1, entry.name[self.at.side], self.look(shrink=True))
            self._write_legend_text(line, 2, entry.times, self.look(shrink=True))
            for column, night in ((LEGEND_COLUMNS[3], False), (LEGEND_COLUMNS[4], True)):
                hours = self.at.legend_minutes(entry, night=night) / 60
                self.page.write_number(line, column, hours, self.look())

    def _write_legend_text(self, line: int, index: int, text: str, look: Any) -> None:  # the same
        """Write a text over the columns up to the next of the legend."""
        first, last = LEGEND_COLUMNS[index], LEGEND_COLUMNS[min(index + 1, len(LEGEND_COLUMNS) - 1)] - 1
        if last > first:
            self.page.merge_range(line, first, line, last, "", look)
        self.page.write_string(line, first, text, look)

    def _write_notes(self) -> None:
        say, sheet = translator(self.language), self.sheet
        granted = Message(
            "Wishes granted: {granted} of {asked}", granted=sheet.wishes_granted, asked=sheet.wishes_asked
        )
        notes = (_MARKS, granted, *sheet.shortages, *sheet.notes)
        for line, note in enumerate(notes, start=self.at.notes_row):
            colour = "#b3261e" if note in sheet.shortages else "#333333"
            self.page.write_string(line, 1, say(note), self.look(border=0, align="left", font_color=colour))

    def _write_hidden(self) -> None:
        """Keep what the visible sheet can't show, as posts, for reading it back."""
        hidden = self.workbook.add_worksheet(HIDDEN_SHEET)
        hidden.very_hidden()
        period, sheet = self.sheet.period, self.sheet
        facts = (sheet.ward.code, period.first.isoformat(), period.last.isoformat())
        for column, text in enumerate((*facts, str(sheet.version), sheet.status.value)):
            hidden.write_string(0, column, text)
        for line, row in enumerate(sheet.rows, start=1):
            hidden.write_string(line, 0, row.staff_no)
            for column, cell in enumerate(row.cells, start=1):
                lock = "L" if cell.is_locked else ""
                hidden.write_string(line, column, f"{cell.post.value}|{lock}|{self.at.shown(cell)}")
