"""The project's own fonts (Noto Sans SC, OFL) and which characters they have."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FONT_FOLDER = Path(__file__).parent
REGULAR = FONT_FOLDER / "NotoSansSC-Regular.ttf"
BOLD = FONT_FOLDER / "NotoSansSC-Bold.ttf"
INVISIBLE = frozenset((0x09, 0x0A, 0x0D, 0x200B, 0x2060))


@cache
def glyphs() -> frozenset[int]:
    """Give the code points that every weight of the project's font has."""
    lines = (FONT_FOLDER / "coverage.txt").read_text(encoding="ascii").split()
    spans = ((int(first, 16), int(last, 16)) for first, _, last in (line.partition("-") for line in lines))
    return frozenset(code for first, last in spans for code in range(first, last + 1))


def missing_glyphs(text: str) -> tuple[str, ...]:
    """Give the characters of a text that the font lacks, each once, in order."""
    known = glyphs()
    return tuple(dict.fromkeys(c for c in text if ord(c) not in known and ord(c) not in INVISIBLE))
