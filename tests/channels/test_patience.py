from __future__ import annotations

import time

import pytest

from pressgen.channels.outcome import DeliveryOutcome
from pressgen.channels.retry import RetryPolicy

OK, LATER, NEVER = (
    DeliveryOutcome(ok=True, detail=""),
    DeliveryOutcome(ok=False, detail="later"),
    DeliveryOutcome(ok=False, detail="never", permanent=True),
)


@pytest.mark.parametrize(
    ("outcomes", "expected", "tries"),
    [([OK], OK, 1), ([LATER, OK], OK, 2), ([LATER, LATER, LATER, OK], LATER, 3), ([NEVER, OK], NEVER, 1)],
)
def test_a_delivery_is_tried_until_it_arrives_or_is_refused_for_good(
    outcomes: list[DeliveryOutcome], expected: DeliveryOutcome, tries: int
) -> None:
    left = iter(outcomes)

    assert list(RetryPolicy(3, 0.001).try_all(["ann"], lambda _: next(left), lambda _: "mail")) == [("ann", expected)]
    assert len(list(left)) == len(outcomes) - tries


def test_all_that_may_go_better_later_share_one_pause() -> None:
    tried: list[str] = []

    def attempt(name: str) -> DeliveryOutcome:
        tried.append(name)
        return OK if name == "cat" or tried.count(name) > 1 else LATER

    done = list(RetryPolicy(3, 0.001).try_all(["ann", "bob", "cat"], attempt, lambda _: "mail"))

    assert tried == ["ann", "bob", "cat", "ann", "bob"]
    assert done == [("cat", OK), ("ann", OK), ("bob", OK)]


def test_a_way_that_is_blocked_is_tried_once_a_round_and_other_ways_go_on() -> None:
    tried: list[str] = []

    def attempt(name: str) -> DeliveryOutcome:
        tried.append(name)
        return DeliveryOutcome(ok=False, detail="down", blocked=True) if name.startswith("mail") else OK

    done = dict(RetryPolicy(2, 0.001).try_all(["mail 1", "mail 2", "folder"], attempt, lambda each: each.split()[0]))

    assert tried == ["mail 1", "folder", "mail 1"]
    assert {name: each.word for name, each in done.items()} == {
        "mail 1": "deferred", "mail 2": "deferred", "folder": "ok"
    }  # fmt: skip


def test_a_wait_that_another_machine_asks_for_is_kept_and_a_long_one_is_left_for_later() -> None:
    waits = {"soon": 0.05, "late": 31.0}
    started = time.monotonic()
    tried: list[str] = []

    def attempt(name: str) -> DeliveryOutcome:
        tried.append(name)
        return OK if tried.count(name) > 1 else DeliveryOutcome(ok=False, detail="busy", wait=waits[name])

    done = dict(RetryPolicy(3, 0.001).try_all([*waits], attempt, lambda each: each))

    assert time.monotonic() - started >= 0.05
    assert tried == ["soon", "late", "soon"]
    assert {name: each.word for name, each in done.items()} == {"soon": "ok", "late": "deferred"}
