"""What WeasyPrint complains of, heard by whoever set the PDF and by nobody else.

WeasyPrint tells its complaints to one logger for the whole process. Its handlers, level and flags are shared by all
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


class _Logger(logging.Logger):
    """A logger that gives warnings and errors to the context that listens, whatever its level and its flags are."""

    def isEnabledFor(self, level: int) -> bool:  # noqa: N802 - as logging has it
        return (level >= logging.WARNING and _heard.get() is not None) or super().isEnabledFor(level)

    def handle(self, record: logging.LogRecord) -> None:
        _counted.number = count_complaints() + 1
        heard = _heard.get()
        if heard is None:
            super().handle(record)
        else:
            heard.append(record)


logging.getLogger("weasyprint").__class__ = _Logger


@contextmanager
def listening() -> Iterator[list[logging.LogRecord]]:
    """The complaints made in this context meanwhile: a list that grows. Nothing of them reaches the terminal."""
    heard: list[logging.LogRecord] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def count_complaints() -> int:
    """How many complaints were made in this thread so far."""
    number: int = getattr(_counted, "number", 0)
    return number
