"""The cards that patients are handed: a one-time code for each sheet, drawn where phones can reach us."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import segno
from markupsafe import Markup

from wardteam.services.questionnaires import Issued

GROUP = 4


@dataclass(frozen=True)
class Card:
    """A sheet's number and its code as people type it, both beside the drawing of its address."""

    sheet: str
    code: str
    drawing: Markup | None


def cards_of(issued: Issued, public_url: str) -> Iterator[Card]:
    """Give the cards; without a public address none has a drawing."""
    for sheet, secret in zip(issued.sheets, issued.secrets, strict=True):
        yield Card(sheet, spaced(secret), _drawing(f"{public_url}/q/{secret}") if public_url else None)


def spaced(secret: str) -> str:
    """Give a code in groups, as it is read and typed.

    >>> spaced("abcdefghjk")
    'abcd-efgh-jk'
    """
    return "-".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP))


def _drawing(address: str) -> Markup:
    # segno writes only numbers and its own tags; the address is encoded in the modules.
    return Markup(
        segno.make(address, error="m").svg_inline(border=2, omitsize=True, svgclass="code", lineclass=None)
    )
