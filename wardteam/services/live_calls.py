"""Takes live events of a call system: one call a message, completed by later messages of the same call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from wardteam.domain.calls import BellCall, CallField, CallReason, CallSource, EndedBy
from wardteam.domain.ward import WardBook
from wardteam.errors import Message
from wardteam.exchange.call_log.beds import BedBook
from wardteam.exchange.call_log.guess import ending_of, reason_of, source_of
from wardteam.exchange.words import normal
from wardteam.services.call_contradictions import contradicted
from wardteam.services.early_events import hold, release
from wardteam.services.live_tokens import new_token, revoke_token, token_ward, tokens
from wardteam.services.ports import Clock, UnitOfWork, UnitOfWorkFactory

__all__ = ["EventOutcome", "EventResult", "Problem", "new_token", "revoke_token", "take_event"]
__all__ += ["token_ward", "tokens"]

E = TypeVar("E", bound=StrEnum)
LONGEST = timedelta(hours=24)
AHEAD = timedelta(days=1)
OLDEST_YEAR = 2000
MOST_SIGNS = 100
MOMENTS = (CallField.PLACED, CallField.ANSWERED, CallField.ARRIVED, CallField.CLEARED)
LATER = MOMENTS[1:]


class EventResult(StrEnum):
    """What an event did; a call system need not send it again, whatever it was."""

    ADDED = "added"
    COMPLETED = "completed"
    KNOWN = "known"
    CONFLICT = "conflict"
    REFUSED = "refused"
    WAITING = "waiting"


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field of an event."""

    field: str
    problem: Message


@dataclass(frozen=True)
class EventOutcome:
    """What came of an event: `problems` refused it, `notes` did not; `call` is as it is kept now."""

    result: EventResult
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    call: BellCall | None = None


def take_event(
    units: UnitOfWorkFactory, ward: str, event: Mapping[str, object], *, clock: Clock
) -> EventOutcome:
    """Take one event; the same event again changes nothing, and a step that comes too early waits.

    Parameters
    ----------
    event
        Texts by the values of CallField, moments in ISO form with their zone. `code` is always
        needed; `bed` and `placed` are until the call is known.
    """
    with units() as unit:
        now = clock()
        reading = _Reading(event, unit.books.get(ward).book, now)
        kept = _kept(unit, ward, event)
        call = reading.call(kept)
        if call is None and reading.is_early and hold(unit, ward, reading.code, event, now):
            if unit.calls.find(ward, reading.code) is None:
                unit.commit()
                return EventOutcome(EventResult.WAITING, (), tuple(reading.notes))
        elif call is None:
            return EventOutcome(EventResult.REFUSED, tuple(reading.problems), tuple(reading.notes), kept)
        else:
            return _take(unit, ward, call, reading, now)
    return take_event(units, ward, event, clock=clock)  # its first word came at this very moment


def _take(unit: UnitOfWork, ward: str, call: BellCall, reading: _Reading, now: datetime) -> EventOutcome:
    notes = tuple(reading.notes)
    taken = unit.calls.take(ward, [call])
    kept = unit.calls.find(ward, call.code)
    if taken.contradictions:
        return EventOutcome(EventResult.CONFLICT, _contradictions(kept, call), notes, kept)
    for event in release(unit, ward, call.code, now):
        later = reading.again(event, kept)
        if later is not None:
            unit.calls.take(ward, [later])
            kept = unit.calls.find(ward, call.code)
    unit.commit()
    result = EventResult.COMPLETED if taken.completed else EventResult.KNOWN
    return EventOutcome(EventResult.ADDED if taken.added else result, (), notes, kept)


def _contradictions(kept: BellCall | None, call: BellCall) -> tuple[Problem, ...]:
    told = () if kept is None else tuple(contradicted(kept, call))
    return tuple(
        Problem(field.value, Message("The call is kept with something else: {kept}.", kept=value))
        for field, value in told
    )


def _kept(unit: UnitOfWork, ward: str, event: Mapping[str, object]) -> BellCall | None:
    code = event.get("code")
    text = str(code).strip() if isinstance(code, (str, int)) else ""
    return unit.calls.find(ward, text) if text and text.isprintable() else None


