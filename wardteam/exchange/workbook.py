"""Reads the ward's workbook as a whole: every sheet, what they say together, and the book they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from wardteam.domain.calendar import Period
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.rules import RuleSetting
from wardteam.domain.ward import WardBook
from wardteam.errors import Finding, Message
from wardteam.exchange.crosscheck import clashes
from wardteam.exchange.findings import Report
from wardteam.exchange.grid import Grid, read_grids
from wardteam.exchange.kinds import STAFF_NO
from wardteam.exchange.reading import read_sheet
from wardteam.exchange.sheets import (
    SHEETS,
    balances,
    beds,
    demand,
    holidays,
    leave,
    nurses,
    pairs,
    restrictions,
    rules,
    settings,
    shifts,
    stays,
    teams,
    wishes,
)
from wardteam.exchange.sheets.history import HISTORY, read_history
from wardteam.exchange.sheetxml import column_letter
from wardteam.exchange.symbols import shift_words, symbol_table
from wardteam.exchange.tables import Known, Line, Record, SheetSpec

_READ_FIRST = ("settings", "shifts", "teams", "nurses", "beds")


@dataclass(frozen=True)
class WorkbookReading:
    """A good workbook: its book, and warnings that don't refuse it."""

    book: WardBook
    warnings: tuple[Finding, ...] = ()


def read_workbook(
    data: bytes, file: str, *, rules: frozenset[str] | None = None, glyphs: frozenset[int] | None = None
) -> WardBook:
    """Read the ward's workbook; `read_workbook_with_warnings` also gives what should be looked at.

    Raises
    ------
    BadInput
        With all findings at once.
    """
    return read_workbook_with_warnings(data, file, rules=rules, glyphs=glyphs).book


def read_workbook_with_warnings(
    data: bytes,
    file: str,
    *,
    rules: frozenset[str] | None = None,
    setting_problems: Callable[[RuleSetting], Iterable[Message]] = lambda _: (),
    glyphs: frozenset[int] | None = None,
) -> WorkbookReading:
    """Read the ward's workbook with its warnings.

    Parameters
    ----------
    rules
        Names of the known rules; None compares none.
    setting_problems
        Says what is wrong with a rule's setting.
    glyphs
        Code points that the documents' font has; names with others are warned of.

    Raises
    ------
    BadInput
        With all findings at once.
    """
    grids = read_grids(data, file)
    report = Report(file, sheets=tuple(grid.name for grid in grids))
    reader = _Reader(report, _by_sheet(grids), Known(rules=rules, setting_problems=setting_problems))
    reader.read_all()
    reader.gather_what_follows()
    reader.report.close()
    reader.warn_of_missing_glyphs(glyphs)
    return WorkbookReading(reader.book(), tuple(reader.report.warnings))


def _by_sheet(grids: tuple[Grid, ...]) -> dict[str, Grid]:
    found: dict[str, Grid] = {}
    for grid in grids:
        for spec in (*SHEETS, HISTORY):
            if spec.answers_to(grid.name):
                found.setdefault(spec.key, grid)
    return found


