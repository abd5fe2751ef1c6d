"""Says a static instance of the second nurse rostering competition with the ward's rules.

Skills are posts of a shift. The tail holds, for every nurse, the runs that her history tells of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wardteam.domain.rules import Severity
from wardteam.errors import BadInput, Finding, Message
from wardteam_solver.benchmarks.inrc2_reading import (
    ANY_SHIFT,
    NO_SHIFT,
    Past,
    Range,
    Scenario,
    Week,
    read_history,
    read_scenario,
    read_week,
)
from wardteam_solver.benchmarks.public import MONDAY, Benchmark, Faults, grouped, refuse
from wardteam_solver.limits import Options
from wardteam_solver.problem import OFF, Need, Person, Problem, Request, ShiftSpec
from wardteam_solver.rules import Rule
from wardteam_solver.rules.bans import PostSkill
from wardteam_solver.rules.counts import DutiesBetween
from wardteam_solver.rules.rest import Successions
from wardteam_solver.rules.runs import LongestRun, ShortestRun
from wardteam_solver.rules.staffing import Staffing
from wardteam_solver.rules.weekends import MostWeekends, WholeWeekends
from wardteam_solver.rules.wished_staffing import WishedStaffing
from wardteam_solver.rules.wishes import Wishes

SAME_SHIFT, RUN, UNDESIRED, WEEKEND, COVER, TOTAL = 15, 30, 10, 30, 30, 20
"""Published weights: runs of one shift, of work or days off, undesired shifts, weekends, cover, totals."""


@dataclass(frozen=True)
class InstanceName:
    """The parts of a name such as n030w4_1_6-2-9-1: scenario, number of the history, numbers of the weeks."""

    scenario: str
    history: int
    weeks: tuple[int, ...]

    @classmethod
    def parse(cls, name: str) -> InstanceName:
        """Read a name.

        Raises
        ------
        BadInput
            If it isn't one.
        """
        match = re.fullmatch(r"([^\s_/\\]+)_([0-9]{1,3})_([0-9]{1,3}(?:-[0-9]{1,3})*)", name)
        if match is None:
            text = "A name such as n030w4_1_6-2-9-1 was expected: scenario, history, weeks."
            raise BadInput((Finding(name, Message(text)),))
        return cls(match[1], int(match[2]), tuple(int(week) for week in match[3].split("-")))

    def __str__(self) -> str:
        return f"{self.scenario}_{self.history}_{'-'.join(map(str, self.weeks))}"

    @property
    def scenario_file(self) -> str:
        """Name of the scenario's file."""
        return f"Sc-{self.scenario}.txt"

    @property
    def history_file(self) -> str:
        """Name of the history's file."""
        return f"H0-{self.scenario}-{self.history}.txt"

    @property
    def week_files(self) -> tuple[str, ...]:
        """Names of the weeks' files, in order; one may stand there twice."""
        return tuple(f"WD-{self.scenario}-{week}.txt" for week in self.weeks)

    @property
    def files(self) -> tuple[str, ...]:
        """Names of all files, each once."""
        return tuple(dict.fromkeys((self.scenario_file, self.history_file, *self.week_files)))


def read_inrc2(name: InstanceName, texts: Mapping[str, str]) -> Benchmark:
    """Read an instance from the texts of its files.

    Raises
    ------
    BadInput
        With everything that is wrong with the files; the scenario must be right before the others are read.
    """
    faults = {file: Faults(file) for file in name.files}
    scenario = read_scenario(texts[name.scenario_file], faults[name.scenario_file])
    refuse(faults[name.scenario_file])
    if len(name.weeks) != scenario.weeks:
        text = "The scenario has {count} weeks; the name must list as many."
        faults[name.scenario_file].add(Message(text, count=scenario.weeks), value=str(name))
    pasts = read_history(texts[name.history_file], scenario, faults[name.history_file])
    weeks = {file: read_week(texts[file], scenario, faults[file]) for file in dict.fromkeys(name.week_files)}
    refuse(*faults.values())
    return express(str(name), scenario, pasts, [weeks[file] for file in name.week_files])


def express(name: str, scenario: Scenario, pasts: Mapping[str, Past], weeks: list[Week]) -> Benchmark:
    """Give the problem and the rules that say the same as the instance."""
    shifts = tuple(ShiftSpec(code, 0, posts=tuple(scenario.skills), name=code) for code in scenario.shifts)
    index = {code: s for s, code in enumerate(scenario.shifts)}
    problem = Problem(
        first=MONDAY,
        day_count=7 * len(weeks),
        shifts=shifts,
        people=tuple(Person(code, code, posts=frozenset(n.skills)) for code, n in scenario.nurses.items()),
        tail=tuple(_tail(pasts[who], index, _tail_length(scenario)) for who in scenario.nurses),
        needs=tuple(_needs(scenario, weeks)),
        requests=tuple(_requests(scenario, weeks)),
    )
    return Benchmark(name, problem, (*_hard(scenario), *_soft(scenario), *_contracts(scenario, pasts)))


def _tail_length(scenario: Scenario) -> int:
    """Give how many days before day 0 the longest rule about runs can look at."""
    runs = [*scenario.shifts.values()]
    runs += [run for c in scenario.contracts.values() for run in (c.work_run, c.off_run)]
    return max(run.most for run in runs) + 1


