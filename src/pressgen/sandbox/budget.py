"""The remaining work of a template, counted before it is done."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2.utils import Namespace

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_STEPS = 300_000
"""The most passes through loops, calls, filters, and values in them; a long release takes three thousand."""
MOST_CHARACTERS = 20_000_000
"""The most characters in all intermediate texts; a long release has a hundred thousand."""
LONGEST_TEXT = 500_000
"""The most characters of one text, or entries of one list, that a template makes."""
MOST_BITS = 4096
"""The most bits of a number; more could not be printed."""


class TemplateBudgetExceededError(Exception):
    """A template that asks for too much work.

    The message says what it asks for.
    """


@dataclass(slots=True)
class TemplateBudget:
    """The steps and characters that a template may still use."""

    steps: int = MOST_STEPS
    characters: int = MOST_CHARACTERS

    def spend(self, steps: int = 1, characters: int = 0) -> None:
        """Count work that is about to be done.

        Raises:
            TemplateBudgetExceededError: the budget is used up.
        """
        self.steps -= steps
        self.characters -= characters
        if self.steps < 0:
            raise TemplateBudgetExceededError(
                f"this takes more than {MOST_STEPS:,} steps, more than any release needs; use fewer loops"
            )
        if self.characters < 0:
            raise TemplateBudgetExceededError(
                f"this makes more than {MOST_CHARACTERS:,} characters, more than any release has"
            )


BUDGET: ContextVar[TemplateBudget] = ContextVar("budget")


@contextmanager
def use_budget(budget: TemplateBudget) -> Iterator[None]:
    """Charge every template filled in this block to a budget."""
    token = BUDGET.set(budget)
    try:
        yield
    finally:
        BUDGET.reset(token)


def charge_budget(steps: int = 1, characters: int = 0) -> None:
    """Charge work to the budget of the current template.

    Nothing is charged while a template is compiled.

    Raises:
        TemplateBudgetExceededError: the budget is used up.
    """
    if budget := BUDGET.get(None):
        budget.spend(steps, characters)


def limit_value(value: Any) -> Any:
    """Charge a template's value to the budget, and return it.

    Raises:
        TemplateBudgetExceededError: it is larger than a release needs.
    """
    size = measure_size(value)
    if size > LONGEST_TEXT:
        raise TemplateBudgetExceededError(f"this makes a value of more than {LONGEST_TEXT:,} characters or entries")
    charge_budget(1, size)
    return value


def measure_size(value: object) -> int:
    """Measure the characters and entries of a value, up to the limit.

    A number that is too large to print counts as a text that is too long.
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
                raise TemplateBudgetExceededError("a namespace cannot be in a list")
            case _:
                size += 1
    return size
