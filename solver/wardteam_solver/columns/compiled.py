"""How the engine's inner loops are compiled: on the first call, and then kept for the next process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, ParamSpec, TypeVar

import numba
from numba.core.caching import FunctionCache, IndexDataCacheFile

Given = ParamSpec("Given")
Gives = TypeVar("Gives")


def compiled(function: Callable[Given, Gives]) -> Callable[Given, Gives]:
    """Compile a function that Python calls; it runs beside other threads."""
    return _fast(function, {})


def inner(function: Callable[Given, Gives]) -> Callable[Given, Gives]:
    """Compile a function that only compiled ones call."""
    return _fast(function, {"no_cpython_wrapper": True, "no_cfunc_wrapper": True})


def _fast(
    function: Callable[Given, Gives], options: dict[str, Any]
) -> Callable[Given, Gives]:  # numba's mixture
    """Keep machine code beside the source or in the user's cache; do without if neither can be written."""
    fast = numba.njit(nogil=True, error_model="numpy", **options)(function)
    with suppress(RuntimeError):
        fast._cache = _Kept(function)
    made: Callable[Given, Gives] = fast
    return made


class _Kept(FunctionCache):
    """Machine code on disk that is made anew once any compiled source of its folder has changed.

    By itself numba looks at a function's own file only, and would go on running what other files once held.
    A full disk or a file cut off by a power failure costs the time of compiling, and nothing else.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        super().__init__(function)  # type: ignore[no-untyped-call]  # untyped in numba
        sources = _fingerprint(Path(function.__code__.co_filename).parent)
        stamp = (self._impl.locator.get_source_stamp(), sources)
        base = self._impl.filename_base
        self._cache_file = IndexDataCacheFile(self.cache_path, base, stamp)  # type: ignore[no-untyped-call]  # untyped in numba

    def load_overload(self, sig: object, target_context: object) -> object:
        """Give what was kept for a signature; None where there is nothing that can be read."""
        try:
            return super().load_overload(sig, target_context)  # type: ignore[no-untyped-call]  # untyped in numba
        except (OSError, EOFError, UnpicklingError):
            with suppress(OSError):
                self.flush()  # type: ignore[no-untyped-call]  # untyped in numba
            return None

    def save_overload(self, sig: object, data: object) -> None:
        """Keep what was compiled for a signature."""
        with suppress(OSError):
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]  # untyped in numba


@cache
def _fingerprint(folder: Path) -> bytes:
    """Give what changes with any source of a folder that is compiled; constants come from no others."""
    found = sha256()
    for path in sorted(folder.glob("*.py")):
        source = path.read_bytes()
        if f"{__name__} import".encode() in source:
            found.update(source)
    return found.digest()
