"""The rules there are: pressgen's own and those of others, through one door."""

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
class Unusable:
    """A rule, or a package of rules, that cannot be used; `why` is a sentence."""

    name: str
    why: str


@cache
def rules() -> tuple[tuple[Rule, ...], tuple[Unusable, ...]]:
    """Every rule by its code, and what should have been one: silence would be a false all-clear."""
    found: dict[str, Rule] = {}
    unusable: list[Unusable] = []
    for each in _offered():
        if isinstance(each, Unusable):
            unusable.append(each)
        elif each.code in found:
            unusable.append(Unusable(each.name, f"its code {each.code} belongs to {found[each.code].name}"))
        else:
            found[each.code] = each
    return tuple(found[code] for code in sorted(found)), tuple(unusable)


def _offered() -> Iterator[Rule | Unusable]:
    for entry in sorted(entry_points(group=DOOR), key=lambda each: (each.name != "pressgen", each.name)):
        try:
            package = entry.load()
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - the code of others may fail in any way
            yield Unusable(entry.value, f"it cannot be loaded: {type(error).__name__}: {error}")
            continue
        yield from _of_package(package)


def _of_package(package: ModuleType) -> Iterator[Rule | Unusable]:
    names = sorted(each.name for each in pkgutil.iter_modules(package.__path__))
    for name in (f"{package.__name__}.{each}" for each in names):
        try:
            module = importlib.import_module(name)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - as above
            yield Unusable(name, f"it cannot be loaded: {type(error).__name__}: {error}")
            continue
        held = [each for each in vars(module).values() if isinstance(each, Rule)]
        yield held[0] if len(held) == 1 else Unusable(name, f"it holds {len(held)} rules instead of one")
