"""Load all rules, pressgen's own and those of others alike."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from pressgen.check.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

DOOR = "pressgen.rules"


@dataclass(frozen=True, slots=True)
class UnusableRule:
    """A rule, or a package of rules, that cannot be loaded."""

    name: str
    why: str


@cache
def load_rules() -> tuple[tuple[Rule, ...], tuple[UnusableRule, ...]]:
    """Return every rule by its code, and the unusable rules.

    A rule that failed to load in silence would give a false all-clear.
    """
    found: dict[str, Rule] = {}
    unusable: list[UnusableRule] = []
    for each in _load_entry_points():
        if isinstance(each, UnusableRule):
            unusable.append(each)
        elif each.code in found:
            unusable.append(UnusableRule(each.name, f"its code {each.code} belongs to {found[each.code].name}"))
        else:
            found[each.code] = each
    return tuple(found[code] for code in sorted(found)), tuple(unusable)


def _load_entry_points() -> Iterator[Rule | UnusableRule]:
    """Yield the rules of every package that the entry point names."""
    for entry in sorted(entry_points(group=DOOR), key=lambda each: (each.name != "pressgen", each.name)):
        try:
            package = entry.load()
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - the code of others may fail in any way
            yield UnusableRule(entry.value, f"it cannot be loaded: {type(error).__name__}: {error}")
            continue
        yield from _load_package(package)


def _load_package(package: ModuleType) -> Iterator[Rule | UnusableRule]:
    """Yield the rule of each module in a package."""
    names = sorted(each.name for each in pkgutil.iter_modules(package.__path__))
    for name in (f"{package.__name__}.{each}" for each in names):
        try:
            module = importlib.import_module(name)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            yield UnusableRule(name, f"it cannot be loaded: {type(error).__name__}: {error}")
            continue
        held = [each for each in vars(module).values() if isinstance(each, Rule)]
        yield held[0] if len(held) == 1 else UnusableRule(name, f"it holds {len(held)} rules instead of one")
