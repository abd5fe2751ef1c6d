"""Habits of the code: files and functions of a size to read, and nothing of anybody's machine in them."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, ROOT, parsed, place, python_files

LONGEST_FILE = 350
LONGEST_FUNCTION = 45
FOLDERS = ("wardteam", "solver", "reports", "web", "tests", "docs")
TEXT_ENDINGS = frozenset(
    [
        ".py",
        ".md",
        ".po",
        ".toml",
        ".html",
        ".css",
        ".js",
        ".typ",
        ".json",
        ".txt",
        ".sh",
        ".ini",
        ".yaml",
        ".cfg",
        ".mako",
    ]
)

# Split, so that this file doesn't hold what it looks for.
UNWANTED = {
    "a path of somebody's machine": r"(?<![\w.])/(?:wo" r"rk|ro" r"ot|ho" r"me|Us" r"ers)/\w",
    "a package index": r"py" r"pi\.org|python" r"hosted|npm" r"js\.(?:org|com)|tuna\.tsing" r"hua|mirrors\.",
    "work left undone": r"\b(?:TO" r"DO|FIX" r"ME)\b|# *XX" r"X\b",
}


@cache
def kept_files() -> tuple[Path, ...]:
    """Give the text files that are kept in the repository, or all of a copy without one."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, check=False
    ).stdout.decode("utf-8")
    if listed:
        paths = [ROOT / name for name in listed.split("\0") if name]
    else:
        paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    return tuple(
        p for p in paths if p.is_file() and (p.suffix in TEXT_ENDINGS or p.name in {"run", ".importlinter"})
    )


def test_no_file_is_too_long_to_be_one_room() -> None:
    files = python_files(*PACKAGES, ROOT / "tests")
    sizes = {place(path, 1): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert not {file: lines for file, lines in sizes.items() if lines > LONGEST_FILE}


def test_no_function_is_too_long_to_be_one_thought() -> None:
    long = {}
    for path in python_files(*PACKAGES, ROOT / "tests"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                lines = node.end_lineno - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[place(path, node.lineno)] = lines
    assert not long


@pytest.mark.parametrize("what", UNWANTED)
def test_nothing_unwanted_is_written_anywhere(what: str) -> None:
    found = []
    for path in kept_files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if re.search(UNWANTED[what], line):
                found.append(f"{place(path, number)}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_the_search_for_unwanted_words_finds_them() -> None:
    samples = ("/" + "work/main", "# TO" + "DO later", "https://py" + "pi.org/simple")
    for sample in samples:
        assert any(re.search(pattern, sample) for pattern in UNWANTED.values()), sample


def test_the_code_is_searched_at_all() -> None:
    assert len(kept_files()) > len(python_files(*PACKAGES))