@dataclass
class _Reader:
    """The workbook while it is read; sheets that others refer to come first."""

    report: Report
    grids: Mapping[str, Grid]
    known: Known
    lines: dict[str, list[Line]] = field(default_factory=dict)
    history: Mapping[CellKey, RosterCell] = field(default_factory=dict)

    def read_all(self) -> None:
        """Read every sheet and compare them."""
        by_key = {spec.key: spec for spec in SHEETS}
        later = [key for key in by_key if key not in _READ_FIRST]
        for key in (*_READ_FIRST, *later):
            self._read(by_key[key])
            self._learn(key)
        self._read_history()
        for line, name, problem in clashes(self.lines):
            place = line.places.get(name) or next(iter(line.places.values()))
            self.report.at(self.grids[line.sheet], place, problem)

    def _read(self, spec: SheetSpec) -> None:
        if spec.key in self.grids:
            self.lines[spec.key] = read_sheet(spec, self.grids[spec.key], self.known, self.report)
        else:
            self._note_missing(spec)

    def _note_missing(self, spec: SheetSpec) -> None:
        problem = Message("The sheet is missing: {chinese} or {english}.", chinese=spec.zh, english=spec.en)
        self.report.file_wide(problem)

    def _learn(self, key: str) -> None:
        """Keep what later sheets refer to, also from lines that are wrong elsewhere."""
        if key not in self.lines:
            return
        found = [line.record for line in self.lines[key]]
        if key == "settings":
            record = found[0] if found else {}
            self.known.zone = ZoneInfo(record.get("time_zone", "Asia/Shanghai"))
            self.known.period = settings.build_period({"first": None, "last": None} | record)
        elif key == "shifts":
            self.known.shifts = shift_words(found)
        elif key == "teams":
            self.known.teams = frozenset(record["number"] for record in found if "number" in record)
        elif key == "nurses":
            self.known.staff = frozenset(record["staff_no"] for record in found if "staff_no" in record)
        elif key == "beds":
            self.known.beds = frozenset(record["bed"] for record in found if record.get("bed"))

    def _read_history(self) -> None:
        if HISTORY.key not in self.grids:
            self._note_missing(HISTORY)
        elif self.known.shifts is not None:
            symbols = symbol_table(()) | self.known.shifts
            self.history = read_history(self.grids[HISTORY.key], self.known, symbols, self.report)

    def gather_what_follows(self) -> None:
        """Tell in one line of the references that fail because the nurses sheet has a wrong staff number."""
        findings, nurses_sheet = self.report.findings, self.grids.get("nurses")
        places = {line.places.get("staff_no") for line in self.lines.get("nurses", ())}
        wrong = {(place[0] + 1, column_letter(place[1])) for place in places if place is not None}
        if nurses_sheet is None or not any(
            f.sheet == nurses_sheet.name and (f.row, f.column) in wrong for f in findings
        ):
            return
        following = [f for f in findings if f.problem == STAFF_NO.expected and f.value]
        if len(following) > 1:
            self.report.findings = [f for f in findings if f not in following]
            numbers = tuple(sorted({f.value for f in following}))
            problem = "{count} further cells refer to staff numbers that the nurses sheet lacks: {numbers}."
            self.report.file_wide(Message(problem, count=len(following), numbers=numbers))

    def _records(self, key: str) -> list[Record]:
        return [line.record for line in self.lines.get(key, ()) if line.is_whole]

    def warn_of_missing_glyphs(self, glyphs: frozenset[int] | None) -> None:
        """Warn of names with characters that the documents' font lacks."""
        for line in self.lines["nurses"] if glyphs is not None else ():
            signs = tuple(missing_signs(line.record["name"], glyphs or frozenset()))
            if signs:
                problem = Message("The documents' font has no character {signs}.", signs=signs)
                self.report.warn(self.grids["nurses"], line.places["name"], problem)

    def book(self) -> WardBook:
        """Make the book; only after nothing was found wrong."""
        record = self._records("settings")[0]
        return replace(
            self._plans(settings.build_period(record)),
            ward=settings.build_ward(record),
            settings=settings.build_settings(record),
            nurses=nurses.build_nurses(self._records("nurses")),
            rooms=beds.build_rooms(self._records("beds")),
            beds=beds.build_beds(self._records("beds")),
            stays=stays.build_stays(self._records("stays")),
            shifts=shifts.build_shifts(self._records("shifts")),
            calendar=holidays.build_calendar(self._records("holidays")),
            teams=teams.build_teams(self._records("teams")),
        )

    def _plans(self, period: Period | None) -> WardBook:
        """Make the part of the book that refers to nurses, beds and shifts."""
        return WardBook(
            ward=settings.build_ward(self._records("settings")[0]),
            period=period,
            demands=demand.build_demands(self._records("demand")),
            leaves=leave.build_leaves(self._records("leave")),
            wishes=wishes.build_wishes(self._records("wishes")),
            restrictions=restrictions.build_restrictions(self._records("restrictions")),
            pairs=pairs.build_pairs(self._records("pairs")),
            memberships=nurses.build_memberships(self._records("nurses"), self._records("earlier_teams")),
            ownerships=beds.build_ownerships(self._records("beds"), self._records("earlier_owners"), period),
            rule_settings=rules.build_rule_settings(self._records("rules")),
            balances=balances.build_balances(self._records("balances")),
            history=self.history,
        )


def missing_signs(text: str, glyphs: frozenset[int]) -> Iterator[str]:
    """Give the characters of a text that a font's coverage lacks."""
    return (sign for sign in text if ord(sign) not in glyphs and not sign.isspace())
