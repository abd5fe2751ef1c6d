"""Which patient lies in which bed at a moment, as the planners of beds and cover see it."""

from __future__ import annotations

from datetime import date, datetime, time

from wardteam.domain.beds import Bed, Stay
from wardteam.domain.ward import WardBook
from wardteam_solver.beds import BedState

NOON = time(12)


def beds_in_corridor_order(book: WardBook) -> tuple[Bed, ...]:
    """Give the beds by their room's place along the corridor, then in the book's order."""
    place = {room.code: room.position for room in book.rooms}
    return tuple(sorted(book.beds, key=lambda bed: (place.get(bed.room, 0), bed.room)))


def census(book: WardBook, on: date, at: time = NOON) -> tuple[BedState, ...]:
    """Give the state of every bed at a moment of a date, in corridor order.

    An empty bed has the workload of its usual grade and no patient.
    """
    moment = datetime.combine(on, at, book.settings.zone)
    lying = {stay.bed: stay for stay in book.stays if stay.is_in_bed(moment)}
    return tuple(_state(book, bed, lying.get(bed.code)) for bed in beds_in_corridor_order(book))


def _state(book: WardBook, bed: Bed, stay: Stay | None) -> BedState:
    if stay is None:
        return BedState(bed.code, bed.room, book.settings.load(bed.usual_grade), is_occupied=False)
    return BedState(bed.code, bed.room, book.settings.load(stay.grade), minimum_level=stay.minimum_level)
