"""What became of a delivery."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 300
"""Characters that are kept of what another machine says."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one delivery, to one folder, person or hook.

    Attributes:
        ok: whether it arrived.
        detail: one line that says what became of it; where it failed, why, and what to do. Never holds a secret.
        permanent: whether to try again would be in vain until somebody mends something.
    """

    ok: bool
    detail: str
    permanent: bool = False


def quoted(said: str | bytes) -> str:
    """What another machine says, as one short line that is safe to print and to keep."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    line = " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * LONGEST]).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
