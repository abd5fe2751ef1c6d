"""Options that cannot hold together, or mean nothing alone: refused, never silently passed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wardteam.errors import BadInput, Finding, Message
from wardteam.exchange.figure_columns import NOT_POSITIVE

APART = "This option can't be used with {other}: leave one of them out."
NEEDS = "This option means nothing without {other}."

Pairs = Iterable[tuple[str, str]]


def check_multiplier(multiplier: float) -> None:
    """Refuse a multiplier that would draw nothing, or everything upside down.

    Raises
    ------
    BadInput
        At 0 and below.
    """
    if multiplier <= 0:
        raise BadInput((Finding("--multiplier", NOT_POSITIVE, value=f"{multiplier:g}"),))


def check_options(given: Mapping[str, object], *, apart: Pairs = (), needs: Pairs = ()) -> None:
    """Refuse options, by name, that were given together but stand apart, or lack the one they need.

    Raises
    ------
    BadInput
        With a finding for each.
    """
    known = {name for name, value in given.items() if value is not None}
    found = [Finding(f"--{a}", Message(APART, other=f"--{b}")) for a, b in apart if {a, b} <= known]
    lacking = [(a, b) for a, b in needs if a in known and b not in known]
    found += [Finding(f"--{a}", Message(NEEDS, other=f"--{b}")) for a, b in lacking]
    if found:
        raise BadInput(tuple(found))
