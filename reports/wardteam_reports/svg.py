"""Matplotlib figures as inline SVG without style attributes, so that a strict page policy admits them."""

from __future__ import annotations

import io
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from wardteam_reports.fonts import BOLD, REGULAR

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
INK = "#17242f"
DRAWING = RLock()
"""Held while a figure is drawn: Matplotlib's settings are shared by all threads."""


@cache
def add_fonts() -> None:
    """Make the project's faces known to Matplotlib, once."""
    from matplotlib import font_manager

    for font in (REGULAR, BOLD):
        font_manager.fontManager.addfont(str(font))


def figure_svg(figure: Figure, *, salt: str, label: str = "") -> bytes:
    """Give a figure as SVG with text as paths; the same figure gives the same bytes.

    Parameters
    ----------
    salt
        Makes the ids of this drawing its own, so that several can stand on one page.
    label
        The alternative text, carried by the drawing itself where it is given.
    """
    import matplotlib as mpl

    raw = io.BytesIO()
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": salt}):
        figure.savefig(raw, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(raw.getvalue())
    _clean(root, salt)
    if label:
        root.set("role", "img")
        root.set("aria-label", label)
    return ElementTree.tostring(root, encoding="unicode").encode("utf-8")


def page_svg(drawing: bytes) -> str:
    """Make a drawing ready for a page: ink in the page's text colour."""
    return drawing.decode("utf-8").replace(INK, "currentColor")


def _clean(root: ElementTree.Element, salt: str) -> None:
    for parent in root.iter():
        for child in list(parent):
            if child.tag.endswith("}style") or child.tag.endswith("}metadata"):
                parent.remove(child)
    for element in root.iter():
        for declaration in element.attrib.pop("style", "").split(";"):
            name, found, value = declaration.partition(":")
            if found:
                element.set(name.strip(), value.strip())
        if XLINK in element.attrib:
            element.set("href", f"#{salt}-{element.attrib.pop(XLINK)[1:]}")
        if "clip-path" in element.attrib:
            element.set("clip-path", element.attrib["clip-path"].replace("url(#", f"url(#{salt}-"))
        if "id" in element.attrib:
            element.set("id", f"{salt}-{element.attrib['id']}")
    root.set("stroke-linejoin", "round")
