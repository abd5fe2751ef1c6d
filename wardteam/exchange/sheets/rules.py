"""The sheet of the rules that the ward sets otherwise than by default."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from wardteam.domain.rules import RuleSetting, Severity
from wardteam.errors import Message
from wardteam.exchange.grid import Value
from wardteam.exchange.kinds import choice, narrow, reference, whole
from wardteam.exchange.tables import Column, Complaint, Kind, Known, Record, Refused, SheetSpec
from wardteam.i18n import Language

_EXPECTED = Message("Parameters were expected, such as most=6; is_strict=true.")
_PART = re.compile(r'\s*([A-Za-z_]\w*)\s*=\s*("(?:[^"\\]|\\.)*"|[^;"]*?)\s*(?:;|$)')


def _read_parameters(value: Value, _known: Known) -> dict[str, int | str | bool]:
    text = str(value) if isinstance(value, str) else narrow(value)
    found: dict[str, int | str | bool] = {}
    at = 0
    while at < len(text):
        match = _PART.match(text, at)
        if match is None or match[1] in found:
            raise Refused(_EXPECTED)
        found[match[1]] = _read_one(match[2])
        at = match.end()
    return found


def _read_one(text: str) -> int | str | bool:
    if text.startswith('"'):
        return str(json.loads(text))
    if text.casefold() in ("true", "false"):
        return text.casefold() == "true"
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else text


def _write_parameters(parameters: Any, _language: Language) -> Value:  # the dictionary of a rule setting
    return "; ".join(f"{name}={_write_one(value)}" for name, value in parameters.items()) or None


def _write_one(value: int | str | bool) -> str:
    if isinstance(value, str):
        is_plain = re.fullmatch(r"[A-Za-z_.]+", value) and value.casefold() not in ("true", "false")
        return value if is_plain else json.dumps(value, ensure_ascii=False)
    return str(value).lower()


def _known_rule(value: Value, known: Known) -> Value:
    return value if known.rules is None or value in known.rules else None


def _parameters_fit(record: Record, known: Known) -> Iterator[Complaint]:
    if known.rules is not None and record["rule"] in known.rules:
        setting = RuleSetting(record["rule"], parameters=record["parameters"] or {})
        yield from (("parameters", problem) for problem in known.setting_problems(setting))


RULE = reference(Message("The name of a rule was expected."), _known_rule)
PARAMETERS = Kind(_EXPECTED, _read_parameters, _write_parameters, width=40)

RULES = SheetSpec(
    key="rules",
    zh="规则设置",
    en="Rules",
    about=Message("Only the rules that this ward sets otherwise than by default."),
    columns=(
        Column("rule", "规则", "Rule", RULE, width=24),
        Column(
            "severity", "严格程度", "Severity", choice(Severity), None, note=Message("Empty: the default.")
        ),
        Column("weight", "权重", "Weight", whole(0, 1_000_000), None, note=Message("Empty: the default.")),
        Column("parameters", "参数", "Parameters", PARAMETERS, None),
    ),
    records=lambda book: (vars(setting) for setting in book.rule_settings),
    checks=(_parameters_fit,),
    unique=(("rule",),),
    other_names=("规则",),
)


def build_rule_settings(records: list[Record]) -> tuple[RuleSetting, ...]:
    """Make the rule settings in the sheet's order."""
    return tuple(RuleSetting(r["rule"], r["severity"], r["weight"], r["parameters"] or {}) for r in records)
