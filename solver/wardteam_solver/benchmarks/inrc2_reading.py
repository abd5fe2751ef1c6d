"""Reads the files of the second nurse rostering competition (INRC-II): scenario, history and week data.

Source: S. Ceschia et al., The second international nurse rostering competition, 2015.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from wardteam.errors import Message
from wardteam_solver.benchmarks import public
from wardteam_solver.benchmarks.public import Faults

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NO_SHIFT, ANY_SHIFT = "None", "Any"
_SCENARIO = (
    *("SCENARIO", "WEEKS", "SKILLS", "SHIFT_TYPES"),
    *("FORBIDDEN_SHIFT_TYPES_SUCCESSIONS", "CONTRACTS", "NURSES"),
)
_HISTORY = ("HISTORY", "NURSE_HISTORY")
_WEEK = ("WEEK_DATA", "REQUIREMENTS", "SHIFT_OFF_REQUESTS")
MOST_WEEKS = public.MOST_DAYS // 7


class Range(NamedTuple):
    """A least and a most, as the files write it: (2,5)."""

    least: int
    most: int


class Contract(NamedTuple):
    """What a nurse should work: all of it soft."""

    total: Range = Range(0, 0)
    work_run: Range = Range(0, 0)
    off_run: Range = Range(0, 0)
    most_weekends: int = 0
    wants_whole_weekends: bool = False


class Nurse(NamedTuple):
    """A nurse: the contract's name and her skills."""

    contract: str
    skills: tuple[str, ...]


class Past(NamedTuple):
    """What a nurse brings from the weeks before: counts, her last shift, and the runs she is in."""

    assignments: int
    weekends: int
    last_shift: str
    same_run: int
    work_run: int
    off_run: int


@dataclass
class Scenario:
    """What holds in every week; names as they stand in the file."""

    name: str = ""
    weeks: int = 0
    skills: list[str] = field(default_factory=list)
    shifts: dict[str, Range] = field(default_factory=dict)
    followers: dict[str, list[str]] = field(default_factory=dict)
    contracts: dict[str, Contract] = field(default_factory=dict)
    nurses: dict[str, Nurse] = field(default_factory=dict)


@dataclass
class Week:
    """One week: (minimum, optimum) by shift, skill and weekday; (nurse, shift or Any, weekday) not wanted."""

    cover: dict[tuple[str, str, int], Range] = field(default_factory=dict)
    unwanted: list[tuple[str, str, int]] = field(default_factory=list)


Line = tuple[int, list[str]]


def read_scenario(text: str, faults: Faults) -> Scenario:
    """Read a scenario; what is wrong goes into `faults`."""
    blocks, scenario = _Blocks(text, faults, _SCENARIO), Scenario()
    scenario.name = blocks.value("SCENARIO")
    weeks = faults.whole(blocks.value("WEEKS"), blocks.row("WEEKS"), "WEEKS", least=1, most=MOST_WEEKS)
    scenario.weeks = weeks or 1
    for row, words in blocks.counted("SKILLS", "SKILL", 1):
        if (skill := faults.new(words[0], row, "SKILLS", scenario.skills)) is not None:
            scenario.skills.append(skill)
    for row, words in blocks.counted("SHIFT_TYPES", "SHIFT (least,most)", 2):
        shift, run = faults.new(words[0], row, "SHIFT_TYPES", scenario.shifts), _range(faults, row, words[1])
        if shift is not None:
            scenario.shifts[shift] = run
    for row, words in blocks.lines("FORBIDDEN_SHIFT_TYPES_SUCCESSIONS", "SHIFT count SHIFT SHIFT ...", 2):
        _successions(scenario, faults, row, words)
    for row, words in blocks.counted("CONTRACTS", "CONTRACT (total) (work) (off) weekends 0|1", 6):
        _contract(scenario, faults, row, words)
    for row, words in blocks.counted("NURSES", "NURSE CONTRACT count SKILL SKILL ...", 4, is_more=True):
        _nurse(scenario, faults, row, words)
    faults.few(len(scenario.skills), public.MOST_SHIFTS, Message("skills"))
    faults.few(len(scenario.shifts), public.MOST_SHIFTS, Message("shifts"))
    faults.few(len(scenario.nurses), public.MOST_STAFF, Message("nurses"))
    options = len(scenario.shifts) * len(scenario.skills)
    cells = options * len(scenario.nurses) * 7 * scenario.weeks
    faults.few(max(cells, 1), public.MOST_CELLS, Message("cells (nurses x days x shifts x skills)"))
    faults.light(len(scenario.nurses) * _entries(scenario))
    return scenario


