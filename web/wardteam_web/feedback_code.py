"""The QR code on the noticeboard, as an inline drawing without any style of its own."""

from __future__ import annotations

import segno
from markupsafe import Markup


def feedback_code(address: str) -> Markup | None:
    """Draw the code that leads to the questionnaire, or None where the ward names no address."""
    if not address:
        return None
    drawing = segno.make(address, error="m").svg_inline(
        border=2, omitsize=True, svgclass="code", lineclass=None
    )
    # segno writes only numbers and its own tags; the address is encoded in the modules.
    return Markup(drawing)
