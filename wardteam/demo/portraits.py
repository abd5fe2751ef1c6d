"""Drawn portraits of the demo ward's people: flat, friendly busts, each from its own few choices."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw

from wardteam.domain.people import Nurse, Sex, StaffKind
from wardteam.domain.ward import WardBook

SIZE = (240, 300)
OVERSIZE = 3
"""Drawn three times as large and scaled down, for smooth edges."""

Box = tuple[float, float, float, float]
Point = tuple[float, float]
Style = Literal["bun", "bob", "ponytail", "low_bun", "short", "crop", "side"]

SKINS = ("#f7d9c0", "#f3cfb3", "#efc7a6", "#e8bb96", "#f9dfcb")
HAIRS = ("#1f1a1a", "#2a211e", "#33261f", "#3f2c22", "#241f26")
UNIFORMS = ("#ffffff", "#e3eefb", "#fbe4ea", "#e0f2ec")
TRIMS = ("#4a7fb5", "#3d6ea8", "#c9748c", "#4e9c86")
BACKGROUNDS = ("#cfe3ee", "#d9e7d3", "#f0e2cc", "#e2dcee", "#f1d9d6", "#d3e6e4", "#e6e3d6", "#d6deef")
FEMALE_STYLES: tuple[Style, ...] = ("bun", "bob", "ponytail", "low_bun", "side")
MALE_STYLES: tuple[Style, ...] = ("short", "crop")


@dataclass(frozen=True)
class _Look:
    """The choices that make one portrait."""

    skin: str
    hair: str
    uniform: str
    trim: str
    background: str
    style: Style
    fringe: int
    face_width: float
    eye_width: float
    smile: float
    has_glasses: bool
    has_cap: bool
    is_head_nurse: bool


def demo_photos(book: WardBook, seed: int = 7) -> Mapping[str, bytes]:
    """Draw a JPEG portrait for each of the ward's own nurses and the head nurse, by staff number."""
    shown = (StaffKind.WARD, StaffKind.HEAD_NURSE)
    people = [nurse for nurse in book.nurses if nurse.kind in shown]
    rng = np.random.default_rng(seed)
    looks = [_look(nurse, index, rng) for index, nurse in enumerate(people)]
    return {nurse.staff_no: _jpeg(_draw(look)) for nurse, look in zip(people, looks, strict=True)}


def _look(nurse: Nurse, index: int, rng: np.random.Generator) -> _Look:
    is_male = nurse.sex is Sex.MALE
    is_head = nurse.kind is StaffKind.HEAD_NURSE
    styles = MALE_STYLES if is_male else FEMALE_STYLES
    outfit = 1 if is_male else 0 if is_head else int(rng.integers(len(UNIFORMS)))
    return _Look(
        skin=SKINS[int(rng.integers(len(SKINS)))],
        hair=HAIRS[int(rng.integers(len(HAIRS)))],
        uniform=UNIFORMS[outfit],
        trim=TRIMS[outfit],
        # Neighbours on the wall get different backgrounds and hair.
        background=BACKGROUNDS[(index * 3 + int(rng.integers(2))) % len(BACKGROUNDS)],
        style=styles[(index + int(rng.integers(2))) % len(styles)],
        fringe=int(rng.integers(3)),
        face_width=float(rng.uniform(39, 44)) + 2 * is_male,
        eye_width=float(rng.uniform(4.6, 5.8)),
        smile=float(rng.uniform(9, 13)),
        has_glasses=bool(rng.random() < 0.22),
        has_cap=is_head or (not is_male and bool(rng.random() < 0.5)),
        is_head_nurse=is_head,
    )


