"""How headings, symbols and names are compared: widths, case, spaces and decoration don't matter."""

from __future__ import annotations

import re
import unicodedata


def normal(text: object) -> str:
    """Bring a heading or a symbol to the form in which two spellings of it are equal."""
    folded = unicodedata.normalize("NFKC", str(text)).casefold()
    return re.sub(r"[\s:：*_]+", "", folded).replace("．", ".").rstrip(".")


def plain_name(text: object) -> str:
    """Bring a person's name to a form without spaces, brackets and marks: 张 三★(组长) -> 张三."""
    folded = unicodedata.normalize("NFKC", str(text)).casefold()
    bare = re.sub(r"[(\[【].*?[)\]】]", "", folded)
    return "".join(sign for sign in bare if unicodedata.category(sign)[0] in "LMN" or sign in "·•")


def code_text(value: object) -> str:
    """Give a number-like or text cell as a code: 1001.0 -> 1001, full-width digits narrowed."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFKC", str(value)).strip()
