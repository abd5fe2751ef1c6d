"""Machine code kept between processes: where, until when, and that its absence harms nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

INNER = """
from wardteam_solver.columns.compiled import inner

@inner
def more(value):
    return value + {step}
"""
OUTER = """
from wardteam_solver.columns.compiled import compiled
from inner_part import more

@compiled
def twice(value):
    return more(more(value))

print(twice(40), sum(twice.stats.cache_hits.values()))
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Give a folder of two compiled sources in which no cache can be made, as in a read-only installation."""
    folder = tmp_path / "room"
    folder.mkdir()
    (folder / "__pycache__").write_text("a file in the way")
    (folder / "inner_part.py").write_text(INNER.format(step=1))
    (folder / "outer_part.py").write_text(OUTER)
    return folder


def run(room: Path, cache: Path) -> str:
    """Run the outer source in a process of its own; give what it printed: its result, and what was kept."""
    path = os.pathsep.join([str(room), *filter(None, sys.path)])
    places = {"HOME": str(cache), "XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache)}
    environment = {**os.environ, **places, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("NUMBA_CACHE_DIR", None)
    program = [sys.executable, "-W", "default", "-c", "import outer_part"]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_machine_code_is_kept_in_the_users_cache_until_a_source_of_the_folder_changes(room: Path) -> None:
    cache = room.parent / "cache"
    assert run(room, cache) == "42 0"
    assert run(room, cache) == "42 1"
    (room / "inner_part.py").write_text(INNER.format(step=5))
    assert run(room, cache) == "50 0"
    assert run(room, cache) == "50 1"


@pytest.mark.parametrize("kind", ["*.nbi", "*.nbc"])
def test_a_kept_file_that_was_cut_off_is_made_anew(room: Path, kind: str) -> None:
    cache = room.parent / "cache"
    run(room, cache)
    for path in cache.rglob(kind):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert run(room, cache) == "42 0"
    assert run(room, cache) == "42 1"


def test_where_nothing_can_be_kept_it_works_all_the_same(room: Path) -> None:
    nowhere = room / "inner_part.py" / "cache"
    assert run(room, nowhere) == run(room, nowhere) == "42 0"
