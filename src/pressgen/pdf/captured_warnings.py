"""Capture WeasyPrint's warnings for the caller who made the PDF.

WeasyPrint sends its warnings to one logger for the whole process. Its handlers, level and flags are shared by all
threads, so they are never changed. The logger hands each record to the context (PEP 567) in which it was made.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_heard: ContextVar[list[logging.LogRecord] | None] = ContextVar("heard", default=None)
_counted = threading.local()


class _ContextLogger(logging.Logger):
    """A logger that gives warnings to the context that captures them.

    Its level and flags do not matter.
    """

    def isEnabledFor(self, level: int) -> bool:  # noqa: N802 - as logging has it
        return (level >= logging.WARNING and _heard.get() is not None) or super().isEnabledFor(level)

    def handle(self, record: logging.LogRecord) -> None:
        _counted.number = count_warnings() + 1
        heard = _heard.get()
        if heard is None:
            super().handle(record)
        else:
            heard.append(record)


logging.getLogger("weasyprint").__class__ = _ContextLogger


@contextmanager
def capture_warnings() -> Iterator[list[logging.LogRecord]]:
    """Capture WeasyPrint's warnings in this context as a growing list.

    None of them reaches the terminal.
    """
    heard: list[logging.LogRecord] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def count_warnings() -> int:
    """Return the number of warnings in this thread so far."""
    number: int = getattr(_counted, "number", 0)
    return number
