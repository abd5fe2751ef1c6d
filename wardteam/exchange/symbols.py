"""What the symbols on a roster mean: the ward's own, and the usual ones of Chinese wards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from wardteam.domain.people import Nurse
from wardteam.domain.roster import RosterCell
from wardteam.domain.shifts import LeaveKind, Post, Shift, ShiftKind
from wardteam.errors import Message
from wardteam.exchange.words import normal, plain_name
from wardteam.i18n import Language, translator

_USUAL_SHIFTS: dict[ShiftKind, tuple[str, ...]] = {
    ShiftKind.DAY: ("白", "白班", "日", "日班", "A", "A班", "D", "长白", "行政"),
    ShiftKind.EVENING: ("中", "中班", "小夜", "小夜班", "前夜", "小", "P", "P班", "E"),
    ShiftKind.NIGHT: ("夜", "夜班", "大夜", "大夜班", "后夜", "大", "N", "N班"),
    ShiftKind.ON_CALL: ("备", "备班", "二线", "听班", "R"),
}
_USUAL_STRAIGHT = ("连", "连班", "C", "C班", "通", "直")
_USUAL_LEAVE: dict[LeaveKind, tuple[str, ...]] = {
    LeaveKind.OFF: ("休", "休息", "轮休", "双休", "周休", "例休", "×", "✕", "✗", "/", "-", "—", "off", "○"),
    LeaveKind.POST_NIGHT: ("下", "下夜", "下夜班", "夜休", "落"),
    LeaveKind.PUBLIC_HOLIDAY: ("公", "公休", "公假", "节", "节休"),
    LeaveKind.ANNUAL: ("年", "年休", "年假", "年休假"),
    LeaveKind.SICK: ("病", "病假", "病休"),
    LeaveKind.MATERNITY: ("产", "产假"),
    LeaveKind.TIME_IN_LIEU: ("补", "补休", "存休", "调休", "积休"),
    LeaveKind.STUDY: ("学", "学习", "进修", "培训", "会议"),
    LeaveKind.PERSONAL: ("事", "事假"),
    LeaveKind.MARRIAGE: ("婚", "婚假"),
    LeaveKind.BEREAVEMENT: ("丧", "丧假"),
    LeaveKind.ANTENATAL: ("产检",),
    LeaveKind.PARENTAL: ("育儿", "育儿假"),
}
SOME_LEAVE = frozenset({"假", "休假", "l", "leave"})
"""What a posted sheet shows instead of the kind of a leave."""
UNCOUNTED = "°"
"""Follows the symbol of a duty that isn't counted; COUNTIF takes it for no wildcard."""
_MARKS = str.maketrans("", "", f"♥♡❤{UNCOUNTED}")
_POST_MARKS: dict[Post, tuple[str, str]] = {Post.LEADER: ("长", "L"), Post.RESPONSIBLE: ("责", "R")}
_POST_MARKS[Post.ASSISTANT] = ("助", "A")
_MARKED = re.compile(r"(.*?)(?:[(（](.)[)）])?(#)?")

UNKNOWN_SYMBOL = Message("A symbol of the ward's shifts or of a leave was expected.")
COMPOSITE = Message("Two shifts stand in one cell; exactly one was expected.")


def symbol_table(shifts: Iterable[Shift], *, usual: bool = False) -> dict[str, str]:
    """Map every known symbol, name and code to its code; the ward's own win over the usual ones."""
    table: dict[str, str] = {}
    if usual:
        table |= _usual_table(tuple(shifts))
    for kind in LeaveKind:
        labels = (translator("zh").show(kind), translator("en").show(kind))
        table |= {normal(word): kind.value for word in (*labels, *kind.symbols, kind.value)}
    for shift in shifts:
        words = (shift.code, shift.name_en, shift.name, shift.symbol_en, shift.symbol)
        table |= {normal(word): shift.code for word in words}
    table.pop("", None)
    return table


def _usual_table(shifts: tuple[Shift, ...]) -> dict[str, str]:
    table = {normal(word): kind.value for kind, words in _USUAL_LEAVE.items() for word in words}
    for kind, words in _USUAL_SHIFTS.items():
        meant = next((s for s in shifts if s.kind is kind and s.code != "STRAIGHT"), None)
        if meant is not None:
            table |= {normal(word): meant.code for word in words}
    straight = next((s for s in shifts if s.code == "STRAIGHT"), None)
    if straight is not None:
        table |= {normal(word): straight.code for word in _USUAL_STRAIGHT}
    return table


def shift_words(records: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Map every symbol, name and code of the shifts sheet to its code; lines wrong elsewhere count too."""
    words: dict[str, str] = {}
    for field in ("name_en", "name", "symbol_en", "symbol", "code"):
        named = (record for record in records if "code" in record and field in record)
        words |= {normal(record[field]): str(record["code"]) for record in named}
    return words


def read_symbol(value: object, table: Mapping[str, str]) -> str | Message:
    """Give the code that a cell means, or why it means none."""
    text = normal(str(value).translate(_MARKS))
    if text in table:
        return table[text]
    parts = [part for part in re.split(r"[/+,，、&;；\\|]", text) if part]
    if len(parts) > 1 and all(part in table for part in parts):
        return COMPOSITE
    return UNKNOWN_SYMBOL


def read_marked(value: object, table: Mapping[str, str]) -> RosterCell | Message:
    """Read a symbol with its marks, as history has it: (长) leads, (责) holds beds, (助) learns, # locked."""
    match = _MARKED.fullmatch(str(value).translate(_MARKS).strip())
    mark = match[2] if match else None
    posts = {word: post for post, words in _POST_MARKS.items() for word in words}
    if match is None or (mark is not None and mark not in posts):
        return UNKNOWN_SYMBOL
    code = read_symbol(match[1], table)
    if isinstance(code, Message):
        return code
    return RosterCell(code, posts[mark] if mark else Post.NONE, is_locked=match[3] is not None)


def write_marked(cell: RosterCell, shifts: Mapping[str, Shift], language: Language) -> str:
    """Write a cell as its symbol with its marks."""
    side = 0 if language == "zh" else 1
    mark = f"({_POST_MARKS[cell.post][side]})" if cell.post in _POST_MARKS else ""
    return f"{code_symbol(cell.code, shifts, language)}{mark}{'#' if cell.is_locked else ''}"


def code_symbol(code: str, shifts: Mapping[str, Shift], language: Language) -> str:
    """Give the symbol of a shift or a leave; a code that is neither stands for itself."""
    if code in shifts:
        return shifts[code].symbol if language == "zh" else shifts[code].symbol_en
    if code in set(LeaveKind):
        return LeaveKind(code).symbols[0 if language == "zh" else 1]
    return code


def name_table(nurses: Iterable[Nurse]) -> dict[str, list[str]]:
    """Map each plain name, Chinese or English, to the staff numbers of those who bear it."""
    table: dict[str, list[str]] = {}
    for nurse in nurses:
        for name in {plain_name(nurse.name), plain_name(nurse.name_en)} - {""}:
            table.setdefault(name, []).append(nurse.staff_no)
    return table
