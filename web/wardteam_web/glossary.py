"""The words of the ward that the help page explains, in the order they are met."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A word in both languages with a sentence on it; the English sentence is the catalogue's key."""

    chinese: str
    english: str
    meaning: str


GLOSSARY = (
    Term(
        "责任制护理小组",
        "responsibility team",
        "A fixed group of nurses who care for the same patients from admission to discharge.",
    ),
    Term(
        "责任组长",
        "team leader",
        "An experienced nurse-in-charge who runs the team's day, checks its work and holds one or two beds.",
    ),
    Term("副组长", "deputy leader", "Leads the team when the leader is off duty."),
    Term("责任护士", "responsible nurse", "Owns three or four patients of her team."),
    Term("管床", "bed assignment", "Which nurse owns which bed, usually for weeks."),
    Term("代管", "cover", "When the owner is off, her leader or a teammate holds the bed for the day."),
    Term("白班", "day shift", "The shift with the bed-holding posts of every team."),
    Term(
        "连班",
        "straight-through shift",
        "Works through midday without a break, so that the ward is never thin at lunch.",
    ),
    Term("中班", "evening shift", "From the afternoon until midnight; overlaps with the day shift."),
    Term(
        "夜班",
        "night shift",
        "From midnight to morning. It stands in the column of the evening on which it begins.",
    ),
    Term("下夜班", "post-night day", "The day after a night: no duty, but not a day of rest either."),
    Term("双班制", "double-staffed", "At least two nurses are on the shift together."),
    Term(
        "短缺",
        "shortage",
        "Nurses missing below the minimum of a shift. It is made as small as possible before anything else.",
    ),
    Term("期望班", "wish", "A day off or a shift that a nurse asked for; a heart marks the cell."),
    Term("锁定", "lock", "A cell that no new run changes."),
    Term("层级", "ladder level", "The clinical ladder from N0 to N4, by title and years."),
    Term("分级护理", "nursing grade", "How much care a patient needs: special, I, II or III."),
    Term("工时结余", "hours balance", "Hours worked less hours owed, carried from period to period."),
    Term("下界", "bound", "What no roster can go below. When a result meets its bound, it is proven best."),
)
