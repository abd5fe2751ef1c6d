"""Reads the shift scheduling format of Curtois and Qu (2014): `SECTION_*` text.

Source: T. Curtois and R. Qu, Computational results on new staff scheduling benchmark instances, 2014.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from wardteam.errors import Message
from wardteam_solver.benchmarks import public
from wardteam_solver.benchmarks.curtois_rules import Contract, Cover, Employee, Instance, Shift, Wish, express
from wardteam_solver.benchmarks.public import Benchmark, Faults

Fields = list[str]

SECTIONS = {
    "SECTION_HORIZON": "DAYS",
    "SECTION_SHIFTS": "ShiftID, minutes, shifts that cannot follow (a|b|c)",
    "SECTION_STAFF": "ID, MaxShifts (a=1|b=2), MaxTotalMinutes, MinTotalMinutes, MaxConsecutiveShifts, "
    "MinConsecutiveShifts, MinConsecutiveDaysOff, MaxWeekends",
    "SECTION_DAYS_OFF": "EmployeeID, day, day, ...",
    "SECTION_SHIFT_ON_REQUESTS": "EmployeeID, Day, ShiftID, Weight",
    "SECTION_SHIFT_OFF_REQUESTS": "EmployeeID, Day, ShiftID, Weight",
    "SECTION_COVER": "Day, ShiftID, Requirement, Weight for under, Weight for over",
}
"""Every section and what a line of it holds."""


def read_curtois(text: str, name: str) -> Benchmark:
    """Read an instance; `name` is the file's, for findings.

    Raises
    ------
    BadInput
        With everything that is wrong with the file, line by line.
    """
    reading = _Reading(Faults(name))
    sections = reading.sections(text)
    reading.faults.close()
    readers: dict[str, Callable[[int, Fields], None]] = {
        "SECTION_HORIZON": reading.horizon,
        "SECTION_SHIFTS": reading.shift,
        "SECTION_STAFF": reading.employee,
        "SECTION_DAYS_OFF": reading.days_off,
        "SECTION_SHIFT_ON_REQUESTS": reading.shift_on,
        "SECTION_SHIFT_OFF_REQUESTS": reading.shift_off,
        "SECTION_COVER": reading.need,
    }
    for section, read in readers.items():
        for row, fields in sections[section]:
            read(row, fields)
        reading.after(section)
    reading.contradictions()
    reading.faults.close()
    return express(name.rpartition("/")[2].removesuffix(".txt"), reading.instance)


@dataclass
class _Reading:
    """The instance as far as it is read, and what is wrong with it."""

    faults: Faults
    instance: Instance = field(default_factory=Instance)
    followers: list[tuple[int, str]] = field(default_factory=list)
    staff_rows: dict[str, int] = field(default_factory=dict)

    def sections(self, text: str) -> dict[str, list[tuple[int, Fields]]]:
        """Split the file into sections, each a list of (line, fields)."""
        found: dict[str, list[tuple[int, Fields]]] = {}
        current: list[tuple[int, Fields]] | None = None
        for row, raw in enumerate(text.splitlines(), 1):
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("SECTION_"):
                current = self._section(found, row, line)
            elif current is None:
                self.faults.add(Message("A line that begins with SECTION_ was expected first."), row, line)
                current = []
            else:
                current.append((row, [part.strip() for part in line.split(",")]))
        for name in SECTIONS:
            if name not in found:
                self.faults.add(Message("The section {name} is missing.", name=name))
        return found

    def _section(
        self, found: dict[str, list[tuple[int, Fields]]], row: int, line: str
    ) -> list[tuple[int, Fields]]:
        if line not in SECTIONS:
            self.faults.add(
                Message("One of these sections was expected: {names}.", names=tuple(SECTIONS)), row, line
            )
            return []
        if line in found:
            self.faults.add(Message("This section stands there twice."), row, line)
        return found.setdefault(line, [])

    def _has(self, fields: Fields, row: int, section: str, *counts: int) -> bool:
        if len(fields) in counts:
            return True
        self.faults.add(
            Message("A line such as “{form}” was expected.", form=SECTIONS[section]), row, ",".join(fields)
        )
        return False

    def horizon(self, row: int, fields: Fields) -> None:
        """Read the number of days."""
        if not self._has(fields, row, "SECTION_HORIZON", 1):
            return
        if self.instance.days:
            self.faults.add(Message("Only one number of days was expected."), row, fields[0])
        days = self.faults.whole(fields[0], row, "horizon", least=1, most=public.MOST_DAYS)
        self.instance.days = days or self.instance.days

    def shift(self, row: int, fields: Fields) -> None:
        """Read a shift; what cannot follow it is looked up when all shifts are known."""
        if not self._has(fields, row, "SECTION_SHIFTS", 2, 3):
            return
        code = self.faults.new(fields[0], row, "ShiftID", self.instance.shifts)
        minutes = self.faults.whole(fields[1], row, "minutes", least=1, most=1440)
        banned = tuple(part.strip() for part in fields[2].split("|") if part.strip()) if fields[2:] else ()
        self.followers += [(row, after) for after in banned]
        if code is not None:
            self.instance.shifts[code] = Shift(minutes or 1, banned)

    def employee(self, row: int, fields: Fields) -> None:
        """Read an employee with the contract."""
        if not self._has(fields, row, "SECTION_STAFF", 8):
            return
        code = self.faults.new(fields[0], row, "ID", self.instance.staff)
        caps = self._caps(row, fields[1])
        names = tuple(name.strip() for name in SECTIONS["SECTION_STAFF"].split(",")[2:])
        tops = (public.MOST_MINUTES,) * 2 + (public.MOST_DAYS,) * 4
        numbers = [
            self.faults.whole(text, row, name, most=most)
            for text, name, most in zip(fields[2:], names, tops, strict=True)
        ]
        whole = [number for number in numbers if number is not None]
        if code is not None:
            self.staff_rows[code] = row
            contract = Contract(*whole) if len(whole) == len(names) else Contract()
            self.instance.staff[code] = Employee(caps, contract)

    def _caps(self, row: int, text: str) -> dict[str, int]:
        caps: dict[str, int] = {}
        for part in filter(None, text.split("|")):
            code, _, number = (piece.strip() for piece in part.partition("="))
            most = self.faults.whole(number, row, "MaxShifts", most=public.MOST_DAYS)
            if self.faults.known(code, row, "MaxShifts", self.instance.shifts) is None:
                continue
            if code in caps:
                self.faults.add(Message("This name stands there twice."), row, code, "MaxShifts")
            caps[code] = most or 0
        return caps

    def days_off(self, row: int, fields: Fields) -> None:
        """Read the fixed days off of an employee."""
        who = self.faults.known(fields[0], row, "EmployeeID", self.instance.staff)
        for text in filter(None, fields[1:]):
            day = self._day(text, row)
            if who is not None and day is not None:
                self.instance.days_off.append((who, day))

    def shift_on(self, row: int, fields: Fields) -> None:
        """Read a request for a shift."""
        self._wish(row, fields, "SECTION_SHIFT_ON_REQUESTS", wants=True)

    def shift_off(self, row: int, fields: Fields) -> None:
        """Read a request against a shift."""
        self._wish(row, fields, "SECTION_SHIFT_OFF_REQUESTS", wants=False)

    def _wish(self, row: int, fields: Fields, section: str, *, wants: bool) -> None:
        if not self._has(fields, row, section, 4):
            return
        who = self.faults.known(fields[0], row, "EmployeeID", self.instance.staff)
        day = self._day(fields[1], row)
        code = self.faults.known(fields[2], row, "ShiftID", self.instance.shifts)
        weight = self.faults.whole(fields[3], row, "Weight", most=public.MOST_WEIGHT)
        if who is not None and day is not None and code is not None and weight is not None:
            self.instance.wishes.append(Wish(who, day, code, weight, wants))

    def need(self, row: int, fields: Fields) -> None:
        """Read the staff asked for on a shift of a day."""
        if not self._has(fields, row, "SECTION_COVER", 5):
            return
        day = self._day(fields[0], row)
        code = self.faults.known(fields[1], row, "ShiftID", self.instance.shifts)
        count = self.faults.whole(fields[2], row, "Requirement", most=public.MOST_STAFF)
        below = self.faults.whole(fields[3], row, "Weight for under", most=public.MOST_WEIGHT)
        above = self.faults.whole(fields[4], row, "Weight for over", most=public.MOST_WEIGHT)
        if day is None or code is None or count is None or below is None or above is None:
            return
        if (day, code) in self.instance.cover:
            text = "Day {day} and shift {shift} stand there twice."
            self.faults.add(Message(text, day=day, shift=code), row, ",".join(fields))
        self.instance.cover[day, code] = Cover(count, below, above)

    def _day(self, text: str, row: int) -> int | None:
        return self.faults.whole(text, row, "Day", most=(self.instance.days or public.MOST_DAYS) - 1)

    def after(self, section: str) -> None:
        """Look at a section as a whole."""
        faults, instance = self.faults, self.instance
        if section == "SECTION_HORIZON" and not instance.days and not faults.findings:
            faults.add(Message("At least one was expected: {what}.", what=Message("day")))
        elif section == "SECTION_SHIFTS":
            faults.few(len(instance.shifts), public.MOST_SHIFTS, Message("shifts"))
            for row, code in self.followers:
                faults.known(code, row, "ShiftID", instance.shifts)
        elif section == "SECTION_STAFF":
            faults.few(len(instance.staff), public.MOST_STAFF, Message("employees"))
            cells = len(instance.staff) * len(instance.shifts) * instance.days
            faults.few(max(cells, 1), public.MOST_CELLS, Message("cells (employees x days x shifts)"))

    def contradictions(self) -> None:
        """Compare what is asked for at least with what is allowed at most."""
        self.faults.light(sum(_entries(self.instance, employee) for employee in self.instance.staff.values()))
        for code, employee in self.instance.staff.items():
            for least, most, name in _ranges(self.instance, employee):
                if least > most:
                    text = "{name}: at least {least} and at most {most} contradict each other."
                    message = Message(text, name=name, least=least, most=most)
                    self.faults.add(message, self.staff_rows[code], code)


def _entries(instance: Instance, employee: Employee) -> int:
    contract, days = employee.contract, instance.days
    work = public.run_entries(days, contract.shortest_run, contract.longest_run)
    off = public.run_entries(days, contract.shortest_off, days)
    return len(instance.shifts) * (work + off)


def _ranges(instance: Instance, employee: Employee) -> Iterator[tuple[int, int, str]]:
    contract, unit = employee.contract, instance.unit
    yield contract.least_minutes, contract.most_minutes, "TotalMinutes"
    if contract.least_minutes <= contract.most_minutes:
        # Where every shift is a multiple of `unit`, no sum may lie between the two.
        least, most = -(-contract.least_minutes // unit) * unit, contract.most_minutes // unit * unit
        yield least, most, "TotalMinutes"
    yield contract.shortest_run, contract.longest_run, "ConsecutiveShifts"
