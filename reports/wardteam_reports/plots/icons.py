"""The verdicts' icons, drawn by ourselves: a shape of its own for each, so that colour is never alone.

Variation: a grey disc with a wave (common cause), a blue disc with a tick (improvement), an orange
triangle with a bar (concern), a purple diamond with two arrows (neither). Assurance: a square with a
target, and a dot in its middle (will reach), outside it (will miss), or on its edge (hit or miss).
"""

from __future__ import annotations

from html import escape

from wardteam.i18n import Language, translator
from wardteam.stats.charts.types import Assurance, Variation
from wardteam_reports.plots.look import COMMON, CONCERN, IMPROVEMENT, NEITHER
from wardteam_reports.plots.words import ASSURANCE_WORDS, VARIATION_WORDS
from wardteam_reports.svg import INK

INSIDE = "#0d161d"
_OUTLINE = f'stroke="{INK}" stroke-width="1.3" stroke-linejoin="round"'
_SIGN = f'fill="none" stroke="{INSIDE}" stroke-width="2.1" stroke-linecap="round" stroke-linejoin="round"'
_OPEN = f'fill="none" stroke="{INK}" stroke-width="1.3" stroke-dasharray="2.4 2"'
_DISC = '<circle cx="12" cy="12" r="10" fill="{fill}" {outline}/>'
_SQUARE = '<rect x="2" y="2" width="20" height="20" rx="3.5" fill="{fill}" {outline}/>'
_RINGS = (
    f'<circle cx="12" cy="12" r="6.6" fill="none" stroke="{INSIDE}" stroke-width="1.5"/>'
    f'<circle cx="12" cy="12" r="3.2" fill="none" stroke="{INSIDE}" stroke-width="1.1"/>'
)
_DASH = f'<path d="M8 12h8" fill="none" stroke="{INK}" stroke-width="2" stroke-linecap="round"/>'
_VARIATIONS = {
    Variation.COMMON_CAUSE: _DISC.format(fill=COMMON, outline=_OUTLINE)
    + f'<path d="M5.5 12c1.6-4.6 3.2-4.6 4.9-.4s3.2 4.6 4.8.4 2.4-3 3.3-1.2" {_SIGN}/>',
    Variation.IMPROVEMENT: _DISC.format(fill=IMPROVEMENT, outline=_OUTLINE)
    + f'<path d="M7 12.4l3.6 3.7 6.6-7.8" {_SIGN}/>',
    Variation.CONCERN: f'<path d="M12 2.2L22.4 21H1.6z" fill="{CONCERN}" {_OUTLINE}/>'
    + f'<path d="M12 9v5.4M12 17.9v.1" {_SIGN}/>',
    Variation.SPECIAL_CAUSE: f'<path d="M12 1.6L22.4 12 12 22.4 1.6 12z" fill="{NEITHER}" {_OUTLINE}/>'
    + '<path d="M9.4 16.4V8M7.2 10.2L9.4 8l2.2 2.2M14.6 7.6V16m-2.2-2.2l2.2 2.2 2.2-2.2" fill="none"'
    ' stroke="#ffffff" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>',
    Variation.UNKNOWN: f'<circle cx="12" cy="12" r="10" {_OPEN}/>{_DASH}',
}
_ASSURANCES = {
    Assurance.WILL_REACH: _SQUARE.format(fill=IMPROVEMENT, outline=_OUTLINE)
    + _RINGS
    + f'<circle cx="12" cy="12" r="2.4" fill="{INSIDE}"/>',
    Assurance.WILL_MISS: _SQUARE.format(fill=CONCERN, outline=_OUTLINE)
    + _RINGS
    + f'<circle cx="18.9" cy="5.1" r="2.4" fill="{INSIDE}"/>',
    Assurance.HIT_OR_MISS: _SQUARE.format(fill=COMMON, outline=_OUTLINE)
    + _RINGS
    + f'<circle cx="16.7" cy="7.3" r="2.4" fill="{INSIDE}"/>',
    Assurance.NO_TARGET: f'<rect x="2" y="2" width="20" height="20" rx="3.5" {_OPEN}/>{_DASH}',
    Assurance.UNKNOWN: f'<rect x="2" y="2" width="20" height="20" rx="3.5" {_OPEN}/>{_DASH}',
}


def variation_words(variation: Variation, language: Language) -> str:
    """Say what the variation icon shows."""
    return translator(language)(VARIATION_WORDS[variation])


def assurance_words(assurance: Assurance, language: Language) -> str:
    """Say what the assurance icon shows."""
    return translator(language)(ASSURANCE_WORDS[assurance])


def variation_icon(variation: Variation, *, label: str = "") -> str:
    """Give the variation icon as SVG; without a label it is decoration beside words."""
    return _icon(_VARIATIONS[variation], label)


def assurance_icon(assurance: Assurance, *, label: str = "") -> str:
    """Give the assurance icon as SVG; without a label it is decoration beside words."""
    return _icon(_ASSURANCES[assurance], label)


def page_icon(icon: str) -> str:
    """Make an icon ready for a page: its outline in the page's text colour."""
    return icon.replace(INK, "currentColor")


def _icon(shapes: str, label: str) -> str:
    role = f'role="img" aria-label="{escape(label, quote=True)}"' if label else 'aria-hidden="true"'
    size = 'viewBox="0 0 24 24" width="24" height="24"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {role}>{shapes}</svg>'
