"""The form of a questionnaire's version: its thresholds, and a line for every item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wardteam.domain.questionnaires import Item, ItemKind, QuestionnaireVersion
from wardteam.errors import Message, Named, WardteamError
from wardteam_web.forms import FieldSpec, Kind
from wardteam_web.records.page import Values

MOST_ITEMS = 60
SPARE_LINES = 4
SCALES = (2, 10)
LETTERS = {ItemKind.LIKERT: "S", ItemKind.YES_NO: "Y", ItemKind.KNOWLEDGE: "K"}
NO_ITEM = Message("A questionnaire needs at least one item.")
BAD_SCALE = Message("The scale of item {number} must be a whole number from {low} to {high}; got {value}.")
BAD_KEY = Message("Item {number} needs the number of its right answer, one of {choices}; got {value}.")
NAMES = ("code", "zh", "en", "kind", "choices", "key", "scale", "reversed")


@dataclass(frozen=True)
class ItemText:
    """One item's line as it stands in the form."""

    code: str = ""
    zh: str = ""
    en: str = ""
    kind: str = ItemKind.LIKERT.value
    choices: str = ""
    key: str = ""
    scale: str = ""
    reversed: str = ""


def version_fields() -> list[FieldSpec]:
    """Give the fields above the items."""
    return [
        FieldSpec("name", Message("Name in Chinese")),
        FieldSpec("name_en", Message("Name in English"), is_required=False),
        FieldSpec(
            "satisfied_mean",
            Message("Satisfied from a mean of"),
            Kind.DECIMAL,
            low=1,
            high=5,
            hint=Message("Of the scale items, out of 5."),
        ),
        FieldSpec(
            "aware_percent",
            Message("Aware from, of 100"),
            Kind.WHOLE,
            low=1,
            high=100,
            hint=Message("Share of the knowledge items that are known."),
        ),
        FieldSpec(
            "least_percent",
            Message("Valid from, of 100"),
            Kind.WHOLE,
            low=1,
            high=100,
            hint=Message("Share of the items that are answered."),
        ),
    ]


def version_values(version: QuestionnaireVersion | None) -> Values:
    """Give the values of the fields above the items."""
    if version is None:
        return {"satisfied_mean": 4.0, "aware_percent": 80, "least_percent": 80}
    return {
        "name": version.name.zh,
        "name_en": version.name.en,
        "satisfied_mean": version.satisfied_mean,
        "aware_percent": round(100 * version.aware_share),
        "least_percent": round(100 * version.least_answered),
    }


def item_texts(items: Sequence[Item]) -> tuple[ItemText, ...]:
    """Write items as lines of a form."""
    return tuple(
        ItemText(
            code=item.code,
            zh=item.text.zh,
            en=item.text.en,
            kind=item.kind.value,
            choices="\n".join(" | ".join(filter(None, (c.zh, c.en))) for c in item.choices),
            key="" if item.key is None else str(item.key),
            scale=str(item.scale),
            reversed="on" if item.is_reversed else "",
        )
        for item in items
    )


def sent_items(sent: Mapping[str, str]) -> tuple[ItemText, ...]:
    """Give the lines that a form sent, those without a text left out."""
    count = sent.get("lines", "")
    lines = min(int(count), MOST_ITEMS) if count.isascii() and count.isdigit() else 0
    texts = (ItemText(**{name: sent.get(f"{name}-{n}", "").strip() for name in NAMES}) for n in range(lines))
    return tuple(text for text in texts if text.zh or text.en)


def read_items(texts: Sequence[ItemText]) -> tuple[Item, ...]:
    """Make the items; new ones get the next free number of their kind.

    Raises
    ------
    WardteamError
        Naming the first line that can't be an item.
    """
    if not texts:
        raise WardteamError(NO_ITEM)
    taken = {text.code for text in texts}
    return tuple(_item(text, number, taken) for number, text in enumerate(texts, start=1))


def read_version(values: Values, code: str, day: date, items: tuple[Item, ...]) -> QuestionnaireVersion:
    """Make the version of a form's values."""
    return QuestionnaireVersion(
        code=code,
        day=day,
        name=Named(values["name"], values["name_en"] or ""),
        items=items,
        satisfied_mean=values["satisfied_mean"],
        aware_share=values["aware_percent"] / 100,
        least_answered=values["least_percent"] / 100,
    )


def _item(text: ItemText, number: int, taken: set[str]) -> Item:
    kind = ItemKind(text.kind) if text.kind in tuple(ItemKind) else ItemKind.LIKERT
    choices = tuple(_choices(text.choices)) if kind is ItemKind.KNOWLEDGE else ()
    code = text.code or _free_code(LETTERS[kind], taken)
    taken.add(code)
    return Item(
        code=code,
        text=Named(text.zh or text.en, text.en),
        kind=kind,
        choices=choices,
        key=_key(text.key, choices, number) if kind is ItemKind.KNOWLEDGE else None,
        scale=_scale(text.scale, number) if kind is ItemKind.LIKERT else 5,
        is_reversed=bool(text.reversed) and kind is ItemKind.LIKERT,
    )


def _free_code(letter: str, taken: set[str]) -> str:
    return next(code for n in range(1, 1000) if (code := f"{letter}{n}") not in taken)


def _choices(text: str) -> Iterator[Named]:
    for line in text.splitlines():
        chinese, _, english = (part.strip() for part in line.partition("|"))
        if chinese or english:
            yield Named(chinese or english, english)


def _key(text: str, choices: Sequence[Named], number: int) -> int:
    answers = tuple(range(1, len(choices) + 1)) if choices else (0, 1)
    if not text and not choices:
        return 1
    if not (text.isascii() and text.isdigit() and int(text) in answers):
        raise WardteamError(Message(BAD_KEY.text, number=number, choices=answers, value=text or "–"))
    return int(text)


def _scale(text: str, number: int) -> int:
    low, high = SCALES
    if not text:
        return 5
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise WardteamError(Message(BAD_SCALE.text, number=number, low=low, high=high, value=text))
    return int(text)
