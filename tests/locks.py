"""The lock files as they are read by pip: each package with its version, its marker and its hashes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from machine import ROOT

if TYPE_CHECKING:
    from packaging.markers import Marker

HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})(?=\s|$)")


@dataclass(frozen=True)
class Locked:
    """A package of a lock file."""

    name: str
    version: Version
    marker: Marker | None
    hashes: tuple[str, ...]


def read_lock(name: str) -> list[Locked]:
    """The packages of `lock/NAME.txt`; a package stands twice where Pythons need different versions."""
    text = (ROOT / "lock" / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement = Requirement(line.partition("--hash")[0].strip())
            (pin,) = requirement.specifier
            assert pin.operator == "==", line
            hashes = tuple(HASH.findall(line))
            assert len(hashes) == line.count("--hash"), line
            found.append(Locked(canonicalize_name(requirement.name), Version(pin.version), requirement.marker, hashes))
    return found
