"""A new ward's starting data: the usual shifts and the staff they ask for. Every line is ward data."""

from __future__ import annotations

from wardteam.domain.people import Level
from wardteam.domain.shifts import DayKind, Demand, Post, Segment, Shift, ShiftKind

DAY = Shift(
    code="DAY",
    symbol="白",
    symbol_en="A",
    name="白班",
    name_en="Day",
    kind=ShiftKind.DAY,
    segments=(Segment(8 * 60, 12 * 60), Segment(14 * 60, 18 * 60)),
    summer_segments=(Segment(8 * 60, 12 * 60), Segment(14 * 60 + 30, 18 * 60 + 30)),
    minutes=480,
    colour="#ffffff",
    holds_beds=True,
)
STRAIGHT = Shift(
    code="STRAIGHT",
    symbol="连",
    symbol_en="C",
    name="连班",
    name_en="Straight-through",
    kind=ShiftKind.DAY,
    segments=(Segment(8 * 60, 16 * 60),),
    minutes=480,
    colour="#fdf3d8",
    is_double_staffed=True,
    minimum_senior=Level.N2,
)
EVENING = Shift(
    code="EVENING",
    symbol="中",
    symbol_en="P",
    name="中班",
    name_en="Evening",
    kind=ShiftKind.EVENING,
    segments=(Segment(16 * 60, 24 * 60),),
    minutes=480,
    colour="#dbe7f6",
    is_double_staffed=True,
    minimum_senior=Level.N2,
    fairness_weight=2,
)
NIGHT = Shift(
    code="NIGHT",
    symbol="夜",
    symbol_en="N",
    name="夜班",
    name_en="Night",
    kind=ShiftKind.NIGHT,
    segments=(Segment(24 * 60, 32 * 60),),
    minutes=480,
    colour="#c9cbe8",
    is_double_staffed=True,
    minimum_senior=Level.N2,
    fairness_weight=3,
)
ON_CALL = Shift(
    code="ON_CALL",
    symbol="备",
    symbol_en="R",
    name="备班",
    name_en="On call",
    kind=ShiftKind.ON_CALL,
    segments=(Segment(8 * 60, 32 * 60),),
    minutes=0,
    colour="#efe3f3",
    counts_in_ratio=False,
    is_duty=False,
    fairness_weight=1,
)

DEFAULT_SHIFTS = (DAY, STRAIGHT, EVENING, NIGHT, ON_CALL)

DEFAULT_DEMANDS = (
    Demand("DAY", minimum=1, wished=1, maximum=1, post=Post.LEADER, per_team=True),
    Demand("DAY", minimum=2, wished=3, post=Post.RESPONSIBLE, per_team=True, day_kind=DayKind.WORKDAY),
    Demand("DAY", minimum=2, wished=2, post=Post.RESPONSIBLE, per_team=True, day_kind=DayKind.WEEKEND),
    Demand("DAY", minimum=2, wished=2, post=Post.RESPONSIBLE, per_team=True, day_kind=DayKind.HOLIDAY),
    Demand("STRAIGHT", minimum=2, wished=2, maximum=4),
    Demand("EVENING", minimum=2, wished=3, maximum=4, day_kind=DayKind.WORKDAY),
    Demand("EVENING", minimum=2, wished=2, maximum=4, day_kind=DayKind.WEEKEND),
    Demand("EVENING", minimum=2, wished=2, maximum=4, day_kind=DayKind.HOLIDAY),
    Demand("NIGHT", minimum=2, wished=2, maximum=3),
)
