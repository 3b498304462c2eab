"""Those who come at the same moment are handled as one batch, and each gets its own result."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from machine import PATIENCE
from pressgen.actions.publish.group_commit import GroupCommit


def test_each_caller_gets_its_own_result() -> None:
    group = GroupCommit[int, int](lambda requests: [10 * each for each in requests])

    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(group.submit, range(100))) == [10 * each for each in range(100)]


def test_requests_that_wait_for_a_batch_form_the_next_one() -> None:
    served: list[int] = []
    first, open_door = threading.Event(), threading.Event()

    def serve(requests: Sequence[int]) -> Sequence[int]:
        served.append(len(requests))
        first.set()
        open_door.wait()
        return requests

    group = GroupCommit[int, int](serve)
    with ThreadPoolExecutor(20) as pool:
        begun = pool.submit(group.submit, 0)
        first.wait()
        others = [pool.submit(group.submit, each) for each in range(1, 10)]
        while len(group._pending) < 9:
            time.sleep(0.001)
        open_door.set()
        assert [each.result(PATIENCE) for each in (begun, *others)] == list(range(10))

    assert served == [1, 9]


def test_an_error_is_raised_for_everybody_in_the_batch() -> None:
    def serve(_: Sequence[int]) -> Sequence[int]:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        GroupCommit[int, int](serve).submit(1)
