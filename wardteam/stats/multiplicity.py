"""Several tests of one plan: Holm's step-down adjustment."""

from __future__ import annotations

from collections.abc import Sequence

from wardteam.errors import Message
from wardteam.stats.results import Unanswerable


def holm(ps: Sequence[float]) -> tuple[float, ...]:
    """Adjust P values after Holm (1979), in the order given.

    >>> holm([0.01, 0.04, 0.03])
    (0.03, 0.06, 0.06)
    """
    for p in ps:
        if not 0 <= p <= 1:
            raise Unanswerable(Message("A P value lies between 0 and 1; got {value}.", value=p))
    adjusted = [0.0] * len(ps)
    highest = 0.0
    for rank, position in enumerate(sorted(range(len(ps)), key=lambda i: ps[i])):
        highest = max(highest, min(1.0, (len(ps) - rank) * ps[position]))
        adjusted[position] = highest
    return tuple(adjusted)
