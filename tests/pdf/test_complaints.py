"""What WeasyPrint complains of reaches whoever set the PDF, in whatever thread, and leaves logging as it was."""

from __future__ import annotations

import gc
import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pressgen.pdf.weasy import capture_warnings, weasyprint

THREADS = 8


def state() -> tuple[object, ...]:
    """What threads share of logging and of the garbage collector."""
    logger = logging.getLogger("weasyprint")
    shared = (logger.level, logger.propagate, logger.disabled, list(logger.handlers), list(logger.filters))
    return (*shared, logging.root.level, list(logging.root.handlers), gc.isenabled(), gc.get_threshold())


def test_threads_hear_their_own_complaints_and_no_others() -> None:
    before, together = state(), threading.Barrier(THREADS)

    def set_sheet(number: int) -> list[str]:
        with capture_warnings() as heard:
            together.wait()
            for turn in range(5):
                weasyprint.CSS(string=f"p {{ color-{number}-{turn}: red }}")
            together.wait()
        return [record.getMessage() for record in heard]

    with ThreadPoolExecutor(THREADS) as pool:
        said = list(pool.map(set_sheet, range(THREADS)))

    for number, messages in enumerate(said):
        assert [f"color-{number}-{turn}" in each for turn, each in enumerate(messages)] == [True] * 5
    assert state() == before


def test_who_began_first_may_end_first() -> None:
    before, begun, ended = state(), threading.Event(), threading.Event()

    def outlast() -> list[str]:
        with capture_warnings() as heard:
            begun.set()
            ended.wait()
            weasyprint.CSS(string="p { colour: red }")
        return [record.getMessage() for record in heard]

    with ThreadPoolExecutor(1) as pool:
        with capture_warnings() as own:
            other = pool.submit(outlast)
            begun.wait()
        ended.set()
        assert len(other.result()) == 1
    assert own == []
    assert state() == before


@pytest.mark.parametrize("state", ["level", "disabled"])
def test_complaints_are_heard_whatever_another_program_set(state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("weasyprint"), state, logging.CRITICAL if state == "level" else True)

    with capture_warnings() as heard:
        weasyprint.CSS(string="p { colour: red }")

    assert len(heard) == 1


def test_who_does_not_listen_leaves_complaints_to_logging(caplog: pytest.LogCaptureFixture) -> None:
    weasyprint.CSS(string="p { colour: red }")

    assert len(caplog.records) == 1
