"""Group commit: requests of the same moment are handled as one batch.

Hundreds of lifts fall due at nine.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Request = TypeVar("Request")
Result = TypeVar("Result")


class GroupCommit(Generic[Request, Result]):
    """A group commit: one waiting thread runs the batch for all.

    Each thread gets its own result.
    """

    def __init__(self, run_batch: Callable[[Sequence[Request]], Sequence[Result]]) -> None:
        """Use `run_batch` to handle a batch.

        It returns a result for each request, in their order.
        """
        self._run_batch = run_batch
        self._pending: list[tuple[Request, Future[Result]]] = []
        self._pending_lock, self._batch_lock = threading.Lock(), threading.Lock()

    def submit(self, request: Request) -> Result:
        """Return the result for `request`, from a batch that began after it.

        Raises:
            Exception: the batch raised it; everybody in the batch gets it.
        """
        mine: Future[Result] = Future()
        with self._pending_lock:
            self._pending.append((request, mine))
        with self._batch_lock:
            if not mine.done():  # no other thread has run our batch while we waited for the lock
                self._run_pending()
        return mine.result()

    def _run_pending(self) -> None:
        with self._pending_lock:
            batch, self._pending = self._pending, []
        try:
            results = list(zip(batch, self._run_batch([request for request, _ in batch]), strict=True))
        except BaseException as error:  # noqa: BLE001 - each caller in the batch raises it again
            for _, future in batch:
                future.set_exception(error)
        else:
            for (_, future), result in results:
                future.set_result(result)
