"""The runs of `soak/runs/`, found by looking into the folder."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from soak import runs

if TYPE_CHECKING:
    from collections.abc import Callable

    from soak.result import Result


@dataclass(frozen=True)
class Run:
    """A run: its name, what it is about in one line, its sizes, and the function that plays it."""

    name: str
    about: str
    size: int
    short: int
    play: Callable[[int, int], Result]


def names() -> list[str]:
    """Every run's name, sorted."""
    return sorted(each.name for each in pkgutil.iter_modules(runs.__path__))


def load_run(name: str) -> Run:
    """Import one run.

    Raises:
        KeyError: there is no run of that name.
        AttributeError: its module lacks `SIZE`, `SHORT` or `soak`.
    """
    if name not in names():
        raise KeyError(name)
    module = importlib.import_module(f"soak.runs.{name}")
    return Run(name, (module.__doc__ or "").partition("\n")[0], module.SIZE, module.SHORT, module.soak)
