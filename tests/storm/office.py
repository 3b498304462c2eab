"""Offices to start from, made once by pressgen itself in calm weather, and copied for each interleaving."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import psycopg

from actions.editors import change, edited
from actions.room import LIFT, OFFICE
from actions.room import RELEASE as BRIDGE
from machine import ROOT
from postgres import Cluster
from pressgen.actions.approve.approve import approve_release
from pressgen.actions.approve.submit import submit_release
from pressgen.actions.build import build
from pressgen.actions.distribute.issue import issue_release
from pressgen.actions.distribute.issue_plan import IssueRequest
from pressgen.actions.distribute.message_sender import SendOptions
from pressgen.actions.publish import scheduler_access
from pressgen.actions.publish.lift_handlers import WorkspaceHandlers
from pressgen.actions.publish.schedule import schedule_lift
from pressgen.actions.review.send import ReviewRequest, send_for_review
from pressgen.actions.workspace.folder import Workspace
from storm.crossings import Now
from storm.outside import Mail, Wakings
from storm.scheduler import Process, Scheduler, actor_here, unseen
from storm.world import World, storm, world

HOUR = LIFT.timestamp()
"""When the embargo of the first release ends; that of the other ends a minute later."""
TEXT = (
    "The bridge over the river Wend opened after two years of work that cost £3.2 million, and people of both banks"
    " walked across it in the rain."
)
BRIDGE = BRIDGE.replace("The bridge opened after works that cost £3.2 million.", TEXT).replace(
    "contacts:", "  - The next bridge will be built further down the river when the money is there.\ncontacts:"
)
TOWER = BRIDGE.replace("B-1", "B-2").replace("Bridge opens", "Tower falls").replace("00:01 ", "00:02 ")
RELEASES = {"bridge": BRIDGE, "tower": TOWER}
NAMES = {"bridge": "B-1", "tower": "B-2"}
HEADLINES = {"bridge": "Bridge opens", "tower": "Tower falls"}
HOURS = {"bridge": HOUR, "tower": HOUR + 60}
READERS = ("desk@daily.example", "news@agency.example")
OFFICE_FILE = OFFICE.replace("at_lift: [newsroom]", "at_lift: [newsroom, mail]")
BEFORE = HOUR - 5 * 3600
RETURNED = "in.docx"


@dataclass
class Office:
    """An office in the storm.

    Attributes:
        store: the address of its PostgreSQL; empty for SQLite.
    """

    root: Path
    store: str
    mail: Mail
    wakings: Wakings

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)

    def enter(self) -> None:
        """Have pressgen find the ledger of this office."""
        os.environ["PRESSGEN_DATABASE"] = self.store

    def folder(self, slug: str) -> Path:
        return self.root / "releases" / slug

    def watch(self) -> SendOptions:
        return SendOptions(clock=lambda: Now.now(UTC), tell=lambda _: None)


def now() -> datetime:
    """The present instant, as a command reads it when it begins."""
    return Now.now(UTC)


def replace_engine_and_making() -> None:
    """Have the lifts woken by a list of the world's, and what is made of the same inputs made once."""
    mock.patch.object(scheduler_access, "open_scheduler_client", _wakings).start()
    made: dict[str, Any] = {}
    real = build._collect_outputs

    def finished(builder: Any, request: Any, state: str, cache: Any) -> Any:  # noqa: ANN401
        key = repr((state, builder.variants, request.formats))
        if key not in made:
            with unseen(actor_here()):
                made[key] = real(builder, request, state, cache)
        return made[key]

    mock.patch.object(build, "_collect_outputs", finished).start()


@contextmanager
def _wakings(_: object) -> Iterator[Wakings]:
    here = world()
    assert here
    here.scheduler.cross("engine: write", effect=False)
    yield here.wakings


def calm(office: Office, at: float, work: Callable[[], object]) -> None:
    """Do something in the office while nothing else happens."""
    office.enter()
    scheduler = Scheduler(0, at)
    actor = scheduler.spawn("calm", Process("calm", immortal=True), work)
    with storm(World(scheduler, office.root, office.mail, office.wakings)):
        scheduler.run()
    if actor.fault:
        raise actor.fault


