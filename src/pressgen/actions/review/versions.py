"""Versions of a release by their names: files, revisions of git, rounds of review, and what the ledger keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pressgen.actions.review.revisions import Revision, files_at, revision_of
from pressgen.actions.review.rounds import kept
from pressgen.actions.workspace.folder import RELEASE, Workspace, release_file, take
from pressgen.actions.workspace.office import has_ledger, known, open_ledger
from pressgen.actions.workspace.reading import locate, read_files
from pressgen.errors import Refused, WrongUse
from pressgen.files.writing import write_tree
from pressgen.model.decision import SecondLook
from pressgen.model.event import Approved, Corrected, Issued, Lifted, Moved, Sent, Submitted
from pressgen.model.redline import Side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from pressgen.actions.workspace.folder import Desk
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Event, Stamp
    from pressgen.model.event import Version as Kept

ROUND, ENTRY, DIGEST = re.compile(r"round:(\d+)"), re.compile(r"entry:(\d+)"), re.compile(r"[0-9a-f]{6,64}")
WORDS = {
    "submitted": (Submitted,),
    "approved": (Approved, Moved),
    "issued": (Issued,),
    "lifted": (Lifted,),
    "corrected": (Corrected,),
}
"""Words for versions, and what happened to the last of them."""
SHORT = 12
FOREIGN = "\u0250"
"""Names with letters from here on stay out of what a PDF prints: a house has faces for the letters of its releases."""
WAYS = "a folder, round:2, approved, submitted, a hash or entry:17 of pressgen history, or a revision such as HEAD~1"


@dataclass(frozen=True, slots=True)
class Version:
    """A release as it was, or is.

    Attributes:
        side: what it is called, and what is known of it.
        desks: it and its translations, each as it lies on a desk.
    """

    side: Side
    desks: Sequence[Desk]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A version as somebody typed it: of which release, None where it does not say, and which, empty for now's."""

    release: Path | None
    name: str


def spoken(workspace: Workspace, typed: str, here: Path) -> Spoken:
    """A version as typed: a release, the name of a version, or both as RELEASE@NAME; `here` is where it was typed."""
    for release, name in ((typed, ""), typed.partition("@")[::2]):
        for start in (here, workspace.root, workspace.root / "releases"):
            try:
                if release:
                    return Spoken(release_file(workspace, start / release), name)
            except WrongUse:
                continue
    return Spoken(None, typed)


def versions(workspace: Workspace, old: str, new: str, here: Path, now: datetime) -> tuple[Version, Version]:
    """The two versions of a release that are to be compared.

    Args:
        workspace: where they lie.
        old: as `spoken` has it; without a release, the other's is meant.
        new: the same.
        here: where it was typed.
        now: the present instant.

    Raises:
        Refused: one of them is at fault.
        WrongUse: there is no such version.
        MachineLacks: the ledger does not answer.
    """
    one, other = (spoken(workspace, each, here) for each in (old, new))
    release = one.release or other.release
    if release is None:
        raise WrongUse(f"neither “{old}” nor “{new}” names a release; give a folder for one of them, or RELEASE@{new}")
    return (
        _version(workspace, one.release or release, one.name, now),
        _version(workspace, other.release or release, other.name, now),
    )


def _version(workspace: Workspace, file: Path, name: str, now: datetime) -> Version:
    if not name:
        shown = workspace.shown(file.parent if file.name == RELEASE else file)
        return Version(Side(shown, f"as it lies there, {_time(now)}"), take(workspace, file))
    if match := ROUND.fullmatch(name):
        return _of_round(workspace, file, int(match[1]))
    if has_ledger(workspace) and (found := _of_ledger(workspace, file, name)):
        return found
    if name in WORDS or ENTRY.fullmatch(name):
        raise WrongUse(f"the ledger has no version of {file.parent.name} that “{name}” names; see pressgen history")
    revision = revision_of(file.parent, name)
    if revision is None:
        raise WrongUse(f"“{name}” is no release, and no version of {file.parent.name}; give {WAYS}")
    return _of_git(workspace, file, name, revision)


def _of_round(workspace: Workspace, file: Path, number: int) -> Version:
    """What the copies of a round showed; house and pictures are those of now, as the round kept words alone."""
    slug = file.parent.name
    records = [each for each in kept(workspace, slug) if each.round == number]
    if not records:
        raise WrongUse(f"no copy of round {number} of {slug} went out from here")
    files = _beside(workspace, file) | {each.name: each.source.encode() for each in records}
    about = [f"sent {_time(records[0].sent)}"] if records[0].sent else []
    about += [f"to {', '.join(records[0].to)}"] if records[0].to else []
    side = Side(f"round {number}", ", ".join([*about, records[0].digest]))
    return _laid_out(side, slug, files, _templates(workspace))


