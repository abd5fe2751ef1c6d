"""Writes the fairness ledger as a workbook: a line for each nurse, measure and period."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import accumulate

import xlsxwriter

from wardteam.domain.ledger import Ledger
from wardteam.errors import Message, Named
from wardteam.i18n import Language, translator

HEADINGS = (
    (Message("Staff no."), 11),
    (Message("Nurse"), 14),
    (Message("Measure"), 20),
    (Message("First day"), 12),
    (Message("Last day"), 12),
    (Message("Got"), 9),
    (Message("Asked for"), 9),
    (Message("Fair share"), 10),
    (Message("Above the share"), 10),
    (Message("Carried on"), 10),
)
Row = tuple[object, ...]


def ledger_xlsx(
    ledger: Ledger, names: Mapping[str, Named], language: Language, *, made_at: datetime
) -> bytes:
    """Write all lines; the opening balance has no dates. Equal ledgers give equal files."""
    say, target = translator(language), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": made_at.replace(tzinfo=None)})
        page = book.add_worksheet(say("Fairness"))
        head = book.add_format({"bold": True, "bg_color": "#dce6f1", "border": 1, "text_wrap": True})
        dated, figure = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0.0"})
        page.freeze_panes(1, 3)
        for column, (heading, width) in enumerate(HEADINGS):
            page.write_string(0, column, say(heading), head)
            page.set_column(column, column, width, dated if column in (3, 4) else figure)
        place = 0
        for place, row in enumerate(_rows(ledger, names), start=1):
            for column, value in enumerate(row):
                if value is not None:
                    page.write(place, column, say.show(value) if column < 3 else value)
        page.autofilter(0, 0, max(place, 1), len(HEADINGS) - 1)
    return target.getvalue()


def _rows(ledger: Ledger, names: Mapping[str, Named]) -> Iterator[Row]:
    for account in ledger.accounts:
        carried = accumulate(line.difference if line.counts else 0.0 for line in account.lines)
        for line, total in zip(account.lines, carried, strict=True):
            first, last = (None, None) if line.period is None else (line.period.first, line.period.last)
            days = (first and datetime(*first.timetuple()[:3]), last and datetime(*last.timetuple()[:3]))  # noqa: DTZ001  # dates
            asked = line.asked or None
            yield (
                account.staff_no, names[account.staff_no], account.measure, *days,
                line.got, asked, line.share, line.difference, total,
            )  # fmt: skip
