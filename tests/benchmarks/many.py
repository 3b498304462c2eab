"""An office with many approved releases, whose files are those of one that was built; and what becomes of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from actions.room import EPOCH, HOOK, IMMEDIATE, OFFICE, approved
from postgres import cluster
from pressgen.actions.publish.scheduler_access import open_scheduler_client
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import DATABASE, open_ledger
from pressgen.ledger.migrate import migrate_ledger
from pressgen.model.event import Approved, Lifted, Scheduled, Sent, Submitted
from pressgen.scheduler.handlers import DueJob

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.event import Version

PRESSGEN = Path(sys.executable).with_name("pressgen")
READERS = (("daily", "desk@daily.example"), ("agency", "news@agency.example"))
TICK = 0.02
"""Seconds by which a file's own time may be behind: the kernel takes it from a clock that ticks every 4 milliseconds,
more seldom on a busy virtual machine. The ledger's time of the lift is exact, and may not be early at all."""


@dataclass
class Many:
    """An office in `root`, with a ledger of its own."""

    root: Path
    readers: Sequence[tuple[str, str]] = ()

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)

    def approve(self, hours: Sequence[datetime], beginning: str = "r") -> list[str]:
        """Approve and schedule a release for each of the hours; their references."""
        now = datetime.now(UTC)
        with open_ledger(self.workspace) as ledger:
            built = ledger.standing("B-1")
            assert built
            assert built.version
            dues = []
            for number, hour in enumerate(hours):
                slug = f"{beginning}{number:05}"
                made = _named(built.version, slug)
                with ledger.exclusive(slug.upper(), slug) as turn:
                    for event, actor in (
                        (Submitted(version=made), "writer"),
                        (Approved(version=made.digest), "head"),
                        *((_copy(made, *each), "head") for each in self.readers),
                        (Scheduled(revision=1, lift_at=hour), "head"),
                    ):
                        turn.append(event, actor=actor, at=now)
                dues.append(DueJob(hour, slug.upper(), 1))
        with open_scheduler_client(self.workspace) as held:
            for due in dues:
                held.schedule(due, now)
        return [due.reference for due in dues]

    @contextmanager
    def worker(self, name: str = "bench") -> Iterator[subprocess.Popen[bytes]]:
        """The command `pressgen worker`, killed at the end."""
        command = [PRESSGEN, "worker", "--id", name, "--workspace", self.root]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "WIRE_KEY": "secret"})
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()

    def issue(self, kill_after: float | None = None) -> None:
        """The command `pressgen issue`, killed after so many seconds if they are given."""
        command = [PRESSGEN, "issue", "bridge", "--list", "national", "--as", "head", "--workspace", self.root]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            process.wait(kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def page(self, reference: str) -> Path:
        return self.root / "public" / str(datetime.now(UTC).year) / reference.lower() / "index.html"

    def wait(self, references: Sequence[str], seconds: float) -> None:
        """Until all are public, or so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not all(self.page(each).exists() for each in references):
            time.sleep(0.2)

    def lateness(self, reference: str) -> float | None:
        """Seconds from the hour to the page, by the page's own time; None where it is not public."""
        page = self.page(reference)
        with open_ledger(self.workspace) as ledger:
            events = [stamp.event for stamp in ledger.entries(reference)]
        hours = [each.lift_at for each in events if isinstance(each, Scheduled)]
        return page.stat().st_ctime - hours[-1].timestamp() if page.exists() else None

    def early(self, reference: str) -> bool:
        """Whether it was lifted before its hour, by the clock that was read before the page was renamed."""
        with open_ledger(self.workspace) as ledger:
            lifts = [stamp.event for stamp in ledger.entries(reference) if isinstance(stamp.event, Lifted)]
        return any(each.actual < each.due for each in lifts) or (self.lateness(reference) or 0.0) < -TICK

    def lifts(self, reference: str) -> int:
        """How often the ledger has its lift."""
        with open_ledger(self.workspace) as ledger:
            return sum(isinstance(stamp.event, Lifted) for stamp in ledger.entries(reference))


@contextmanager
def office(
    store: str, *, port: int = 1, hook: str = HOOK, at_lift: str = "[newsroom]", told: bool = False
) -> Iterator[Many]:
    """An office whose database is `sqlite` or `postgresql`, in a folder of its own."""
    built = approved(IMMEDIATE, OFFICE, EPOCH)
    with ExitStack() as things:
        if store == "postgresql":
            os.environ[DATABASE] = things.enter_context(cluster()).new_database()
            things.callback(os.environ.pop, DATABASE)
        root = Path(mkdtemp(prefix="pressgen-bench-"))
        things.callback(shutil.rmtree, root, ignore_errors=True)
        text = (
            OFFICE.replace("2525", str(port)).replace(HOOK, hook).replace("at_lift: [newsroom]", f"at_lift: {at_lift}")
        )
        shutil.copytree(built, root, dirs_exist_ok=True)
        if store == "postgresql":
            migrate_ledger(f"sqlite:///{root / '.pressgen' / 'ledger.sqlite'}", os.environ[DATABASE])
        (root / "releases" / "pressgen.yaml").write_text(text)
        yield Many(root, READERS if told else ())


def _named(version: Version, slug: str) -> Version:
    """The same files under another name."""
    files = {name.replace("/bridge.", f"/{slug}."): digest for name, digest in version.files.items()}
    return replace(version, files=files)


def _copy(version: Version, name: str, address: str) -> Sent:
    return Sent(
        version=version.digest, recipient=name, address=address, channel="mail", files={"release.pdf": "0" * 64},
        embargo=None, outcome="ok", detail="", key=f"{version.digest}-{name}",
    )  # fmt: skip


def after(seconds: float) -> datetime:
    """An instant so many seconds from now."""
    return datetime.now(UTC) + timedelta(seconds=seconds)