def _of_ledger(workspace: Workspace, file: Path, name: str) -> Version | None:
    """The version that the ledger keeps under a name, with the house as it was."""
    with open_ledger(workspace) as ledger:
        standing = known(ledger, file)
        stamps = ledger.entries(standing.reference) if standing else []
        stamp, version = _named(stamps, name)
        if stamp is None or version is None:
            return None
        files, house = _kept_files(ledger, version)
    side = Side(name, f"{stamp.event.kind} by {stamp.actor}, {_time(stamp.at)}, {version.digest[:SHORT]}")
    return _laid_out(side, file.parent.name, files, house)


def read_kept(ledger: Ledger, version: Kept, slug: str) -> Sequence[Desk]:
    """Read a release and its translations as the ledger keeps them.

    Raises:
        Refused: a kept file is not what it was, or the release is at fault by the rules of now.
    """
    return _laid_out(Side("the approved version", ""), slug, *_kept_files(ledger, version)).desks


def _kept_files(ledger: Ledger, version: Kept) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files of a version, and those of its house without the folder of all houses before their names."""
    files = {each: ledger.fetch(digest) for each, digest in version.data.items()}
    house = {each.removeprefix("templates/"): ledger.fetch(digest) for each, digest in version.house.items()}
    return files, house


def _named(stamps: Sequence[Stamp], name: str) -> tuple[Stamp | None, Kept | None]:
    """What happened last to the version that `name` names, and that version."""
    there: dict[str, Kept] = {}
    found: list[tuple[Stamp, str]] = []
    signed = ""
    entry, digest = ENTRY.fullmatch(name), DIGEST.fullmatch(name)
    for stamp in stamps:
        event = stamp.event
        if isinstance(event, Submitted | Moved):
            there[event.version.digest] = event.version
        of = _version_of(event) or signed
        signed = of if isinstance(event, Approved | Moved | Corrected) else signed
        wanted = stamp.number == int(entry[1]) if entry else isinstance(event, WORDS.get(name, ()))
        if wanted or (digest and of.startswith(name)):
            found.append((stamp, of))
    if not found or found[-1][1] not in there:
        return None, None
    return found[-1][0], there[found[-1][1]]


def _version_of(event: Event) -> str:
    """The digest of the version that something happened to, empty where the entry does not say."""
    match event:
        case Submitted() | Moved():
            return event.version.digest
        case Approved() | SecondLook() | Issued() | Sent() | Corrected():
            return event.version
        case _:
            return ""


def _of_git(workspace: Workspace, file: Path, name: str, revision: Revision) -> Version:
    """A release as a revision of git has it, with the house as it was, where that is in git as well."""
    files = files_at(file.parent, revision.commit)
    if file.name not in files:
        raise WrongUse(f"“{name}” has no {workspace.shown(file)}")
    author = [revision.author] * all(each < FOREIGN for each in revision.author)
    about = ", ".join([revision.commit, *author, _time(revision.at)])
    houses = files_at(workspace.root / "templates", revision.commit) or _templates(workspace)
    return _laid_out(Side(name, about), file.parent.name, files, houses)


def _laid_out(side: Side, slug: str, files: Mapping[str, bytes], houses: Mapping[str, bytes]) -> Version:
    """A version read as any release is, from a workspace that is there for a moment.

    Raises:
        Refused: it is at fault, by the rules of now; places name the version.
    """
    with TemporaryDirectory(prefix="pressgen-") as folder:
        root = Path(folder).resolve()
        for start, held in ((f"releases/{slug}", files), ("templates", houses)):
            write_tree(root / start, held)
        try:
            return Version(side, take(Workspace(root), root / "releases" / slug))
        except Refused as refusal:
            raise Refused(
                [
                    replace(each, place=replace(each.place, file=f"{each.place.file} ({side.name})"))
                    for each in refusal.problems
                ]
            ) from None


def _beside(workspace: Workspace, file: Path) -> dict[str, bytes]:
    home, real = locate(workspace.root, file, workspace.shown(file))
    return read_files(home, real.parent, workspace.shown(real.parent))


def _templates(workspace: Workspace) -> dict[str, bytes]:
    return read_files(workspace.root, workspace.root / "templates", "templates")


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M %Z}"
