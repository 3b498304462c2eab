"""Soak issue and lift, on real processes and both databases: python -m benchmarks.lifts SOAK [options].

lateness: so many lifts, each at an instant of its own; how late each page was. crowd: so many at one instant. kills: a
worker killed at so many random moments; what was lost, or done twice. issues: so many issues, each killed at a random
moment and begun again. The exit code is 1 where a promise is broken.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.many import READERS, after, office
from channels.servers import mail_server, web_server
from pressgen.actions.workspace.office import open_ledger
from pressgen.model.event import Announced, Sent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler

    from benchmarks.many import Many

BEFORE = 75.0
"""Seconds from the scheduling to the first hour: a worker takes a lift a minute ahead."""
APART, AT_ONCE = (0.02, 0.25), (5.0, 5.0)
"""Seconds that the median and the last may be late, of lifts at instants of their own and of those at one."""
ALL = "[newsroom, mail, wire]"


def lateness(store: str, count: int, chance: random.Random) -> Iterator[str]:
    """Lifts at instants of their own, about one a second."""
    with office(store) as desk:
        start, ahead = time.time(), BEFORE + count * 0.02
        hours = [after(ahead + number + chance.random()) for number in range(count)]
        references = desk.approve(hours)
        yield f"{count} approved and scheduled in {time.time() - start:.1f} s"
        with desk.worker():
            desk.wait(references, ahead + count + 60)
        found = [desk.lateness(each) for each in references]
        early = sum(map(desk.early, references))
        yield from _late([each for each in found if each is not None], count, early, APART)


def crowd(store: str, count: int, _: random.Random) -> Iterator[str]:
    """Lifts at one instant; public is what has its page and stands in the index of the year."""
    with office(store) as desk:
        hour = after(BEFORE + count * 0.15)
        references = desk.approve([hour] * count)
        with desk.worker():
            desk.wait(references, (hour - datetime.now(UTC)).total_seconds() + 120)
            time.sleep(10)
        found = [each for each in map(desk.lateness, references) if each is not None]
        yield from _late(found, count, sum(map(desk.early, references)), AT_ONCE)
        index = desk.page(references[0]).parents[1] / "index.html"
        listed = sum(f"{each.lower()}/" in index.read_text() for each in references)
        at = index.stat().st_ctime - hour.timestamp()
        yield _said(listed == count and at <= AT_ONCE[1], f"{listed} of {count} listed, {at:.2f} s after T")


def _late(found: list[float], count: int, early: int, most: tuple[float, float]) -> Iterator[str]:
    first, middle, last = min(found), median(found), max(found)
    told = f"median {1000 * middle:.1f} ms, latest {1000 * last:.1f} ms, earliest {1000 * first:.1f} ms"
    good = len(found) == count and not early and middle <= most[0] and last <= most[1]
    yield _said(good, f"{len(found)} of {count} public; {told}; {early} early")


def kills(store: str, count: int, chance: random.Random) -> Iterator[str]:
    """A worker killed at random moments while lifts fall due, until it was killed `count` times."""
    with ExitStack() as things:
        postbox, heard = things.enter_context(mail_server()), things.enter_context(web_server(_well))
        with office(store, port=postbox.port, hook=heard.url, at_lift=ALL, told=True) as desk:
            references: list[str] = []
            for killed in range(count):
                if killed % 10 == 0:
                    hours = [after(chance.uniform(0, 40)) for _ in range(10)]
                    references += desk.approve(hours, f"k{killed:04}-")
                with desk.worker() as process:
                    time.sleep(chance.uniform(0.8, 7))
                    process.kill()
            yield f"killed {count} times, {len(references)} lifts fell due"
            with desk.worker():
                desk.wait(references, 120)
                _settle(desk, references, 180)
            yield from _judged(desk, references)
            yield from _mails([str(each["Message-ID"]) for each in postbox.mails], len(references) * len(READERS))
            keys = Counter(header["idempotency-key"] for header, _ in heard.posts)
            again = sum(number - 1 for number in keys.values())
            yield _said(len(keys) == len(references), f"web hook: {len(keys)} told of {len(references)}, {again} again")


def issues(store: str, count: int, chance: random.Random) -> Iterator[str]:
    """Issues killed at a random moment, and begun again until they end by themselves."""
    names: list[str] = []
    with mail_server() as postbox:
        for number in range(count):
            with office(store, port=postbox.port) as desk:
                desk.issue(kill_after=chance.uniform(0.3, 3))
                desk.issue()
                with open_ledger(desk.workspace) as ledger:
                    sent = [each for each in ledger.entries("B-1") if isinstance(each.event, Sent)]
                    whole = len(sent) == len(READERS) and ledger.verify() is None
                if not whole:
                    yield _said(good=False, words=f"issue {number}: {len(sent)} sendings recorded")
            names += [f"{number} {mail['Message-ID']}" for mail in postbox.mails]
            postbox.letters.clear()
    yield from _mails(names, count * len(READERS))


def _settle(desk: Many, references: list[str], seconds: float) -> None:
    """Until each channel of each release is told."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with open_ledger(desk.workspace) as ledger:
            told = Counter(stamp.reference for stamp in ledger.entries() if isinstance(stamp.event, Announced))
        if all(told[each] >= 2 for each in references):
            return
        time.sleep(2)


def _judged(desk: Many, references: list[str]) -> Iterator[str]:
    times = Counter(desk.lifts(each) for each in references)
    yield _said(set(times) == {1}, f"lifts recorded: {dict(times)} (times: releases)")
    early = [each for each in references if desk.early(each)]
    lost = [each for each in references if desk.lateness(each) is None]
    yield _said(not early and not lost, f"early: {early or 0}, lost: {lost or 0}")
    whole = {len(list(desk.page(each).parent.iterdir())) for each in references if desk.page(each).exists()}
    yield _said(whole == {6}, f"files of each release in the newsroom: {whole}")
    with open_ledger(desk.workspace) as ledger:
        yield _said(ledger.verify() is None, "the ledger's chain holds")


def _mails(names: list[str], expected: int) -> Iterator[str]:
    sent = Counter(names)
    again = sum(number - 1 for number in sent.values())
    yield _said(len(sent) == expected, f"mails: {len(sent)} of {expected}, and {again} sent again under the same name")


def _well(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()


def _said(good: bool, words: str) -> str:  # noqa: FBT001 - what it asserts, then how it is told
    return f"{'ok    ' if good else 'BROKEN'} {words}"


def main() -> int:
    """Run one soak; 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    soaks = {"lateness": lateness, "crowd": crowd, "kills": kills, "issues": issues}
    parser.add_argument("soak", choices=soaks)
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    broken = False
    chance = random.Random(given.seed)  # noqa: S311 - moments, no secrets
    for line in soaks[given.soak](given.store, given.count, chance):
        print(f"{given.soak} {given.store}: {line}", flush=True)  # noqa: T201 - the result
        broken |= line.startswith("BROKEN")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
