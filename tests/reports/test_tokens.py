from __future__ import annotations

import pytest

from wardteam_reports.tokens import tokens


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["colour", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "ground"), ("ink", "surface"), ("ink", "weekend"), ("ink", "holiday"), ("muted", "ground"),
        ("muted", "surface"), ("muted", "weekend"), ("accent", "ground"), ("accent_deep", "accent_soft"),
        ("on_accent", "accent"), ("good", "good_soft"), ("warn", "warn_soft"), ("bad", "bad_soft"),
        ("wish", "ground"), ("bad", "ground"),
    ],
)  # fmt: skip
def test_text_stands_out_from_its_ground(scheme: str, ink: str, ground: str) -> None:
    colours = getattr(tokens(), scheme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


def test_light_and_dark_name_the_same_colours() -> None:
    assert tokens().colour.keys() == tokens().dark.keys()


@pytest.mark.parametrize("number", range(1, 8))
def test_team_colours_carry_white_text_and_stand_on_their_tint(number: int) -> None:
    colour = tokens().team_colour(number)
    assert contrast(colour, "#ffffff") >= 4.5
    assert contrast(colour, tokens().team_tint(number)) >= 4.5


def test_team_colours_begin_again_after_the_last() -> None:
    assert tokens().team_colour(8) == tokens().team_colour(1)
