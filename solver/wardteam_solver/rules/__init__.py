"""All rules of a ward and how its settings change them.

Each rule knows nothing of the others. `WARD_RULES` is what a ward starts with; the classes
serve the public benchmark formats as well.
"""

from __future__ import annotations

from collections.abc import Iterable

from wardteam.domain.rules import RuleSetting
from wardteam.errors import Message, WardteamError
from wardteam_solver.rules.base import Rule, Stage
from wardteam_solver.rules.ward import WARD_RULES

ALL_RULES = WARD_RULES


def configured(settings: Iterable[RuleSetting], rules: tuple[Rule, ...] = WARD_RULES) -> tuple[Rule, ...]:
    """Give the rules as a ward sets them, in their order.

    Raises
    ------
    WardteamError
        If a setting names an unknown rule or parameter.
    """
    by_code = {setting.rule: setting for setting in settings}
    known = {rule.code for rule in rules}
    for code in by_code:
        if code not in known:
            text = "There is no rule {rule}; known are {known}."
            raise WardteamError(Message(text, rule=code, known=tuple(sorted(known))))
    return tuple(rule.with_setting(by_code[rule.code]) if rule.code in by_code else rule for rule in rules)


__all__ = ["ALL_RULES", "WARD_RULES", "Rule", "Stage", "configured"]
