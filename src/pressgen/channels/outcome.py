"""What became of a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressgen.model.outcome import Outcome as Word

LONGEST = 300
"""Characters that are kept of what another machine says."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one delivery, to one folder, person or hook.

    Attributes:
        ok: whether it arrived.
        detail: one line that says what became of it; where it failed, why, and what to do. Never holds a secret.
        permanent: whether to try again would be in vain until somebody mends something.
        unknown: whether it may have arrived all the same, since the answer was lost; nobody sends it again unasked.
        blocked: whether the next delivery by the same way would fail for the same reason.
        wait: seconds that the other machine asks to be left alone; nothing is tried by this way before.
    """

    ok: bool
    detail: str
    permanent: bool = False
    unknown: bool = False
    blocked: bool = False
    wait: float = 0.0

    @property
    def passing(self) -> bool:
        """Whether the same delivery may go better later."""
        return not (self.ok or self.permanent or self.unknown)

    @property
    def word(self) -> Word:
        """How the ledger calls it."""
        if self.ok:
            return "ok"
        return "unknown" if self.unknown else "deferred" if self.passing else "failed"


def quoted(said: str | bytes) -> str:
    """What another machine says, as one short line that is safe to print and to keep."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    line = " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * LONGEST]).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
