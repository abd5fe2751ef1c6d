"""The Word document's own look: Chinese and Latin faces, headings, captions, page, header and footer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from wardteam.i18n import translator
from wardteam_reports.quality_report.content import ReportText
from wardteam_reports.quality_report.word_xml import NAMES, field_xml, run_xml
from wardteam_reports.tokens import tokens

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

LATIN, SONG, HEI = "Times New Roman", "宋体", "黑体"
STYLES = (
    ("Normal", SONG, 10.5, False),
    ("Title", HEI, 26.0, True),
    ("Subtitle", HEI, 13.0, False),
    ("Heading 1", HEI, 16.0, True),
    ("Heading 2", HEI, 12.0, True),
    ("Caption", HEI, 9.0, True),
    ("List Bullet", SONG, 10.5, False),
    ("Header", SONG, 8.0, False),
    ("Footer", SONG, 8.0, False),
)
OWN_STYLES = (
    ("Table Text", SONG, 9.0),
    ("Table Note", SONG, 8.0),
    ("Lead", HEI, 11.0),
    ("Boxed", SONG, 10.5),
    ("toc 1", HEI, 11.0),
    ("toc 2", SONG, 10.0),
)


def dress(document: Document, text: ReportText, made_at: datetime) -> None:
    """Set styles, page, language, running lines and the file's own data."""
    _styles(document, text)
    _page(document, text)
    properties = document.core_properties
    moment = made_at.replace(tzinfo=None, microsecond=0)
    properties.title, properties.author, properties.last_modified_by = text.title, "wardteam", "wardteam"
    properties.created = properties.modified = properties.last_printed = moment
    properties.language, properties.revision = text.locale, 1
    properties.comments, properties.keywords, properties.subject = "", "", text.subtitle


def _styles(document: Document, text: ReportText) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    for name, face, size, is_bold in STYLES:
        style = document.styles[name]
        _letter(style, face, size, text.locale)
        style.font.bold = is_bold
    for name, face, size in OWN_STYLES:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _letter(style, face, size, text.locale)
    _spaces(document)


def _letter(style: ParagraphStyle, face: str, size: float, locale: str) -> None:
    """Set a style's faces, size, ink and language, and drop what the template's theme sets."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = LATIN
    style.font.size = Pt(size)
    is_heading = style.name is not None and style.name.startswith(("Heading", "Title", "Subtitle"))
    ink = tokens().colour["accent_deep" if is_heading else "ink"]
    style.font.color.rgb = RGBColor.from_string(ink.lstrip("#").upper())
    style.font.italic = False
    looks = style.element.get_or_add_rPr()
    fonts = looks.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        if "Theme" in name:
            del fonts.attrib[name]
    for name, value in (("w:eastAsia", face), ("w:cs", LATIN), ("w:hAnsi", LATIN)):
        fonts.set(qn(name), value)
    for old in looks.findall(qn("w:lang")) + looks.findall(qn("w:spacing")):
        looks.remove(old)
    looks.append(parse_xml(f'<w:lang {NAMES} w:val="{_latin(locale)}" w:eastAsia="zh-CN"/>'))


def _latin(locale: str) -> str:
    return locale if locale != "en" else "en-GB"


def _spaces(document: Document) -> None:
    from docx.shared import Pt

    spaces = {
        "Normal": (0, 6, 1.3),
        "Caption": (6, 3, 1.1),
        "Heading 1": (12, 8, 1.1),
        "Heading 2": (10, 5, 1.1),
        "Table Text": (1, 1, 1.0),
        "Table Note": (2, 8, 1.1),
        "Boxed": (6, 8, 1.25),
        "List Bullet": (0, 4, 1.25),
    }
    for name, (before, after, lines) in spaces.items():
        layout = document.styles[name].paragraph_format
        layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), lines
    for name in ("Heading 1", "Heading 2"):
        document.styles[name].paragraph_format.keep_with_next = True
    title = document.styles["Title"].element.get_or_add_pPr()
    for border in [child for child in title if child.tag.endswith("}pBdr")]:
        title.remove(border)


def _page(document: Document, text: ReportText) -> None:
    from docx.oxml import parse_xml
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    section.different_first_page_header_footer = True
    t = translator(text.language)
    head = t.show((text.hospital, text.ward, text.title))
    section.header.paragraphs[0].add_run(head)
    tabs = f'<w:tabs {NAMES}><w:tab w:val="clear" w:pos="4320"/><w:tab w:val="clear" w:pos="8640"/>'
    tabs += '<w:tab w:val="right" w:pos="9638"/></w:tabs>'
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph._p.get_or_add_pPr().append(parse_xml(tabs))
        pieces = (
            run_xml(text.mark), "<w:r><w:tab/></w:r>", field_xml("PAGE", "1"), run_xml(" / "),
            field_xml("NUMPAGES", "1"),
        )  # fmt: skip
        for piece in parse_xml(f"<w:p {NAMES}>{''.join(pieces)}</w:p>"):
            paragraph._p.append(piece)
