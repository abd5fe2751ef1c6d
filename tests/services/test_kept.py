"""What is costly is made once a key, and the longest unasked goes first."""

from __future__ import annotations

from wardteam.services.kept import Kept


def test_a_thing_is_made_once_and_the_longest_unasked_goes_first() -> None:
    kept: Kept[str] = Kept(2)
    made: list[str] = []

    def make(name: str) -> str:
        return kept.get(name, lambda: made.append(name) or name)

    for name in ("a", "b", "a", "c"):
        assert make(name) == name
    assert made == ["a", "b", "c"]
    assert [kept.has(name) for name in "abc"] == [True, False, True]
    make("b")
    assert made == ["a", "b", "c", "b"]


def test_what_could_not_be_made_is_not_kept() -> None:
    kept: Kept[int] = Kept(1)
    try:
        kept.get("a", lambda: int("x"))
    except ValueError:
        assert not kept.has("a")
    assert kept.get("a", lambda: 1) == 1
