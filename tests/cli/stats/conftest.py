"""Asking `wardteam stats` for an answer in JSON, and writing the table it is asked of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command_line import Run


@pytest.fixture
def ask(run: Run):
    """Ask for an answer in JSON; refusals fail the test."""

    def ask_here(*arguments: object) -> dict:
        ended = run("--lang", "en", "stats", *arguments, "--json")
        assert ended.code == 0, ended.err + ended.out
        assert "NaN" not in ended.out
        assert "Infinity" not in ended.out
        return json.loads(ended.out)

    return ask_here


@pytest.fixture
def write(tmp_path: Path):
    """Write a table of rows under headings and give its path."""

    def write_here(headings: str, *rows: object) -> Path:
        path = tmp_path / "figures.csv"
        lines = [",".join(map(str, row)) if isinstance(row, tuple) else str(row) for row in rows]
        path.write_text("\n".join([headings, *lines]) + "\n", encoding="utf-8")
        return path

    return write_here
