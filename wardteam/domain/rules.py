"""How a ward sets each rule: hard, soft with a weight, shown only, or off."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """What breaking a rule means for this ward."""

    HARD = "hard"
    SOFT = "soft"
    WARN = "warn"
    OFF = "off"


@dataclass(frozen=True)
class RuleSetting:
    """A ward's own setting of one rule; None keeps the rule's default. Parameters are the rule's own."""

    rule: str
    severity: Severity | None = None
    weight: int | None = None
    parameters: dict[str, int | str | bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.weight is not None and self.weight < 0:
            raise ValueError(f"weight of {self.rule} must not be negative, got {self.weight}")
