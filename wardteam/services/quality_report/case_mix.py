"""Table 1: what the patients of both periods were like, with standardised differences and no P."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import TypeVar

from wardteam.domain.beds import NursingGrade
from wardteam.domain.census import PatientDays
from wardteam.domain.questionnaires import Mode
from wardteam.errors import Message, Named
from wardteam.services.period_records import PeriodRecords
from wardteam.services.quality_report.analysis import Analysis
from wardteam.services.quality_report.charting import attempted
from wardteam.services.quality_report.wording import EMPTY, mean_words, number
from wardteam.stats.counts import Share
from wardteam.stats.figures import share_figure
from wardteam.stats.report import Cell, Table
from wardteam.stats.samples import Sample
from wardteam.stats.smd import Categories, Variable, standardised_difference

Row = tuple[Cell, Cell, Cell, Cell]
T = TypeVar("T")
NOTICEABLE = 0.1
"""Austin, Commun Stat Simul Comput 2009; 38: 1228-1234."""


def case_mix_table(analysis: Analysis) -> Table:
    """Lay out what is known of the patients; age, sex and diagnosis are not captured."""
    rows = tuple(_rows(analysis))
    return Table(
        "case_mix",
        Message("Patients and care in the two periods"),
        (
            Message("Characteristic"),
            analysis.plan.baseline.named,
            analysis.plan.intervention.named,
            Message("standardised difference"),
        ),
        rows,
        (
            Message(
                "Mean (SD), or n (%); a standardised difference above 0.1 is noticeable. Alikeness is not "
                "tested for P."
            ),
            *_unlike(rows),
            Message("Age, sex and diagnosis are not captured: differences in them stay unknown."),
        ),
        (1, 2, 3),
    )


def _unlike(rows: Iterable[Row]) -> Iterator[Message]:
    """Name the characteristics in which the periods differ noticeably."""
    names = tuple(name.lines[0] for name, *_, smd in rows if abs(smd.value or 0.0) > NOTICEABLE)
    if names:
        yield Message("Above it here: {names}.", names=names)


def _rows(analysis: Analysis) -> Iterator[Row]:
    yield from (row for row in _mean_rows(analysis) if row[1] is not EMPTY or row[2] is not EMPTY)
    sides = analysis.records
    yield from _categories(
        Message("patient-days by nursing grade"), list(NursingGrade), [_grades(s) for s in sides]
    )
    modes = [Counter(one.mode for one in side.asked.valid) for side in sides]
    yield from _categories(Message("questionnaires by mode"), list(Mode), modes)
    names = {
        str(team.number): Named(team.name, team.name_en) for team in analysis.data.book.teams if team.name
    }
    teams = [Counter(one.team for one in side.asked.valid if one.team) for side in sides]
    codes = sorted({code for counts in teams for code in counts})
    yield from _categories(Message("questionnaires by team"), codes, teams, names)


def _mean_rows(analysis: Analysis) -> Iterator[Row]:
    sides = analysis.records
    yield _means(Message("patients a day"), [_daily(s, lambda day: float(day.total)) for s in sides])
    yield _means(Message("admissions a day"), [_daily(s, lambda day: _maybe(day.admissions)) for s in sides])
    yield _means(Message("discharges a day"), [_daily(s, lambda day: _maybe(day.discharges)) for s in sides])
    yield _means(Message("infusion hours per patient-day"), [_daily(s, _hours) for s in sides])
    yield _means(Message("length of stay, days"), [_lengths(analysis, s) for s in sides])


def _means(name: Message, values: list[list[float]]) -> Row:
    samples = [Sample(tuple(figures)) if figures else None for figures in values]
    cells = [EMPTY if s is None else Cell.of(mean_words(s.mean, s.sd), value=s.mean) for s in samples]
    first, second = samples
    smd = EMPTY if first is None or second is None or min(first.n, second.n) < 2 else _smd(first, second)
    return Cell.of(name), cells[0], cells[1], smd


def _categories(
    name: Message, kinds: Iterable[T], counts: Sequence[Counter[T]], names: Mapping[T, Named] | None = None
) -> Iterator[Row]:
    present = [kind for kind in kinds if any(count[kind] for count in counts)]
    if not present:
        return
    both = [tuple(count[kind] for kind in present) for count in counts]
    smd = _smd(Categories(both[0]), Categories(both[1])) if all(map(sum, both)) else EMPTY
    yield Cell.of(name), *(Cell.of(f"n={sum(side)}", value=sum(side)) for side in both), smd  # type: ignore[misc]  # two sides
    for place, kind in enumerate(present):
        cells = [_share(side[place], sum(side)) for side in both]
        label = (names or {}).get(kind, kind)
        yield Cell.of(Message("– {name}", name=label)), cells[0], cells[1], EMPTY


def _share(count: int, total: int) -> Cell:
    return EMPTY if not total else Cell.of(share_figure(Share(count, total)), value=count)


def _smd(first: Variable, second: Variable) -> Cell:
    result, _ = attempted(lambda: standardised_difference(first, second))
    if result is None or result.estimate is None:
        return EMPTY
    return Cell.of(number(result.estimate, 2), value=result.estimate)


def _daily(side: PeriodRecords, of: Callable[[PatientDays], float | None]) -> list[float]:
    found = (of(side.census[day]) for day in sorted(side.census))
    return [value for value in found if value is not None]


def _maybe(count: int | None) -> float | None:
    return None if count is None else float(count)


def _hours(day: PatientDays) -> float | None:
    return None if day.infusion_hours is None or not day.total else day.infusion_hours / day.total


def _grades(side: PeriodRecords) -> Counter[NursingGrade]:
    counts: Counter[NursingGrade] = Counter()
    for day in side.census.values():
        counts.update(day.occupied)
    return counts


def _lengths(analysis: Analysis, side: PeriodRecords) -> list[float]:
    zone = analysis.data.book.settings.zone
    first = datetime.combine(side.period.span.first, time(), zone)
    last = datetime.combine(side.period.span.last, time.max, zone)
    ended = (
        s for s in analysis.data.book.stays if s.discharged is not None and first <= s.discharged <= last
    )
    return [(s.discharged - s.admitted).total_seconds() / 86400 for s in ended if s.discharged]
