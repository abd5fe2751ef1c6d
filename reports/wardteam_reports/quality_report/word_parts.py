"""What a Word file is packed with: its pictures, made at once, and an archive whose bytes repeat."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from wardteam_reports.plots.icons import assurance_icon, variation_icon
from wardteam_reports.quality_report.content import ReportText, VerdictsText
from wardteam_reports.quality_report.pdf import figure_drawing
from wardteam_reports.typeset import pictures

if TYPE_CHECKING:
    from docx.document import Document

FIXED = (1980, 1, 1, 0, 0, 0)
FIRST_NUMBER = 1000


class Pictures:
    """Every picture of one document by its name, to be placed in a line of text."""

    def __init__(self, document: Document, text: ReportText) -> None:
        self.document = document
        drawings = _drawings(text)
        self.made = dict(zip(drawings, pictures(list(drawings.values())), strict=True))
        self.placed = 0

    def inline(self, name: str, points: float, words: str) -> str:
        """Give a picture as XML, so many points wide, with its text alternative and a number of its own."""
        from docx.oxml.xmlchemy import serialize_for_reading
        from docx.shared import Pt

        inline = self.document.part.new_pic_inline(io.BytesIO(self.made[name]), width=Pt(points))
        self.placed += 1
        inline.docPr.set("id", str(FIRST_NUMBER + self.placed))
        inline.docPr.set("descr", words)
        inline.docPr.set("name", name)
        return f"<w:r><w:drawing>{serialize_for_reading(inline)}</w:drawing></w:r>"


def with_fixed_dates(content: bytes) -> bytes:
    """Write an archive again with one date for every entry, so that bytes repeat."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name), compresslevel=6)
    return out.getvalue()


def _drawings(text: ReportText) -> dict[str, bytes]:
    drawings = {f"figure-{figure.number}": figure_drawing(figure, text.language) for figure in text.figures()}
    for part in text.parts:
        for block in part.blocks:
            if isinstance(block, VerdictsText):
                for line in block.lines:
                    drawings[f"variation-{line.variation.value}"] = variation_icon(line.variation).encode()
                    drawings[f"assurance-{line.assurance.value}"] = assurance_icon(line.assurance).encode()
    return drawings
