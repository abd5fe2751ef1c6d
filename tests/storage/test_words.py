from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import wardteam

ROOT = Path(wardteam.__file__).parent
FILES = [path for room in ("storage", "jobs") for path in sorted((ROOT / room).glob("*.py"))]
with (ROOT / "locale" / "zh_CN" / "storage.po").open("rb") as source:
    CHINESE = {message.id: message.string for message in read_po(source, locale="zh_CN") if message.id}


def sentences(path: Path) -> set[str]:
    """Give the sentences of every message of a file, written in place or in a variable before it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "Message")
    firsts = [call.args[0] for call in calls if call.args]
    names = {first.id for first in firsts if isinstance(first, ast.Name)}
    assigned = (
        n for n in ast.walk(tree) if isinstance(n, ast.Assign) and n.targets[0].__dict__.get("id") in names
    )
    values = [*firsts, *(node.value for node in assigned)]
    return {v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_sentence_has_its_chinese_with_the_same_fields(path: Path) -> None:
    for sentence in sentences(path):
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(t) if name}
            for t in (sentence, CHINESE[sentence])
        ]
        assert fields[0] == fields[1]


def test_no_chinese_sentence_has_lost_its_english() -> None:
    assert set(CHINESE) == set().union(*(sentences(path) for path in FILES))
