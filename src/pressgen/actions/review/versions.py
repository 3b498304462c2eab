"""Versions of a release, by their names.

They are files, git revisions, rounds of review, and what the ledger keeps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pressgen.actions.review.copy_records import read_records
from pressgen.actions.review.git_revisions import GitRevision, find_revision, read_files_at_revision
from pressgen.actions.workspace.folder import RELEASE, Workspace, find_release_file, load_release
from pressgen.actions.workspace.office import find_standing, has_ledger, open_ledger
from pressgen.actions.workspace.read_files import read_files, resolve_file_argument
from pressgen.errors import InputError, UsageError
from pressgen.files.atomic import write_tree
from pressgen.model.decision import SecondLook
from pressgen.model.event import Approved, Corrected, Issued, Lifted, Moved, Sent, Submitted
from pressgen.model.redline import Side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from pressgen.actions.workspace.folder import LoadedRelease
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
"""Words for versions, with the events that they name; the last event counts."""
SHORT = 12
FOREIGN = "\u0250"
"""Names with letters from here on are left out of a PDF: a house has only fonts for the letters of its releases."""
WAYS = "a folder, round:2, approved, submitted, a hash or entry:17 of pressgen history, or a revision such as HEAD~1"


@dataclass(frozen=True, slots=True)
class ReleaseVersion:
    """A version of a release, with its translations.

    Attributes:
        side: its name, and what is known about it.
        languages: the loaded release and its translations.
    """

    side: Side
    languages: Sequence[LoadedRelease]


@dataclass(frozen=True, slots=True)
class VersionName:
    """The name of a version as typed, with its release.

    `release` is None where none was typed; `name` is empty for the current version.
    """

    release: Path | None
    name: str


def parse_version_name(workspace: Workspace, typed: str, here: Path) -> VersionName:
    """Parse a version as typed: RELEASE, VERSION or RELEASE@VERSION.

    `here` is the folder where it was typed.
    """
    for release, name in ((typed, ""), typed.partition("@")[::2]):
        for start in (here, workspace.root, workspace.root / "releases"):
            try:
                if release:
                    return VersionName(find_release_file(workspace, start / release), name)
            except UsageError:
                continue
    return VersionName(None, typed)


def load_versions(
    workspace: Workspace, old: str, new: str, here: Path, now: datetime
) -> tuple[ReleaseVersion, ReleaseVersion]:
    """Load the two versions of a release that are to be compared.

    Args:
        workspace: the release's.
        old: as for `parse_version_name`; without a release, the other's is meant.
        new: the same.
        here: the folder where it was typed.
        now: the present instant.

    Raises:
        InputError: one of them is at fault.
        UsageError: there is no such version.
        EnvironmentFailureError: the ledger does not answer.
    """
    one, other = (parse_version_name(workspace, each, here) for each in (old, new))
    release = one.release or other.release
    if release is None:
        raise UsageError(f"neither “{old}” nor “{new}” is a release; give a folder for one of them, or RELEASE@{new}")
    return (
        _load_version(workspace, one.release or release, one.name, now),
        _load_version(workspace, other.release or release, other.name, now),
    )


def _load_version(workspace: Workspace, file: Path, name: str, now: datetime) -> ReleaseVersion:
    if not name:
        shown = workspace.shown(file.parent if file.name == RELEASE else file)
        return ReleaseVersion(Side(shown, f"as it is now, {_format_time(now)}"), load_release(workspace, file))
    if match := ROUND.fullmatch(name):
        return _load_round(workspace, file, int(match[1]))
    if has_ledger(workspace) and (found := _load_from_ledger(workspace, file, name)):
        return found
    if name in WORDS or ENTRY.fullmatch(name):
        raise UsageError(f"the ledger has no version of {file.parent.name} that “{name}” names; see pressgen history")
    revision = find_revision(file.parent, name)
    if revision is None:
        raise UsageError(f"“{name}” is neither a release nor a version of {file.parent.name}; give {WAYS}")
    return _load_from_git(workspace, file, name, revision)


def _load_round(workspace: Workspace, file: Path, number: int) -> ReleaseVersion:
    """Load the version that the copies of a review round showed.

    The house and the pictures are today's, because a round keeps only words.
    """
    slug = file.parent.name
    records = [each for each in read_records(workspace, slug) if each.round == number]
    if not records:
        raise UsageError(f"no copy of round {number} of {slug} was sent from here")
    files = _read_release_folder(workspace, file) | {each.name: each.source.encode() for each in records}
    about = [f"sent {_format_time(records[0].sent)}"] if records[0].sent else []
    about += [f"to {', '.join(records[0].to)}"] if records[0].to else []
    side = Side(f"round {number}", ", ".join([*about, records[0].digest]))
    return _load_files(side, slug, files, _read_templates(workspace))


def _load_from_ledger(workspace: Workspace, file: Path, name: str) -> ReleaseVersion | None:
    """Load a version that the ledger keeps, with its house."""
    with open_ledger(workspace) as ledger:
        standing = find_standing(ledger, file)
        stamps = ledger.entries(standing.reference) if standing else []
        stamp, version = _find_entry(stamps, name)
        if stamp is None or version is None:
            return None
        files, house = _fetch_files(ledger, version)
    side = Side(name, f"{stamp.event.kind} by {stamp.actor}, {_format_time(stamp.at)}, {version.digest[:SHORT]}")
    return _load_files(side, file.parent.name, files, house)


def load_approved_version(ledger: Ledger, version: Kept, slug: str) -> Sequence[LoadedRelease]:
    """Load the release and translations that the ledger keeps.

    Raises:
        InputError: a kept file was changed, or the release is at fault by the present rules.
    """
    return _load_files(Side("the approved version", ""), slug, *_fetch_files(ledger, version)).languages


def _fetch_files(ledger: Ledger, version: Kept) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Fetch the files of a version and of its house.

    The names of the house's files begin with the house's name.
    """
    files = {each: ledger.fetch(digest) for each, digest in version.data.items()}
    house = {each.removeprefix("templates/"): ledger.fetch(digest) for each, digest in version.house.items()}
    return files, house


