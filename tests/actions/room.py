"""An office with an approved release, ready to issue: made once, copied for each test."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from machine import ROOT
from pressgen.actions.approve.approve import approve_release
from pressgen.actions.approve.submit import submit_release
from pressgen.actions.distribute.message_sender import SendOptions
from pressgen.actions.workspace.folder import Workspace
from pressgen.actions.workspace.office import open_ledger
from pressgen.channels.retry import RetryPolicy

if TYPE_CHECKING:
    from pressgen.model.event import Event, Sent
    from pressgen.model.standing import Copy, Failure, Standing

NOON = datetime(2031, 4, 1, 12, 0, tzinfo=UTC)
EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
LIFT = datetime(2031, 4, 1, 23, 1, tzinfo=UTC)
HOOK = "https://wire.example/in"
RELEASE = """\
reference: B-1
house: inspectorate
headline: Bridge opens          # as the board agreed
times:
  zone: Europe/London
  embargo: 2031-04-02 00:01     # a minute past midnight
people:
  ray: {name: Dr Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@example.org}
body:
  - The bridge opened after works that cost £3.2 million.
  - quote: {by: ray, words: It holds.}
contacts: [ray]
"""
IMMEDIATE = RELEASE.replace("  embargo: 2031-04-02 00:01     # ", "  # ")
OFFICE = """\
office: {name: Press office, from: press@example.org, newsroom: "https://news.example.org"}
people:
  writer: {name: Duty officer, email: writer@example.org, roles: [writer]}
  head: {name: Head, email: head@example.org, roles: [approver, head]}
lists:
  national:
    audience: press
    recipients:
      - {id: daily, name: Home desk, outlet: A daily paper, email: desk@daily.example}
      - {id: agency, name: News desk, outlet: An agency, email: news@agency.example}
  ministers:
    audience: named
    recipients:
      - {id: minister, name: The minister, email: minister@gov.example}
channels:
  mail: {kind: smtp, host: 127.0.0.1, port: 2525, security: none}
  newsroom: {kind: folder, path: public}
  early: {kind: folder, path: early}
  wire: {kind: webhook, url: "https://wire.example/in", secret_env: WIRE_KEY}
at_issue: [mail]
at_lift: [newsroom]
"""


@cache
def approved(release: str, office: str, at: datetime, beside: tuple[tuple[str, str], ...] = ()) -> Path:
    """A workspace in which the release, with the files beside it, was submitted and approved at an instant."""
    root = Path(mkdtemp(prefix="pressgen-tests-"))
    shutil.copytree(ROOT / "templates" / "inspectorate", root / "templates" / "inspectorate")
    folder = root / "releases" / "bridge"
    folder.mkdir(parents=True)
    for name, text in (("release.yaml", release), *beside):
        (folder / name).write_text(text)
    (root / "releases" / "pressgen.yaml").write_text(office)
    again(root, at)
    return root


def again(root: Path, now: datetime, slug: str = "bridge") -> None:
    """Submit and approve the release as it lies there."""
    submit_release(Workspace(root), root / "releases" / slug, "writer", now)
    approve_release(Workspace(root), root / "releases" / slug, "head", now)


@dataclass
class Room:
    """A copy of such a workspace, on a clock that stands still until it is set."""

    root: Path
    now: datetime = NOON
    told: list[Sent] = field(default_factory=list)

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)

    @property
    def folder(self) -> Path:
        return self.root / "releases" / "bridge"

    @property
    def watch(self) -> SendOptions:
        return SendOptions(clock=lambda: self.now, tell=self.told.append, patience=RetryPolicy(3, 0.01), turn=0.2)

    @property
    def standing(self) -> Standing:
        with open_ledger(self.workspace) as ledger:
            found = ledger.standing("B-1")
        assert found
        return found

    @property
    def copies(self) -> list[Copy]:
        with open_ledger(self.workspace) as ledger:
            return ledger.copies("B-1")

    @property
    def failures(self) -> list[Failure]:
        with open_ledger(self.workspace) as ledger:
            return ledger.failures(["B-1"]).get("B-1", [])

    @property
    def events(self) -> list[Event]:
        with open_ledger(self.workspace) as ledger:
            return [stamp.event for stamp in ledger.entries("B-1")]

    def edit(self, was: str, now: str) -> None:
        """Type something else into the release."""
        file = self.folder / "release.yaml"
        text = file.read_text()
        assert was in text
        file.write_text(text.replace(was, now))


def room(folder: Path, port: int, release: str = RELEASE, office: str = OFFICE, hook: str = HOOK) -> Room:
    """A room in `folder` whose mail goes to a port of this machine."""
    shutil.copytree(approved(release, OFFICE, NOON - timedelta(hours=3)), folder / "office")
    return _settled(folder, port, office, hook)


def room_with(folder: Path, port: int, release: str, **beside: str) -> Room:
    """A room whose release has files beside it, `cy` its translation, `figures` an attachment."""
    names = {"cy": "release.cy.yaml", "figures": "figures.csv"}
    files = tuple((names[each], text) for each, text in beside.items())
    shutil.copytree(approved(release, OFFICE, NOON - timedelta(hours=3), files), folder / "office")
    return _settled(folder, port, OFFICE, HOOK)


def room_of_today(folder: Path, port: int = 0, office: str = OFFICE, release: str = IMMEDIATE) -> Room:
    """A room on the clock of this machine, whose release is for immediate release."""
    shutil.copytree(approved(release, office, EPOCH), folder / "office")
    return _settled(folder, port, office, HOOK)


def _settled(folder: Path, port: int, office: str, hook: str) -> Room:
    text = office.replace("2525", str(port)).replace(HOOK, hook)
    (folder / "office" / "releases" / "pressgen.yaml").write_text(text)
    return Room(folder / "office")
