"""Finds a ward's bed under the spelling of a call system: 01床, 1号 and 1 are one bed where that is clear."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_DECORATION = re.compile(r"[\s#床号位]|bed|no\.?", re.IGNORECASE)


def plain_bed(text: str) -> str:
    """Bring a bed's number to the form in which its spellings are equal."""
    bare = _DECORATION.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return re.sub(r"(?<!\d)0+(?=\d)", "", bare)


class BedBook:
    """The ward's beds by what systems call them; `respelled` counts the other spellings met."""

    def __init__(self, beds: Iterable[str]) -> None:
        self._beds = frozenset(beds)
        forms = Counter(plain_bed(bed) for bed in self._beds)
        self._plain = {plain_bed(bed): bed for bed in self._beds if forms[plain_bed(bed)] == 1}
        self._seen: dict[str, str | None] = {bed: bed for bed in self._beds}
        self.respelled: Counter[str] = Counter()

    def find(self, text: str) -> str | None:
        """Give the bed that is meant; None where there is none, or it could be two."""
        if text not in self._seen:
            self._seen[text] = self._plain.get(plain_bed(text))
        found = self._seen[text]
        if found is not None and found != text:
            self.respelled[text] += 1
        return found
