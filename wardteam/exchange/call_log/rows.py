"""Turns the rows of a call system's file into calls, or says why a row is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TypeVar
from zoneinfo import ZoneInfo

from wardteam.domain.calls import (
    BellCall,
    CallField,
    CallMapping,
    CallReason,
    CallSource,
    EndedBy,
    ImportStep,
)
from wardteam.domain.ward import WardBook
from wardteam.exchange.call_log.beds import BedBook
from wardteam.exchange.call_log.drift import Drift
from wardteam.exchange.call_log.guess import JOINER, ending_of, reason_of, source_of
from wardteam.exchange.call_log.moments import NOTHING, BadMoment, DateOrder, MomentReader, SkippedHour
from wardteam.exchange.call_log.text_file import BROKEN_SIGN
from wardteam.exchange.words import normal

T = TypeVar("T")
OLDEST = datetime(2000, 1, 1, tzinfo=UTC).timestamp()
LONGEST_SECONDS = 24 * 3600.0
AHEAD_SECONDS = 24 * 3600.0
MOST_SIGNS = 200
"""So long a text of a call may be: its number, the stay, the room, who came."""
_CONTROLS = re.compile(f"[\0-\x08\x0b\x0c\x0e-\x1f\x7f{BROKEN_SIGN}]")
LATER = (CallField.ANSWERED, CallField.ARRIVED, CallField.CLEARED)


class Refusal(Exception):
    """A row that is no call of the ward: the step that took it, and the cell that was the reason."""

    def __init__(self, step: ImportStep, value: str = "") -> None:
        super().__init__(step, value)
        self.step = step
        self.value = value


@dataclass(frozen=True)
class Reading:
    """How a file is read, decided before its first row: the date order, and which way it runs."""

    order: DateOrder | None = None
    newest_first: bool = False


class RowReader:
    """Reads rows by a mapping for one ward, and counts what is worth knowing in `notes`."""

    def __init__(
        self,
        headings: Sequence[str],
        mapping: CallMapping,
        book: WardBook,
        *,
        now: datetime,
        reading: Reading = Reading(),
    ) -> None:
        zone = ZoneInfo(mapping.zone) if mapping.zone else book.settings.zone
        self._places = column_places(headings, mapping)
        self._width = len(headings)
        self._moments = MomentReader(zone, reading.order, newest_first=reading.newest_first)
        self._drift = Drift(mapping.offsets)
        self._latest = now.timestamp() + AHEAD_SECONDS
        self._beds = BedBook(bed.code for bed in book.beds)
        self._wards = {normal(name) for name in (book.ward.code, book.ward.name, book.ward.name_en) if name}
        self._reasons = _Words(mapping.reasons, reason_of, CallReason.UNKNOWN)
        self._sources = _Words(mapping.sources, source_of, CallSource.OTHER)
        self._endings = _Words(mapping.ended_by, ending_of, EndedBy.UNKNOWN)
        self._seen: set[int] = set()

    @property
    def notes(self) -> dict[str, int]:
        """What was taken but is worth knowing, by a key; words of the system follow a colon."""
        words = {
            "reason": self._reasons.unknown,
            "source": self._sources.unknown,
            "ending": self._endings.unknown,
        }
        counts = {"repeated_hour": self._moments.clock.repeated, "clock_drift": self._drift.corrected}
        found = {key: count for key, count in counts.items() if count}
        for key, unknown in words.items():
            found |= {f"{key}:{word}": count for word, count in unknown.most_common(MOST_WORDS)}
        respelled = self._beds.respelled
        if respelled:
            found[f"bed:{respelled.most_common(1)[0][0]}"] = respelled.total()
        return found

    def read(self, cells: list[str], *, is_whole: bool = True) -> BellCall:
        """Read one row; one that isn't whole is broken.

        Raises
        ------
        Refusal
            Where it isn't a call of this ward that can be believed.
        """
        self._check_shape(cells, is_whole=is_whole)
        texts = {field: _text(cells, places) for field, places in self._places.items()}
        self._check_length(texts)
        ward = texts.get(CallField.WARD, "")
        if ward and normal(ward) not in self._wards:
            raise Refusal(ImportStep.OTHER_WARD, ward)
        raw, moments = self._read_moments(texts)
        source_word, reason_word = texts.get(CallField.SOURCE, ""), texts.get(CallField.REASON, "")
        source = self._sources.of(source_word) if source_word else CallSource.BED
        room = texts.get(CallField.ROOM, "")
        bed = self._bed(texts.get(CallField.BED, ""), source)
        return BellCall(
            texts.get(CallField.CODE) or _content_code(raw, bed, room, source_word, reason_word),
            bed,
            self._reasons.of(reason_word) if reason_word else CallReason.UNKNOWN,
            moments[0],  # type: ignore[arg-type]  # the first is never missing
            moments[1],
            moments[2],
            moments[3],
            texts.get(CallField.STAY, ""),
            room,
            source,
            self._endings.of(texts[CallField.ENDED_BY]) if texts.get(CallField.ENDED_BY) else EndedBy.UNKNOWN,
            texts.get(CallField.STAFF, ""),
        )

    def _check_shape(self, cells: list[str], *, is_whole: bool) -> None:
        is_longer = len(cells) > self._width and any(cell.strip() for cell in cells[self._width :])
        if not is_whole or is_longer or _CONTROLS.search("".join(cells)):
            raise Refusal(ImportStep.BROKEN)
        mark = hash(tuple(cells))
        if mark in self._seen:
            raise Refusal(ImportStep.DUPLICATE)
        self._seen.add(mark)

    def _check_length(self, texts: Mapping[CallField, str]) -> None:
        longest = max(texts.values(), key=len)
        if len(longest) > MOST_SIGNS:
            raise Refusal(ImportStep.BROKEN, longest[:MOST_SIGNS])

    def _read_moments(self, texts: Mapping[CallField, str]) -> tuple[float, list[datetime | None]]:
        """Give when the call was placed by the system's clock, and the four moments by the ward's."""
        text = texts[CallField.PLACED]
        if text.casefold() in NOTHING:
            raise Refusal(ImportStep.NO_MOMENT)
        try:
            raw = self._moments.placed(text)
            placed = self._drift.correct(raw)
            self._check_believable(placed, text)
            moments = [datetime.fromtimestamp(placed, UTC), None, None, None]
            for place, field in enumerate(LATER, start=1):
                text = texts.get(field, "")
                if text and text.casefold() not in NOTHING:
                    moments[place] = self._later(text, raw, placed)
        except BadMoment as error:
            raise Refusal(ImportStep.BAD_MOMENT, text) from error
        except SkippedHour as error:
            raise Refusal(ImportStep.SKIPPED_MOMENT, text) from error
        return raw, moments

    def _later(self, text: str, raw: float, placed: float) -> datetime:
        moment = self._drift.correct(self._moments.later(text, raw))
        self._check_believable(moment, text)
        if moment < placed:
            raise Refusal(ImportStep.NEGATIVE, text)
        if moment - placed > LONGEST_SECONDS:
            raise Refusal(ImportStep.ABSURD, text)
        return datetime.fromtimestamp(moment, UTC)

    def _check_believable(self, moment: float, text: str) -> None:
        if moment < OLDEST:
            raise Refusal(ImportStep.ABSURD, text)
        if moment > self._latest:
            raise Refusal(ImportStep.FUTURE, text)

    def _bed(self, text: str, source: CallSource) -> str:
        if not text:
            if source is CallSource.BED:
                raise Refusal(ImportStep.NO_BED)
            return ""
        bed = self._beds.find(text)
        if bed is None:
            raise Refusal(ImportStep.UNKNOWN_BED, text)
        return bed


MOST_WORDS = 50
"""So many unknown words of a kind are told of, the most frequent ones."""


class _Words(dict[str, T]):
    """A system's words with their meaning; the unknown ones are counted."""

    def __init__(self, given: Mapping[str, T], usual: Callable[[str], T | None], otherwise: T) -> None:
        super().__init__(given)
        self._usual = usual
        self._otherwise = otherwise
        self.unknown: Counter[str] = Counter()

    def of(self, word: str) -> T:
        """Give what a word means."""
        if word not in self:
            found = self._usual(word)
            if found is None:
                self.unknown[word] += 1
                return self._otherwise
            self[word] = found
        return self[word]


def column_places(headings: Sequence[str], mapping: CallMapping) -> dict[CallField, tuple[int, ...]]:
    """Give each field's columns; ValueError where a heading is missing."""
    where = list(headings)
    return {
        field: tuple(where.index(part) for part in heading.split(JOINER))
        for field, heading in mapping.columns.items()
    }


def _text(cells: list[str], places: tuple[int, ...]) -> str:
    if len(places) == 1:
        place = places[0]
        return cells[place].strip() if place < len(cells) else ""
    return " ".join(cells[place].strip() for place in places if place < len(cells)).strip()


def _content_code(placed: float, bed: str, room: str, source: str, reason: str) -> str:
    """Give a call without a number one of its own, the same in every export of its system."""
    content = f"{placed:.3f}|{bed}|{room}|{source}|{reason}"
    return f"#{blake2b(content.encode(), digest_size=10).hexdigest()}"
