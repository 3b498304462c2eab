"""Group commit: requests of the same moment are handled as one batch.

Hundreds of lifts fall due at nine.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Wish = TypeVar("Wish")
Answer = TypeVar("Answer")


class GroupCommit(Generic[Wish, Answer]):
    """A group commit: one waiting thread runs the batch for all.

    Each thread gets its own result.
    """

    def __init__(self, serve: Callable[[Sequence[Wish]], Sequence[Answer]]) -> None:
        self._serve = serve
        self._door, self._way = threading.Lock(), threading.Lock()
        self._waiting: list[_Pending[Wish, Answer]] = []

    def join(self, wish: Wish) -> Answer:
        """Return the result for `wish`, from a batch that began after it.

        Raises:
            Exception: the batch raised it; everybody in the batch gets it.
        """
        mine: _Pending[Wish, Answer] = _Pending(wish)
        with self._door:
            self._waiting.append(mine)
        with self._way:
            if not mine.served:
                with self._door:
                    together, self._waiting = self._waiting, []
                self._take_along(together)
        if mine.fault is not None:
            raise mine.fault
        return mine.answers[0]

    def _take_along(self, tickets: Sequence[_Pending[Wish, Answer]]) -> None:
        try:
            answers = self._serve([each.wish for each in tickets])
        except Exception as fault:  # noqa: BLE001 - raised again by each for whom it was
            for each in tickets:
                each.fault = fault
        else:
            for each, answer in zip(tickets, answers, strict=True):
                each.answers.append(answer)
        for each in tickets:
            each.served = True


class _Pending(Generic[Wish, Answer]):
    """A request that waits for its batch, and its result."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.answers: list[Answer] = []
        self.fault: Exception | None = None
        self.served = False
