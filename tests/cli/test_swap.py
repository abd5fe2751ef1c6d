"""`wardteam swap`: offered, accepted and approved from the command line, for people and for programs."""

import json

import pytest

from tests.services.swap_kit import HEAD, day, keep
from wardteam.storage.store import create_store


@pytest.fixture
def swap(run, tmp_path):
    """Run a command of swaps on the ward of six."""
    folder = tmp_path / "data"
    assert run("--folder", folder, "--lang", "en", "init").code == 0
    store = create_store(f"sqlite:///{folder / 'wardteam.sqlite3'}")
    keep(store)
    store.close()
    return lambda *given: run("--folder", folder, "--lang", "en", "swap", *given)


def test_a_swap_runs_from_ranking_to_approval(swap):
    first = day(0).isoformat()
    ranked = swap("partners", "W001", "--day", first, "--json")
    assert [one["partner"] for one in json.loads(ranked.out)["partners"]][:2] == ["W003", "W002"]
    shown = swap("partners", "W001", "--day", first)
    assert "same team" in shown.out
    assert "on call that day" in shown.out
    asked = f"{day(7).isoformat()}=STRAIGHT"
    step = json.loads(swap("offer", "--as", "W001", "--day", first, "--ask", asked, "--json").out)
    code = step["swap"]["code"]
    assert [one["partner"] for one in step["partners"]] == ["W002"]
    taken = swap("accept", code, "--as", "W002", "--take", day(7).isoformat())
    assert taken.code == 0
    assert "waits for the head nurse" in taken.out
    assert "evenings 1 → 2" in taken.out
    assert code in swap("list").out
    done = json.loads(swap("approve", code, "--as", HEAD, "--json").out)
    assert done["swap"]["state"] == "approved"
    assert done["effect"]["is_allowed"]
    assert {cell["staff_no"] for cell in done["effect"]["cells"]} == {"W001", "W002"}
    assert "There are no swap requests." in swap("list").out
    assert [one["state"] for one in json.loads(swap("list", "--all", "--json").out)["swaps"]] == ["approved"]


def test_refusing_and_withdrawing(swap):
    first = day(0).isoformat()
    swap("offer", "--as", "W001", "--day", first, "--to", "W002")
    assert swap("withdraw", "X26-0001", "--as", "W002").code == 4
    assert "withdrawn" in swap("withdraw", "X26-0001", "--as", "W001").out
    swap("offer", "--as", "W001", "--day", first, "--to", "W002")
    assert "refused" in swap("refuse", "X26-0002", "--as", "W002", "--reason", "no").out


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        (("partners", "W999", "--day", "2026-12-07"), 2, "W999"),
        (("offer", "--as", "W001", "--day", "2026-12-07", "--ask", "soon"), 2, "soon"),
        (("offer", "--as", "W001", "--day", "2026-12-07", "--ask", "2026-12-08=TEA"), 2, "EVENING"),
        (("offer", "--as", "W001", "--day", "2026-12-08"), 4, "has no duty"),
        (("approve", "X26-0009"), 3, "X26-0009"),
    ],
)
def test_a_wrong_call_is_told_in_words(swap, given, code, words):
    ended = swap(*given)
    assert ended.code == code
    assert words in ended.out + ended.err
