"""Every sentence for people has its Chinese, with the same fields, in the compiled catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.architecture.sources import (
    CATALOGUES,
    placeholders,
    sentences,
    texts_of_click,
    translations,
    written_texts,
)
from wardteam.domain.labels import LABELS
from wardteam.i18n import compile_catalogue
from wardteam_solver.rules import WARD_RULES


def needs_words(text: str) -> bool:
    """Whether anything but fields, digits and signs stands in a text."""
    for name in placeholders(text):
        text = text.replace(f"{{{name}}}", "")
    return any(character.isalpha() for character in text)


def test_every_sentence_in_code_and_templates_has_its_chinese() -> None:
    known = translations()
    missing = {f"{s.place}: {s.text}" for s in sentences() if needs_words(s.text) and s.text not in known}
    assert not missing, "\n".join(sorted(missing))


def test_every_label_and_every_rule_has_its_chinese() -> None:
    known = translations()
    of_rules = {text for rule in WARD_RULES for text in (rule.title, rule.words, rule.source)}
    assert not sorted((of_rules | set(LABELS.values())) - known.keys())


def test_no_translation_is_left_of_a_sentence_that_nobody_says() -> None:
    said = written_texts() | texts_of_click() | set(LABELS.values())
    stale = sorted(f"{file}: {text}" for text, (_, file) in translations().items() if text not in said)
    assert not stale, "\n".join(stale)


def test_no_translation_is_empty() -> None:
    assert not [text for text, (chinese, _) in translations().items() if not chinese.strip()]


@pytest.mark.parametrize("text", sorted(t for t in translations() if placeholders(t)))
def test_both_languages_have_the_same_fields(text: str) -> None:
    chinese, _ = translations()[text]
    assert placeholders(chinese) == placeholders(text)


def test_every_sentence_is_given_exactly_its_fields() -> None:
    wrong = {
        f"{s.place}: {s.text}"
        for s in sentences()
        if s.fields is not None and s.fields != placeholders(s.text)
    }
    assert not wrong, "\n".join(sorted(wrong))


def test_the_compiled_catalogue_is_current(tmp_path: Path) -> None:
    shutil.copytree(CATALOGUES, tmp_path / "zh_CN", ignore=shutil.ignore_patterns("*.mo"))
    fresh = compile_catalogue(tmp_path)
    kept = CATALOGUES / "LC_MESSAGES" / "wardteam.mo"
    assert fresh.read_bytes() == kept.read_bytes(), "compile it: python -m wardteam.i18n"
