"""Invented rows of a call system's file, as many as asked for: to measure how fast files are taken in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wardteam.demo.quality import LAST_YEAR, THIS_YEAR
from wardteam.domain.beds import Bed

HEADINGS = (
    "呼叫编号",
    "病房",
    "床号",
    "呼叫来源",
    "呼叫类型",
    "呼叫时间",
    "应答时间",
    "到达时间",
    "复位时间",
    "结束方式",
    "处理护士",
)
REASONS = ("输液", "如厕", "疼痛", "翻身", "咨询", "其他")
CHUNK = 50_000
UNANSWERED = 0.03
_NEVER = np.datetime64("NaT", "s")


def call_rows(
    count: int, *, beds: Sequence[Bed], staff: Sequence[str], prefix: str = "M", seed: int = 0
) -> Iterator[tuple[str, ...]]:
    """Give rows under `HEADINGS` in the order of time, over the demo's two periods and all between them."""
    rng = np.random.default_rng([seed, count])
    seconds = int(_moment(THIS_YEAR.last) - _moment(LAST_YEAR.first)) if count else 0
    placed = _moment(LAST_YEAR.first) + np.sort(rng.integers(0, seconds, count))
    for first in range(0, count, CHUNK):
        part = placed[first : first + CHUNK].astype("datetime64[s]")
        yield from _rows(part, first, beds, staff, prefix, rng)


def _rows(
    placed: NDArray[np.datetime64],
    first: int,
    beds: Sequence[Bed],
    staff: Sequence[str],
    prefix: str,
    rng: np.random.Generator,
) -> Iterator[tuple[str, ...]]:
    size = len(placed)
    delay = np.maximum(rng.lognormal(np.log(160), 0.7, size), 12).astype(np.int64)
    came = rng.random(size) >= UNANSWERED
    columns = zip(
        rng.integers(0, len(beds), size).tolist(),
        rng.integers(0, len(REASONS), size).tolist(),
        rng.integers(0, len(staff), size).tolist(),
        came.tolist(),
        _texts(placed),
        _texts(np.where(came, placed + delay // 8, _NEVER)),
        _texts(np.where(came, placed + delay, _NEVER)),
        _texts(placed + delay + rng.integers(20, 600, size)),
        strict=True,
    )
    for number, (bed, why, who, is_met, *moments) in enumerate(columns, start=first + 1):
        ending, nurse = ("床旁", staff[who]) if is_met else ("病人", "")
        here = beds[bed]
        yield (f"{prefix}{number:08d}", here.room, here.code, "床头", REASONS[why], *moments, ending, nurse)


def _moment(day: date) -> np.int64:
    return np.datetime64(day, "s").astype(np.int64)


def _texts(moments: NDArray[np.datetime64]) -> list[str]:
    texts = np.char.replace(np.datetime_as_string(moments, unit="s"), "T", " ")
    written: list[str] = np.where(np.isnat(moments), "", texts).tolist()
    return written
