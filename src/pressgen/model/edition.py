"""The state of a release that a review copy shows.

It is printed as a line, which survives every program and the printer.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LENGTH = 12
"""Hexadecimal digits of a digest: enough to distinguish the states of one release, few enough to read out."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A state of a release.

    Attributes:
        digest: twelve hexadecimal digits that change with any byte that the release is made of.
        round: the round of review, from 1; 0 for a copy that belongs to none.
        since: the digest of the earlier state that changes are shown from; empty for a copy that shows one state.
    """

    digest: str
    round: int = 0
    since: str = ""

    def line(self, reference: str) -> str:
        """Return the line that a copy prints about its state.

        `Ref ICR-2027-03-11 · review 2 · 7f3a9c12e04b`, or for changes `Ref … · changes · 1b5d0e77a2c9 to 7f3a9c12e04b`.
        """
        if self.since:
            return f"Ref {reference} · changes · {self.since} to {self.digest}"
        number = f" {self.round}" if self.round else ""
        return f"Ref {reference} · review{number} · {self.digest}"


def compute_edition(inputs: Mapping[str, bytes]) -> Edition:
    """Compute the edition of a release from its input files.

    `inputs` are the bytes of every file by its name. The digest is the SHA-256 of the list that `sha256sum` prints of
    them, in the order of their names.
    """
    listed = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(inputs.items()))
    return Edition(sha256(listed.encode()).hexdigest()[:LENGTH])
