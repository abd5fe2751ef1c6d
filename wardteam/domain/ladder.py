"""The clinical ladder: from title and years to N0-N4, and who may deputise or lead."""

from __future__ import annotations

from datetime import date

from wardteam.domain.people import Level, Nurse, Title, whole_years


def ladder_level(nurse: Nurse, on: date) -> Level:
    """Derive the level: years of service for nurses, years in the title otherwise.

    A level written in the personnel record wins. Lower bounds are included: a nurse with
    exactly one year of service is N1.
    """
    if nurse.level is not None:
        return nurse.level
    service = nurse.service_years(on)
    if service < 1:
        return Level.N0
    in_title = whole_years(nurse.title_since, on)
    match nurse.title:
        case Title.NURSE:
            return Level.N1 if service < 5 else Level.N2
        case Title.SENIOR_NURSE:
            return Level.N1 if in_title < 3 else Level.N2
        case Title.NURSE_IN_CHARGE:
            return Level.N2 if in_title < 5 else Level.N3
        case _:
            return Level.N4


def may_lead(nurse: Nurse, on: date) -> bool:
    """Whether she qualifies as a team leader: nurse-in-charge (主管护师) or above, registered."""
    return nurse.title.rank >= Title.NURSE_IN_CHARGE.rank and nurse.may_practise(on)


def may_deputise(nurse: Nurse, on: date) -> bool:
    """Whether she qualifies as a deputy leader: N2 or higher and a senior nurse or above."""
    senior = nurse.title.rank >= Title.SENIOR_NURSE.rank
    return senior and ladder_level(nurse, on) >= Level.N2 and nurse.may_practise(on)
