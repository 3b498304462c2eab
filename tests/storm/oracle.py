"""What the outside saw, held against what it should have: from the folder, the mails and the ledger's raw rows alone.

Nothing here asks pressgen. `Watcher` looks after every crossing with an effect; `faults` tells what is wrong in the
end.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from storm.office import HEADLINES, HOURS, NAMES, READERS, Office
from storm.outside import Taken
from storm.roles import Saves
from storm.scheduler import Scheduler

QUERY = "SELECT number, entry, previous, digest FROM pressgen_entries WHERE number > {} ORDER BY number"


@dataclass
class Entry:
    """A row of the ledger, and when it was first seen there."""

    number: int
    reference: str
    event: dict[str, Any]
    seen: float


@dataclass
class Watcher:
    """Sees what the outside can see.

    Attributes:
        hours: when each release may be seen from, as the ledger says at this moment.
        early: what was seen before its hour.
    """

    office: Office
    scheduler: Scheduler
    entries: list[Entry] = field(default_factory=list)
    hours: dict[str, float] = field(default_factory=lambda: dict(HOURS))
    gone: dict[str, float] = field(default_factory=dict)
    early: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    _last: str = "0" * 64
    _known: dict[str, tuple[tuple[int, int, int], frozenset[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.office.store:
            self._rows: Any = psycopg.connect(self.office.store, autocommit=True)
        else:
            self._rows = sqlite3.connect(self.office.root / ".pressgen" / "ledger.sqlite", check_same_thread=False)

    def close(self) -> None:
        self._rows.close()

    def look(self) -> None:
        """Look at the ledger, then at the folder."""
        number = self.entries[-1].number if self.entries else 0
        for row in self._rows.execute(QUERY.format(number)).fetchall():
            self._read(*row)
        time = self.scheduler.clock.true
        for slug in self.visible() - {each.split()[1] for each in self.early}:
            hour, gone = self.hours[slug], self.gone.get(slug)
            if time < hour:
                self.early.append(f"early: {slug} was seen {hour - time:.3f} s before its hour")
            if gone is not None and gone < hour:
                self.early.append(f"early: {slug} was seen, though withdrawn {hour - gone:.3f} s before its hour")

    def _read(self, number: int, text: str, previous: str, digest: str) -> None:
        if previous != self._last or hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest() != digest:
            self.broken.append(f"ledger: entry {number} is not chained")
        self._last = digest
        told = json.loads(text)
        entry = Entry(number, told["reference"], told["event"], self.scheduler.clock.true)
        self.entries.append(entry)
        slug = next(slug for slug, name in NAMES.items() if name == entry.reference)
        match entry.event["kind"]:
            case "scheduled" | "moved":
                self.hours[slug] = datetime.fromisoformat(entry.event["lift_at"]).timestamp()
            case "withdrawn":
                self.gone[slug] = entry.seen

    def visible(self) -> set[str]:
        """The releases of which something can be read in the folder."""
        found: set[str] = set()
        for folder, inner, names in os.walk(self.office.root / "public"):
            inner[:] = [each for each in inner if not each.startswith(".")]
            for name in names:
                found |= self._told(Path(folder) / name)
        return found

    def _told(self, file: Path) -> frozenset[str]:
        try:
            state = file.stat()
        except FileNotFoundError:
            return frozenset()
        mark = (state.st_ino, state.st_mtime_ns, state.st_size)
        known = self._known.get(str(file))
        if known is None or known[0] != mark:
            content = file.read_bytes()
            told = frozenset(
                slug for slug in NAMES if file.name.startswith(slug) or HEADLINES[slug].encode() in content
            )
            known = self._known[str(file)] = (mark, told)
        return known[1]


def faults(watcher: Watcher, saves: Saves, refusals: Sequence[str]) -> list[str]:
    """Everything that is wrong once the storm is over and whatever was killed has been done again.

    Args:
        watcher: what the outside saw.
        saves: what editors and commands put into the release.
        refusals: what commands refused, as people read it.
    """
    watcher.look()
    events: defaultdict[str, list[Entry]] = defaultdict(list)
    for each in watcher.entries:
        events[each.reference].append(each)
    found = [*dict.fromkeys(watcher.early), *watcher.broken]
    for slug, name in NAMES.items():
        if events[name]:
            found += _release(watcher, slug, events[name])
    found += _mails(watcher)
    found += _saves(watcher.office, saves, refusals)
    return found + _left(watcher.office)


def _release(watcher: Watcher, slug: str, entries: list[Entry]) -> list[str]:
    """Newsroom and ledger, for one release."""
    kinds = [each.event["kind"] for each in entries]
    lifts, found = kinds.count("lifted"), []
    if lifts > 1:
        found.append(f"twice: {slug} was lifted {lifts} times")
    files = _files(watcher, slug)
    scheduled = _scheduled(kinds)
    if scheduled and not lifts and watcher.scheduler.clock.true > watcher.hours[slug] + 60:
        found.append(f"lost: {slug} was never lifted")
    if lifts and "withdrawn" not in kinds:
        wanted = _wanted(entries)
        found += [f"newsroom: {slug} lacks {name}" for name in wanted if wanted[name] != files.get(name)]
        found += [f"newsroom: {slug} has {name} too" for name in files if name not in wanted]
        index = watcher.office.root / "public" / "index.html"
        if HEADLINES[slug] not in (index.read_text() if index.exists() else ""):
            found.append(f"newsroom: the index lacks {slug}")
    elif not lifts and slug in watcher.visible():
        found.append(f"newsroom: {slug} is seen, though never lifted")
    elif files:
        found.append(f"newsroom: {slug} is withdrawn, and {', '.join(files)} are there")
    return found


def _scheduled(kinds: list[str]) -> bool:
    """Whether a lift is owed, or was made."""
    owed = False
    for kind in kinds:
        owed = {"scheduled": True, "unscheduled": False, "withdrawn": False, "lifted": False}.get(kind, owed)
    return owed


def _files(watcher: Watcher, slug: str) -> dict[str, str]:
    """The release's own Word files and PDFs in the newsroom, which are there as they were approved."""
    found = {}
    for file in (watcher.office.root / "public").rglob(f"{slug}*"):
        if file.is_file() and not any(part.startswith(".") for part in file.parts):
            found[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return found


def _wanted(entries: list[Entry]) -> dict[str, str]:
    """The same as the ledger's version in force has them."""
    proposed: dict[str, Any] = {}
    version: dict[str, Any] = {}
    out = False
    for entry in entries:
        match entry.event["kind"]:
            case "submitted":
                proposed = entry.event["version"]
            case "approved" if not out:
                version = proposed
            case "moved":
                version = entry.event["version"]
            case "corrected":
                version = proposed
            case "issued" | "lifted":
                out = True
    names = {name.removeprefix("public/"): digest for name, digest in version["files"].items() if "public/" in name}
    return {name: digest for name, digest in names.items() if name.endswith((".pdf", ".docx"))}


def _mails(watcher: Watcher) -> list[str]:
    """Each mail once, and in the ledger once: as sent, or as one of which nobody knows."""
    found = []
    taken: defaultdict[str, list[Taken]] = defaultdict(list)
    for mail in watcher.office.mail.taken:
        if mail.to in READERS:
            taken[mail.name.strip("<>").partition("@")[0]].append(mail)
    sent = [each.event for each in watcher.entries if each.event["kind"] == "sent"]
    recorded = Counter(each["key"] for each in sent if each["outcome"] in {"ok", "unknown"})
    for key, mails in taken.items():
        if len(mails) > 1:
            found.append(f"twice: {len(mails)} mails “{mails[0].subject}” to {mails[0].to}")
        if recorded[key] != 1:
            found.append(f"ledger: “{mails[0].subject}” to {mails[0].to} is recorded {recorded[key]} times")
    lost = {each["key"] for each in sent if each["outcome"] == "ok"} - taken.keys()
    found += [f"lost: a mail recorded as sent was not taken ({key[:8]})" for key in sorted(lost)]
    return found + _told(watcher, [mails[0] for mails in taken.values()])


def _told(watcher: Watcher, mails: list[Taken]) -> list[str]:
    """Whoever has a release is told of its lift, and of its withdrawal; each once, or it is recorded as in doubt."""
    found = []
    for slug, name in NAMES.items():
        events = [each.event for each in watcher.entries if each.reference == name]
        kinds = [each["kind"] for each in events]
        doubted = {each["address"] for each in events if each["kind"] == "sent" and each["outcome"] == "unknown"}
        subjects: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for mail in mails:
            if HEADLINES[slug] in mail.subject:
                subjects[mail.to][_act(mail.subject, HEADLINES[slug])] += 1
        for to, acts in subjects.items():
            found += [f"twice: {to} has {count} mails, {act} {slug}" for act, count in acts.items() if count > 1]
            if "withdrawn" in kinds and not acts["withdrawn"] and to not in doubted:
                found.append(f"lost: {to} has {slug} and was not told that it is withdrawn")
            lifted = "lifted" in kinds and "withdrawn" not in kinds
            if lifted and acts["issued"] and not acts["lifted"] and to not in doubted:
                found.append(f"lost: {to} was not told of the lift of {slug}")
    return found


def _act(subject: str, headline: str) -> str:
    """What a mail is about."""
    if subject == headline:
        return "lifted"
    for sign, act in (("WITHDRAWN", "withdrawn"), ("ADVISORY", subject[:10]), ("CORRECT", "corrected")):
        if subject.startswith(sign):
            return act
    return "issued"


def _saves(office: Office, saves: Saves, refusals: Sequence[str]) -> list[str]:
    """Each save is in the release, or in a file beside it that a refusal told somebody to look at."""
    folder = office.folder("bridge")
    named = [each for each in folder.glob(".release.yaml.*") if any(each.name in said for said in refusals)]
    text = "".join(each.read_text() for each in [folder / "release.yaml", *named])
    return [f"lost save: {each.strip()}" for each in [*saves.notes, *saves.put_in] if each not in text]


def _left(office: Office) -> list[str]:
    """What nobody needs any more."""
    places = [office.root / "public", office.root / ".pressgen" / "aside"]
    found = [
        path for place in places if place.exists() for path in place.rglob("*") if path.name.startswith(".incoming-")
    ]
    return [f"left over: {path.relative_to(office.root)}" for path in found]
