"""Words for people: one gettext catalogue, Chinese first and English beside it.

English sentences are the keys. `locale/zh_CN/*.po` are the Chinese sources, one file a room;
`python -m wardteam.i18n` compiles them into `locale/zh_CN/LC_MESSAGES/wardteam.mo`.
"""

from __future__ import annotations

import gettext
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Literal

from wardteam.domain.labels import label
from wardteam.errors import Message, Named

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
LOCALES: dict[Language, str] = {"zh": "zh_CN", "en": "en"}
LOCALE_FOLDER = Path(__file__).parent / "locale"
DOMAIN = "wardteam"
_STAMP = datetime(2026, 1, 1, tzinfo=UTC)


class Translator:
    """Puts messages, enums, dates and tuples of these into the words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        folder = str(LOCALE_FOLDER)
        self._catalogue = gettext.translation(DOMAIN, folder, [LOCALES[language]], fallback=language == "en")

    def __call__(self, text: str | Message | Enum, /, **fields: Any) -> str:  # any showable value
        """Translate a sentence and fill its named fields."""
        if isinstance(text, Message):
            return self(text.text, **text.fields)
        if isinstance(text, Enum):
            return self.show(text)
        words = self._catalogue.gettext(text)
        return words.format_map({k: self.show(v) for k, v in fields.items()}) if fields else words

    def show(self, value: Any) -> str:  # any showable value
        """Put one value into words: an enum's label, a date, a message, or a list of these."""
        match value:
            case Message():
                return self(value)
            case Enum():
                return self(label(value))
            case Named():
                return (value.zh if self.language == "zh" else value.en) or str(value)
            case datetime():
                return f"{self.day(value)} {value:%H:%M}"
            case date():
                return self.day(value)
            case tuple() | list():
                return ("、" if self.language == "zh" else ", ").join(self.show(v) for v in value)
            case float():
                return f"{value:g}"
            case _:
                return str(value)

    def day(self, value: date) -> str:
        """Give a date without its year as people of the language write it."""
        if self.language == "zh":
            return f"{value.month}月{value.day}日"
        return f"{value.day} {value:%b}"


@cache
def translator(language: Language) -> Translator:
    """Give the language's translator, loaded once."""
    return Translator(language)


def compile_catalogue(folder: Path = LOCALE_FOLDER) -> Path:
    """Compile the rooms' .po files into the one .mo; a sentence translated in two ways is refused.

    Raises
    ------
    ValueError
        If two rooms translate the same sentence differently.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    # Babel stamps the present moment into the file otherwise, and no two would be alike.
    whole = Catalog(locale="zh_CN", domain=DOMAIN, creation_date=_STAMP, revision_date=_STAMP)
    for path in sorted((folder / "zh_CN").glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale="zh_CN"):
                known = whole.get(message.id) if message.id else None
                if known is not None and known.string != message.string:
                    raise ValueError(f"{path.name}: {message.id!r} is translated differently elsewhere")
                if message.id:
                    whole.add(message.id, message.string)
    target = folder / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        write_mo(out, whole)
    return target


if __name__ == "__main__":
    compile_catalogue()
