"""Checks before filters and methods that can give very long results."""

from __future__ import annotations

import re
from collections.abc import Callable, Sized
from typing import Any

from pressgen.sandbox.budget import LONGEST_TEXT, TemplateBudgetExceededError

WIDEST = 1000
"""The most columns for centring or indenting."""
WIDE = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(?:\d{4,}|\*|\d*\.(?:\d{4,}|\*))")
"""A width or a number of decimal places that no text has, or a width given by a value (Python's printf-style
formatting)."""


def refuse_longer(size: int) -> None:
    """Refuse a value of too many characters or entries.

    Raises:
        TemplateBudgetExceededError: it is too long.
    """
    if size > LONGEST_TEXT:
        raise TemplateBudgetExceededError(f"this makes a value of more than {LONGEST_TEXT:,} characters or entries")


def _refuse_wider(_: object, width: Any = 0, *__: object, **named: Any) -> None:
    """Refuse a width that no text has.

    A width is a number of columns or decimal places.
    """
    for each in (width, *named.values()):
        if isinstance(each, int) and each > WIDEST:
            raise TemplateBudgetExceededError(f"{each:,} is wider than any text; the limit is {WIDEST:,}")


def _refuse_long_indent(text: object, width: Any = 4, *more: object, **named: Any) -> None:
    _refuse_wider(text, width, *more, **named)
    wide = named.get("width", width)
    refuse_longer(len(str(text).splitlines()) * (wide if isinstance(wide, int) else len(str(wide))))


def _refuse_long_wrap(text: object, *given: object, **named: object) -> None:
    signs = [len(str(each)) for each in (*given, *named.values())]
    refuse_longer(len(str(text)) * max(signs, default=1))


def _refuse_long_replacement(text: object, *given: object, **named: object) -> None:
    signs = [str(each) for each in (*given[:2], *named.values())]
    times = max((str(text).count(each) for each in signs), default=0)
    refuse_longer(len(str(text)) + times * max(map(len, signs), default=0))


def _refuse_long_join(*given: Any, **named: Any) -> None:
    """Refuse to join many values by a long text.

    The text and the values come first, in either order, for a method or a filter.
    """
    sizes = [len(each) if isinstance(each, Sized) else 1 for each in (*given[:2], *named.values())]
    refuse_longer(max(sizes, default=1) * (min(sizes) if len(sizes) > 1 else 1))


def _refuse_wide_format(pattern: object, *_: object, **__: object) -> None:
    if WIDE.search(str(pattern)):
        raise TemplateBudgetExceededError(f"this sets a text wider than {WIDEST:,} characters")


BEFORE: dict[str, Callable[..., None]] = {
    "batch": _refuse_wider, "center": _refuse_wider, "format": _refuse_wide_format, "indent": _refuse_long_indent,
    "join": _refuse_long_join, "replace": _refuse_long_replacement, "round": _refuse_wider, "slice": _refuse_wider,
    "wordwrap": _refuse_long_wrap,
}  # fmt: skip
"""The checks of arguments, by the names of filters and methods."""
