"""A parcel: the files that a chunk of releases is made of, or all houses, as one file known by its sum.

So a machine that makes them needs no disk of the sender's; and what is asked for by its sum is what was sent.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pressgen.actions.build.build import Order
from pressgen.actions.workspace.bundle import digest
from pressgen.channels.object_store import INCOMING, QUEUE
from pressgen.files.modes import make_folder
from pressgen.files.writing import write_tree
from pressgen.model.artifact import Format, Variant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pressgen.channels.object_store import Depot

PARCELS: Final = f"{QUEUE}/parcels"
ORDER: Final = "order.json"
DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip knows: the same files are the same parcel on any day."""


class Spoilt(Exception):
    """A parcel is not there, or not what was sent; the message says so."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """What a chunk is made to: formats, variants, and whether all is made, changed or not."""

    formats: tuple[Format, ...]
    variants: tuple[Variant, ...]
    force: bool

    def to(self, out: Path) -> Order:
        """The order, with where files go."""
        return Order(self.formats, self.variants, out, passing_over=True)

    @property
    def text(self) -> str:
        """As one text; two alike take alike long."""
        return " ".join([*self.formats, "as", *self.variants])

    def packed(self) -> bytes:
        """As it lies in a parcel."""
        return json.dumps([self.formats, self.variants, self.force]).encode()


def ordered(parcel: Mapping[str, bytes]) -> Ordered:
    """What the releases of a parcel are made to."""
    formats, variants, force = json.loads(parcel[ORDER])
    return Ordered(tuple(map(Format, formats)), tuple(map(Variant, variants)), force)


def send(depot: Depot, files: Mapping[str, bytes]) -> str:
    """Put a parcel with `files`, by their path in a workspace, into the depot; its SHA-256.

    Raises:
        Unreachable: the depot cannot be written.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parcel:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DATE)
            entry.external_attr = 0o600 << 16
            parcel.writestr(entry, files[name], zipfile.ZIP_DEFLATED, 1)
    content = packed.getvalue()
    sum_ = digest(content)
    depot.put(_path(sum_), content)
    return sum_


def fetch(depot: Depot, sum_: str) -> dict[str, bytes]:
    """The files of the parcel with this SHA-256.

    Raises:
        Spoilt: it is not there, or is another.
        Unreachable: the depot does not answer.
    """
    content = depot.get(_path(sum_))
    if content is None:
        raise Spoilt(f"{depot.address}/{_path(sum_)} is gone; send the batch again")
    if digest(content) != sum_:
        raise Spoilt(f"{depot.address}/{_path(sum_)} is not what was sent; see who writes there, and send it again")
    with zipfile.ZipFile(io.BytesIO(content)) as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}


def lay_out(files: Mapping[str, bytes], root: Path) -> None:
    """Write the files of a parcel into a workspace, for its owner only; none leads out of it."""
    make_folder(root, own=True)
    write_tree(root, files)


def take_away(depot: Depot, sum_: str) -> None:
    """Take a parcel away, if it is there."""
    depot.take_away(_path(sum_))


def clear(depot: Depot) -> None:
    """Take away what crashed senders and makers and failed chunks have left; no batch may be under way.

    Raises:
        Unreachable: the depot does not answer.
    """
    for folder in (PARCELS, INCOMING):
        for name in depot.names(folder):
            depot.take_away(f"{folder}/{name}")


def _path(sum_: str) -> str:
    return f"{PARCELS}/{sum_}.zip"
