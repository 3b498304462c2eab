"""How much a template may still do: counted before the work is done."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2.utils import Namespace

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_STEPS = 300_000
"""Passes through loops, calls, filters, and values that they go through; a long release takes three thousand."""
MOST_CHARACTERS = 20_000_000
"""Characters that are made on the way; a long release has a hundred thousand."""
LONGEST_TEXT = 500_000
"""Characters of one text, or entries of one list, that a template makes."""
MOST_BITS = 4096
"""Size of a number; more could not be printed."""


class TooMuchWork(Exception):
    """A template asks for more than any release needs; the message says of what."""


@dataclass(slots=True)
class Budget:
    """What a template may still do."""

    steps: int = MOST_STEPS
    characters: int = MOST_CHARACTERS

    def spend(self, steps: int = 1, characters: int = 0) -> None:
        """Count work that is about to be done.

        Raises:
            TooMuchWork: there is no more budget for it.
        """
        self.steps -= steps
        self.characters -= characters
        if self.steps < 0:
            raise TooMuchWork(f"this takes more than {MOST_STEPS:,} steps, which no release needs; loop over less")
        if self.characters < 0:
            raise TooMuchWork(f"this makes more than {MOST_CHARACTERS:,} characters, which no release has")


BUDGET: ContextVar[Budget] = ContextVar("budget")


@contextmanager
def work_within(budget: Budget) -> Iterator[None]:
    """Have every template that is filled inside spend of `budget`."""
    token = BUDGET.set(budget)
    try:
        yield
    finally:
        BUDGET.reset(token)


def spend(steps: int = 1, characters: int = 0) -> None:
    """Count work on the budget of the template that is being filled; of none while one is compiled.

    Raises:
        TooMuchWork: there is no more budget for it.
    """
    if budget := BUDGET.get(None):
        budget.spend(steps, characters)


def bounded(value: Any) -> Any:  # noqa: ANN401 - any value of a template
    """A value that a template has made, counted, with its parts.

    Raises:
        TooMuchWork: it is larger than a release needs.
    """
    size = size_of(value)
    if size > LONGEST_TEXT:
        raise TooMuchWork(f"this makes a value of more than {LONGEST_TEXT:,} characters or entries")
    spend(1, size)
    return value


def size_of(value: object) -> int:
    """Count the characters and entries of a value, to the bound and not beyond.

    A number that is too large to be printed counts as a text that is too long.
    """
    waiting, size = [value], 0
    while waiting and size <= LONGEST_TEXT:
        match waiting.pop():
            case str() as text:
                size += 1 + len(text)
            case bool():
                size += 1
            case int() as number if number.bit_length() > MOST_BITS:
                size += LONGEST_TEXT
            case list() | tuple() as entries:
                size += 1 + len(entries)
                waiting += entries[:LONGEST_TEXT]
            case dict() as entries:
                size += 1 + len(entries)
                waiting += [*entries.keys(), *entries.values()]
            case Namespace() if size:
                raise TooMuchWork("a namespace cannot stand in a list")
            case _:
                size += 1
    return size