def _find_entry(stamps: Sequence[Stamp], name: str) -> tuple[Stamp | None, Kept | None]:
    there: dict[str, Kept] = {}
    found: list[tuple[Stamp, str]] = []
    signed = ""
    entry, digest = ENTRY.fullmatch(name), DIGEST.fullmatch(name)
    for stamp in stamps:
        event = stamp.event
        if isinstance(event, Submitted | Moved):
            there[event.version.digest] = event.version
        of = _get_version_digest(event) or signed
        signed = of if isinstance(event, Approved | Moved | Corrected) else signed
        wanted = stamp.number == int(entry[1]) if entry else isinstance(event, WORDS.get(name, ()))
        if wanted or (digest and of.startswith(name)):
            found.append((stamp, of))
    if not found or found[-1][1] not in there:
        return None, None
    return found[-1][0], there[found[-1][1]]


def _get_version_digest(event: Event) -> str:
    """Return the digest of the version that an event names.

    It is empty if the event names none.
    """
    match event:
        case Submitted() | Moved():
            return event.version.digest
        case Approved() | SecondLook() | Issued() | Sent() | Corrected():
            return event.version
        case _:
            return ""


def _load_from_git(workspace: Workspace, file: Path, name: str, revision: GitRevision) -> ReleaseVersion:
    """Load the version at a git revision.

    The house is as it was then, if it is in git as well.
    """
    files = read_files_at_revision(file.parent, revision.commit)
    if file.name not in files:
        raise UsageError(f"“{name}” has no {workspace.shown(file)}")
    author = [revision.author] * all(each < FOREIGN for each in revision.author)
    about = ", ".join([revision.commit, *author, _format_time(revision.at)])
    houses = read_files_at_revision(workspace.root / "templates", revision.commit) or _read_templates(workspace)
    return _load_files(Side(name, about), file.parent.name, files, houses)


def _load_files(side: Side, slug: str, files: Mapping[str, bytes], houses: Mapping[str, bytes]) -> ReleaseVersion:
    """Load a version from its files, in a temporary workspace.

    Raises:
        InputError: it is at fault by the present rules; places name the version.
    """
    with TemporaryDirectory(prefix="pressgen-") as folder:
        root = Path(folder).resolve()
        for start, held in ((f"releases/{slug}", files), ("templates", houses)):
            write_tree(root / start, held)
        try:
            return ReleaseVersion(side, load_release(Workspace(root), root / "releases" / slug))
        except InputError as refusal:
            raise InputError(
                [
                    replace(each, place=replace(each.place, file=f"{each.place.file} ({side.name})"))
                    for each in refusal.problems
                ]
            ) from None


def _read_release_folder(workspace: Workspace, file: Path) -> dict[str, bytes]:
    home, real = resolve_file_argument(workspace.root, file, workspace.shown(file))
    return read_files(home, real.parent, workspace.shown(real.parent))


def _read_templates(workspace: Workspace) -> dict[str, bytes]:
    return read_files(workspace.root, workspace.root / "templates", "templates")


def _format_time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M %Z}"
