"""An office on paper, for the engine's tests: what is owed, published and announced are files of a folder.

Run as a worker of its own: python paper_office.py FOLDER NAME [DATABASE]
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from pressgen.scheduler.clock import TrustedClock
from pressgen.scheduler.handlers import DueJob, PermanentFailureError
from pressgen.scheduler.store import SchedulerDatabase
from pressgen.scheduler.worker import LiftWorker
from pressgen.scheduler.worker_lock import acquire_worker_lock


class PaperOffice:
    """The acts, on files: `owed/` is the ledger, `public/` the newsroom, `log` what happened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("owed", "public", "faults"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def owe(self, reference: str, at: datetime, revision: int = 1, channels: tuple[str, ...] = ("mail",)) -> DueJob:
        words = json.dumps({"revision": revision, "at": at.timestamp(), "channels": channels})
        temporary = self.folder / "owed" / f".{reference}"
        temporary.write_text(words)
        temporary.replace(self.folder / "owed" / reference)
        return DueJob(at, reference, revision)

    def forget(self, reference: str) -> None:
        (self.folder / "owed" / reference).unlink()

    def fault(self, name: str, *, hopeless: bool = False) -> Path:
        """Make an act on `name`, a reference or a channel, fail while the returned file lies there."""
        file = self.folder / "faults" / name
        file.write_text("hopeless" if hopeless else "passing")
        return file

    def log(self) -> list[dict[str, object]]:
        file = self.folder / "log"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def events(self, what: str, reference: str | None = None) -> list[dict[str, object]]:
        return [each for each in self.log() if each["what"] == what and reference in {None, each["reference"]}]

    def prepare(self, reference: str, revision: int) -> None:
        self._note("prepared", reference, revision)

    def publish(self, reference: str, revision: int) -> list[str] | None:
        owed = self._owed(reference)
        if owed is None or owed["revision"] != revision or time.time() < float(str(owed["at"])):
            self._note("superseded", reference, revision)
            return None
        self._trip(reference)
        page = self.folder / "public" / reference
        if not page.exists():
            temporary = page.with_name(f".{reference}.{os.getpid()}")
            temporary.write_text("public")
            temporary.replace(page)
            self._note("published", reference, revision, late=time.time() - float(str(owed["at"])))
        channels = owed["channels"]
        assert isinstance(channels, list)
        return channels

    def announce(self, reference: str, revision: int, channel: str) -> None:
        self._note("announcing", reference, revision, channel=channel)
        self._trip(channel)
        self._note("announced", reference, revision, channel=channel)

    def failed(self, reference: str, revision: int, channel: str, detail: str) -> None:
        self._note("failed", reference, revision, channel=channel, detail=detail)

    def issue(self, reference: str, number: int, at_ms: int) -> None:
        self._note("issued", reference, number, at_ms=at_ms)

    def issue_failed(self, reference: str, number: int, detail: str, *, final: bool) -> None:
        self._note("issue failed", reference, number, detail=detail, final=final)

    def due(self, before: datetime) -> list[DueJob]:
        found = []
        for file in (self.folder / "owed").glob("[!.]*"):
            owed = self._owed(file.name)
            if owed is not None and not (self.folder / "public" / file.name).exists():
                at = datetime.fromtimestamp(float(str(owed["at"])), UTC)
                found += [DueJob(at, file.name, int(str(owed["revision"])))] * (at < before)
        return found

    def _owed(self, reference: str) -> dict[str, object] | None:
        file = self.folder / "owed" / reference
        return dict(json.loads(file.read_text())) if file.exists() else None

    def _trip(self, name: str) -> None:
        file = self.folder / "faults" / name
        if file.exists():
            raise (
                PermanentFailureError(f"{name} refuses")
                if file.read_text() == "hopeless"
                else OSError(28, f"{name} is full")
            )

    def _note(self, what: str, reference: str, revision: int, **more: object) -> None:
        line = json.dumps({"what": what, "reference": reference, "revision": revision, "at": time.time()} | more)
        with (self.folder / "log").open("a") as file:
            file.write(line + "\n")


def main(folder: str, name: str, database: str = "") -> None:
    """Work until killed; rounds come quicker than in an office."""
    office = PaperOffice(Path(folder))
    store = SchedulerDatabase(Path(folder) / ".pressgen", database)
    store.prepare()
    lock = acquire_worker_lock(store, name)
    if lock is None:
        sys.exit(4)
    clock = TrustedClock(tell=lambda words: office._note("clock", "", 0, words=words))
    with LiftWorker(store, office, clock, name, lock) as worker:
        office._note("ready", name, 0)
        while True:
            worker.round()
            time.sleep(0.5)


if __name__ == "__main__":
    main(*sys.argv[1:])
