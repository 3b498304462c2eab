"""Things that happen to releases, for tests of what is made of them."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from datetime import UTC, datetime, timedelta

from pressgen.errors import PressgenError
from pressgen.ledger.ledger import Ledger
from pressgen.model.event import Event, Scheduled, Stamp, Version

NOON = datetime(2031, 4, 1, 12, 0, tzinfo=UTC)
WHO = {"reference": "B-1", "slug": "bridge", "actor": "moss", "at": NOON}
DATA = hashlib.sha256(b"release").hexdigest()
LIFT = datetime(2031, 4, 1, 23, 1, tzinfo=UTC)


def version(headline: str = "Bridge opens", **files: str) -> Version:
    """A version that differs from others by its headline and its files."""
    return Version(
        headline=headline, audience="press", zone="Europe/London", issue=None, embargo=LIFT, publish=None,
        data={"release.yaml": DATA}, house={}, files={f"public/{name}": each for name, each in files.items()},
        made_with={"pressgen": "1"},
    )  # fmt: skip


def stamps(*events: Event, actor: str = "moss") -> list[Stamp]:
    """The events as entries of one release, a minute apart."""
    return [
        Stamp(
            number=number, at=NOON + timedelta(minutes=number), actor=actor, reference="B-1", slug="bridge", event=event
        )
        for number, event in enumerate(events, 1)
    ]


def appending(url: str, reference: str, count: int) -> None:
    """What one of several processes does."""
    with Ledger.open(url) as ledger:
        for _ in range(count):
            ledger.append(Scheduled(revision=1, lift_at=LIFT), **{**WHO, "reference": reference})


def appending_as_nobody(url: str, said: multiprocessing.Queue[str]) -> None:
    """What somebody does who may only read; root would be let through."""
    import sqlite3  # noqa: F401, PLC0415 - nobody may not read root's Python

    if os.geteuid() == 0:
        os.setuid(65534)
    try:
        appending(url, "B-1", 1)
    except PressgenError as refusal:
        said.put(str(refusal))
    else:
        said.put("done")
