"""A share: so many with the outcome among so many who answered; checked on the way in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wardteam.errors import Message
from wardteam.stats.results import Unanswerable
from wardteam.stats.samples import whole_count


@dataclass(frozen=True)
class Share:
    """`events` of `n` had the outcome; `missing` more gave no answer."""

    events: int
    n: int
    missing: int = 0

    def __post_init__(self) -> None:
        for count in (self.events, self.n, self.missing):
            whole_count(count)
        if self.n == 0:
            raise Unanswerable(Message("A group has no answer ({missing} missing).", missing=self.missing))
        if self.events > self.n:
            raise Unanswerable(
                Message(
                    "{events} with the outcome are more than the {n} who answered.",
                    events=self.events,
                    n=self.n,
                )
            )

    @classmethod
    def of(cls, answers: Iterable[bool | None]) -> Share:
        """Count single answers; None is missing."""
        given = list(answers)
        known = [bool(answer) for answer in given if answer is not None]
        return cls(sum(known), len(known), len(given) - len(known))

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.events / self.n

    @property
    def others(self) -> int:
        """How many answered without having the outcome."""
        return self.n - self.events

    def figures(self) -> dict[str, object]:
        """Give the typed figures that the data hash is made from."""
        return {"events": int(self.events), "n": int(self.n), "missing": int(self.missing)}
