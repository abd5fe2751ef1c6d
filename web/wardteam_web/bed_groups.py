"""A team's beds gathered by the nurse who holds them on a day, or who owns them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wardteam.domain.documents import BoardBed, BoardTeam, DutyLine, Noticeboard, NurseCard, OwnerCap

QUARTER_HOUR = 15


@dataclass(frozen=True)
class BedLine:
    """One nurse with her beds; `nurse` is None for beds that nobody has."""

    nurse: NurseCard | None
    beds: tuple[BoardBed, ...]

    @property
    def occupied(self) -> int:
        """Count the beds with a patient in them."""
        return sum(bed.is_occupied for bed in self.beds)

    @property
    def load_minutes(self) -> int:
        """Add up the beds' workload, as minutes a shift."""
        return sum(bed.load for bed in self.beds) * QUARTER_HOUR

    @property
    def codes(self) -> tuple[str, ...]:
        """Give the beds' codes."""
        return tuple(bed.bed for bed in self.beds)

    @property
    def rooms(self) -> tuple[str, ...]:
        """Give the beds' rooms, each once."""
        return tuple(dict.fromkeys(bed.room for bed in self.beds))

    def is_above(self, cap: OwnerCap) -> bool:
        """Whether these are more beds than she may own."""
        return len(self.beds) > cap.most

    def is_below(self, cap: OwnerCap) -> bool:
        """Whether these are fewer patients (for a leader: beds) than she should own."""
        return (len(self.beds) if cap.counts_beds else self.occupied) < cap.least

    @property
    def is_over_cap(self) -> bool:
        """Whether she holds more than the ward's cap for cover."""
        return any(bed.is_over_cap for bed in self.beds)


def holder_lines(team: BoardTeam) -> tuple[BedLine, ...]:
    """Gather the beds by today's holder, the leader first."""
    return _lines(team, lambda bed: bed.holder)


def owner_lines(team: BoardTeam) -> tuple[BedLine, ...]:
    """Gather the beds by owner, the leader first."""
    return _lines(team, lambda bed: bed.owner)


def owner_count(line: BedLine) -> int:
    """Count the owners in a line of a whole team."""
    return len({bed.owner.staff_no for bed in line.beds if bed.owner is not None})


def whole_team(team: BoardTeam) -> BedLine:
    """Put all of a team's beds into one line."""
    return BedLine(None, team.beds)


def is_cover(bed: BoardBed) -> bool:
    """Whether the bed is held by somebody who doesn't own it."""
    return bed.holder is not None and (bed.owner is None or bed.owner.staff_no != bed.holder.staff_no)


def cover_count(board: Noticeboard) -> int:
    """Count the ward's beds that are held as cover."""
    return sum(is_cover(bed) for team in board.teams for bed in team.beds)


def lines_without_posts(board: Noticeboard) -> tuple[DutyLine, ...]:
    """Give the shifts whose nurses hold no team's beds: evening, night, straight-through."""
    holders = {bed.holder.staff_no for team in board.teams for bed in team.beds if bed.holder}
    return tuple(line for line in board.duty if not any(card.staff_no in holders for card, _ in line.nurses))


def _lines(team: BoardTeam, nurse_of: Callable[[BoardBed], NurseCard | None]) -> tuple[BedLine, ...]:
    gathered: dict[str, list[BoardBed]] = {}
    cards: dict[str, NurseCard | None] = {"": None}
    for bed in team.beds:
        card = nurse_of(bed)
        key = card.staff_no if card else ""
        cards[key] = card
        gathered.setdefault(key, []).append(bed)
    order = {card.staff_no: place for place, card in enumerate(_people(team))}
    last = len(order)
    keys = sorted(gathered, key=lambda key: last + 1 if not key else order.get(key, last))
    return tuple(BedLine(cards[key], tuple(gathered[key])) for key in keys)


def _people(team: BoardTeam) -> list[NurseCard]:
    return [card for card in (team.leader, team.deputy, *team.members) if card is not None]


def bed_spans(codes: tuple[str, ...]) -> str:
    """Write bed codes briefly: 01–04, 07; a span needs three numbers in a row."""
    runs: list[list[str]] = []
    for code in codes:
        follows = runs and code.isdigit() and runs[-1][-1].isdigit() and int(code) == int(runs[-1][-1]) + 1
        if follows:
            runs[-1].append(code)
        else:
            runs.append([code])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)
