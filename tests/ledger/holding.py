"""Processes that hold a lease until they are paused or killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing.synchronize import Event as Signal

from ledger.happening import NOON
from pressgen.ledger.lease import LeaseLostError, LeaseRequest
from pressgen.ledger.ledger import Ledger
from pressgen.model.event import Sent

FORK = multiprocessing.get_context("spawn")


def claim(holder: str = "moss on hill", wait: float = 0.0, term: float = 60.0) -> LeaseRequest:
    return LeaseRequest(reference="B-1", slug="bridge", holder=holder, clock=lambda: NOON, wait=wait, term=term)


def sent(outcome: str = "unknown", key: str = "k1") -> Sent:
    return Sent(
        version="v", recipient="daily", address="desk@daily.example", channel="mail", files={"bridge.pdf": "0" * 64},
        embargo=None, outcome=outcome, detail="", key=key,  # type: ignore[arg-type]
    )  # fmt: skip


def outcomes(ledger: Ledger) -> list[str]:
    return [each.event.outcome for each in ledger.entries("B-1") if isinstance(each.event, Sent)]


def keep_holding(url: str, term: float, held: Signal, go_on: Signal, intends: bool) -> None:  # noqa: FBT001
    """What a process does that is paused or killed while it holds the lease; it ends with 7 if it lost it."""
    with Ledger.open(url) as ledger:
        try:
            with ledger.lease(claim("reed on moor", term=term)) as lease:
                if intends:
                    lease.intend(sent(), actor="reed", at=NOON)
                held.set()
                go_on.wait(60)
                lease.intend(sent(key="k2"), actor="reed", at=NOON)
        except LeaseLostError:
            os._exit(7)


class Other:
    """Another process that holds the lease."""

    def __init__(self, url: str, *, term: float = 60.0, intends: bool = False) -> None:
        self.go_on = FORK.Event()
        held = FORK.Event()
        self.process = FORK.Process(target=keep_holding, args=(url, term, held, self.go_on, intends))
        self.process.start()
        assert held.wait(60)

    def signal(self, number: signal.Signals) -> None:
        assert self.process.pid
        os.kill(self.process.pid, number)
