"""What the forms of a ward offer: its people, teams, beds and what was captured before, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from wardteam.domain.beds import Bed
from wardteam.domain.control import Checklist
from wardteam.domain.people import Nurse, StaffKind
from wardteam.domain.questionnaires import QuestionnaireVersion
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.services.desk import Desk
from wardteam.services.quality_ports import Record
from wardteam_web.forms import Choices
from wardteam_web.words import Words

R = TypeVar("R", bound=Record)
NOBODY = Message("nobody in particular")
NO_TEAM = Message("no team")
NO_BED = Message("no bed")


@dataclass(frozen=True)
class Ground:
    """One request's view of the ward."""

    desk: Desk
    book: WardBook
    today: date
    words: Words

    @property
    def ward(self) -> str:
        """The ward's code."""
        return self.book.ward.code

    @cached_property
    def staff(self) -> tuple[Nurse, ...]:
        """Those who may act: the head nurse first, then the ward's nurses."""
        kinds = (StaffKind.HEAD_NURSE, StaffKind.WARD)
        here = (n for n in self.book.nurses if n.kind in kinds and n.works_here(self.today))
        return tuple(sorted(here, key=lambda n: (kinds.index(n.kind), n.staff_no)))

    def name(self, staff_no: str) -> str:
        """Give a person's name, or the number itself where nobody has it."""
        found = next((n for n in self.book.nurses if n.staff_no == staff_no), None)
        return self.words.pair((found.name, found.name_en)) if found else staff_no

    def team(self, code: str) -> str:
        """Give a team's name by its number."""
        found = next((team for team in self.book.teams if str(team.number) == code), None)
        return self.words.team(found) if found else code

    def people(self, *, empty: bool = False, also: str = "") -> Choices:
        """Give the staff as choices; `also` keeps somebody who has left."""
        chosen = [(n.staff_no, f"{self.name(n.staff_no)} · {n.staff_no}") for n in self.staff]
        if also and also not in dict(chosen):
            chosen.append((also, self.name(also)))
        return [("", self.words.t(NOBODY)), *chosen] if empty else chosen

    def teams(self, *, empty: bool = True) -> Choices:
        """Give the teams as choices."""
        chosen = [(str(team.number), self.words.team(team)) for team in self.book.teams]
        return [("", self.words.t(NO_TEAM)), *chosen] if empty else chosen

    def beds(self, also: str = "") -> Choices:
        """Give the beds as choices."""
        codes = [bed.code for bed in self.ordered_beds]
        if also and also not in codes:
            codes.append(also)
        return [("", self.words.t(NO_BED)), *((code, code) for code in codes)]

    @cached_property
    def ordered_beds(self) -> tuple[Bed, ...]:
        """The beds in the book's order."""
        return self.book.beds

    def kept(self, kind: type[R]) -> tuple[R, ...]:
        """Give the records of a kind."""
        with self.desk.units() as unit:
            return tuple(kept.record for kept in unit.captured.all(self.ward, kind))

    @cached_property
    def checklists(self) -> tuple[Checklist, ...]:
        """The checklists."""
        return self.kept(Checklist)

    @cached_property
    def versions(self) -> tuple[QuestionnaireVersion, ...]:
        """The questionnaire's versions."""
        return self.kept(QuestionnaireVersion)
