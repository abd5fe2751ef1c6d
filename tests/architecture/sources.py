"""The project's own files as the architecture tests read them: parsed sources, sentences, catalogues."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import click
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2]
PACKAGES = (
    ROOT / "wardteam",
    ROOT / "solver" / "wardteam_solver",
    ROOT / "reports" / "wardteam_reports",
    ROOT / "web" / "wardteam_web",
)
CATALOGUES = ROOT / "wardteam" / "locale" / "zh_CN"
SPEAKERS = frozenset({"Message", "say", "t", "line", "heading", "good", "warn", "table", "step"})
"""What puts sentences into words: the message, how translators are called, and what the screen shows."""


@dataclass(frozen=True)
class Sentence:
    """A sentence for people where it stands in a source; `fields` is None where they aren't literal."""

    text: str
    place: str
    fields: frozenset[str] | None = field(default=None, compare=False)


def python_files(*folders: Path) -> list[Path]:
    return sorted(
        path for folder in folders for path in folder.rglob("*.py") if "__pycache__" not in path.parts
    )


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


@cache
def sentences() -> tuple[Sentence, ...]:
    """Give every sentence that code or a template hands to a message or a translator."""
    in_code = [s for path in python_files(*PACKAGES) for s in _sentences_in(path)]
    in_templates = [s for path in templates() for s in _template_sentences(path)]
    return (*in_code, *in_templates)


@cache
def written_texts() -> frozenset[str]:
    """Give every text constant of the code and the templates."""
    found: set[str] = set()
    for path in python_files(*PACKAGES):
        constants = (n.value for n in ast.walk(parsed(path)) if isinstance(n, ast.Constant))
        found |= {value for value in constants if isinstance(value, str)}
    for path in templates():
        tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        found |= {node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}
    return frozenset(found)


@cache
def texts_of_click() -> frozenset[str]:
    """Give the text constants of the command-line library, whose own sentences are translated too."""
    files = python_files(Path(click.__file__).parent)
    constants = (node for path in files for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant))
    return frozenset(node.value for node in constants if isinstance(node.value, str))


def templates() -> list[Path]:
    return sorted(path for package in PACKAGES for path in package.rglob("templates/**/*.html"))


@cache
def translations() -> dict[str, tuple[str, str]]:
    """Give the Chinese and its file for every English sentence of the rooms' catalogues."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as source:
            catalogue = read_po(source, locale="zh_CN")
        found |= {m.id: (str(m.string), path.name) for m in catalogue if isinstance(m.id, str) and m.id}
    return found


def _sentences_in(path: Path) -> Iterator[Sentence]:
    tree = parsed(path)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    everywhere = _assigned(node for node in tree.body if node not in functions)
    patterns = _patterns(tree)
    for scope in [tree, *functions]:
        known = everywhere | (_assigned(ast.walk(scope)) if scope in functions else {})
        for call in (n for n in ast.walk(scope) if isinstance(n, ast.Call) and _speaks(n)):
            fields = None if call in patterns else _literal_fields(call)
            for text in _texts(call.args[0], known):
                yield Sentence(text, place(path, call.lineno), fields)


def _patterns(tree: ast.Module) -> list[ast.expr]:
    """Give the messages that are only patterns: bound to a name whose `.text` is filled later."""
    filled = {
        node.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "text" and isinstance(node.value, ast.Name)
    }
    bound = (node for node in tree.body if isinstance(node, ast.Assign))
    return [n.value for n in bound if isinstance(n.targets[0], ast.Name) and n.targets[0].id in filled]


def _speaks(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in SPEAKERS and bool(call.args)


def _assigned(scope: Iterable[ast.AST]) -> dict[str, list[str]]:
    """Give the texts that names of a scope are bound to."""
    found: dict[str, list[str]] = {}
    for node in scope:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).extend(_texts(node.value, {}))
    return found


def _texts(node: ast.expr, known: dict[str, list[str]]) -> list[str]:
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=other):
            return _texts(body, known) + _texts(other, known)
        case ast.Name(id=name):
            return known.get(name, [])
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return [text for item in items for text in _texts(item, known)]
        case _:
            return []


def _literal_fields(call: ast.Call) -> frozenset[str] | None:
    if any(keyword.arg is None for keyword in call.keywords) or len(call.args) > 1:
        return None
    if not isinstance(call.args[0], ast.Constant):
        return None
    return frozenset(keyword.arg for keyword in call.keywords if keyword.arg)


def _template_sentences(path: Path) -> Iterator[Sentence]:
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t" and call.args:
            for constant in _template_texts(call.args[0]):
                fields = None if call.dyn_kwargs else frozenset(k.key for k in call.kwargs)
                yield Sentence(constant, place(path, call.lineno), fields)


def _template_texts(node: nodes.Expr) -> list[str]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, nodes.CondExpr):
        other = _template_texts(node.expr2) if node.expr2 is not None else []
        return _template_texts(node.expr1) + other
    return []
