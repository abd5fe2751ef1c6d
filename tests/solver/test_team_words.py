"""Every sentence of teams, beds and cover stands in the catalogue in both languages."""

import ast
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import wardteam_solver
from wardteam import i18n

SOLVER = Path(wardteam_solver.__file__).parent
SERVICES = Path(i18n.__file__).parent / "services"
SOURCES = sorted(
    [p for room in ("teams", "beds", "cover") for p in (SOLVER / room).glob("*.py")]
    + [SERVICES / f"{room}.py" for room in ("teams", "beds", "cover")]
)


def sentences() -> set[str]:
    """Find the English sentences: the texts in the sources that messages are made of."""
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message":
                if isinstance(node.args[0], ast.Constant):
                    found.add(node.args[0].value)
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "text":
                found.add(node.value.value)
    return found


def catalogue() -> dict[str, str]:
    with (i18n.LOCALE_FOLDER / "zh_CN" / "teams.po").open("rb") as source:
        return {m.id: m.string for m in read_po(source, locale="zh_CN") if m.id}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_sentence_has_its_chinese_and_none_is_left_over():
    assert sentences() == set(catalogue())


@pytest.mark.parametrize(("english", "chinese"), sorted(catalogue().items()))
def test_both_languages_name_the_same_fields(english, chinese):
    assert chinese
    assert fields(english) == fields(chinese)
