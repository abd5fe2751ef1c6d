"""Who may use whom: import-linter's contracts hold, and no room stands outside them."""

from __future__ import annotations

import ast
import configparser
import re
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.architecture.sources import PACKAGES, ROOT, parsed, python_files

CONTRACTS = configparser.ConfigParser()
CONTRACTS.read(ROOT / ".importlinter", encoding="utf-8")


def test_every_contract_between_the_rooms_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_every_room_stands_in_a_layer() -> None:
    named = set(re.findall(r"[\w.]+", CONTRACTS["importlinter:contract:layers"]["layers"]))
    core, *others = PACKAGES
    rooms = {f"wardteam.{path.stem}" for path in core.iterdir() if _is_room(path)}
    assert rooms | {path.name for path in others} == named


def test_every_rule_is_kept_apart_from_the_others() -> None:
    named = set(CONTRACTS["importlinter:contract:rules"]["modules"].split())
    folder = ROOT / "solver" / "wardteam_solver" / "rules"
    shared = {"__init__", "base", "terms", "ward"}
    assert named == {f"wardteam_solver.rules.{p.stem}" for p in folder.glob("*.py") if p.stem not in shared}


@pytest.mark.parametrize("path", python_files(ROOT / "wardteam" / "domain"), ids=lambda path: path.stem)
def test_the_domain_needs_only_the_standard_library(path: Path) -> None:
    for module in _imported(parsed(path)):
        is_own = module.startswith("wardteam.domain") or module == "wardteam.errors"
        assert is_own or module.split(".")[0] in sys.stdlib_module_names, module


def _is_room(path: Path) -> bool:
    is_package = (path / "__init__.py").exists()
    return is_package or (path.suffix == ".py" and path.stem != "__init__")


def _imported(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found
