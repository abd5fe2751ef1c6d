"""By what the teams are compared: bands whose heads are counted, and scales whose means are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wardteam.domain.documents import BalanceRow
from wardteam.domain.ladder import ladder_level
from wardteam.domain.people import Education, Level, Nurse, Title
from wardteam.errors import Message
from wardteam_solver.teams.case import TeamCase


@dataclass(frozen=True)
class Band:
    """Nurses who are alike in one attribute; each team should have as many of them as the next."""

    label: Message
    staff: tuple[str, ...]
    weight: int


@dataclass(frozen=True)
class Scale:
    """An attribute with a value for each nurse; the teams' means should lie within `tolerance`."""

    label: Message
    values: Mapping[str, int]
    tolerance: float
    weight: int


def bands(case: TeamCase) -> tuple[Band, ...]:
    """Give the bands that anybody is in: titles, levels, education, and nurses under supervision."""
    on, nurses = case.on, case.nurses
    found = [
        *(_band(Message("Title: {title}", title=t), 4, (n for n in nurses if n.title is t)) for t in Title),
        *(
            _band(Message("Level {level}", level=v), 4, (n for n in nurses if ladder_level(n, on) is v))
            for v in Level
        ),
        *(
            _band(Message("Education: {education}", education=e), 2, (n for n in nurses if n.education is e))
            for e in Education
        ),
        _band(Message("Under supervision"), 3, (n for n in nurses if n.staff_no in case.supervised)),
        _band(Message("Preceptors"), 2, (n for n in nurses if n.is_preceptor)),
    ]
    return tuple(band for band in found if band.staff)


def scales(case: TeamCase) -> tuple[Scale, ...]:
    """Give the scales: years of service and ability. Titles, levels and education are counted in bands."""
    years = {n.staff_no: n.service_years(case.on) for n in case.nurses}
    abilities = {n.staff_no: n.ability for n in case.nurses}
    return (
        Scale(Message("Years of service (mean)"), years, 0.5, 3),
        Scale(Message("Ability, 1 to 5 (mean)"), abilities, 0.2, 3),
    )


def balance_table(case: TeamCase, members: Mapping[int, tuple[str, ...]]) -> tuple[BalanceRow, ...]:
    """Compare the teams: heads in all, heads by band, and means, with the spread of each."""
    heads = _row(Message("Nurses"), [float(len(members[t])) for t in case.teams], 0)
    counts = [
        _row(band.label, [float(len(set(band.staff) & set(members[t]))) for t in case.teams], 0)
        for band in bands(case)
    ]
    means = [
        _row(scale.label, [sum(scale.values[s] for s in members[t]) / len(members[t]) for t in case.teams], 2)
        for scale in scales(case)
    ]
    return (heads, *counts, *means)


def _row(label: Message, figures: list[float], decimals: int) -> BalanceRow:
    return BalanceRow(label, tuple(figures), max(figures) - min(figures), decimals)


def _band(label: Message, weight: int, nurses: Iterable[Nurse]) -> Band:
    return Band(label, tuple(n.staff_no for n in nurses), weight)
