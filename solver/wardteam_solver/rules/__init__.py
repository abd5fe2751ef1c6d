"""All rules of a ward and how its settings change them.

Each rule knows nothing of the others. `WARD_RULES` is what a ward starts with; the classes
serve the public benchmark formats as well.
"""

from __future__ import annotations

from collections.abc import Iterable

from wardteam.domain.rules import RuleSetting
from wardteam.errors import BadInput, Finding, Message
from wardteam_solver.rules.base import Rule, Stage
from wardteam_solver.rules.ward import WARD_RULES

ALL_RULES = WARD_RULES


def configured(settings: Iterable[RuleSetting], rules: tuple[Rule, ...] = WARD_RULES) -> tuple[Rule, ...]:
    """Give the rules as a ward sets them, in their order.

    Raises
    ------
    BadInput
        With every setting that names an unknown rule or parameter, or a wrong value.
    """
    by_code = {setting.rule: setting for setting in settings}
    findings = tuple(
        Finding("", problem, value=setting.rule)
        for setting in by_code.values()
        for problem in setting_problems(setting, rules)
    )
    if findings:
        raise BadInput(findings)
    return tuple(rule.with_setting(by_code[rule.code]) if rule.code in by_code else rule for rule in rules)


def setting_problems(setting: RuleSetting, rules: tuple[Rule, ...] = WARD_RULES) -> tuple[Message, ...]:
    """Say everything that is wrong with a ward's setting of a rule."""
    rule = next((rule for rule in rules if rule.code == setting.rule), None)
    if rule is not None:
        return tuple(rule.problems_of(setting))
    known = tuple(sorted(rule.code for rule in rules))
    return (Message("There is no rule {rule}; known are {known}.", rule=setting.rule, known=known),)


__all__ = ["ALL_RULES", "WARD_RULES", "Rule", "Stage", "configured", "setting_problems"]
