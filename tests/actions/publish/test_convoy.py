"""Those who come at the same moment are served at once, and each gets his own answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from machine import PATIENCE
from pressgen.actions.publish.group_commit import GroupCommit


def test_each_gets_his_own_answer() -> None:
    convoy = GroupCommit[int, int](lambda wishes: [10 * each for each in wishes])

    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(convoy.join, range(100))) == [10 * each for each in range(100)]


def test_whoever_waits_while_another_is_served_goes_with_the_next() -> None:
    served: list[int] = []
    first, open_door = threading.Event(), threading.Event()

    def serve(wishes: Sequence[int]) -> Sequence[int]:
        served.append(len(wishes))
        first.set()
        open_door.wait()
        return wishes

    convoy = GroupCommit[int, int](serve)
    with ThreadPoolExecutor(20) as pool:
        begun = pool.submit(convoy.join, 0)
        first.wait()
        others = [pool.submit(convoy.join, each) for each in range(1, 10)]
        while len(convoy._waiting) < 9:
            time.sleep(0.001)
        open_door.set()
        assert [each.result(PATIENCE) for each in (begun, *others)] == list(range(10))

    assert served == [1, 9]


def test_a_fault_is_told_to_everybody_it_was_for() -> None:
    def serve(_: Sequence[int]) -> Sequence[int]:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        GroupCommit[int, int](serve).join(1)