class _Pen:
    """Draws in the portrait's own units on the oversize picture."""

    def __init__(self, background: str) -> None:
        self.image = Image.new("RGB", (SIZE[0] * OVERSIZE, SIZE[1] * OVERSIZE), background)
        self._draw = ImageDraw.Draw(self.image)

    def ellipse(self, box: Box, fill: str) -> None:
        """Fill an ellipse."""
        self._draw.ellipse(_scaled(box), fill=fill)

    def ring(self, box: Box, colour: str, width: float) -> None:
        """Outline an ellipse."""
        self._draw.ellipse(_scaled(box), outline=colour, width=round(width * OVERSIZE))

    def rounded(self, box: Box, radius: float, fill: str) -> None:
        """Fill a rectangle with round corners."""
        self._draw.rounded_rectangle(_scaled(box), radius=radius * OVERSIZE, fill=fill)

    def polygon(self, points: tuple[Point, ...], fill: str) -> None:
        """Fill a polygon."""
        self._draw.polygon([(x * OVERSIZE, y * OVERSIZE) for x, y in points], fill=fill)

    def arc(self, box: Box, span: tuple[float, float], colour: str, width: float) -> None:
        """Draw an arc between two angles, clockwise from three o'clock."""
        self._draw.arc(_scaled(box), span[0], span[1], fill=colour, width=round(width * OVERSIZE))

    def pie(self, box: Box, span: tuple[float, float], fill: str) -> None:
        """Fill the chord between two angles."""
        self._draw.chord(_scaled(box), span[0], span[1], fill=fill)

    def line(self, start: Point, end: Point, colour: str, width: float) -> None:
        """Draw a straight line."""
        ends = [(x * OVERSIZE, y * OVERSIZE) for x, y in (start, end)]
        self._draw.line(ends, fill=colour, width=round(width * OVERSIZE))


def _scaled(box: Box) -> Box:
    left, top, right, bottom = box
    return (left * OVERSIZE, top * OVERSIZE, right * OVERSIZE, bottom * OVERSIZE)


