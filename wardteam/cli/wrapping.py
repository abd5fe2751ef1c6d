"""Where a line of help may break: between Chinese signs and at spaces, never inside an English word."""

from __future__ import annotations

import re

from click._textwrap import TextWrapper

_PIECE = re.compile(r"(\s+|[（“《]*(?:[!-~]+|[^\x00-\x7f\s])[，。、；：）”》！？]*)")


def wrap_between_signs() -> None:
    """Let click break Chinese text where Chinese breaks; it knows spaces and hyphens only."""
    TextWrapper.wordsep_re = _PIECE
