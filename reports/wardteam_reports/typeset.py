"""The one door to Typst: a template and plain data in, an archivable PDF out; drawings in, pictures out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from wardteam.errors import Message, WardteamError
from wardteam.i18n import LOCALES, Language
from wardteam_reports.fonts import FONT_FOLDER, glyphs, missing_glyphs
from wardteam_reports.tokens import TOKENS_PATH

__all__ = ["MissingGlyph", "compile_pdf", "glyphs", "pictures"]

TEMPLATE_FOLDER = Path(__file__).parent / "templates"
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]


class MissingGlyph(WardteamError):
    """A text holds characters that the project's font can't show."""

    exit_code = 2


def compile_pdf(
    template: str,
    data: Mapping[str, object],
    *,
    language: Language,
    timestamp: datetime,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """Typeset a template of `templates/` as PDF/A-2a and PDF/UA-1; the same input gives the same bytes.

    Parameters
    ----------
    template
        Name without its ending. It reads `data.json`, `tokens.json` and whatever `files` holds.
    data
        Anything JSON can carry. `language` is added to it.
    files
        Pictures by the path under which the template asks for them.

    Raises
    ------
    MissingGlyph
        Naming each character that the font lacks, with the text it stands in.
    """
    _refuse_missing_glyphs(data)
    whole = {**data, "language": language, "locale": LOCALES[language]}
    sources = {
        "main.typ": (TEMPLATE_FOLDER / f"{template}.typ").read_bytes(),
        "theme.typ": (TEMPLATE_FOLDER / "theme.typ").read_bytes(),
        "tokens.json": TOKENS_PATH.read_bytes(),
        "data.json": json.dumps(whole, ensure_ascii=False, sort_keys=True).encode("utf-8"),
        **(files or {}),
    }
    with TemporaryDirectory(prefix="wardteam-") as folder:
        root = Path(folder)
        for name, content in sources.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
        return _compile(root, timestamp)


def pictures(drawings: Sequence[bytes], *, dots_per_inch: float = 200.0) -> list[bytes]:
    """Turn SVG drawings, whose text is paths, into PNG pictures on white, each as large as its drawing."""
    if not drawings:
        return []
    with TemporaryDirectory(prefix="wardteam-") as folder:
        root = Path(folder)
        pages = []
        for number, drawing in enumerate(drawings):
            (root / f"{number}.svg").write_bytes(drawing)
            pages.append(f'#page(width: auto, height: auto, margin: 0pt, image("{number}.svg"))')
        (root / "main.typ").write_text("\n".join(pages), encoding="utf-8")
        made = typst.compile(
            root / "main.typ", root=root, format="png", ppi=dots_per_inch, font_paths=_fonts(),
            ignore_system_fonts=True,
        )  # fmt: skip
    return [made] if isinstance(made, bytes) else list(made)


def _compile(root: Path, timestamp: datetime) -> bytes:
    pdf = typst.compile(
        root / "main.typ",
        root=root,
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards=STANDARDS,
        timestamp=int(timestamp.timestamp()),
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"one PDF was expected, got {type(pdf).__name__}")
    return pdf


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_FOLDER)]
    )


def _refuse_missing_glyphs(data: object) -> None:
    found = {c: text for text in _texts(data) for c in missing_glyphs(text)}
    if found:
        problems = tuple(
            Message("{character} (U+{code}) in “{words}”", character=c, code=f"{ord(c):04X}", words=text)
            for c, text in found.items()
        )
        raise MissingGlyph(
            Message(
                "The project's font lacks these characters, so the document was not made: {problems}.",
                problems=problems,
            )
        )


def _texts(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, Sequence):
        for value in data:
            yield from _texts(value)
