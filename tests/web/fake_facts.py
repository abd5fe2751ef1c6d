"""The fixed facts of the fake ward: names, dates, shifts, staffing, solve records."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from PIL import Image

from wardteam.domain.beds import NursingGrade
from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.defaults import DEFAULT_SHIFTS
from wardteam.domain.roster import SolveRecord, SolveStatus, StageResult
from wardteam.domain.ward import Ward

WARD = Ward("w7", "心内科七病区", "Cardiology Ward 7", "示例医院", "Example Hospital")
PERIOD = Period.month(2026, 5)
TODAY = date(2026, 5, 14)
CALENDAR = Calendar(
    holidays=tuple((date(2026, 5, day), "劳动节") for day in range(1, 6)),
    makeup_days=frozenset({date(2026, 5, 9)}),
)
SURNAMES = "林陈黄郑周吴徐孙马朱胡郭何高罗梁宋谢韩唐冯于董萧程"
PINYIN = (
    "Lin",
    "Chen",
    "Huang",
    "Zheng",
    "Zhou",
    "Wu",
    "Xu",
    "Sun",
    "Ma",
    "Zhu",
    "Hu",
    "Guo",
    "He",
    "Gao",
    "Luo",
    "Liang",
    "Song",
    "Xie",
    "Han",
    "Tang",
    "Feng",
    "Yu",
    "Dong",
    "Xiao",
    "Cheng",
)
GIVEN = ("晓雯", "静怡", "若兰", "佳宁", "思琪", "雨桐", "慧敏", "文静", "嘉欣", "梦洁", "岚")
GIVEN_EN = (
    "Xiaowen",
    "Jingyi",
    "Ruolan",
    "Jianing",
    "Siqi",
    "Yutong",
    "Huimin",
    "Wenjing",
    "Jiaxin",
    "Mengjie",
    "Lan",
)
CYCLES = ("AAAOACPONXOAAO", "AAOAAACOPNXOAO", "CAAOPPONXOAAAO")
CODES = {"A": "DAY", "C": "STRAIGHT", "P": "EVENING", "N": "NIGHT"}
SHIFTS = {shift.code: shift for shift in DEFAULT_SHIFTS}
STRENGTHS = (
    ("静脉穿刺", "venepuncture"),
    ("心电监护", "cardiac monitoring"),
    ("健康教育", "health education"),
)
MINIMUM = {"DAY": 15, "STRAIGHT": 2, "EVENING": 2, "NIGHT": 2}
WISHED = {"DAY": 20, "STRAIGHT": 2, "EVENING": 3, "NIGHT": 2}
GRADES = (
    NursingGrade.FIRST,
    NursingGrade.SECOND,
    NursingGrade.SECOND,
    NursingGrade.THIRD,
    NursingGrade.SPECIAL,
)


def picture() -> bytes:
    """Draw a plain portrait."""
    out = BytesIO()
    Image.new("RGB", (96, 120), "#9fb6b3").save(out, "PNG")
    return out.getvalue()


PICTURE = picture()


RUNS = (
    SolveRecord(
        "teams",
        SolveStatus.OPTIMAL,
        (StageResult("balance", SolveStatus.OPTIMAL, 4, 4, 0.4, 0.7),),
        0.4,
        0.7,
        1,
        2,
    ),
    SolveRecord(
        "roster",
        SolveStatus.FEASIBLE,
        (
            StageResult("shortage", SolveStatus.OPTIMAL, 0, 0, 1.2, 2.1),
            StageResult("wishes", SolveStatus.FEASIBLE, 31, 30, 18.4, 36.0),
            StageResult("quality", SolveStatus.FEASIBLE, 412, 268, 61.0, 121.7),
        ),
        80.6,
        159.8,
        1,
        2,
        0.6,
    ),
)

COMPARISON = """<div class="comparison"><table class="three-line"><caption>表1 Two periods</caption>
<thead><tr><th scope="col">Measure</th>
<th scope="col">2012</th><th scope="col">2013</th><th scope="col">P</th></tr></thead>
<tbody><tr><th scope="row">Satisfied</th><td>162 (81.0)</td><td>192 (96.0)</td><td>&lt;0.001</td>
</tr>
<tr><th scope="row">Aware</th><td>172 (86.0)</td><td>189 (94.5)</td><td>0.004</td></tr>
</tbody></table></div>"""
