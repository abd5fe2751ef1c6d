"""What the tests of `wardteam stats` share: the keys of an answer, its results by name, two groups."""

from __future__ import annotations

import random

KEYS = ["method", "n", "missing", "results", "warnings", "reason", "data_sha256"]
FIGURES = {"name", "statistic", "df", "p", "estimate", "ci_low", "ci_high"}
SIX = {"rel": 5e-6}


def named(answer: dict, name: str, *groups: str) -> dict:
    return next(
        r for r in answer["results"] if r["name"] == name and (not groups or r["groups"] == list(groups))
    )


def two_groups(seed: int = 1, n: int = 40):
    chance = random.Random(seed)
    first = [round(chance.gauss(25, 4), 2) for _ in range(n)]
    second = [round(chance.gauss(22, 6), 2) for _ in range(n + 10)]
    return first, second
