"""The tables of invented people, read from `people.toml`, and the demo's fixed dates."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from wardteam.domain.calendar import Period
from wardteam.domain.people import Education, Sex, Title

PERIOD = Period.month(2026, 12)
TODAY = date(2026, 11, 23)
TAIL = Period(date(2026, 11, 3), date(2026, 11, 30))
WARD_SIZE = 44


@dataclass(frozen=True)
class Profile:
    """What is settled of a ward nurse before the seed gives her a name and exact dates."""

    age: int
    education: Education
    service_years: int
    title: Title
    title_years: int
    ability: int
    sex: Sex


@dataclass(frozen=True)
class Cast:
    """All tables of the file; positions point into `profiles`."""

    profiles: tuple[Profile, ...]
    leaders: tuple[int, ...]
    deputies: tuple[int, ...]
    preceptors: frozenset[int]
    on_maternity_leave: int
    expecting: int
    nursing_a_child: int
    newly_joined: tuple[int, ...]
    names: dict[Sex, tuple[tuple[str, str], ...]]
    strengths: dict[str, tuple[tuple[str, str], ...]]


@cache
def load_cast() -> Cast:
    """Read the tables; the file is UTF-8 whatever the machine's locale says."""
    table = tomllib.loads(files("wardteam.demo").joinpath("people.toml").read_text(encoding="utf-8"))
    return Cast(
        profiles=tuple(_profile(row) for row in table["profiles"]),
        leaders=tuple(table["leaders"]),
        deputies=tuple(table["deputies"]),
        preceptors=frozenset(table["preceptors"]),
        on_maternity_leave=table["on_maternity_leave"],
        expecting=table["expecting"],
        nursing_a_child=table["nursing_a_child"],
        newly_joined=tuple(table["newly_joined"]),
        names={sex: _pairs(table[sex.value]) for sex in Sex},
        strengths={group: _pairs(rows) for group, rows in table["strengths"].items()},
    )


def staff_number(position: int) -> str:
    """Give the staff number of the ward nurse at a position of the profiles."""
    return f"W{position + 1:03d}"


def _profile(row: list[Any]) -> Profile:  # a row of the file, int and text by column
    age, education, service_years, title, title_years, ability, sex = row
    return Profile(age, Education(education), service_years, Title(title), title_years, ability, Sex(sex))


def _pairs(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((chinese, english) for chinese, english in rows)
