"""The people of the demo ward: 44 nurses, the head nurse, three who are not counted, and restrictions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wardteam.demo.cast import PERIOD, WARD_SIZE, Cast, Profile, load_cast, staff_number
from wardteam.domain.people import (
    Education,
    Nurse,
    Restriction,
    RestrictionKind,
    Sex,
    StaffKind,
    Title,
)

HEAD_NURSE_NO = "H001"
DUE_DATE = date(2027, 2, 6)
CHILD_BIRTHDAY = date(2026, 5, 19)
OPENING = date(2026, 1, 5)
"""When the ward asked for consent to hang portraits."""


@dataclass(frozen=True)
class _Name:
    chinese: str
    english: str


def make_people(rng: np.random.Generator) -> tuple[Nurse, ...]:
    """Give the head nurse, the 44 ward nurses by seniority, and a student, a trainee and a borrowed nurse."""
    cast = load_cast()
    names = {sex: [_Name(*pair) for pair in cast.names[sex]] for sex in Sex}
    order = {sex: [names[sex][i] for i in rng.permutation(len(names[sex]))] for sex in Sex}
    nurses = tuple(
        _nurse(position, profile, order[profile.sex].pop(), cast, rng)
        for position, profile in enumerate(cast.profiles)
    )
    spare = order[Sex.FEMALE]
    return (_head_nurse(spare.pop()), *nurses, *_guests(spare))


def make_restrictions(nurses: tuple[Nurse, ...]) -> tuple[Restriction, ...]:
    """Restrict the expecting nurse, the nursing mother, and the first-year nurses under supervision."""
    cast = load_cast()
    first_year = [n for n in nurses if n.kind is StaffKind.WARD and n.service_years(PERIOD.first) < 1]
    return (
        Restriction(
            staff_number(cast.expecting),
            RestrictionKind.PREGNANCY,
            start=date(2026, 6, 15),
            event_date=DUE_DATE,
        ),
        Restriction(
            staff_number(cast.nursing_a_child),
            RestrictionKind.NURSING_MOTHER,
            start=date(2026, 10, 26),
            end=CHILD_BIRTHDAY.replace(year=2027) - timedelta(days=1),
            event_date=CHILD_BIRTHDAY,
        ),
        *(
            Restriction(
                n.staff_no,
                RestrictionKind.SUPERVISED,
                start=n.service_since,
                end=n.service_since.replace(year=n.service_since.year + 1) - timedelta(days=1),
            )
            for n in first_year
        ),
    )


def _nurse(position: int, profile: Profile, name: _Name, cast: Cast, rng: np.random.Generator) -> Nurse:
    service = _since(profile.service_years, 7, 8, rng)
    joined = date(2026, 10, 12 + 7 * (position % 2)) if position in cast.newly_joined else service
    if profile.service_years == 0:
        joined = service = date(2026, 9, 1) if position in cast.newly_joined else date(2026, 7, 13)
    is_nurse = profile.title is Title.NURSE
    chinese, english = _strength(position, profile, cast)
    asked = max(joined, OPENING)
    given = None if position in _without_consent(cast) else asked + timedelta(days=int(rng.integers(1, 20)))
    return Nurse(
        staff_no=staff_number(position),
        name=name.chinese,
        name_en=name.english,
        sex=profile.sex,
        birth_date=_birth_date(profile.age, rng),
        title=profile.title,
        title_since=service if is_nurse else _since(profile.title_years, 9, 10, rng),
        service_since=service,
        education=profile.education,
        ability=profile.ability,
        is_preceptor=position in cast.preceptors,
        registration_until=date(2027 + int(rng.integers(1, 5)), 6, 30),
        joined=joined,
        strengths=chinese,
        strengths_en=english,
        photo=f"{staff_number(position)}.jpg",
        photo_consent=given,
        photo_consent_withdrawn=date(2026, 10, 20) if position == _WITHDRAWN else None,
        hours_balance_minutes=480 * int(rng.integers(-2, 4)),
        annual_leave_days=_leave_days(profile.service_years),
    )


_WITHDRAWN = 20


def _without_consent(cast: Cast) -> tuple[int, ...]:
    return (6, 28, 34, cast.newly_joined[-1])


def _leave_days(service_years: int) -> int:
    return 0 if service_years < 1 else 5 if service_years < 10 else 10


def _since(whole_years: int, first_month: int, last_month: int, rng: np.random.Generator) -> date:
    month = int(rng.integers(first_month, last_month + 1))
    return date(PERIOD.first.year - whole_years, month, int(rng.integers(1, 29)))


def _birth_date(age: int, rng: np.random.Generator) -> date:
    # Between 1 January and 22 November, so that nobody's age changes between today and the period's end.
    return date(PERIOD.first.year - age, 1, 1) + timedelta(days=int(rng.integers(0, 325)))


def _strength(position: int, profile: Profile, cast: Cast) -> tuple[str, str]:
    if profile.service_years == 0:
        group = "beginner"
    elif profile.title is Title.NURSE:
        group = "junior"
    else:
        group = "leader" if profile.title is Title.NURSE_IN_CHARGE else "senior"
    choices = cast.strengths[group]
    return choices[position % len(choices)]


def _head_nurse(name: _Name) -> Nurse:
    return Nurse(
        staff_no=HEAD_NURSE_NO,
        name=name.chinese,
        name_en=name.english,
        kind=StaffKind.HEAD_NURSE,
        birth_date=date(1984, 4, 9),
        title=Title.ASSOCIATE_CHIEF,
        title_since=date(2021, 9, 1),
        service_since=date(2006, 7, 17),
        education=Education.BACHELOR,
        ability=5,
        is_preceptor=True,
        registration_until=date(2029, 6, 30),
        joined=date(2018, 3, 1),
        strengths="病区管理与护理质量持续改进",
        strengths_en="Running the ward; continuous improvement",
        photo=f"{HEAD_NURSE_NO}.jpg",
        photo_consent=OPENING,
        annual_leave_days=15,
    )


def _guests(spare: list[_Name]) -> tuple[Nurse, ...]:
    rows = (
        ("S001", StaffKind.STUDENT, date(2005, 5, 8), date(2026, 8, 31), Education.COLLEGE),
        ("T001", StaffKind.TRAINEE, date(2003, 2, 17), date(2025, 7, 14), Education.BACHELOR),
        ("B001", StaffKind.BORROWED, date(1999, 8, 26), date(2021, 7, 12), Education.COLLEGE),
    )
    return tuple(
        Nurse(
            staff_no=staff_no,
            name=name.chinese,
            name_en=name.english,
            kind=kind,
            birth_date=born,
            title=Title.NURSE,
            title_since=service,
            service_since=service,
            education=education,
            ability=1 if kind is StaffKind.STUDENT else 2,
            is_registered_here=kind is not StaffKind.STUDENT,
            joined=date(2026, 10, 1),
        )
        for (staff_no, kind, born, service, education), name in zip(rows, spare, strict=False)
    )


def ward_numbers() -> tuple[str, ...]:
    """Give the staff numbers of the 44 ward nurses, most senior first."""
    return tuple(staff_number(position) for position in range(WARD_SIZE))