def _entries(scenario: Scenario) -> int:
    """Give how many cells the rules on one nurse's runs look at, at most."""
    days, skills = 7 * scenario.weeks, len(scenario.skills)
    runs = [skills * _of_run(days, run) for run in scenario.shifts.values()]
    of_contracts = [
        _of_run(days, run) for c in scenario.contracts.values() for run in (c.work_run, c.off_run)
    ]
    return sum(runs) + 2 * len(scenario.shifts) * skills * max(of_contracts, default=0)


def _of_run(days: int, run: Range) -> int:
    """Windows reach back into the history, so that none is cut off."""
    return public.run_entries(days + run.most, run.least, run.most)


def _successions(scenario: Scenario, faults: Faults, row: int, words: list[str]) -> None:
    names = [faults.known(word, row, "SUCCESSIONS", scenario.shifts) for word in (words[0], *words[2:])]
    if faults.whole(words[1], row, "SUCCESSIONS", most=public.MOST_SHIFTS) not in (len(words) - 2, None):
        faults.add(_count_differs(len(words) - 2), row, words[1])
    known = [name for name in names if name is not None]
    if known:
        scenario.followers.setdefault(known[0], []).extend(known[1:])


def _contract(scenario: Scenario, faults: Faults, row: int, words: list[str]) -> None:
    name = faults.new(words[0], row, "CONTRACTS", scenario.contracts)
    total, work, off = (_range(faults, row, word) for word in words[1:4])
    weekends = faults.whole(words[4], row, "weekends", most=MOST_WEEKS)
    whole = faults.whole(words[5], row, "whole weekends", most=1)
    if name is not None:
        scenario.contracts[name] = Contract(total, work, off, weekends or 0, whole == 1)


def _nurse(scenario: Scenario, faults: Faults, row: int, words: list[str]) -> None:
    name = faults.new(words[0], row, "NURSES", scenario.nurses)
    contract = faults.known(words[1], row, "CONTRACTS", scenario.contracts)
    skills = [faults.known(word, row, "SKILLS", scenario.skills) for word in words[3:]]
    if faults.whole(words[2], row, "NURSES", most=public.MOST_SHIFTS) not in (len(skills), None):
        faults.add(_count_differs(len(skills)), row, words[2])
    if name is not None:
        known = tuple(dict.fromkeys(skill for skill in skills if skill is not None))
        scenario.nurses[name] = Nurse(contract or "", known)


def read_history(text: str, scenario: Scenario, faults: Faults) -> dict[str, Past]:
    """Read what every nurse brings from before; what is wrong goes into `faults`."""
    blocks, pasts = _Blocks(text, faults, _HISTORY), dict[str, Past]()
    blocks.check_name("HISTORY", scenario.name)
    form = "NURSE assignments weekends LASTSHIFT sameRun workRun offRun"
    for row, words in blocks.lines("NURSE_HISTORY", form, 7):
        who = faults.known(words[0], row, "NURSE", scenario.nurses)
        last = faults.known(words[3], row, "LASTSHIFT", (*scenario.shifts, NO_SHIFT))
        texts = (*words[1:3], *words[4:])
        numbers = [faults.whole(text, row, "NURSE_HISTORY", most=10_000) for text in texts]
        if who is None or last is None or None in numbers:
            continue
        count, weekends, same, work, off = (number or 0 for number in numbers)
        is_off = last == NO_SHIFT
        if (is_off and (same or work or not off)) or (not is_off and (off or not 1 <= same <= work)):
            text = "A last shift with its runs and no days off, or None with days off alone, was expected."
            faults.add(Message(text), row, " ".join(words))
        if who in pasts:
            faults.add(Message("This name stands there twice."), row, who)
        pasts[who] = Past(count, weekends, last, same, work, off)
    for who in scenario.nurses:
        if who not in pasts and not faults.findings:
            faults.add(Message("The history of {nurse} is missing.", nurse=who))
    return pasts


