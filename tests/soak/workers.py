"""Two `pressgen worker` processes killed at random moments while many releases fall due: what the outside sees.

Nothing here asks pressgen what happened, except for the command `pressgen due` in the end: the ledger is read by SQL,
the newsroom as plain files, and both are watched from outside, by the machine's clock, while the workers run.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg

from benchmarks.many import PRESSGEN, Many, after, office
from pressgen.actions.workspace.office import DATABASE
from soak.result import Result

PER_KILL, PER_SECOND = 50, 34
"""Releases for each kill, and how many of them fall due in a second: 2,000 in a minute."""
AHEAD, APPROVAL = 15.0, 0.15
"""Seconds from the approvals to the first hour, and how many more for each release, which has to be approved first."""
FIRST_KILL = 5.0
"""Seconds before the first hour at which the killing begins."""
LIFE, EARLY_KILLS = 4.0, 0.25
"""Seconds for which a worker lives at most, once it is ready and its kill has come; the share of kills that come
however many releases are public. Each later one waits until its share of the releases is, so that the kills meet the
lifts on any machine."""
LOOK = 0.25
PATIENCE = 1800.0
"""Seconds that the workers have at last for what is left: far more than it takes."""
SLUG = re.compile(rb"\br\d{5}\b")
QUERY = "SELECT number, entry, previous, digest FROM pressgen_entries ORDER BY number"


@dataclass
class Watcher:
    """Looks at the newsroom at the moment; try again when it is done, as any reader could.

    Attributes:
        hours: by the release's folder, in seconds since 1970.
        seen: the releases whose page was there.
        faults: what was there before its hour, and which page was there and then was not.
        blind: whether a look failed, so that nobody looks any more.
    """

    public: Path
    hours: dict[str, float]
    seen: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    looks: int = 0
    blind: bool = False
    _ended: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look again and again, in a thread of its own."""
        with ThreadPoolExecutor(1) as pool:
            watch = pool.submit(self._watch)
            try:
                yield
            finally:
                self._ended.set()
                watch.result()

    def _watch(self) -> None:
        try:
            while not self._ended.wait(LOOK):
                self.look()
        finally:  # whoever waits for what is seen must not wait for ever
            self.blind = not self._ended.is_set()

    def look(self) -> None:
        """Look once; a clock that is read after the look says before the hour only if it was before the hour."""
        pages, listed = self._pages(), self._listed()
        now = time.time()
        for slug in pages | listed:
            if now < self.hours[slug]:
                self.faults.append(f"early: {slug} was seen {self.hours[slug] - now:.3f} s before its hour")
        self.faults += [f"vanished: {slug} was in the newsroom, and then was not" for slug in self.seen - pages]
        self.seen |= pages
        self.looks += 1

    def has_seen(self, share: float) -> bool:
        """Whether such a share of the releases was seen, or nobody looks any more."""
        return self.blind or len(self.seen) >= share * len(self.hours)

    def _pages(self) -> set[str]:
        return {each.parent.name for each in self.public.glob("[!.]*/r*/index.html")}

    def _listed(self) -> set[str]:
        files = [file for place in ("[!.]*.*", "[!.]*/*.*") for file in self.public.glob(place) if file.is_file()]
        return {each.decode() for file in files for each in SLUG.findall(file.read_bytes())}


@dataclass
class Workers:
    """Two workers, each of which is started again whenever it was killed."""

    root: Path
    watcher: Watcher
    kills: int
    chance: random.Random
    killed: int = 0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def kill(self) -> None:
        """Kill and start them until it was done often enough."""
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(self._slot, ("one", "two")))

    def _slot(self, name: str) -> None:
        while True:
            with self._turn:
                if self.killed >= self.kills:
                    return
                share = self.killed / self.kills - EARLY_KILLS
                self.killed += 1
                life = self.chance.uniform(0, LIFE)
            process = self.start(name)
            _wait(lambda share=share: self.watcher.has_seen(share))  # type: ignore[misc]
            time.sleep(life)
            process.kill()
            process.wait()

    def start(self, name: str) -> subprocess.Popen[str]:
        """Start one, and return when it is ready to lift.

        The database may need a moment to see that the one before was killed: a service manager tries again, too.
        """
        said = self.root / f"said-{name}.txt"
        command = [str(PRESSGEN), "worker", "--id", name, "--workspace", str(self.root)]
        ends = time.monotonic() + PATIENCE
        while True:
            begins = said.stat().st_size if said.exists() else 0
            with said.open("a") as out:
                process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, text=True)
            while process.poll() is None and ": ready" not in said.read_text()[begins:]:
                time.sleep(0.05)
            if process.returncode is None:
                return process
            if "is already running" not in said.read_text()[begins:] or time.monotonic() > ends:
                raise AssertionError(f"a worker ended with {process.returncode}: {said.read_text()[begins:]}")
            time.sleep(0.5)


