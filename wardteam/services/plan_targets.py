"""Checks the targets of a plan: what no measure can reach is refused, a percentage is shown as a share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wardteam.domain.study import MOST_TARGET, SHARES, MeasureKind
from wardteam.errors import Finding, Message

PERCENT = 100


def impossible_targets(targets: Mapping[MeasureKind, float]) -> Iterator[Finding]:
    """Refuse targets that cannot be; each finding's column is the measure's value."""
    for kind, value in targets.items():
        most = 1 if kind in SHARES else MOST_TARGET
        if not 0 < value <= most:
            yield Finding("", _expected(kind, value), column=kind.value, value=f"{value:g}")


def _expected(kind: MeasureKind, value: float) -> Message:
    if kind not in SHARES:
        return Message("A number above 0, at most {most}, was expected.", most=MOST_TARGET)
    if 1 < value <= PERCENT:
        text = "A share is given from 0 to 1: {share} instead of {value}."
        return Message(text, share=f"{value / PERCENT:g}", value=f"{value:g}")
    return Message("A share above 0, at most 1, was expected.")
