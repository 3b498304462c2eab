"""The outcome of a delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pressgen.model.outcome import Outcome as Word

LONGEST = 300
"""The most characters that are kept of another machine's message."""


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    """The outcome of one delivery, to one folder, person or webhook.

    Attributes:
        ok: whether it arrived.
        detail: one line about the outcome; for a failure, why, and what to do. Never holds a secret.
        permanent: whether another try would fail until somebody repairs something.
        unknown: whether it may have arrived all the same, since the answer was lost; nobody sends it again unasked.
        blocked: whether the next delivery by the same channel would fail for the same reason.
        wait: seconds that the other machine asks us to wait; no delivery is tried by this channel before.
    """

    ok: bool
    detail: str
    permanent: bool = False
    unknown: bool = False
    blocked: bool = False
    wait: float = 0.0

    @property
    def passing(self) -> bool:
        """Whether the same delivery may succeed later."""
        return not (self.ok or self.permanent or self.unknown)

    @property
    def word(self) -> Word:
        """The ledger's word for it."""
        if self.ok:
            return "ok"
        return "unknown" if self.unknown else "deferred" if self.passing else "failed"


def quote_text(text: str) -> str:
    """Return a text in quotation marks; `nothing` for an empty one.

    A line break is shown as ⏎.
    """
    shown = (char if char.isprintable() else "⏎" if char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in text)
    return f"“{''.join(shown)}”" if text else "nothing"


def clean_reply(said: str | bytes) -> str:
    """Return another machine's reply as one safe short line."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    line = " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * LONGEST]).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
