"""The noticeboard as a view: teams with their people, every bed's nurse of the day, who is on which shift."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from wardteam.domain.beds import Bed, Cover, Stay, Zone
from wardteam.domain.documents import BoardBed, BoardTeam, DutyLine, Noticeboard, NurseCard
from wardteam.domain.ladder import ladder_level
from wardteam.domain.people import Nurse, StaffKind
from wardteam.domain.roster import Roster, RosterCell
from wardteam.domain.shifts import Shift
from wardteam.domain.teams import Role, Team
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.services.census import beds_in_corridor_order
from wardteam.services.sheet_view import is_counted, shift_times

NOON = time(12)


def noticeboard(
    book: WardBook,
    roster: Roster | None,
    covers: Iterable[Cover],
    zones: Iterable[Zone],
    day: date,
    photos: Mapping[str, bytes],
    *,
    shows_surnames: bool = False,
    made_at: datetime | None = None,
) -> Noticeboard:
    """Lay out the ward on one day.

    Parameters
    ----------
    photos
        Pictures by staff number; shown only where the nurse's consent holds on the day.
    shows_surnames
        Whether patients' masked surnames appear; by default no part of a name does.
    """
    scene = _Scene(
        book, day, photos, {c.bed: c for c in covers if c.day == day}, shows_surnames=shows_surnames
    )
    teams = tuple(scene.team(team) for team in sorted(book.teams, key=lambda t: t.number))
    return Noticeboard(
        ward=book.ward,
        day=day,
        day_kind=book.calendar.kind(day),
        head_nurse=next((scene.card(n) for n in scene.people if n.kind is StaffKind.HEAD_NURSE), None),
        teams=teams,
        duty=tuple(scene.duty(roster, tuple(zones))),
        feedback_url=book.settings.feedback_url,
        made_at=made_at,
        notes=tuple(_notes(book, teams)),
    )


def nurse_card(book: WardBook, nurse: Nurse, day: date, photos: Mapping[str, bytes]) -> NurseCard:
    """Present a nurse; her photograph only while her consent holds."""
    membership = book.membership(nurse.staff_no, day)
    return NurseCard(
        staff_no=nurse.staff_no,
        name=(nurse.name, nurse.name_en or nurse.name),
        title=nurse.title,
        level=ladder_level(nurse, day),
        service_years=nurse.service_years(day),
        role=None if membership is None else membership.role,
        strengths=(nurse.strengths, nurse.strengths_en or nurse.strengths),
        photo=photos.get(nurse.staff_no) if nurse.may_be_pictured(day) else None,
    )


def board_beds(book: WardBook, day: date, photos: Mapping[str, bytes]) -> tuple[BoardBed, ...]:
    """Give the beds along the corridor with patients and owners of a day, before anybody holds them."""
    scene = _Scene(book, day, photos, {}, shows_surnames=False)
    return tuple(scene.bed(bed) for bed in beds_in_corridor_order(book))


def board_team(team: Team, cards: Sequence[NurseCard], beds: tuple[BoardBed, ...] = ()) -> BoardTeam:
    """Put a team's cards in their places: leader, deputy, then members by seniority."""
    by_role = {role: [card for card in cards if card.role is role] for role in Role}
    members = sorted(
        by_role[Role.MEMBER], key=lambda c: (-c.title.rank, -c.level, -c.service_years, c.staff_no)
    )
    return BoardTeam(
        team=team,
        leader=next(iter(by_role[Role.LEADER]), None),
        deputy=next(iter(by_role[Role.DEPUTY]), None),
        members=tuple(members),
        beds=beds,
    )


