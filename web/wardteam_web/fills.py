"""Colours that are ward data, as a generated stylesheet: one class a colour, light and dark.

A page links `ward.css` with the colours it shows; nothing inline is needed, and the policy stays strict.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable

Rgb = tuple[float, float, float]
_FILL = re.compile(r"[0-9a-f]{6}")
_INKS = ("#16201f", "#ffffff", "#000000")
_READABLE = 4.5


def fill_name(colour: str) -> str:
    """Give the class of a ward's colour; what is no #rrggbb colour has none."""
    code = colour.strip().lstrip("#").lower()
    return f"fill-{code}" if _FILL.fullmatch(code) else ""


def fill_query(colours: Iterable[str]) -> str:
    """Give the colours as the query of the stylesheet's address, in a stable order."""
    names = {fill_name(colour) for colour in colours}
    return "-".join(sorted(name[5:] for name in names if name))


def fill_stylesheet(query: str) -> str:
    """Write the stylesheet for a query; anything in it that is no colour is left out."""
    codes = sorted({code for code in query.split("-") if _FILL.fullmatch(code)})
    light = "".join(_rule("", code, _rgb(code)) for code in codes)
    chosen = "".join(_rule(":root[data-theme=dark] ", code, dark(_rgb(code))) for code in codes)
    system = "".join(_rule(":root:not([data-theme=light]) ", code, dark(_rgb(code))) for code in codes)
    return f"{light}@media screen{{{chosen}}}@media screen and (prefers-color-scheme:dark){{{system}}}"


def dark(colour: Rgb) -> Rgb:
    """Give the colour's counterpart for a dark page: the same hue, deep and quiet."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour)
    depth = 0.13 + 0.16 * min(1.0, (1 - lightness) / 0.25)
    return colorsys.hls_to_rgb(hue, depth, min(saturation, 0.42))


def readable_ink(fill: Rgb) -> str:
    """Give the first ink that reads well on the fill; black or white always does."""
    return next(ink for ink in _INKS if contrast(fill, _rgb(ink)) >= _READABLE)


def contrast(one: Rgb, other: Rgb) -> float:
    """Give the contrast ratio of two colours as WCAG 2 defines it, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rule(scope: str, code: str, fill: Rgb) -> str:
    return f"{scope}.fill-{code}{{--fill:{_hex(fill)};--fill-ink:{readable_ink(fill)}}}\n"


def _rgb(code: str) -> Rgb:
    red, green, blue = (int(code.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
