"""The clock that a lift is held to: values first, then real workers under a preloaded wrong clock."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postgres import wait_until
from pressgen.scheduler.clock import APART, LONGEST_NAP, TrustedClock
from scheduler.conftest import House
from waiting import before, in_time, soon
from wrong_clock import WrongClock, wrong_clock


class Hands:
    """A clock's two hands, which a test turns."""

    def __init__(self) -> None:
        self.wall, self.running = 1_000_000.0, 500.0

    def read(self) -> tuple[float, float]:
        return self.wall, self.running

    def sleep(self, seconds: float) -> None:
        self.wall += seconds
        self.running += seconds


def test_a_lift_waits_for_its_very_millisecond() -> None:
    hands = Hands()
    TrustedClock(hands.read).hold_until(1_000_009_500, hands.sleep)

    assert hands.wall == pytest.approx(1_000_009.5)
    assert hands.wall >= 1_000_009.5


def test_a_lift_that_is_late_waits_no_more() -> None:
    hands = Hands()
    TrustedClock(hands.read).hold_until(1, hands.sleep)

    assert hands.running == 500.0


def test_a_jump_forward_is_not_believed_and_is_told() -> None:
    hands, told = Hands(), list[str]()
    clock = TrustedClock(hands.read, told.append)
    hands.wall += 3600

    assert clock.now() == 1_000_000.0
    assert told == [
        "the clock was set forward by 1 hour, to 1970-01-12 14:46:40+00:00: lifts wait until both the old and the new"
        " time say so; if the clock is right now, start the worker again"
    ]


def test_a_jump_back_is_followed() -> None:
    hands = Hands()
    clock = TrustedClock(hands.read)
    hands.wall -= 3600

    assert clock.now() == 1_000_000.0 - 3600


def test_a_jump_forward_that_is_taken_back_is_forgotten() -> None:
    hands = Hands()
    clock = TrustedClock(hands.read)
    hands.wall += 3600
    clock.now()
    hands.wall -= 3600
    hands.sleep(10)

    assert clock.now() == 1_000_010.0


def test_small_corrections_over_a_long_wait_are_followed() -> None:
    hands = Hands()
    clock = TrustedClock(hands.read)
    for _ in range(100):
        hands.sleep(60)
        hands.wall += 5
        clock.now()

    assert clock.now() == hands.wall


@given(
    st.lists(st.tuples(st.floats(0, 30), st.one_of(st.just(0.0), st.floats(31, 9000), st.floats(-9000, -31)))),
    st.floats(1, 600),
)
def test_no_jump_makes_a_lift_early_by_either_hand(jumps: list[tuple[float, float]], wait: float) -> None:
    """Neither by the wall clock as it stands, nor by the time that has really gone by."""
    hands, waiting = Hands(), iter(jumps)
    due = hands.wall + wait

    def sleep(seconds: float) -> None:
        after, jump = next(waiting, (seconds, 0.0))
        hands.sleep(min(seconds, after))
        hands.wall += jump

    TrustedClock(hands.read).hold_until(round(due * 1000), sleep)

    assert hands.wall >= due - 0.001
    assert hands.running - 500.0 >= wait - 0.001


@pytest.fixture
def clock(tmp_path: Path) -> WrongClock:
    return wrong_clock(tmp_path)


def held(house: House, span: float) -> tuple[str, datetime]:
    """A lift in so many seconds that a worker already holds; its reference and its hour."""
    at = soon(span)
    name = f"P{at:%M%S%f}"
    with house.timetable() as timetable:
        timetable.schedule(house.office.owe(name, at), datetime.now(UTC))
    wait_until(lambda: house.office.events("prepared", name) != [])
    return name, at


def test_a_clock_set_forward_an_hour_makes_no_lift_early(house: House, clock: WrongClock) -> None:
    house.worker(**clock.environment)

    def trial(span: float) -> None:
        clock.set(0)
        name, at = held(house, span)
        clock.set(3600)
        before(at)

        wait_until(lambda: name in house.published())

        assert datetime.now(UTC) >= at
        assert "set forward by 1 hour, " in str(house.office.events("clock")[0]["words"])

    in_time(trial)


def test_a_clock_set_back_an_hour_holds_the_lift_until_it_is_right_again(house: House, clock: WrongClock) -> None:
    house.worker(**clock.environment)

    def trial(span: float) -> None:
        name, at = held(house, span)
        clock.set(-3600)
        try:
            before(at)
            wait_until(lambda: datetime.now(UTC) > at + timedelta(seconds=2))
            assert name not in house.published()
        finally:
            clock.set(0)

        wait_until(lambda: name in house.published())

    in_time(trial)


def test_of_many_that_hold_for_one_instant_the_first_goes_on_at_it_and_the_others_follow_one_by_one() -> None:
    """The instant comes when all hold for it."""
    many, due, come = 20, 1_000_000, threading.Event()
    naps: list[float] = []

    def read() -> tuple[float, float]:
        now = due / 1000 - (0 if come.is_set() else LONGEST_NAP)
        return now, now

    def sleep(seconds: float) -> None:
        if seconds == LONGEST_NAP:  # until the instant
            come.wait()
        else:
            naps.append(seconds)

    clock = TrustedClock(read)
    with ThreadPoolExecutor(many) as pool:
        holding = [pool.submit(clock.hold_until, due, sleep) for _ in range(many)]
        wait_until(lambda: clock._holding[due] == many)
        come.set()
        for each in holding:
            each.result()

    assert sorted(naps) == pytest.approx([place * APART for place in range(1, many)])