@dataclass(frozen=True)
class _Scene:
    """The ward's day while it is being laid out."""

    book: WardBook
    day: date
    photos: Mapping[str, bytes]
    covers: Mapping[str, Cover]
    shows_surnames: bool

    @property
    def people(self) -> tuple[Nurse, ...]:
        return tuple(n for n in self.book.nurses if n.works_here(self.day))

    def card(self, nurse: Nurse) -> NurseCard:
        return nurse_card(self.book, nurse, self.day, self.photos)

    def card_of(self, staff_no: str | None) -> NurseCard | None:
        return None if staff_no is None else self.card(self.book.nurse(staff_no))

    def team(self, team: Team) -> BoardTeam:
        cards = [self.card(n) for n in self.people if self.team_number(n.staff_no) == team.number]
        beds = tuple(self.bed(bed) for bed in self.book.beds if self.team_of_bed(bed) == team.number)
        return board_team(team, cards, beds)

    def team_number(self, staff_no: str | None) -> int | None:
        membership = None if staff_no is None else self.book.membership(staff_no, self.day)
        return None if membership is None else membership.team

    def team_of_bed(self, bed: Bed) -> int | None:
        """Give the owner's team, else that of the nurse who holds the bed today."""
        cover = self.covers.get(bed.code)
        owned_by = self.team_number(self.book.owner(bed.code, self.day))
        return self.team_number(cover.staff_no) if owned_by is None and cover is not None else owned_by

    def bed(self, bed: Bed) -> BoardBed:
        cover, stay = self.covers.get(bed.code), self.stay(bed)
        grade = bed.usual_grade if stay is None else stay.grade
        return BoardBed(
            bed=bed.code,
            room=bed.room,
            grade=grade,
            is_occupied=stay is not None,
            owner=self.card_of(self.book.owner(bed.code, self.day)),
            holder=None if cover is None else self.card_of(cover.staff_no),
            kind=None if cover is None else cover.kind,
            is_over_cap=cover is not None and cover.is_over_cap,
            surname_masked=stay.surname_masked if stay is not None and self.shows_surnames else "",
            load=self.book.settings.load(grade),
        )

    def stay(self, bed: Bed) -> Stay | None:
        at = datetime.combine(self.day, NOON, self.book.settings.zone)
        return next((s for s in self.book.stays if s.bed == bed.code and s.is_in_bed(at)), None)

    def duty(self, roster: Roster | None, zones: tuple[Zone, ...]) -> Iterator[DutyLine]:
        for shift in self.book.shifts:
            on_shift = self.on_shift(roster, shift)
            if on_shift:
                yield DutyLine(
                    shift=shift.code,
                    symbol=(shift.symbol, shift.symbol_en),
                    name=(shift.name, shift.name_en),
                    times=shift_times(self.book, shift, self.day),
                    colour=shift.colour,
                    nurses=tuple((self.card(n), self.beds_of(n, shift, zones)) for n in on_shift),
                    uncounted=sum(not is_counted(n, cell, self.day) for n, cell in on_shift.items()),
                )

    def on_shift(self, roster: Roster | None, shift: Shift) -> dict[Nurse, RosterCell]:
        cells = {n: roster.cell(n.staff_no, self.day) for n in self.people} if roster is not None else {}
        return {n: cell for n, cell in cells.items() if cell is not None and cell.code == shift.code}

    def beds_of(self, nurse: Nurse, shift: Shift, zones: tuple[Zone, ...]) -> tuple[str, ...]:
        if shift.holds_beds:
            return tuple(c.bed for c in self.covers.values() if c.staff_no == nurse.staff_no)
        key = (self.day, shift.code, nurse.staff_no)
        return next((z.beds for z in zones if (z.day, z.shift, z.staff_no) == key), ())


def _notes(book: WardBook, teams: tuple[BoardTeam, ...]) -> Iterator[Message]:
    shown = {bed.bed for team in teams for bed in team.beds}
    unowned = tuple(bed.code for bed in book.beds if bed.code not in shown)
    if unowned:
        yield Message("No team holds these beds: {beds}.", beds=unowned)
    held = [bed for team in teams for bed in team.beds if bed.holder is not None]
    over = tuple(bed.bed for bed in held if bed.is_over_cap)
    if over:
        yield Message("Held above the usual number of beds: {beds}.", beds=over)
