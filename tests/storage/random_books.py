"""Random books for the round trip: every field of every record takes unusual values of its type."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from random import Random

from wardteam.domain.beds import Bed, Ownership, Room, Stay
from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.people import Nurse, Restriction
from wardteam.domain.roster import RosterCell
from wardteam.domain.rules import RuleSetting
from wardteam.domain.shifts import Demand, Leave, LeaveKind, Segment, Shift
from wardteam.domain.teams import Membership, Pair, PairKind, Team
from wardteam.domain.ward import CapSettings, LedgerSettings, Ward, WardBook, WardSettings
from wardteam.domain.wishes import Wish, WishKind

LETTERS = "abXY 09甲乙'\"%;-\\\n{}😀é"
Make = Callable[..., object]
hints = cache(typing.get_type_hints)


class RandomBooks:
    """Makes random books, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def word(self) -> str:
        return "".join(self.random.choices(LETTERS, k=self.random.randrange(6)))

    def day(self) -> date:
        return date(1960, 1, 1) + timedelta(days=self.random.randrange(50_000))

    def moment(self) -> datetime:
        return datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=self.random.randrange(10**15))

    def span(self) -> tuple[date, date]:
        first = self.day()
        return first, first + timedelta(days=self.random.randrange(60))

    def plain(self, kind: object) -> object:
        """Give a value of a field's type."""
        parts = typing.get_args(kind)
        if typing.get_origin(kind) in (types.UnionType, typing.Union):
            return self.plain(self.random.choice(parts))
        if typing.get_origin(kind) is tuple:
            return tuple(self.plain(part) for part in parts if part is not ...)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self.random.choice(list(kind))
        simple: dict[object, Callable[[], object]] = {
            str: self.word,
            bool: lambda: self.random.random() < 0.5,
            int: lambda: self.random.randint(-30_000, 30_000),
            date: self.day,
            datetime: self.moment,
            types.NoneType: lambda: None,
            Segment: lambda: self.segments()[0],
        }
        return simple[kind]()

    def record(self, make: Make, /, **given: object) -> typing.Any:
        """Give a record: the named fields as given, all others of their type."""
        names = [field.name for field in dataclasses.fields(make)]
        return make(**{n: given[n] if n in given else self.plain(hints(make)[n]) for n in names})

    def keyed(self, make: Make, **given: Callable[[], object]) -> tuple[typing.Any, ...]:
        """Give up to four records with different keys."""
        count = self.random.randrange(5)
        key = next(iter(dataclasses.fields(make))).name
        numbered = range(count) if hints(make)[key] is int else [f"{self.word()}{i}" for i in range(count)]
        return tuple(self.record(make, **{key: n}, **{k: v() for k, v in given.items()}) for n in numbered)

    def some(self, make: Make, **given: Callable[[], object]) -> tuple[typing.Any, ...]:
        count = self.random.randrange(4)
        return tuple(self.record(make, **{k: v() for k, v in given.items()}) for _ in range(count))

    def segments(self) -> tuple[Segment, ...]:
        starts = [self.random.randrange(1440) for _ in range(self.random.randrange(1, 3))]
        return tuple(Segment(start, start + self.random.randrange(1, 1440)) for start in starts)

    def demand(self, shift: str) -> Demand:
        low = self.random.randrange(5)
        numbers = {"minimum": low, "wished": low + 1, "maximum": self.random.choice([None, low + 9])}
        whose = {"per_team": True} if self.random.random() < 0.5 else {"team": None}
        days = (self.day(), self.day())
        return self.record(Demand, shift=shift, days=days, weekdays=(0, 6), **numbers, **whose)

    def book(self) -> WardBook:
        choice, chance = self.random.choice, self.random.randrange
        nurses = self.keyed(Nurse, ability=lambda: 1 + chance(5), contract_percent=lambda: 1 + chance(100))
        rooms = self.keyed(Room)
        beds = self.keyed(Bed, room=lambda: choice(rooms).code) if rooms else ()
        shifts = self.keyed(Shift, segments=self.segments, minutes=lambda: 15 * chance(40))
        shifts = tuple(dataclasses.replace(s, summer_segments=choice([(), self.segments()])) for s in shifts)
        teams = self.keyed(Team)
        whose = {"staff_no": lambda: choice(nurses).staff_no}
        bed = {"bed": lambda: choice(beds).code}
        return WardBook(
            ward=Ward("W1", self.word(), self.word(), self.word(), self.word()),
            settings=self.settings(),
            nurses=nurses,
            rooms=rooms,
            beds=beds,
            stays=self.keyed(Stay, **bed, discharged=lambda: None) if beds else (),
            shifts=shifts,
            demands=tuple(self.demand(shift.code) for shift in shifts),
            leaves=tuple(Leave(n.staff_no, choice(list(LeaveKind)), *self.span()) for n in nurses),
            wishes=self.some(Wish, **whose, kind=lambda: WishKind.ON, points=lambda: 3) if nurses else (),
            restrictions=self.some(Restriction, **whose) if nurses else (),
            pairs=(Pair(nurses[1].staff_no, nurses[0].staff_no, PairKind.APART),) if len(nurses) > 1 else (),
            teams=teams,
            memberships=self.some(Membership, **whose, team=lambda: choice(teams).number)
            if nurses and teams
            else (),
            ownerships=self.some(Ownership, **whose, **bed) if nurses and beds else (),
            rule_settings=self.some(
                RuleSetting, weight=lambda: choice([None, 0, 7]), parameters=self.parameters
            ),
            calendar=Calendar(((self.day(), self.word()),) * chance(2), frozenset({self.day()})),
            history={(self.word(), self.day()): self.record(RosterCell) for _ in range(chance(5))},
            balances={
                self.word(): {self.word(): chance(99) for _ in range(chance(3))} for _ in range(chance(3))
            },
            period=choice([None, Period(*self.span())]),
        )

    def settings(self) -> WardSettings:
        zone = self.random.choice(["Asia/Shanghai", "Europe/Berlin", "UTC"])
        ledger = self.record(LedgerSettings, since=self.random.choice([None, self.day()]))
        return self.record(WardSettings, time_zone=zone, caps=self.record(CapSettings), ledger=ledger)

    def parameters(self) -> dict[str, int | str | bool]:
        return {"z": self.random.randrange(9), "a": self.word(), "flag": True}