class _Reading:
    """One event while it is read; problems and notes are collected by field."""

    def __init__(self, event: Mapping[str, object], book: WardBook, now: datetime) -> None:
        self._event = event
        self._book = book
        self._now = now
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.code = ""
        self._unknown: list[Problem] = []

    @property
    def is_early(self) -> bool:
        """Whether a step of a call was told, and nothing is wrong but that nobody knows the call yet."""
        is_step = any(self._event.get(field.value) for field in LATER)
        return bool(self.code and is_step and self.problems) and self.problems == self._unknown

    def again(self, event: Mapping[str, object], kept: BellCall | None) -> BellCall | None:
        """Read another event by the same book and clock."""
        return _Reading(event, self._book, self._now).call(kept)

    def call(self, kept: BellCall | None) -> BellCall | None:
        """Make the call that the event tells of; None where there is any problem."""
        self._refuse_unknown_fields()
        texts = {field: self._text(field) for field in CallField if field not in MOMENTS}
        self.code = texts[CallField.CODE]
        moments = {field: self._moment(field) for field in MOMENTS}
        source = self._word(texts[CallField.SOURCE], CallSource, source_of, CallField.SOURCE)
        bed = self._bed(texts[CallField.BED], kept, source)
        placed = moments[CallField.PLACED] or (None if kept is None else kept.placed)
        self._check_needed(texts, placed)
        self._check_ward(texts[CallField.WARD])
        if placed is not None:
            self._check_order(moments, placed)
        if self.problems or placed is None:
            return None
        reason = self._word(texts[CallField.REASON], CallReason, reason_of, CallField.REASON)
        ending = self._word(texts[CallField.ENDED_BY], EndedBy, ending_of, CallField.ENDED_BY)
        return BellCall(
            code=texts[CallField.CODE],
            bed=bed,
            reason=reason or CallReason.UNKNOWN,
            placed=placed,
            **{field.value: moments[field] for field in LATER},
            stay=texts[CallField.STAY],
            room=texts[CallField.ROOM],
            source=source or CallSource.BED,
            ended_by=ending or EndedBy.UNKNOWN,
            staff=texts[CallField.STAFF],
        )

    def _complain(self, field: str, problem: Message) -> None:
        self.problems.append(Problem(field, problem))

    def _miss(self, field: str, problem: Message) -> None:
        """Complain of what the call's first word will tell."""
        self._complain(field, problem)
        self._unknown.append(self.problems[-1])

    def _refuse_unknown_fields(self) -> None:
        for name in self._event:
            if name not in tuple(CallField):
                known = tuple(field.value for field in CallField)
                self._complain(
                    str(name)[:MOST_SIGNS], Message("One of these was expected: {choices}.", choices=known)
                )

    def _text(self, field: CallField) -> str:
        value = self._event.get(field.value)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int)) or len(str(value)) > MOST_SIGNS:
            self._complain(field, Message("Text of at most {count} signs was expected.", count=MOST_SIGNS))
            return ""
        if not str(value).isprintable():
            self._complain(field, Message("Text without control signs was expected."))
            return ""
        return str(value).strip()

    def _moment(self, field: CallField) -> datetime | None:
        value = self._event.get(field.value)
        if value is None or value == "":
            return None
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            text = "A moment with its zone was expected, such as 2026-12-01T14:30:05+08:00."
            self._complain(field, Message(text))
            return None
        return self._believable(field, moment)

    def _believable(self, field: CallField, moment: datetime) -> datetime | None:
        if moment.year < OLDEST_YEAR or moment > self._now + AHEAD:
            self._complain(field, Message("The moment can't be true: {moment}.", moment=moment.isoformat()))
            return None
        return moment

    def _bed(self, text: str, kept: BellCall | None, source: CallSource | None) -> str:
        if not text:
            if kept is None and source in (None, CallSource.BED):
                self._miss("bed", Message("The call isn't known yet; its bed is needed."))
            return "" if kept is None else kept.bed
        bed = BedBook(bed.code for bed in self._book.beds).find(text)
        if bed is None:
            self._complain("bed", Message("The ward has no bed {bed}.", bed=text))
        return bed or ""

    def _check_needed(self, texts: Mapping[CallField, str], placed: datetime | None) -> None:
        if not texts[CallField.CODE]:
            self._complain("code", Message("The call's number is needed."))
        if placed is None and not self._event.get("placed"):
            self._miss("placed", Message("The call isn't known yet; its moment is needed."))

    def _check_ward(self, text: str) -> None:
        ward = self._book.ward
        if text and normal(text) not in {normal(name) for name in (ward.code, ward.name, ward.name_en)}:
            self._complain("ward", Message("The token is for another ward than {ward}.", ward=text))

    def _check_order(self, moments: Mapping[CallField, datetime | None], placed: datetime) -> None:
        for field in LATER:
            moment = moments[field]
            if moment is not None and not timedelta(0) <= moment - placed <= LONGEST:
                text = "It must lie after the call ({placed}), by at most 24 hours."
                self._complain(field, Message(text, placed=placed.isoformat()))

    def _word(self, text: str, kind: type[E], usual: Callable[[str], E | None], field: CallField) -> E | None:
        """Read a word by its value or as systems usually say it; an unknown one is noted, not refused."""
        if not text:
            return None
        found = kind(text) if text in tuple(kind) else usual(text)
        if found is None:
            self.notes.append(Problem(field, Message("This word is not known: {word}.", word=text)))
        return found
