"""Find the formats that other packages add."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pressgen.errors import EnvironmentFailureError, UsageError, describe_fault
from pressgen.model.artifact import Format
from pressgen.render.renderer import Renderer
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP: Final = "pressgen.renderers"
NAME: Final = re.compile(r"[a-z0-9]{1,12}(?:\.[a-z0-9]{1,12})?")
"""The names that a format may have: they end file names."""


@dataclass(frozen=True, slots=True)
class AddedFormat:
    """A format that another package adds.

    Attributes:
        package: the package with its version, such as `tides-nitf 1.0`.
    """

    name: str
    package: str
    renderer: Renderer


def list_added_formats() -> list[str]:
    """List the names of the formats that other packages add."""
    return sorted({each.name for each in _list_entry_points()})


def parse_format(name: str) -> str:
    """Return the format of a name.

    It is a `Format`, or the name itself if another package adds it.

    Raises:
        UsageError: there is none.
    """
    if name in tuple(Format):
        return Format(name)
    names = [*Format, *list_added_formats()]
    if name not in names:
        raise UsageError(f"there is no format {name}; there is {', '.join(names)}{suggest_name(name, names)}")
    return name


def load_added_format(name: str) -> AddedFormat:
    """Load the renderer of an added format.

    Raises:
        EnvironmentFailureError: no package adds it, several do, or it cannot be loaded.
    """
    entries = [each for each in _list_entry_points() if each.name == name]
    packages = [_describe_package(each) for each in entries]
    if len(entries) != 1:
        which = f"{' and '.join(packages)} both add it; uninstall one" if entries else "no installed package adds it"
        raise EnvironmentFailureError(f"the format {name} cannot be made: {which}")
    try:
        renderer = entries[0].load()
    except MemoryError:
        raise
    except Exception as error:
        why = f"{packages[0]} cannot be loaded: {describe_fault(error)}"
        raise EnvironmentFailureError(f"the format {name} cannot be made: {why}") from error
    if isinstance(renderer, type) or not isinstance(renderer, Renderer):
        why = f"{entries[0].value} of {packages[0]} is not a renderer: it needs media_type, render and read_text"
        raise EnvironmentFailureError(f"the format {name} cannot be made: {why}")
    return AddedFormat(name, packages[0], renderer)


def _list_entry_points() -> list[EntryPoint]:
    """List what packages name, without names that pressgen has itself."""
    from importlib.metadata import entry_points  # slow to import, and rarely wanted

    return [each for each in entry_points(group=GROUP) if NAME.fullmatch(each.name) and each.name not in tuple(Format)]


def _describe_package(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