def read_week(text: str, scenario: Scenario, faults: Faults) -> Week:
    """Read a week; what is wrong goes into `faults`."""
    blocks, week = _Blocks(text, faults, _WEEK), Week()
    blocks.check_name("WEEK_DATA", scenario.name)
    form = "SHIFT SKILL (minimum,optimum) x 7"
    for row, words in blocks.lines("REQUIREMENTS", form, 9):
        shift = faults.known(words[0], row, "SHIFT", scenario.shifts)
        skill = faults.known(words[1], row, "SKILL", scenario.skills)
        ranges = [_range(faults, row, word) for word in words[2:]]
        if shift is None or skill is None:
            continue
        if (shift, skill, 0) in week.cover:
            faults.add(Message("This name stands there twice."), row, f"{shift} {skill}")
        week.cover |= {(shift, skill, day): cover for day, cover in enumerate(ranges)}
    for row, words in blocks.counted("SHIFT_OFF_REQUESTS", "NURSE SHIFT DAY", 3):
        who = faults.known(words[0], row, "NURSE", scenario.nurses)
        shift = faults.known(words[1], row, "SHIFT", (*scenario.shifts, ANY_SHIFT))
        day = faults.known(words[2], row, "DAY", DAYS)
        if who is not None and shift is not None and day is not None:
            week.unwanted.append((who, shift, DAYS.index(day)))
    return week


def _range(faults: Faults, row: int, text: str) -> Range:
    match = re.fullmatch(r"\(([0-9]{1,6}),([0-9]{1,6})\)", text)
    if match is None:
        faults.add(Message("Two whole numbers such as (2,5) were expected."), row, text)
        return Range(0, 0)
    least, most = int(match[1]), int(match[2])
    if least > most or most > public.MOST_STAFF:
        expected = Message(
            "The first number may not be above the second, nor that above {most}.", most=public.MOST_STAFF
        )
        faults.add(expected, row, text)
        return Range(0, 0)
    return Range(least, most)


def _count_differs(found: int) -> Message:
    return Message("This number and what follows it differ; there are {found}.", found=found)


class _Blocks:
    """A file cut at its headings; a block's value stands behind `=` or in its first line."""

    def __init__(self, text: str, faults: Faults, headings: tuple[str, ...]) -> None:
        self._faults = faults
        self._values: dict[str, str] = {}
        self._rows: dict[str, int] = {}
        self._lines: dict[str, list[Line]] = {name: [] for name in headings}
        current = ""
        for row, raw in enumerate(text.splitlines(), 1):
            line = re.sub(r"\s*,\s*", ",", raw.strip())
            heading, _, value = (part.strip() for part in line.partition("="))
            if heading in self._lines:
                if heading in self._rows:
                    faults.add(Message("This section stands there twice."), row, heading)
                current, self._rows[heading], self._values[heading] = heading, row, value
            elif line and current:
                self._lines[current].append((row, line.split()))
            elif line:
                expected = Message("One of these sections was expected: {names}.", names=headings)
                faults.add(expected, row, line)
        for name in headings:
            if name not in self._rows:
                faults.add(Message("The section {name} is missing.", name=name))

    def value(self, name: str) -> str:
        """Give what stands behind a heading's `=`."""
        return self._values.get(name, "")

    def row(self, name: str) -> int:
        """Give a heading's line."""
        return self._rows.get(name, 0)

    def lines(self, name: str, form: str, count: int, *, is_more: bool | None = None) -> Iterator[Line]:
        """Give a block's lines that have so many words (or more, where `form` ends in dots)."""
        for row, words in self._lines[name]:
            is_open = form.endswith("...") if is_more is None else is_more
            if len(words) == count or (is_open and len(words) > count):
                yield row, words
            else:
                self._faults.add(
                    Message("A line such as “{form}” was expected.", form=form), row, " ".join(words)
                )

    def counted(self, name: str, form: str, count: int, *, is_more: bool | None = None) -> Iterator[Line]:
        """Give a block's lines, and compare their number with the one behind the heading."""
        if name in self._rows:
            said = self._faults.whole(self._values[name], self._rows[name], name, most=1_000_000)
            if said is not None and said != len(self._lines[name]):
                self._faults.add(_count_differs(len(self._lines[name])), self._rows[name], self._values[name])
        yield from self.lines(name, form, count, is_more=is_more)

    def check_name(self, name: str, scenario: str) -> None:
        """Compare the scenario that a file names with the scenario's own name."""
        for row, words in self._lines[name][:1]:
            if words[-1] != scenario:
                self._faults.add(Message("The scenario {name} was expected.", name=scenario), row, words[-1])
