"""Serve at once those who come at the same moment: hundreds of lifts fall due at nine."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Wish = TypeVar("Wish")
Answer = TypeVar("Answer")


class Convoy(Generic[Wish, Answer]):
    """Whoever finds nobody served takes everybody who waits along; each gets his own answer."""

    def __init__(self, serve: Callable[[Sequence[Wish]], Sequence[Answer]]) -> None:
        self._serve = serve
        self._door, self._way = threading.Lock(), threading.Lock()
        self._waiting: list[_Ticket[Wish, Answer]] = []

    def join(self, wish: Wish) -> Answer:
        """The answer to `wish`, by a service that began after it was made.

        Raises:
            Exception: whatever the service raised; everybody it was for gets it.
        """
        mine: _Ticket[Wish, Answer] = _Ticket(wish)
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

    def _take_along(self, tickets: Sequence[_Ticket[Wish, Answer]]) -> None:
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


class _Ticket(Generic[Wish, Answer]):
    """A wish on its way."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.answers: list[Answer] = []
        self.fault: Exception | None = None
        self.served = False
