"""Every package that the sources import is declared, and every declared one is imported."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
OWN = {"wardteam", "wardteam_solver", "wardteam_reports", "wardteam_web", "tests"}
ROOMS = ("wardteam", "solver", "reports", "web")
OPTIONAL = {"psycopg", "redis"}
"""Named by their own extras, since they are only needed with PostgreSQL or Redis."""
RUN = {"tzdata", "pytest-cov", "pytest-xdist", "ruff", "mypy"}
"""Data and programs, which nothing imports."""
ONLY_TYPES = {"_typeshed"}
BUILDS_THE_FONTS = ROOT / "reports" / "make_fonts.py"


def declared(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    names = {re.split(r"[\[<>=~! ]", line, maxsplit=1)[0] for line in lines}
    return {normal(name) for name in names} - {"wardteam"}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*folders: str) -> set[str]:
    """Give the distributions that are imported below these folders, by their normal names."""
    modules = {
        name.split(".")[0]
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path != BUILDS_THE_FONTS
        for name in names_in(ast.parse(path.read_text(encoding="utf-8")))
    }
    others = modules - OWN - ONLY_TYPES - set(sys.stdlib_module_names)
    known = packages_distributions()
    return {normal(known[module][0]) if module in known else module for module in others}


def names_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield str(node.module)


def test_the_product_imports_what_is_declared_and_nothing_else() -> None:
    assert imported(*ROOMS) - OPTIONAL == declared() - RUN


def test_the_tests_import_only_what_is_declared_for_development() -> None:
    every = declared("postgresql", "redis", "dev")
    assert imported("tests") - every == set()
    assert every - imported(*ROOMS, "tests") == RUN
