"""Lifts by real workers: at the hour, once, and not lost."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta

import pytest

from machine import PATIENCE
from postgres import wait_until
from pressgen.scheduler.client import JobState
from scheduler.conftest import House
from waiting import before, in_time, soon


def named(hour: datetime) -> str:
    """A reference of its own for each trial."""
    return f"P{hour:%M%S%f}"


def schedule(house: House, reference: str, at: datetime, **more: object) -> None:
    due = house.office.owe(reference, at, **more)  # type: ignore[arg-type]
    with house.timetable() as timetable:
        timetable.schedule(due, datetime.now(UTC))


def test_a_lift_is_made_at_its_hour_and_announced_to_each_channel(house: House) -> None:
    schedule(house, "P1", soon(6), channels=("mail", "wire"))
    house.worker()

    wait_until(lambda: len(house.office.events("announced")) == 2)

    (published,) = house.office.events("published")
    assert float(str(published["late"])) >= 0
    assert {each["channel"] for each in house.office.events("announced")} == {"mail", "wire"}


def test_what_is_overdue_is_lifted_at_once(house: House) -> None:
    schedule(house, "P1", soon(-3600))
    house.worker()

    wait_until(lambda: house.published() == ["P1"])


def test_a_moved_lift_is_made_at_its_new_hour_only(house: House) -> None:
    house.worker()

    def trial(span: float) -> None:
        hour = soon(span)
        name = named(hour)
        schedule(house, name, hour)
        later = house.office.owe(name, hour + timedelta(seconds=3), revision=2)
        before(hour)
        with house.timetable() as timetable:
            timetable.move(later, 1, datetime.now(UTC))

        wait_until(lambda: name in house.published())

        (published,) = house.office.events("published", name)
        assert published["revision"] == 2
        assert float(str(published["late"])) >= 0

    in_time(trial)


def test_a_lift_withdrawn_in_its_last_second_is_not_made(house: House) -> None:
    house.worker()

    def trial(span: float) -> None:
        hour = soon(span)
        name = named(hour)
        schedule(house, name, hour)
        wait_until(lambda: house.office.events("prepared", name) != [])
        house.office.forget(name)
        before(hour)

        wait_until(lambda: house.office.events("superseded", name) != [])

        assert name not in house.published()

    in_time(trial)


def test_a_withdrawn_lift_waits_no_more(house: House) -> None:
    schedule(house, "P1", soon(3600))
    with house.timetable() as timetable:
        timetable.withdraw("P1", 1)

        assert [job.state for job in timetable.status()] == [JobState.WITHDRAWN]


def test_scheduling_twice_is_scheduling_once(house: House) -> None:
    at = soon(3600)
    schedule(house, "P1", at)
    schedule(house, "P1", at)

    with house.timetable() as timetable:
        (job,) = timetable.status()

    assert (job.reference, job.revision, job.state) == ("P1", 1, JobState.WAITING)
    assert job.due is not None
    assert abs(job.due - at) < timedelta(milliseconds=1)


def test_a_worker_killed_while_it_holds_lifts_after_its_return(house: House) -> None:
    killed_while_it_holds(house, "one", then="one")


def test_the_work_of_a_dead_worker_is_taken_up_by_another(house: House) -> None:
    killed_while_it_holds(house, "one", then="two")


def killed_while_it_holds(house: House, worker: str, then: str) -> None:
    """Kill a worker before the hour of a lift that it holds; another, or the same again, makes it, and once."""

    def trial(span: float) -> None:
        first = house.worker(worker)
        hour = soon(span)
        name = named(hour)
        schedule(house, name, hour)
        wait_until(lambda: house.office.events("prepared", name) != [])
        first.kill()
        first.wait()
        before(hour)
        second = house.worker(then)

        wait_until(lambda: name in house.published())

        (published,) = house.office.events("published", name)
        assert float(str(published["late"])) >= 0
        second.kill()

    in_time(trial)


def test_one_name_is_one_process(house: House) -> None:
    house.worker("one")
    second = house.begin("one")

    assert second.wait(PATIENCE) == 4


def test_two_workers_make_each_lift_once(house: House) -> None:
    at = soon(8)
    for number in range(20):
        schedule(house, f"P{number:02}", at)
    house.worker("one")
    house.worker("two")

    wait_until(lambda: len(house.office.events("announced")) == 20)

    assert house.published() == [f"P{number:02}" for number in range(20)]


def test_a_passing_fault_is_tried_again_until_there_is_room(house: House) -> None:
    fault = house.office.fault("P1")
    schedule(house, "P1", soon(0))
    house.worker()
    wait_until(lambda: house.office.events("prepared", "P1") != [])
    fault.unlink()

    wait_until(lambda: house.published() == ["P1"])

    assert house.office.events("failed") == []


def test_a_lift_refused_for_good_is_told_once_and_retried_by_hand(house: House) -> None:
    fault = house.office.fault("P1", hopeless=True)
    schedule(house, "P1", soon(0))
    house.worker()
    wait_until(lambda: house.office.events("failed") != [])
    with house.timetable() as timetable:
        wait_until(lambda: [job.state for job in timetable.status()] == [JobState.FAILED])
        assert timetable.status()[0].detail == "P1 refuses"
        fault.unlink()
        assert [job.reference for job in timetable.retry(datetime.now(UTC))] == ["P1"]

    wait_until(lambda: house.published() == ["P1"])

    assert len(house.office.events("failed")) == 1


def test_a_dead_channel_holds_no_other_up_and_is_retried_by_hand(house: House) -> None:
    fault = house.office.fault("mail", hopeless=True)
    schedule(house, "P1", soon(0), channels=("mail", "wire"))
    house.worker()

    wait_until(lambda: house.office.events("announced") != [] and house.office.events("failed") != [])
    fault.unlink()
    with house.timetable() as timetable:
        wait_until(lambda: [job.channel for job in timetable.retry(datetime.now(UTC))] == ["mail"])

    wait_until(lambda: {each["channel"] for each in house.office.events("announced")} == {"mail", "wire"})
    assert len(house.office.events("published")) == 1


def test_a_lift_that_the_engine_lost_is_found_by_a_worker(house: House) -> None:
    """As after a restore, or a crash between the ledger's record and the engine's."""
    house.office.owe("P1", soon(3))
    house.worker()

    wait_until(lambda: house.published() == ["P1"])


def test_resync_gives_the_engine_what_it_lacks_and_leaves_what_it_has(house: House) -> None:
    schedule(house, "P1", soon(3600))
    owed = [house.office.owe("P1", soon(3600)), house.office.owe("P10", soon(3600)), house.office.owe("P2", soon(60))]

    with house.timetable() as timetable:
        first = timetable.resync(owed, datetime.now(UTC))
        second = timetable.resync(owed, datetime.now(UTC))
        held = {job.reference for job in timetable.status()}

    assert [due.reference for due in first] == ["P10", "P2"]
    assert second == []
    assert held == {"P1", "P10", "P2"}


def test_a_worker_stopped_over_the_hour_lifts_when_it_goes_on(house: House) -> None:
    process = house.worker()

    def trial(span: float) -> None:
        hour = soon(span)
        name = named(hour)
        schedule(house, name, hour)
        wait_until(lambda: house.office.events("prepared", name) != [])
        process.send_signal(signal.SIGSTOP)
        try:
            before(hour)
            wait_until(lambda: datetime.now(UTC) > hour + timedelta(seconds=1))
            assert name not in house.published()
        finally:
            process.send_signal(signal.SIGCONT)

        wait_until(lambda: name in house.published())

    in_time(trial)


@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "Pacific/Kiritimati"])
def test_the_zone_of_the_machine_moves_no_lift(house: House, zone: str) -> None:
    schedule(house, "P1", soon(5))
    house.worker(TZ=zone)

    wait_until(lambda: house.published() == ["P1"])

    assert float(str(house.office.events("published")[0]["late"])) >= 0