def _shade(colour: str, factor: float) -> str:
    """Darken a colour (factor below 1) or lighten it towards white (above 1)."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    if factor > 1:
        mixed = [round(255 - (255 - part) * (2 - factor)) for part in parts]
    else:
        mixed = [round(part * factor) for part in parts]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _draw(look: _Look) -> Image.Image:
    pen = _Pen(look.background)
    pen.ellipse((12, 22, 228, 238), _shade(look.background, 1.45))
    _hair_behind(pen, look)
    _body(pen, look)
    _head(pen, look)
    _features(pen, look)
    _hair_in_front(pen, look)
    if look.has_cap:
        _cap(pen, look)
    if look.has_glasses:
        _glasses(pen, look)
    return pen.image.resize(SIZE, Image.Resampling.LANCZOS)


def _hair_behind(pen: _Pen, look: _Look) -> None:
    wide = look.face_width
    match look.style:
        case "bob":
            pen.rounded((120 - wide - 13, 70, 120 + wide + 13, 186), 40, look.hair)
        case "ponytail":
            pen.ellipse((120 + wide - 16, 84, 120 + wide + 28, 214), look.hair)
            pen.ellipse((120 + wide - 14, 84, 120 + wide + 8, 112), look.trim)
        case "bun":
            if not look.has_cap:
                pen.ellipse((95, 24, 145, 72), look.hair)
        case "low_bun":
            pen.ellipse((120 - wide - 20, 136, 120 - wide + 22, 180), look.hair)
        case "side":
            pen.rounded((120 - wide - 11, 76, 120 + wide + 11, 170), 38, look.hair)
            pen.ellipse((120 - wide - 18, 140, 120 - wide + 16, 236), look.hair)
        case _:
            pass
    nape = 136 if look.style in MALE_STYLES else 160
    pen.ellipse((120 - wide - 9, 58, 120 + wide + 9, nape), look.hair)


def _body(pen: _Pen, look: _Look) -> None:
    shadow = _shade(look.uniform, 0.9)
    pen.rounded((28, 206, 212, 352), 58, look.uniform)
    pen.polygon(((76, 300), (84, 254), (88, 300)), shadow)
    pen.polygon(((164, 300), (156, 254), (152, 300)), shadow)
    pen.rounded((98, 160, 142, 232), 18, _shade(look.skin, 0.9))
    pen.polygon(((98, 206), (142, 206), (120, 244)), _shade(look.skin, 0.94))
    pen.polygon(((101, 200), (92, 208), (112, 248), (120, 240)), look.trim)
    pen.polygon(((139, 200), (148, 208), (128, 248), (120, 240)), look.trim)
    pen.line((120, 244), (120, 300), shadow, 2)
    pen.rounded((150, 254, 186, 276), 4, look.trim)
    pen.rounded((153, 257, 163, 273), 2, _shade(look.trim, 1.75))
    pen.line((167, 261), (182, 261), "#ffffff", 2)
    pen.line((167, 268), (178, 268), "#ffffff", 2)
    if look.is_head_nurse:
        pen.rounded((56, 254, 88, 258), 2, look.trim)
        pen.rounded((60, 244, 63, 264), 1.5, "#3b4a5a")


def _head(pen: _Pen, look: _Look) -> None:
    wide = look.face_width
    for side in (-1, 1):
        centre = 120 + side * wide
        pen.ellipse((centre - 8, 118, centre + 8, 144), _shade(look.skin, 0.93))
    pen.ellipse((120 - wide, 68, 120 + wide, 168), look.skin)
    pen.ellipse((120 - wide * 0.8, 104, 120 + wide * 0.8, 182), look.skin)


def _features(pen: _Pen, look: _Look) -> None:
    dark, eye = "#2b2321", look.eye_width
    for side in (-1, 1):
        x = 120 + side * 18
        pen.ellipse((x - eye, 123, x + eye, 137), dark)
        pen.ellipse((x - eye * 0.1, 125, x + eye * 0.6, 130), "#ffffff")
        pen.arc((x - 10, 108, x + 10, 126), (210, 330), _shade(look.hair, 1.15), 2.4)
        cheek = 120 + side * 27
        pen.ellipse((cheek - 8, 141, cheek + 8, 151), _blush(look.skin))
    pen.arc((115, 136, 125, 147), (40, 140), _shade(look.skin, 0.78), 2)
    mouth = look.smile
    pen.pie((120 - mouth, 148 - mouth * 0.6, 120 + mouth, 148 + mouth * 0.9), (15, 165), "#b8505a")
    pen.pie(
        (120 - mouth * 0.8, 149 - mouth * 0.5, 120 + mouth * 0.8, 148 + mouth * 0.55), (15, 165), "#ffffff"
    )


def _blush(skin: str) -> str:
    red, green, blue = (int(skin[i : i + 2], 16) for i in (1, 3, 5))
    return f"#{red:02x}{round(green * 0.88):02x}{round(blue * 0.9):02x}"


def _hair_in_front(pen: _Pen, look: _Look) -> None:
    wide = look.face_width
    if look.style in ("short", "crop"):
        pen.pie((120 - wide - 6, 54, 120 + wide + 6, 146), (188, 352), look.hair)
        top = 58 if look.style == "short" else 64
        pen.ellipse((120 - wide + 2, top - 10, 120 + wide - 2, top + 30), look.hair)
        return
    box = (120 - wide - 7, 56, 120 + wide + 7, 150)
    match look.fringe:
        case 0:
            pen.pie(box, (196, 344), look.hair)
        case 1:
            pen.pie((120 - wide - 7, 63, 120 + wide + 34, 146), (176, 282), look.hair)
            pen.pie((120 - wide - 6, 62, 120 + wide + 7, 142), (268, 366), look.hair)
        case _:
            pen.pie((120 - wide - 34, 63, 120 + wide + 7, 146), (258, 364), look.hair)
            pen.pie((120 - wide - 7, 62, 120 + wide + 6, 142), (174, 272), look.hair)
    for side in (-1, 1):
        x = 120 + side * (wide - 1)
        pen.ellipse((x - 6, 92, x + 6, 134), look.hair)


def _cap(pen: _Pen, look: _Look) -> None:
    pen.polygon(((74, 78), (84, 42), (120, 32), (156, 42), (166, 78), (120, 62)), "#e6ebf0")
    pen.polygon(((76, 75), (86, 45), (120, 36), (154, 45), (164, 75), (120, 59)), "#ffffff")
    if look.is_head_nurse:
        pen.line((80, 66), (120, 51), "#3d6ea8", 3.5)
        pen.line((120, 51), (160, 66), "#3d6ea8", 3.5)


def _glasses(pen: _Pen, look: _Look) -> None:
    frame = "#3a3f4a"
    for side in (-1, 1):
        x = 120 + side * 18
        pen.ring((x - 14, 117, x + 14, 143), frame, 2)
        pen.line((x + side * 14, 128), (120 + side * look.face_width, 124), frame, 2)
    pen.arc((114, 124, 126, 134), (190, 350), frame, 2)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=88, optimize=True)
    return out.getvalue()
