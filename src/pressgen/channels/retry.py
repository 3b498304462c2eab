"""Repeat failed deliveries for a user who waits at a terminal.

A delivery that fails now may succeed a moment later.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pressgen.channels.outcome import DeliveryOutcome

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """The number of rounds of deliveries and the pauses between.

    Each pause is twice the one before.

    Attributes:
        tries: how many rounds.
        pause: the first pause.
        longest: the longest pause that another machine may ask for; a delivery that must wait longer is left for later.
    """

    tries: int = 3
    pause: float = 2.0
    longest: float = 30.0

    def try_all(
        self, waiting: Sequence[T], attempt: Callable[[T], DeliveryOutcome], way: Callable[[T], str]
    ) -> Iterator[tuple[T, DeliveryOutcome]]:
        """Try each delivery, and repeat those that may succeed later.

        All repeated ones wait for one pause.

        Args:
            waiting: the deliveries.
            attempt: makes one.
            way: returns the channel of a delivery; where one finds it blocked, the others of the round do not try it.

        Yields:
            Each delivery once, as soon as it arrived, was refused for good, was tried in the last round, or must wait
                for longer
            than we do.
        """
        for number in range(1, self.tries + 1):
            blocked: dict[str, DeliveryOutcome] = {}
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
