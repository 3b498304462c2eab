"""Returned mails: read, classified, and recorded once in the ledger.

They come from a mailbox or a folder.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pressgen.actions.distribute.office_channels import create_imap_server
from pressgen.actions.workspace.office import load_office, open_ledger
from pressgen.channels.bounces import LARGEST, read_returned_mail
from pressgen.channels.imap import read_unseen
from pressgen.errors import EnvironmentFailureError, UsageError
from pressgen.model.event import Sent
from pressgen.model.readers import Bounced
from pressgen.model.round import Posted

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.bounces import ReturnedMail
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Stamp
    from pressgen.model.office import Bounces

ROBOT: Final = "pressgen"
"""The actor of recorded bounces."""
ROUND: Final = 300.0
"""Seconds between two rounds of a worker."""
MOST_FILES: Final = 10_000
ENDINGS: Final = (".eml", ".msg", ".txt", "")


@dataclass(slots=True)
class ReturnedMailReport:
    """The result of reading the returned mails once.

    Attributes:
        read: how many mails there were.
        recorded: the new entries in the ledger, with the reference of the release.
        known: how many were recorded before.
        foreign: how many failed or delayed mails are not ours, or have no key.
        others: how many were automatic replies, or something else.
    """

    read: int = 0
    recorded: list[tuple[str, Bounced]] = field(default_factory=list)
    known: int = 0
    foreign: int = 0
    others: Counter[str] = field(default_factory=Counter)


def collect_returned_mails(
    workspace: Workspace, folder: Path | None, clock: Callable[[], datetime]
) -> ReturnedMailReport:
    """Read the office's returned mails, and record which ones did not arrive.

    Args:
        workspace: the office's.
        folder: of .eml files; None for the mailbox and the folder that the office names under `bounces`.
        clock: gives the present instant.

    Raises:
        UsageError: the office has no `bounces`, or there is no such folder.
        InputError: the office's `bounces` is at fault.
        EnvironmentFailureError: the mailbox cannot be read, or a password is missing; or the ledger cannot be
            written.
    """
    office = load_office(workspace)
    office.need("bounces")
    bounces = office.bounces
    if bounces is None:
        raise UsageError(
            "the office has no address for returned mails; see “Mails that come back” in: pressgen manual office"
        )
    collected = ReturnedMailReport()
    waiting: list[ReturnedMail] = []

    def take(data: bytes) -> None:
        waiting.append(read_returned_mail(data, bounces.address))

    def record() -> None:
        with open_ledger(workspace) as ledger:
            _record_bounces(ledger, waiting, collected, clock)
        waiting.clear()

    for each in _list_folders(workspace, bounces, folder):
        for data in _read_files(each):
            take(data)
        record()
    if folder is None and bounces.mailbox is not None:
        read_unseen(create_imap_server(workspace, bounces.mailbox), take, record)
    return collected


def watch_returned_mails(
    workspace: Workspace, clock: Callable[[], datetime], tell: Callable[[str], None], stopped: threading.Event
) -> None:
    """Read the returned mails every few minutes until `stopped` is set.

    Nothing is read where the office's file does not say where they are.

    Args:
        workspace: the office's.
        clock: gives the present instant.
        tell: gets a line for each mail that is recorded, and for each new obstacle.
        stopped: set by the caller to end it.
    """
    hindered = ""
    while not stopped.wait(ROUND):
        hindrance = read_returned_mails_once(workspace, clock, tell)
        if hindrance and hindrance != hindered:
            tell(hindrance)
        hindered = hindrance


def read_returned_mails_once(workspace: Workspace, clock: Callable[[], datetime], tell: Callable[[str], None]) -> str:
    """Read the returned mails once, and return the obstacle, or "".

    Nothing is read where the office's file does not say where they are.

    `tell` gets a line for each mail that is recorded. Nothing is raised, so that it cannot end a lift.
    """
    try:
        office = load_office(workspace)
        if office.bounces is None or not (office.bounces.mailbox or office.bounces.folder):
            return ""
        for reference, event in collect_returned_mails(workspace, None, clock).recorded:
            what = "bounced" if event.final else "delayed"
            tell(f"{reference}: {what}: {event.recipient}, {event.address}: {event.why}")
    except Exception as fault:  # noqa: BLE001 - whatever a database raises
        return f"cannot read the returned mails: {str(fault).partition(chr(10))[0]}"
    return ""


def _list_folders(workspace: Workspace, bounces: Bounces, folder: Path | None) -> list[Path]:
    if folder is not None:
        return [folder]
    if bounces.folder is not None:
        return [workspace.root / bounces.folder]
    if bounces.mailbox is None:
        raise UsageError("give the folder of the returned mails, or write bounces.mailbox in releases/pressgen.yaml")
    return []


def _read_files(folder: Path) -> Iterator[bytes]:
    """Yield the first bytes of each file in a folder.

    Links are not followed.
    """
    try:
        names = sorted(each.name for each in os.scandir(folder) if each.is_file(follow_symlinks=False))
    except OSError as error:
        raise UsageError(f"{folder} cannot be read: {error.strerror}; give the folder of the returned mails") from None
    for name in names[:MOST_FILES]:
        if name.startswith(".") or (folder / name).suffix.lower() not in ENDINGS:
            continue
        try:
            handle = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(handle, "rb") as file:
                if stat.S_ISREG(os.fstat(handle).st_mode):
                    yield file.read(LARGEST)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise EnvironmentFailureError(f"{folder / name} cannot be read: {error.strerror}") from None


def _record_bounces(
    ledger: Ledger, waiting: list[ReturnedMail], collected: ReturnedMailReport, clock: Callable[[], datetime]
) -> None:
    """Record the bounces that are new, and count the other mails."""
    collected.read += len(waiting)
    lost = [each for each in waiting if each.kind in {"failed", "delayed"}]
    collected.others.update(each.kind for each in waiting if each.kind not in {"failed", "delayed"})
    ours = ledger.mails({key for each in lost for key in each.keys})
    known: dict[str, _KnownBounces] = {}
    for each in lost:
        stamps = [ours[key] for key in each.keys if key in ours]
        collected.foreign += not stamps
        for stamp in stamps:
            before = known.setdefault(stamp.reference, _KnownBounces(ledger, stamp.reference))
            _record_bounce(ledger, each, stamp, before, collected, clock)


class _KnownBounces:
    """The bounces of a release that the ledger knows, by bounce key."""

    def __init__(self, ledger: Ledger, reference: str) -> None:
        self._entries = ledger.follow(reference)
        self._final: dict[str, bool] = {}

    def has(self, event: Bounced) -> bool:
        """Return whether the ledger says at least as much about this bounce."""
        for each in (stamp.event for stamp in self._entries.read()):
            if isinstance(each, Bounced):
                self._final[each.bounce_key] = each.final or self._final.get(each.bounce_key, False)
        return event.bounce_key in self._final and (self._final[event.bounce_key] or not event.final)


def _record_bounce(
    ledger: Ledger,
    returned: ReturnedMail,
    stamp: Stamp,
    known: _KnownBounces,
    collected: ReturnedMailReport,
    clock: Callable[[], datetime],
) -> None:
    sent = stamp.event
    if not isinstance(sent, Sent | Posted):
        return
    event = Bounced(
        version=sent.version if isinstance(sent, Sent) else "",
        recipient=sent.recipient,
        address=sent.address,
        channel=sent.channel,
        key=sent.key,
        bounce_key=sent.bounce_key,
        final=returned.kind == "failed",
        status=returned.status,
        reason=returned.reason,
    )
    with ledger.exclusive(stamp.reference, stamp.slug) as transaction:
        if known.has(event):
            collected.known += 1
            return
        transaction.append(event, actor=ROBOT, at=clock())
    collected.recorded.append((stamp.reference, event))
