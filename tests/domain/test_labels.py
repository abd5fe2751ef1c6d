"""Labels of values that share their text with another kind."""

from __future__ import annotations

from enum import Enum

import pytest

from wardteam.domain.beds import HolderKind
from wardteam.domain.people import Level
from wardteam.domain.shifts import LeaveKind, Post
from wardteam.domain.teams import Role
from wardteam.i18n import translator


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        (HolderKind.LEADER, "组长代管", "covered by the leader"),
        (Role.LEADER, "组长", "team leader"),
        (Post.LEADER, "组长岗", "leader's post"),
        (LeaveKind.OFF, "休息", "day off"),
        (Level.N2, "N2", "N2"),
    ],
)
def test_values_of_two_kinds_with_the_same_text_keep_their_own_label(
    value: Enum, chinese: str, english: str
) -> None:
    assert translator("zh")(value) == chinese
    assert translator("en")(value) == english
