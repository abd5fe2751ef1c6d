"""The words of call systems, Chinese and English: headings of the columns, reasons, places, endings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from wardteam.domain.calls import CallField, CallReason, CallSource, EndedBy
from wardteam.exchange.words import normal

T = TypeVar("T")

HEADINGS: dict[CallField, tuple[str, ...]] = {
    CallField.CODE: (
        *("呼叫编号", "呼叫号", "呼叫流水号", "流水号", "记录编号", "呼叫id", "记录id", "事件编号", "事件id"),
        *("call id", "call no", "call number", "callid", "event id", "record id", "id", "编号"),
    ),
    CallField.WARD: (
        *("病区", "病区名称", "病区编码", "护理单元", "科室", "科室名称", "所属病区", "所属科室"),
        *("ward", "ward name", "ward code", "unit", "nursing unit", "department"),
    ),
    CallField.ROOM: ("病房", "房间", "房号", "病房号", "房间号", "病室", "room", "room no", "room number"),
    CallField.BED: (
        *("床号", "床位", "床位号", "病床", "病床号", "呼叫床位", "呼叫床号", "床位编号"),
        *("bed", "bed no", "bed number", "bed code"),
    ),
    CallField.SOURCE: (
        *("呼叫来源", "来源", "呼叫位置", "位置", "呼叫终端", "终端类型", "分机类型", "设备类型"),
        *("source", "location", "call source", "station type", "device", "device type", "place"),
    ),
    CallField.REASON: (
        *("呼叫类型", "呼叫原因", "呼叫事由", "呼叫内容", "呼叫类别", "原因", "类型", "事由", "呼叫需求"),
        *("reason", "call reason", "call type", "type", "category", "request"),
    ),
    CallField.PLACED: (
        *("呼叫时间", "呼叫开始时间", "呼叫发起时间", "开始时间", "发起时间", "按铃时间", "触发时间"),
        *("呼叫日期时间", "呼入时间", "placed", "call time", "call placed", "start time", "placed at"),
        *("start", "called", "called at", "time of call", "timestamp"),
    ),
    CallField.ANSWERED: (
        *("应答时间", "接听时间", "接通时间", "响应时间", "应答开始时间", "answered", "answer time"),
        *("answered at", "acknowledged", "acknowledge time", "time answered", "answer"),
    ),
    CallField.ARRIVED: (
        *("到达时间", "到位时间", "到床时间", "护士到位时间", "护士到达时间", "处理开始时间", "进入病房时间"),
        *("到场时间", "arrived", "arrival time", "arrived at", "presence", "presence time", "nurse arrived"),
        *("arrive", "arrival", "nurse arrival", "attended"),
    ),
    CallField.CLEARED: (
        *("取消时间", "复位时间", "结束时间", "消铃时间", "清除时间", "处理完成时间", "呼叫结束时间"),
        *("完成时间", "挂断时间", "cleared", "clear time", "cleared at", "reset time", "cancel time"),
        *("cancelled", "end time", "end", "ended", "clear", "reset"),
    ),
    CallField.ENDED_BY: (
        *("结束方式", "取消方式", "复位方式", "处理方式", "结束原因", "处理结果", "取消人"),
        *("ended by", "cleared by", "cancelled by", "end type"),
    ),
    CallField.STAFF: (
        *("处理护士", "应答护士", "护士", "到位护士", "处理人", "应答人", "责任护士", "护士工号", "护士姓名"),
        *("工号", "staff", "nurse", "nurse id", "staff no", "staff id", "handled by", "answered by"),
    ),
    CallField.STAY: (
        *("住院号", "病案号", "住院代码", "就诊号", "住院流水号"),
        *("stay", "admission no", "encounter", "encounter id", "visit id"),
    ),
}
"""What columns are called; the surest word first."""

REASON_WORDS: dict[CallReason, tuple[str, ...]] = {
    CallReason.INFUSION: ("输液", "换液", "点滴", "补液", "拔针", "换药水", "infusion", "drip", "iv"),
    CallReason.TOILET: (
        *("如厕", "厕所", "大小便", "排便", "小便", "大便", "便器", "便盆", "卫生间", "toilet", "bedpan"),
        "bathroom",
    ),
    CallReason.PAIN: ("疼痛", "疼", "痛", "镇痛", "止痛", "pain"),
    CallReason.POSITION: ("翻身", "体位", "变换体位", "移动", "摇床", "position", "turning", "repositioning"),
    CallReason.QUESTION: ("咨询", "询问", "问题", "健康教育", "宣教", "question", "information", "inquiry"),
    CallReason.OTHER: ("其他", "其它", "普通呼叫", "一般呼叫", "other", "others", "general", "normal"),
    CallReason.UNKNOWN: ("unknown", "未知", "未记录", "不详"),
}

SOURCE_WORDS: dict[CallSource, tuple[str, ...]] = {
    CallSource.BED: ("床头", "床旁", "床位", "病床", "手柄", "bed", "bedside", "patient", "handset"),
    CallSource.BATHROOM: (
        *("卫生间", "厕所", "浴室", "洗手间", "淋浴", "bathroom", "toilet", "shower", "wc"),
        "washroom",
    ),
    CallSource.STAFF: (
        *("护士", "医护", "增援", "紧急求助", "急救", "抢救", "staff", "nurse", "assist", "emergency"),
        "code blue",
    ),
    CallSource.OTHER: ("走廊", "门口", "其他", "其它", "corridor", "door", "other"),
}

ENDING_WORDS: dict[EndedBy, tuple[str, ...]] = {
    EndedBy.BEDSIDE: ("床旁", "床头", "病房", "门口", "现场", "到位", "护士处理", "bedside", "room", "bed"),
    EndedBy.STATION: ("护士站", "主机", "接听", "对讲", "station", "desk", "console", "intercom"),
    EndedBy.PATIENT: ("患者", "病人", "自行", "家属", "patient", "self"),
    EndedBy.SYSTEM: ("系统", "超时", "自动", "system", "timeout", "automatic"),
    EndedBy.UNKNOWN: ("未知", "unknown"),
}


def meaning(word: str, words: Mapping[T, tuple[str, ...]]) -> T | None:
    """Give what a system's own word means, in whole or by the known word in it; None where nobody knows."""
    text = normal(word)
    known = _flat(tuple(words.items()))
    if text in known:
        return known[text]  # type: ignore[return-value]  # the mapping's own keys
    inside = [name for name in known if len(name) > 1 and not name.isascii() and name in text]
    parts = set(word.casefold().replace("-", " ").replace("_", " ").split())
    inside += [name for name in known if name.isascii() and name in parts]
    found = max(inside, key=len, default=None)
    return None if found is None else known[found]  # type: ignore[return-value]  # the same


@cache
def _flat(words: tuple[tuple[object, tuple[str, ...]], ...]) -> dict[str, object]:
    return {normal(word): key for key, several in words for word in several}
