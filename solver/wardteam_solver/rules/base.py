"""What a rule is: a code, words, where it comes from, how much it weighs, and the limits it lists."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from enum import IntEnum

from wardteam.domain.rules import RuleSetting, Severity
from wardteam.errors import Message
from wardteam_solver.limits import Limits
from wardteam_solver.problem import Problem


class Stage(IntEnum):
    """Lexicographic stages: what comes first is never given up for what comes later."""

    SHORTAGE = 0
    FAIRNESS = 1
    WISHES = 2
    QUALITY = 3


@dataclass(frozen=True, kw_only=True)
class Rule(ABC):
    """A rule of the ward, frozen with its settings.

    `words` is the sentence for a breach; its fields are nurse, day, first, last, shift, team,
    where, detail, found, low, high, band (low to high) and amount. `people` narrows the rule to
    some nurses (None: all).
    """

    code: str
    title: str
    words: str
    source: str = "good practice"
    stage: Stage = Stage.QUALITY
    severity: Severity = Severity.HARD
    weight: int = 1
    people: frozenset[int] | None = None

    @abstractmethod
    def limits(self, problem: Problem) -> Limits:
        """List the rule's limits over a problem."""

    def nurses(self, problem: Problem) -> list[int]:
        """Give the indexes of the nurses that the rule is for."""
        return [n for n in problem.everyone if self.people is None or n in self.people]

    def with_setting(self, setting: RuleSetting) -> Rule:
        """Give the rule as a ward sets it; `problems_of` says first what would be wrong with that."""
        severity = self.severity if setting.severity is None else setting.severity
        weight = self.weight if setting.weight is None else setting.weight
        return replace(self, severity=severity, weight=weight, **setting.parameters)  # type: ignore[arg-type]  # checked by problems_of

    def problems_of(self, setting: RuleSetting) -> Iterator[Message]:
        """Say each parameter that the rule doesn't have, or of another type, and each wrong value."""
        known = self.parameters
        shown = tuple(f"{key} = {current}" for key, current in known.items())
        for name, value in setting.parameters.items():
            is_negative = isinstance(value, int) and value < 0
            if name not in known or type(known[name]) is not type(value) or is_negative:
                text = "Rule {rule} has no parameter {name} that can be {value}; it has {known}."
                yield Message(text, rule=self.code, name=name, value=str(value), known=shown)

    @property
    def parameters(self) -> dict[str, int | str | bool]:
        """Give the rule's own parameters with their values."""
        own = [f.name for f in fields(self) if f.name not in _COMMON]
        return {name: getattr(self, name) for name in own}


_COMMON = {"code", "title", "words", "source", "stage", "severity", "weight", "people"}