def killed(kills: int, seed: int, *, store: str) -> Result:
    """Let releases fall due while two workers are killed so many times in all, each started again at once."""
    chance = random.Random(f"{seed} {store}")  # noqa: S311
    count = kills * PER_KILL
    with office(store) as desk:
        first = after(AHEAD + count * APPROVAL).replace(microsecond=0)
        spans = [chance.randrange(max(1, count // PER_SECOND)) for _ in range(count)]
        references = desk.approve([first + timedelta(seconds=span) for span in spans])
        hours = {name.lower(): first.timestamp() + span for name, span in zip(references, spans, strict=True)}
        watcher = Watcher(desk.root / "public", hours)
        workers = Workers(desk.root, watcher, kills, chance)
        with watcher.watching():
            time.sleep(max(0.0, first.timestamp() - FIRST_KILL - time.time()))
            workers.kill()
            lifted_before = len(watcher.seen)
            at_last = [workers.start(name) for name in ("one", "two")]
            _wait(lambda: _settled(desk, count))
            faults = [f"worker {each.args!r} ended by itself" for each in at_last if each.poll() is not None]
            for each in at_last:
                each.send_signal(signal.SIGTERM)
                each.wait()
        faults += [*dict.fromkeys(watcher.faults), *_judge(desk, hours)]
        if faults:
            faults.append(f"workspace kept: {shutil.copytree(desk.root, Path(mkdtemp()) / 'office', symlinks=True)}")
    figures = f"{count} releases, {workers.killed} kills, {lifted_before} public before the last; {watcher.looks} looks"
    return Result(kills, tuple(f"seed {seed}: {each}" for each in faults), figures)


def _wait(true: Callable[[], bool]) -> None:
    """Wait until something is so, or for as long as patience lasts: what is not so then is found in the end."""
    ends = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < ends:
        time.sleep(0.5)


def _settled(desk: Many, count: int) -> bool:
    """Whether each lift is recorded, and each page and the listing of the year are there."""
    lifts = sum(event["kind"] == "lifted" for _, event, *_ in _entries(desk))
    index = next(desk.root.glob("public/*/index.html"), None)
    return lifts >= count and index is not None and len(set(SLUG.findall(index.read_bytes()))) >= count


def _entries(desk: Many) -> list[tuple[str, dict[str, Any], str, str, str]]:
    """Whose, what, and as it is chained: text, digest before, own digest."""
    address = os.environ.get(DATABASE)
    file = desk.root / ".pressgen" / "ledger.sqlite"
    connection: Any = psycopg.connect(address) if address else sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    with closing(connection):
        rows = connection.execute(QUERY).fetchall()
    told = [(json.loads(text), text, before, digest) for _, text, before, digest in rows]
    return [(each["reference"], each["event"], text, before, digest) for each, text, before, digest in told]


def _judge(desk: Many, hours: dict[str, float]) -> Iterator[str]:
    """Everything that is wrong in the end."""
    due = subprocess.run([PRESSGEN, "due", "--workspace", desk.root], capture_output=True, text=True, check=False)
    if due.returncode or due.stdout:
        yield f"pressgen due ends with {due.returncode}: {(due.stdout + due.stderr)[:400]!r}"
    yield from _ledger(desk, hours)
    yield from _newsroom(desk, hours)
    places = [*(desk.root / "public").rglob(".incoming-*"), *(desk.root / ".pressgen").glob("aside/*")]
    yield from (f"left over: {each.relative_to(desk.root)}" for each in places)


def _ledger(desk: Many, hours: dict[str, float]) -> Iterator[str]:
    lifts: Counter[str] = Counter()
    last = "0" * 64
    for reference, event, text, before, digest in _entries(desk):
        if before != last or hashlib.sha256(f"{before}\n{text}".encode()).hexdigest() != digest:
            yield f"ledger: an entry of {reference} is not chained"
        last = digest
        if event["kind"] == "lifted":
            lifts[reference.lower()] += 1
            actual = datetime.fromisoformat(event["actual"]).timestamp()
            if actual < hours[reference.lower()]:
                yield f"early: {reference} was lifted at {event['actual']}"
    for slug in hours:
        if lifts[slug] != 1:
            yield f"ledger: {slug} was lifted {lifts[slug]} times"


def _newsroom(desk: Many, hours: dict[str, float]) -> Iterator[str]:
    """The folders and what lies in them, as approved; and the listing of the year."""
    wanted: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for reference, event, *_ in _entries(desk):
        if event["kind"] == "submitted" and reference.lower() in hours:
            files = event["version"]["files"].items()
            own = {name.removeprefix("public/"): digest for name, digest in files if name.startswith("public/")}
            wanted[reference.lower()] = {name: digest for name, digest in own.items() if name.endswith(("docx", "pdf"))}
    folders = {each.name: each for each in desk.root.glob("public/*/r*")}
    for slug in sorted(hours.keys() | folders.keys()):
        there = {each.name: each for each in folders[slug].iterdir()} if slug in folders else {}
        if not there or slug not in hours or "index.html" not in there:
            yield f"newsroom: {slug} has {sorted(there) or 'nothing'}"
        for name, digest in wanted[slug].items():
            if name not in there or hashlib.sha256(there[name].read_bytes()).hexdigest() != digest:
                yield f"newsroom: {slug} lacks {name} as it was approved"
    for index in desk.root.glob("public/*/index.html"):
        if missing := hours.keys() - {each.decode() for each in SLUG.findall(index.read_bytes())}:
            yield f"newsroom: {index.parent.name} does not list {len(missing)} releases, such as {min(missing)}"
