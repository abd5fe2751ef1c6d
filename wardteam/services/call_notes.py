"""What an import took but is worth knowing, in words."""

from __future__ import annotations

from collections.abc import Mapping

from wardteam.domain.calls import CallImport
from wardteam.errors import Message

STOPPED = "stopped_at_row"
"""The note of an import that was stopped: the last row that it read."""

_NOTES: dict[str, str] = {
    "repeated_hour": "{count} calls fell into an hour shown twice; the order of the rows told which.",
    "clock_drift": "{count} moments were corrected for the drift of the system's clock.",
    STOPPED: "Stopped at row {count}; the calls before it are kept, and importing again completes the file.",
    "reason": "{count} calls have a reason that nobody has mapped: {word}.",
    "source": "{count} calls came from a place that nobody has mapped: {word}.",
    "ending": "{count} calls ended in a way that nobody has mapped: {word}.",
    "bed": "{count} calls name their bed in another spelling than the ward's book, such as {word}.",
}


def note_messages(found: CallImport) -> tuple[Message, ...]:
    """Say an import's notes in words."""
    return words_of(found.notes)


def words_of(notes: Mapping[str, int]) -> tuple[Message, ...]:
    """Say notes in words."""
    return tuple(_note(key, count) for key, count in notes.items())


def _note(key: str, count: int) -> Message:
    kind, _, word = key.partition(":")
    return Message(_NOTES[kind], count=count, word=word) if word else Message(_NOTES[kind], count=count)
