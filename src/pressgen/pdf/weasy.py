"""WeasyPrint, imported once and without its search for libraries, made faster, and what it complains of.

WeasyPrint asks for Pango by names that no Linux library file has; for each, `ctypes` starts `ldconfig` and `gcc`
before the true name is tried: a third of the whole import. Told that there is no such library, it goes on at once.
"""

from __future__ import annotations

import ctypes.util
import io
import logging
import os
import sys
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING, Any

from pressgen.errors import MachineLacks
from pressgen.pdf.speed import patches
from pressgen.pdf.weasy_import import declared, sparing

if TYPE_CHECKING:
    from collections.abc import Iterator

INSTALL = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def _nowhere(name: str) -> None:
    """No library has this name."""


@contextmanager
def _true_names_only() -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = _nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _import() -> Any:  # noqa: ANN401 - WeasyPrint has no types
    said = io.StringIO()
    try:
        with _true_names_only(), declared(), sparing(), redirect_stdout(said):
            import weasyprint  # noqa: PLC0415 - inside the guard
            from weasyprint.text.ffi import harfbuzz_subset  # noqa: PLC0415 - as above
    except (ImportError, OSError) as fault:
        raise MachineLacks(
            f"PDF needs Pango and HarfBuzz, which this machine lacks ({fault}); run: {INSTALL}"
        ) from None
    if harfbuzz_subset is None:
        raise MachineLacks(f"PDF needs HarfBuzz's subsetter, which this machine lacks; run: {INSTALL}")
    return weasyprint


weasyprint = _import()
stock = patches.put_in_place(os.environ)
"""The patches that are not in place, each with the source that is not the known one; see `patches.put_in_place`."""


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)


@contextmanager
def listening() -> Iterator[list[logging.LogRecord]]:
    """What WeasyPrint warns of meanwhile, for the caller alone: nothing of it reaches the terminal."""
    logger, ear = logging.getLogger("weasyprint"), _Ear()
    before = logger.level, logger.propagate, logger.disabled
    logger.setLevel(logging.WARNING)
    logger.propagate, logger.disabled = False, False
    logger.addHandler(ear)
    try:
        yield ear.heard
    finally:
        logger.removeHandler(ear)
        logger.setLevel(before[0])
        logger.propagate, logger.disabled = before[1:]
