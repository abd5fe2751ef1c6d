"""A few costly things kept while what they were made of has not changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Kept(Generic[T]):
    """At most `most` things (never None) by their keys; the longest not asked for goes first.

    Whoever asks for a thing that is being made waits for it, so that nothing is made twice.
    """

    most: int
    _things: dict[Hashable, T] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give the thing of a key, made where it isn't kept."""
        with self._lock:
            thing = self._things.pop(key, None)
            if thing is None:
                thing = make()
            while len(self._things) >= self.most:
                self._things.pop(next(iter(self._things)))
            self._things[key] = thing
            return thing

    def has(self, key: Hashable) -> bool:
        """Whether a thing is kept under a key."""
        return key in self._things
