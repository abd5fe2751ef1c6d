"""`wardteam repair`: ways shown, one applied, and bad input refused in words."""

import json

import pytest

from tests.services.swap_kit import day, keep
from tests.services.test_repair import short_ward
from wardteam.storage.store import create_store

OFF = f"W001:{day(0).isoformat()}"
NOBODY_NEEDED = f"W001:{day(8).isoformat()}"


@pytest.fixture
def repair(run, tmp_path):
    """Run the command on the ward of six; nothing of it depends on today."""
    folder = tmp_path / "data"
    assert run("--folder", folder, "--lang", "en", "init").code == 0
    store = create_store(f"sqlite:///{folder / 'wardteam.sqlite3'}")
    keep(store, short_ward())
    store.close()
    return lambda *given: run("--folder", folder, "--lang", "en", "repair", "--unfreeze", *given)


def test_ways_are_shown_and_one_is_applied(repair):
    shown = repair("--absent", OFF)
    assert shown.code == 0
    assert "proven to leave the least shortage" in shown.out
    assert "Borrow from another ward" in shown.out
    told = json.loads(repair("--absent", OFF, "--json").out)
    assert told["is_proven"]
    assert [option["number"] for option in told["options"]] == list(range(1, len(told["options"]) + 1))
    assert repair("--absent", OFF, "--apply", "1", "--reason", "flu").code == 0
    again = json.loads(repair("--absent", OFF, "--json").out)
    assert not again["options"][0]["steps"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--absent", "W999"), "no such nurse"),
        (("--absent", "W001:soon"), "A date such as"),
        (("--surge", "tomorrow"), "A surge such as"),
        (("--surge", "2026-12-07:TEA:+1"), "One of these shifts"),
        ((), "was expected"),
        (("--absent", OFF, "--apply", "1"), "needs a reason"),
        (("--absent", NOBODY_NEEDED, "--apply", "5", "--reason", "flu"), "There are only"),
    ],
)
def test_bad_input_is_refused_in_words(repair, given, said):
    ended = repair(*given)
    assert ended.code == 2
    assert said in ended.err
