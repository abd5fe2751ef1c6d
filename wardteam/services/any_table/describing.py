"""The plain description of each group: mean with its interval, s, median and quartiles, geometric mean."""

from __future__ import annotations

import math
from collections.abc import Iterator

from wardteam.errors import Message
from wardteam.services.any_table.answer import Line, line
from wardteam.stats.samples import Group, Sample
from wardteam.stats.single_mean import single_mean

MEAN = Message("mean")
FIGURES = {
    "sd": Message("standard deviation"),
    "lower_quartile": Message("lower quartile"),
    "median": Message("median"),
    "upper_quartile": Message("upper quartile"),
    "geometric_mean": Message("geometric mean"),
}


def described(name: str, group: Group) -> Iterator[Line]:
    """Give the lines that describe a group; with quartiles where its raw values are known."""
    if group.n > 1:
        yield line(single_mean(group), (name,))
    else:
        yield Line(name="mean", words=MEAN, estimate=group.mean, groups=(name,), n=(group.n,))
    for code, value in _figures(group):
        yield Line(name=code, words=FIGURES[code], estimate=value, groups=(name,), n=(group.n,))


def _figures(group: Group) -> Iterator[tuple[str, float]]:
    if group.n > 1:
        yield "sd", group.sd
    if isinstance(group, Sample):
        yield from zip(("lower_quartile", "median", "upper_quartile"), group.quartiles, strict=True)
        if min(group.values) > 0:
            yield "geometric_mean", math.exp(math.fsum(map(math.log, group.values)) / group.n)
