"""Who works on the ward: nurses, their titles, education, restrictions and consents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum


class Title(StrEnum):
    """Professional title (职称), lowest first."""

    NURSE = "nurse"
    SENIOR_NURSE = "senior_nurse"
    NURSE_IN_CHARGE = "nurse_in_charge"
    ASSOCIATE_CHIEF = "associate_chief_nurse"
    CHIEF = "chief_nurse"

    @property
    def rank(self) -> int:
        """Position on the scale, 0 for a nurse to 4 for a chief nurse."""
        return list(Title).index(self)


class Level(IntEnum):
    """Clinical ladder level (层级), N0 to N4."""

    N0 = 0
    N1 = 1
    N2 = 2
    N3 = 3
    N4 = 4


class Education(StrEnum):
    """Highest education, lowest first."""

    SECONDARY = "secondary"
    COLLEGE = "college"
    BACHELOR = "bachelor"
    MASTER = "master"

    @property
    def rank(self) -> int:
        """Position on the scale, 0 for secondary vocational school to 3 for a master's degree."""
        return list(Education).index(self)


class Sex(StrEnum):
    """Sex as the personnel file has it."""

    FEMALE = "female"
    MALE = "male"


class StaffKind(StrEnum):
    """How a person belongs to the ward; only `WARD` nurses are counted as staff."""

    WARD = "ward"
    HEAD_NURSE = "head_nurse"
    STUDENT = "student"
    TRAINEE = "trainee"
    BORROWED = "borrowed"


@dataclass(frozen=True)
class Nurse:
    """A person on the ward's sheet, known by her staff number.

    `level` is None where the ladder of the ward derives it from title and service.
    `ability` is the head nurse's own grading, 1 (learning) to 5 (expert).
    `contract_percent` is the share of full time. `hours_balance_minutes` is carried in.
    """

    staff_no: str
    name: str
    birth_date: date
    title: Title
    title_since: date
    service_since: date
    education: Education
    name_en: str = ""
    sex: Sex = Sex.FEMALE
    kind: StaffKind = StaffKind.WARD
    level: Level | None = None
    ability: int = 3
    contract_percent: int = 100
    is_preceptor: bool = False
    registration_until: date | None = None
    is_registered_here: bool = True
    joined: date | None = None
    left: date | None = None
    strengths: str = ""
    strengths_en: str = ""
    photo: str = ""
    photo_consent: date | None = None
    photo_consent_withdrawn: date | None = None
    hours_balance_minutes: int = 0
    annual_leave_days: int = 0

    def __post_init__(self) -> None:
        if not self.staff_no.strip():
            raise ValueError("staff_no must not be empty")
        if not 1 <= self.ability <= 5:
            raise ValueError(f"ability must be 1 to 5, got {self.ability}")
        if not 1 <= self.contract_percent <= 100:
            raise ValueError(f"contract_percent must be 1 to 100, got {self.contract_percent}")

    def service_years(self, on: date) -> int:
        """Whole years of service on a date."""
        return whole_years(self.service_since, on)

    def age(self, on: date) -> int:
        """Age in whole years on a date."""
        return whole_years(self.birth_date, on)

    def works_here(self, on: date) -> bool:
        """Whether she belongs to the ward on that date."""
        return (self.joined is None or self.joined <= on) and (self.left is None or on <= self.left)

    def may_practise(self, on: date) -> bool:
        """Whether her registration holds on that date, for this site."""
        return self.is_registered_here and (self.registration_until is None or on <= self.registration_until)

    def may_be_pictured(self, on: date) -> bool:
        """Whether a dated consent to show her photograph holds on that date."""
        given = self.photo_consent is not None and self.photo_consent <= on
        return given and (self.photo_consent_withdrawn is None or on < self.photo_consent_withdrawn)


def whole_years(since: date, on: date) -> int:
    """Count the whole years from one date to another; 0 if the first lies later."""
    years = on.year - since.year - ((on.month, on.day) < (since.month, since.day))
    return max(years, 0)


class RestrictionKind(StrEnum):
    """Why some duties are barred for a nurse. Health data: never on a posted sheet."""

    PREGNANCY = "pregnancy"
    NURSING_MOTHER = "nursing_mother"
    NO_NIGHTS = "no_nights"
    NO_SHIFT = "no_shift"
    SUPERVISED = "supervised"


@dataclass(frozen=True)
class Restriction:
    """A dated restriction of one nurse.

    `event_date` is the due date of a pregnancy or the (youngest) child's birthday;
    `children` counts children under one year; `shift` names the barred shift of `NO_SHIFT`.
    """

    staff_no: str
    kind: RestrictionKind
    start: date | None = None
    end: date | None = None
    event_date: date | None = None
    children: int = 1
    shift: str = ""

    def holds(self, on: date) -> bool:
        """Whether the restriction's dates include this one."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)
