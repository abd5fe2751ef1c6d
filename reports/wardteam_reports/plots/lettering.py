"""Where a chart's words go: how wide they are, where they break, and how labels keep apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

WIDE_FROM = 0x2E80
WIDE, CAPITAL, NARROW = 1.0, 0.64, 0.545
_PIECES = re.compile(r"[^\S\n]+|[\u2e80-\uffff]|[^\s\u2e80-\uffff]+|\n")
_NEVER_FIRST = frozenset("，。；：、！？）》”%％,.;:)")


def text_width(text: str, size: float) -> float:
    """Estimate the width of the widest line of a text in points: the face's Chinese is square."""
    return max((sum(map(_advance, line)) for line in text.split("\n")), default=0.0) * size


def _advance(character: str) -> float:
    if ord(character) >= WIDE_FROM:
        return WIDE
    return CAPITAL if character.isupper() or character.isdigit() else NARROW


def wrap(text: str, points: float, size: float) -> str:
    """Break a text into lines of at most so many points, between words or Chinese characters."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if piece == "\n":
            lines.append("")
        elif piece.isspace():
            lines[-1] += " " if lines[-1] else ""
        elif not lines[-1] or piece in _NEVER_FIRST or text_width(lines[-1] + piece, size) <= points:
            lines[-1] += piece
        else:
            lines.append(piece)
    return "\n".join(line.rstrip() for line in lines)


def apart(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move places so that neighbours are a gap apart, each as near to its own as the bounds allow.

    >>> apart([10, 11, 30], gap=6, low=0, high=40)
    [7.5, 13.5, 30.0]
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    clusters: list[list[float]] = []  # each: sum of wished starts, count
    for rank, index in enumerate(order):
        clusters.append([places[index] - rank * gap, 1.0])
        while len(clusters) > 1 and _mean(clusters[-2]) > _mean(clusters[-1]):
            total, count = clusters.pop()
            clusters[-1][0] += total
            clusters[-1][1] += count
    starts = [_mean(cluster) for cluster in clusters for _ in range(int(cluster[1]))]
    top = high - (len(places) - 1) * gap
    moved = [0.0] * len(places)
    for rank, index in enumerate(order):
        moved[index] = max(min(starts[rank], top), low) + rank * gap
    return moved


def _mean(cluster: Sequence[float]) -> float:
    return cluster[0] / cluster[1]


@dataclass(frozen=True)
class Box:
    """A rectangle in points."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """Give the area that both share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(width, 0) * max(height, 0)

    def outside(self, frame: Box) -> float:
        """Give the area that lies outside a frame."""
        whole = (self.right - self.left) * (self.top - self.bottom)
        return whole - self.overlap(frame)


def place_labels(
    points: Sequence[tuple[float, float]], texts: Sequence[str], *, size: float, frame: Box
) -> list[tuple[float, float]]:
    """Find each text a place beside its point that covers no other text and no point.

    Returns
    -------
    list
        Lower left corners in points, in the order given.
    """
    dots = [Box(x - 3, y - 3, x + 3, y + 3) for x, y in points]
    taken: list[Box] = []
    for (x, y), text in zip(points, texts, strict=True):
        boxes = [_beside(x, y, dx, dy, text_width(text, size), size) for dx, dy in _TRIES]
        costs = [_cost(box, rank, taken, dots, frame) for rank, box in enumerate(boxes)]
        taken.append(boxes[costs.index(min(costs))])
    return [(box.left, box.bottom) for box in taken]


_TRIES = [
    (side, step)
    for step in (0.0, 1.0, -1.0, 1.8, -1.8, 2.7, -2.7, 3.6, -3.6)
    for side in (1, -1, 0)
    if side or step
]


def _beside(x: float, y: float, side: int, step: float, width: float, size: float) -> Box:
    left = x + 5 if side > 0 else x - 5 - width if side < 0 else x - width / 2
    bottom = y - 0.5 * size + step * size
    return Box(left, bottom, left + width, bottom + 1.15 * size)


def _cost(box: Box, rank: int, taken: Sequence[Box], dots: Sequence[Box], frame: Box) -> float:
    covered = sum(box.overlap(other) for other in taken) + 2 * sum(box.overlap(dot) for dot in dots)
    return 10 * covered + 20 * box.outside(frame) + rank