def _tail(past: Past, index: Mapping[str, int], length: int) -> tuple[int, ...]:
    """Give the days before as her runs tell them; what lies before a run only has to end it."""
    if past.last_shift == NO_SHIFT:
        before, run = [0] * length, [OFF] * past.off_run
    else:
        last = index[past.last_shift]
        other = next((s for s in index.values() if s != last), last)
        before = [OFF] * length + [other] * (past.work_run - past.same_run)
        run = [last] * past.same_run
    return tuple((before + run)[-length:])


def _option(scenario: Scenario, shift: str, skill: str) -> int:
    return list(scenario.shifts).index(shift) * len(scenario.skills) + scenario.skills.index(skill)


def _needs(scenario: Scenario, weeks: list[Week]) -> Iterator[Need]:
    for number, week in enumerate(weeks):
        for (shift, skill, day), cover in week.cover.items():
            options = frozenset({_option(scenario, shift, skill)})
            yield Need(7 * number + day, options, cover.least, cover.most, shift=shift, detail=skill)


def _requests(scenario: Scenario, weeks: list[Week]) -> Iterator[Request]:
    """Give one request a nurse and day: an assignment is undesired once, whatever lines name it."""
    nurse = {code: n for n, code in enumerate(scenario.nurses)}
    unwanted: dict[tuple[int, int], set[int]] = {}
    for number, week in enumerate(weeks):
        for who, named, day in week.unwanted:
            shifts = scenario.shifts if named == ANY_SHIFT else (named,)
            options = {_option(scenario, shift, skill) for shift in shifts for skill in scenario.skills}
            unwanted.setdefault((nurse[who], 7 * number + day), set()).update(options)
    for (n, day), found in unwanted.items():
        yield Request(n, day, Options(found), wants=False)


def _hard(scenario: Scenario) -> Iterator[Rule]:
    words = "{day}: {amount} too few on {where} ({found} of {low})."
    yield Staffing(code="minimum", title="Minimum staff", words=words)
    words = "{nurse} may not hold the post “{detail}” on {day}."
    yield PostSkill(code="skills", title="Posts", words=words)
    pairs = " ".join(f"{a}>{b}" for a, after in scenario.followers.items() for b in after)
    if pairs:
        title, words = "Successions", "{nurse}: what she works on {last} may not follow {shift} of {first}."
        yield Successions(code="successions", title=title, words=words, pairs=pairs)


def _soft(scenario: Scenario) -> Iterator[Rule]:
    soft = Severity.SOFT
    words = "{day}: {amount} fewer than wished on {where} ({found} of {low})."
    yield WishedStaffing(code="optimum", title="Wished staff", words=words, severity=soft, weight=COVER)
    words = "{nurse}: the wish for {day} is not granted."
    yield Wishes(code="undesired", title="Wishes", words=words, severity=soft, weight=UNDESIRED)
    for shift, run in scenario.shifts.items():
        yield from _runs(f"shift:{shift}", run, SAME_SHIFT, None)


def _contracts(scenario: Scenario, pasts: Mapping[str, Past]) -> Iterator[Rule]:
    contracts = [scenario.contracts[nurse.contract] for nurse in scenario.nurses.values()]
    before = [pasts[who] for who in scenario.nurses]
    both = list(zip(contracts, before, strict=True))
    for work, who in grouped(contracts, lambda c: c.work_run).items():
        yield from _runs("work", work, RUN, who)
    for off, who in grouped(contracts, lambda c: c.off_run).items():
        yield from _runs("off", off, RUN, who)
    soft, title = Severity.SOFT, "Duties"
    words = "{nurse} has {found} duties; wanted are {band}."
    left = [Range(c.total.least - past.assignments, c.total.most - past.assignments) for c, past in both]
    for (least, most), who in grouped(left, lambda r: r).items():
        code = f"total_{least}_{most}"
        yield DutiesBetween(
            code=code,
            title=title,
            words=words,
            severity=soft,
            weight=TOTAL,
            least=least,
            most=most,
            people=who,
        )
    title, words = "Weekends with duty", "{nurse} works {found} weekends, at most {high}."
    for most, who in grouped([c.most_weekends - past.weekends for c, past in both], int).items():
        code = f"weekends_{most}"
        yield MostWeekends(
            code=code, title=title, words=words, severity=soft, weight=WEEKEND, most=most, people=who
        )
    title, words = "Whole weekends", "{nurse} works only one day of the weekend of {first}."
    whole = grouped(contracts, lambda c: c.wants_whole_weekends).get(True)
    if whole:
        yield WholeWeekends(
            code="whole_weekends", title=title, words=words, severity=soft, weight=WEEKEND, people=whole
        )


def _runs(what: str, run: Range, weight: int, people: frozenset[int] | None) -> Iterator[Rule]:
    """Ask for runs within a range, each day outside it charged."""
    name = what.replace(":", "_")
    title, words = "Long runs", "{nurse}: too many days in a row of one kind, {first} to {last}."
    yield LongestRun(
        code=f"longest_{name}_{run.most}",
        title=title,
        words=words,
        severity=Severity.SOFT,
        weight=weight,
        what=what,
        most=run.most,
        people=people,
    )
    title, words = "Short runs", "{nurse}: too few days in a row of one kind, {first} to {last}."
    yield ShortestRun(
        code=f"shortest_{name}_{run.least}",
        title=title,
        words=words,
        severity=Severity.SOFT,
        weight=weight,
        what=what,
        least=run.least,
        people=people,
    )
