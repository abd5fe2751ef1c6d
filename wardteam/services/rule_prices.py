"""Every rule's price: the roster's cost by rule and nurse, and what asking one unit less would gain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wardteam.domain.calendar import Period
from wardteam.domain.rules import Severity
from wardteam.errors import Message, Named
from wardteam.services.ports import Progress, UnitOfWorkFactory
from wardteam.services.why_scene import Scene, scene_of
from wardteam_solver.check import Checker, Verdict
from wardteam_solver.rules import Stage
from wardteam_solver.words import nurse_name, say

if TYPE_CHECKING:
    from wardteam_solver.explain.prices import Gain

MOST_DEAR = 10


@dataclass(frozen=True)
class PriceOfRule:
    """What one rule costs: `points` over `count` breaches; `binding` limits are missed or at their edge."""

    rule: str
    title: Message
    source: Message
    stage: str
    severity: Severity
    weight: int
    count: int
    binding: int
    points: int
    may_be_relaxed: bool


@dataclass(frozen=True)
class PriceOfNurse:
    """What the rules cost at one nurse, by rule code; `nurse` is None for what is about no single one."""

    staff_no: str
    nurse: Named | None
    points: int
    by_rule: Mapping[str, int]


@dataclass(frozen=True)
class PriceOfLimit:
    """One missed limit, in words, with its points."""

    rule: str
    text: Message
    points: int


@dataclass(frozen=True)
class RuleGain:
    """What one unit less of a rule gains: at once with the same roster, and with a better one.

    Where `is_proven` is false the gain is at least `points` against the best roster known.
    """

    rule: str
    title: Message
    binding: int
    at_once: int
    points: int
    stages: Mapping[str, int]
    is_proven: bool


@dataclass(frozen=True)
class RulePrices:
    """The objective taken apart: `rules`, and likewise `nurses`, add up to `total`."""

    version: int
    total: int
    stages: Mapping[str, int]
    rules: tuple[PriceOfRule, ...]
    nurses: tuple[PriceOfNurse, ...]
    dearest: tuple[PriceOfLimit, ...]
    gains: tuple[RuleGain, ...]
    seconds: float


def rule_prices(
    units: UnitOfWorkFactory,
    ward: str,
    period: Period | None = None,
    *,
    version: int | None = None,
    seconds: float = 0.0,
    workers: int = 2,
    seed: int = 0,
    progress: Progress | None = None,
) -> RulePrices:
    """Take a stored roster's cost apart.

    Parameters
    ----------
    seconds
        Wall time for the gains; 0 leaves them out.
    progress
        Told after each rule; its answer stops the work and keeps the gains so far.

    Raises
    ------
    NotFound
        If there is no such roster.
    """
    scene = scene_of(units, ward, period, version=version)
    gains = _gains(scene, seconds, workers, seed, progress) if seconds > 0 else ()
    return prices_in(scene, gains=gains, seconds=seconds)


def prices_in(scene: Scene, *, gains: tuple[RuleGain, ...] = (), seconds: float = 0.0) -> RulePrices:
    """Take the cost of a roster apart that is laid out already; counted by the checker."""
    verdict = Checker(scene.matrix).check(scene.grid)
    return RulePrices(
        version=scene.roster.version,
        total=verdict.cost,
        stages={stage.name.lower(): verdict.stage_cost(stage) for stage in Stage},
        rules=_by_rule(scene, verdict),
        nurses=_by_nurse(scene, verdict),
        dearest=tuple(
            PriceOfLimit(v.rule.code, say(scene.problem, v), v.cost)
            for v in sorted(verdict.violations, key=lambda v: -v.cost)[:MOST_DEAR]
            if v.cost
        ),
        gains=gains,
        seconds=seconds,
    )


def _by_rule(scene: Scene, verdict: Verdict) -> tuple[PriceOfRule, ...]:
    from wardteam_solver.explain.prices import bindings

    found = []
    for binding in bindings(scene.matrix, scene.grid):
        rule, broken = binding.rule, verdict.of(binding.rule.code)
        found.append(
            PriceOfRule(
                rule=rule.code,
                title=Message(rule.title),
                source=Message(rule.source),
                stage=rule.stage.name.lower(),
                severity=rule.severity,
                weight=rule.weight if rule.severity is Severity.SOFT else 0,
                count=sum(v.windows for v in broken),
                binding=len(binding.rows),
                points=sum(v.cost for v in broken),
                may_be_relaxed=binding.may_be_relaxed,
            )
        )
    return tuple(sorted(found, key=lambda price: -price.points))


def _by_nurse(scene: Scene, verdict: Verdict) -> tuple[PriceOfNurse, ...]:
    from wardteam_solver.explain.prices import shares

    by_nurse: dict[int | None, dict[str, int]] = {}
    for share in shares(verdict):
        by_nurse.setdefault(share.nurse, {})[share.rule.code] = share.cost
    found = []
    for nurse, by_rule in by_nurse.items():
        key = "" if nurse is None else scene.problem.people[nurse].key
        name = None if nurse is None else nurse_name(scene.problem, nurse)
        dear = dict(sorted(by_rule.items(), key=lambda item: -item[1]))
        found.append(PriceOfNurse(key, name, sum(by_rule.values()), dear))
    return tuple(sorted(found, key=lambda price: (price.nurse is None, -price.points)))


def _gains(
    scene: Scene, seconds: float, workers: int, seed: int, progress: Progress | None
) -> tuple[RuleGain, ...]:
    from wardteam_solver.explain.prices import bindings, gains

    total = sum(b.may_be_relaxed for b in bindings(scene.matrix, scene.grid))
    found: list[RuleGain] = []

    def should_stop() -> bool:
        figures = {"rules": len(found), "percent": 100 * len(found) // max(total, 1)}
        return progress is not None and progress("rule_prices", figures)

    told = gains(
        scene.matrix, scene.grid, seconds=seconds, workers=workers, seed=seed, should_stop=should_stop
    )
    for gain in told:
        found.append(_gain(gain))  # noqa: PERF401  # should_stop reads it while it grows
    return tuple(sorted(found, key=lambda gain: -gain.points))


def _gain(gain: Gain) -> RuleGain:
    return RuleGain(
        rule=gain.rule.code,
        title=Message(gain.rule.title),
        binding=gain.limits,
        at_once=gain.at_once,
        points=gain.points,
        stages=dict(zip((stage.name.lower() for stage in Stage), gain.stages, strict=True)),
        is_proven=gain.is_proven,
    )
