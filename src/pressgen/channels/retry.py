"""A few rounds of deliveries, for somebody who waits at a terminal: what does not go now may go a moment later."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pressgen.channels.outcome import Outcome

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How many rounds there are, and how many seconds lie between; each pause is twice the one before.

    Attributes:
        tries: how many rounds.
        pause: the first pause.
        longest: the longest pause that another machine may ask for; what it wants later than that is left for later.
    """

    tries: int = 3
    pause: float = 2.0
    longest: float = 30.0

    def try_all(
        self, waiting: Sequence[T], attempt: Callable[[T], Outcome], way: Callable[[T], str]
    ) -> Iterator[tuple[T, Outcome]]:
        """Try each delivery; those that may go better later once more, all of them after one pause.

        Args:
            waiting: the deliveries.
            attempt: makes one.
            way: the way that a delivery goes; where one finds it blocked, the others of the round do not try it.

        Yields:
            Each delivery once, as soon as it arrived, was refused for good, was tried in the last round, or is to wait
            for longer than we do.
        """
        for number in range(1, self.tries + 1):
            blocked: dict[str, Outcome] = {}
            again: list[T] = []
            asked = 0.0
            for each in waiting:
                outcome = blocked.get(way(each)) or attempt(each)
                if outcome.blocked:
                    blocked[way(each)] = outcome
                if outcome.passing and number < self.tries and outcome.wait <= self.longest:
                    again.append(each)
                    asked = max(asked, outcome.wait)
                else:
                    yield each, outcome
            if not again:
                return
            waiting = again
            time.sleep(max(asked, self.pause * 2 ** (number - 1)))
