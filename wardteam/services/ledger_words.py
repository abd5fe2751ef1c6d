"""The rule beside each line of the ledger and the hours account, in words."""

from __future__ import annotations

from collections.abc import Mapping

from wardteam.domain.hours_account import HoursEntry
from wardteam.domain.ledger import LedgerLine, Measure
from wardteam.errors import Message

HOURS_RULES: Mapping[HoursEntry, Message] = {
    HoursEntry.WORKED: Message("Standard hours of the shift, less the nursing hour."),
    HoursEntry.PAID_LEAVE: Message(
        "Counts like the working days it falls on; a whole week takes five working days."
    ),
    HoursEntry.NURSING: Message(
        "One hour a working day for each child under one; it shortens duty and norm alike."
    ),
    HoursEntry.NORM: Message("8 h for each statutory working day, make-up days included, by her contract."),
    HoursEntry.TIME_IN_LIEU: Message("A working day off in lieu comes off the balance."),
    HoursEntry.HOLIDAY_PAID: Message(
        "Worked by the clock on public holidays: paid 300 % (Labour Law, article 44), so it gives no "
        "time in lieu."
    ),
}

_BY_PRESENCE = Message("All of the ward's, in proportion to contract and days present.")
_BY_SHIFT = Message("All of the ward's, in proportion to contract and the days on which she may work them.")
_BY_ASKED = Message("The ward's rate of granted wishes, times what she asked for.")
MEASURE_RULES: Mapping[Measure, Message] = {
    Measure.NIGHTS: _BY_SHIFT,
    Measure.EVENINGS: _BY_SHIFT,
    Measure.WEEKENDS: _BY_PRESENCE,
    Measure.HOLIDAYS: _BY_PRESENCE,
    Measure.WISHES: _BY_ASKED,
    Measure.WISH_POINTS: _BY_ASKED,
    Measure.OVERTIME: _BY_PRESENCE,
    Measure.CALLS: _BY_PRESENCE,
}
"""How the fair share of each measure is reckoned."""


def source_of(line: LedgerLine) -> Message:
    """Say where a line comes from."""
    if line.period is None:
        return Message("opening balance")
    if not line.counts:
        text = "{first} to {last}, before the ward's memory"
        return Message(text, first=line.period.first, last=line.period.last)
    return Message("{first} to {last}", first=line.period.first, last=line.period.last)
