"""The words that a call system's file uses for reasons, places and endings, further down than its sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice

from wardteam.domain.calls import CallField, CallMapping
from wardteam.exchange.call_log.head import FileHead, open_rows

WORDED = (CallField.REASON, CallField.SOURCE, CallField.ENDED_BY)
MOST_ROWS = 20_000
MOST_WORDS = 40


def seen_words(
    head: FileHead, mapping: CallMapping, *, most_rows: int = MOST_ROWS
) -> Mapping[CallField, tuple[str, ...]]:
    """Give the words under the headings of reason, place and ending, the most frequent first.

    The first `most_rows` rows are read; a column with more than MOST_WORDS words holds something else,
    and its most frequent ones are given.
    """
    columns = {field: mapping.columns.get(field) for field in WORDED}
    places = {f: head.headings.index(h) for f, h in columns.items() if h is not None and h in head.headings}
    counted: dict[CallField, Counter[str]] = {field: Counter() for field in places}
    for number, cells, _ in islice(open_rows(head.path, head.encoding, head.delimiter), most_rows):
        if number <= head.header_row:
            continue
        for field, place in places.items():
            if place < len(cells) and (word := cells[place].strip()):
                counted[field][word] += 1
    return {
        field: tuple(word for word, _ in counts.most_common(MOST_WORDS)) for field, counts in counted.items()
    }
