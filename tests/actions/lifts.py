"""An office whose release is lifted in a moment: real ledger, real engine, real channels, the machine's own clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from actions.room import HOOK, OFFICE, Room, room_of_today
from machine import PATIENCE
from pressgen.actions.publish.lift_handlers import WorkspaceHandlers
from pressgen.actions.publish.scheduler_access import sync_scheduled_lift
from pressgen.actions.workspace.office import open_ledger
from pressgen.model.event import Scheduled, Sent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.model.standing import Standing
    from pressgen.scheduler.handlers import DueJob

PRESSGEN = Path(sys.executable).with_name("pressgen")
ALL = "at_lift: [newsroom, mail, wire]"


def today(folder: Path, port: int = 1, hook: str = HOOK, at_lift: str = "at_lift: [newsroom]") -> Room:
    """An office whose approved release two people have."""
    made = room_of_today(folder, port)
    text = OFFICE.replace("2525", str(port)).replace(HOOK, hook).replace("at_lift: [newsroom]", at_lift)
    (made.root / "releases" / "pressgen.yaml").write_text(text)
    return made


def copies(room: Room) -> None:
    """Two people get the release."""
    for name, address in (("daily", "desk@daily.example"), ("agency", "news@agency.example")):
        sent = Sent(
            version=_version(room), recipient=name, address=address, channel="mail", files={"bridge.pdf": "0" * 64},
            embargo=None, outcome="ok", detail="", key=name,
        )  # fmt: skip
        with open_ledger(room.workspace) as ledger:
            ledger.append(sent, reference="B-1", slug="bridge", actor="head", at=datetime.now(UTC))


def _version(room: Room) -> str:
    assert room.standing.version
    return room.standing.version.digest


def due_in(room: Room, seconds: float, *, waken: bool = True) -> Standing:
    """Schedule the release so many seconds from now; `waken` tells the engine."""
    now = datetime.now(UTC)
    with open_ledger(room.workspace) as ledger, ledger.exclusive("B-1", "bridge") as turn:
        was = turn.standing.revision
        turn.append(Scheduled(revision=was + 1, lift_at=now + timedelta(seconds=seconds)), actor="head", at=now)
    if waken:
        sync_scheduled_lift(room.workspace, turn.standing, was, now)
    return turn.standing


@contextmanager
def acts(room: Room) -> Iterator[tuple[WorkspaceHandlers, list[str]]]:
    """The acts of the engine in this process, and what they tell."""
    told: list[str] = []
    lifting = WorkspaceHandlers(room.workspace, told.append)
    try:
        yield lifting, told
    finally:
        lifting.close()


@contextmanager
def worker(room: Room, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """The command `pressgen worker` in a process of its own, killed at the end if it still runs."""
    process = subprocess.Popen(
        [PRESSGEN, "worker", "--workspace", room.root, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **environment},
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.communicate(timeout=PATIENCE)


def pressgen(room: Room, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    command = [PRESSGEN, *arguments, "--workspace", room.root]
    env = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env, timeout=PATIENCE)


def newsroom(room: Room) -> set[str]:
    """The paths of everything in the newsroom."""
    root = room.root / "public"
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def owed(lifting: WorkspaceHandlers) -> list[DueJob]:
    """What is owed by now."""
    return list(lifting.due(datetime.now(UTC) + timedelta(minutes=1)))