def _bare(folder: Path, store: str, slugs: tuple[str, ...]) -> Office:
    root = Path(tempfile.mkdtemp(dir=folder)) / "office"
    shutil.copytree(ROOT / "templates" / "inspectorate", root / "templates" / "inspectorate")
    for slug in slugs:
        (root / "releases" / slug).mkdir(parents=True)
        (root / "releases" / slug / "release.yaml").write_text(RELEASES[slug])
    (root / "releases" / "pressgen.yaml").write_text(OFFICE_FILE)
    return Office(root, store, Mail(Random(0)), Wakings())  # noqa: S311


def _sign(office: Office, slug: str) -> None:
    submit_release(office.workspace, office.folder(slug), "writer", now())
    approve_release(office.workspace, office.folder(slug), "head", now())


def drafted(folder: Path, store: str) -> Office:
    """A draft of which a copy has come back from an editor."""
    office = _bare(folder, store, ("bridge",))
    file = office.folder("bridge") / "release.yaml"
    file.write_text(file.read_text().replace("in the rain", "in the the rain"))

    def work() -> None:
        errand = ReviewRequest(to=(), who="writer", out=office.root / "dist")
        send_for_review(office.workspace, office.folder("bridge"), errand, now())
        with unseen(actor_here()):
            edited(office.root, change("two years", "three years"), change("further down", "higher up"), name=RETURNED)

    calm(office, BEFORE, work)
    return office


def approved(folder: Path, store: str) -> Office:
    """Two releases that are approved, and scheduled; nobody has them."""
    office = _bare(folder, store, ("bridge", "tower"))

    def work() -> None:
        for slug in RELEASES:
            _sign(office, slug)
            schedule_lift(office.workspace, office.folder(slug), "head", now())

    calm(office, BEFORE, work)
    return office


def issued(folder: Path, store: str) -> Office:
    """The same, and two people have each of them."""
    office = approved(folder, store)

    def work() -> None:
        for slug in RELEASES:
            issue_release(office.workspace, office.folder(slug), IssueRequest("national"), "head", office.watch())

    calm(office, BEFORE + 60, work)
    return office


def corrected(folder: Path, store: str) -> Office:
    """One that is public, and whose correction is approved; two people have it."""
    office = issued(folder, store)

    def work() -> None:
        lifting = WorkspaceHandlers(office.workspace, lambda _: None)
        for job in sorted(lifting.due(now() + timedelta(days=1))):
            for channel in lifting.publish(job.reference, job.revision) or ():
                lifting.announce(job.reference, job.revision, channel)
        lifting.close()
        file = office.folder("bridge") / "release.yaml"
        file.write_text(file.read_text().replace("two years", "three years"))
        _sign(office, "bridge")

    calm(office, HOUR + 100, work)
    return office


KINDS: dict[str, Callable[[Path, str], Office]] = {
    "drafted": drafted,
    "approved": approved,
    "issued": issued,
    "corrected": corrected,
}


@dataclass
class Shelf:
    """An office of each kind, made when it is first asked for; copies of them.

    Attributes:
        folder: where copies are made.
        cluster: the PostgreSQL that holds their ledgers, None for SQLite.
    """

    folder: Path
    cluster: Cluster | None
    _made: dict[str, Office] = field(default_factory=dict)

    @contextmanager
    def copy(self, kind: str) -> Iterator[Office]:
        """An office of a kind, to be spoilt."""
        if kind not in self._made:
            self._made[kind] = KINDS[kind](self.folder, self.cluster.new_database() if self.cluster else "")
        first = self._made[kind]
        root = self.folder / "copy"
        shutil.copytree(first.root, root)
        mail = Mail(Random(0), taken=list(first.mail.taken))  # noqa: S311
        office = Office(root, first.store, mail, Wakings(dict(first.wakings.due)))
        if self.cluster:
            office.store = self.cluster.url("copy")
            self._ask("CREATE DATABASE copy TEMPLATE " + first.store.rpartition("/")[2])
        office.enter()
        try:
            yield office
        finally:
            shutil.rmtree(root)
            if self.cluster:
                self._ask("DROP DATABASE copy WITH (FORCE)")

    def _ask(self, statement: str) -> None:
        assert self.cluster
        with psycopg.connect(self.cluster.url(), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]
