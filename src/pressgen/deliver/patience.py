"""A few tries of a delivery that may go better the next time, for somebody who waits at a terminal."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from pressgen.deliver.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a delivery is tried, and how many seconds lie between; each pause is twice the one before."""

    tries: int = 3
    pause: float = 2.0

    def over(self, attempt: Callable[[], Outcome]) -> Outcome:
        """The outcome of the first try that arrives or is refused for good, else of the last."""
        for number in range(1, self.tries + 1):
            outcome = attempt()
            if outcome.ok or outcome.permanent or number == self.tries:
                break
            time.sleep(self.pause * 2 ** (number - 1))
        return outcome
