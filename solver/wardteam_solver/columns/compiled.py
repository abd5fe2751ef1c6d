"""How the engine's inner loops are compiled: on the first call, and then kept for the next process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import numba

Given = ParamSpec("Given")
Gives = TypeVar("Gives")


def compiled(function: Callable[Given, Gives]) -> Callable[Given, Gives]:
    """Compile a function that Python calls; it runs beside other threads."""
    return _kept(function, {})


def inner(function: Callable[Given, Gives]) -> Callable[Given, Gives]:
    """Compile a function that only compiled ones call."""
    return _kept(function, {"no_cpython_wrapper": True, "no_cfunc_wrapper": True})


def _kept(
    function: Callable[Given, Gives], options: dict[str, Any]
) -> Callable[Given, Gives]:  # numba's mixture
    """Keep the machine code beside the source or in the user's cache; else do without."""
    options = {"nogil": True, "error_model": "numpy", **options}
    try:
        fast: Callable[Given, Gives] = numba.njit(cache=True, **options)(function)
    except RuntimeError:
        fast = numba.njit(**options)(function)
    return fast
