"""Find the record of the copy that a returned file came from.

A workspace may hold ten thousand releases, and a file that belongs to none is the usual mistake. So records are found
by their names, and releases by words in their files. No more than a few are parsed, and a release is rendered only if
its data has many words of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from typing import TYPE_CHECKING

from pressgen.actions.review.copy_records import build_copy_record, find_record_files, read_record, read_records
from pressgen.actions.workspace.read_files import read_or_empty
from pressgen.errors import InputError, Place, Problem
from pressgen.model.export import sort_newest_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.export import Export

LINE = re.compile(r"Ref\s(\S{1,200})\s·\sreview(?:\s(\d{1,6}))?\s·\s([0-9a-f]{12})")
"""The line on a review copy; every program keeps it, though perhaps with other kinds of spaces."""
CHANGES = re.compile(r"Ref \S{1,200} · changes · [0-9a-f]{12} to [0-9a-f]{12}")
"""The line of a file that shows changes."""
URN = re.compile(r"urn:pressgen:(.{1,200}):[a-z]+:r\d{1,6}:([0-9a-f]{12})")
ENOUGH = 0.6
"""The share of a file's runs of three words that a release must contain to be its origin."""
RUN = 3
MOST_WORDS, SHORTEST = 40, 4
"""How many of a file's longest words are used to find similar releases, and the least letters of such a word."""
MOST_CANDIDATES, MOST_RENDERED = 5, 2
"""The most records and releases that are compared with one file, and the most releases that are rendered for it."""
WORTH_RENDERING = 0.1
"""The share of a file's runs of three words that the data of a release must contain for it to be rendered.

It is far below `ENOUGH`, since a copy also has words of the house and its template.
"""


@dataclass(frozen=True, slots=True)
class _CopyMarks:
    """The marks in a file that identify the copy it came from.

    Attributes:
        urn: as in its properties; empty where they are missing.
        line: reference, round and digest in the line that it shows; None where there is no such line.
    """

    urn: str
    line: tuple[str, int, str] | None

    @classmethod
    def of(cls, urn: str, text: str) -> _CopyMarks:
        line = LINE.search(text)
        return cls(urn, (line[1], int(line[2] or 0), line[3]) if line else None)

    @property
    def references(self) -> set[str]:
        """The references that the file names."""
        urn = URN.fullmatch(self.urn)
        return {*([urn[1]] if urn else []), *([self.line[0]] if self.line else [])}

    @property
    def digests(self) -> set[str]:
        """The digests that the file names."""
        urn = URN.fullmatch(self.urn)
        return {*([urn[2]] if urn else []), *([self.line[2]] if self.line else [])}

    def lead_to(self, export: Export) -> bool:
        """Return whether a record is of this copy."""
        return export.urn == self.urn or (export.reference, export.round, export.digest) == self.line


def find_copy_record(workspace: Workspace, urn: str, text: str, name: str) -> tuple[Export, str]:
    """Find the record of the copy that a returned file came from.

    It looks for the `urn`, then for the reference line, then for the wording most similar to `text`. It also returns a
    notice for the person who receives the file. A copy that was built and not sent has no record; it is recognised as
    long as the release is unchanged.

    Raises:
        InputError: it is another release's, or no release matches; the message names the nearest. Or it shows
            changes between two versions, so that nobody can tell who made which change.
    """
    if ":changes:" in urn or CHANGES.search(text):
        message = "is a redline of two versions, not a review copy; make one with: pressgen review send"
        raise InputError([Problem(code="M05", message=message, place=Place(name))])
    marks = _CopyMarks.of(urn, text)
    if found := _find_sent_record(workspace, marks) or _rebuild_unsent_record(workspace, marks):
        return found, describe_newer_round(found, read_records(workspace, found.slug))
    records, releases = _find_similar_records(workspace, text), _find_similar_releases(workspace, text)
    for share, folder in releases[:MOST_RENDERED]:
        records += _build_current_records(workspace, folder) if share >= WORTH_RENDERING else []
    ranked = sorted(
        ((compute_similarity(text, join_blocks(each)), each.round, each) for each in records),
        key=lambda each: each[:2],
    )
    share, _, nearest = ranked[-1] if ranked else (0.0, 0, None)
    if nearest is not None and share >= ENOUGH:
        return nearest, f"has no mark from pressgen; by its words it is {nearest.reference} ({share:.0%})"
    message = f"does not belong to any release here{_name_nearest(workspace, share, nearest, releases)}"
    raise InputError([Problem(code="M05", message=message, place=Place(name))])


def _find_sent_record(workspace: Workspace, marks: _CopyMarks) -> Export | None:
    """Find the record that was saved when the copy went out.

    The record's file name ends in the digest.
    """
    files = [file for digest in marks.digests for file in find_record_files(workspace, f"*/*-{digest}.json")]
    records = sort_newest_first(read_record(workspace, file) for file in files[:MOST_CANDIDATES])
    return next(filter(marks.lead_to, records), None)


def _rebuild_unsent_record(workspace: Workspace, marks: _CopyMarks) -> Export | None:
    references = [each.encode() for each in marks.references]
    if not references:
        return None
    folders = (
        folder
        for folder in workspace.releases
        if any(each in _read_release_text(workspace, folder) for each in references)
    )
    for folder in islice(folders, MOST_CANDIDATES):
        if found := next(filter(marks.lead_to, _build_current_records(workspace, folder)), None):
            return found
    return None


def _find_similar_records(workspace: Workspace, text: str) -> list[Export]:
    files = find_record_files(workspace, "*/*.json")
    return [
        read_record(workspace, file)
        for file in _find_most_similar(text, ((file, read_or_empty(workspace.root, file)) for file in files))
    ]


def _find_similar_releases(workspace: Workspace, text: str) -> list[tuple[float, Path]]:
    """Find the releases with the most similar data, best first."""
    near = _find_most_similar(text, ((folder, _read_release_text(workspace, folder)) for folder in workspace.releases))
    shares = (
        (compute_similarity(text, _read_release_text(workspace, each).decode("utf-8", "replace")), each)
        for each in near
    )
    return sorted(shares, key=lambda each: -each[0])


def _name_nearest(
    workspace: Workspace, share: float, record: Export | None, releases: Sequence[tuple[float, Path]]
) -> str:
    """Name the record or release that is most similar to a file."""
    reference = record.reference if record else ""
    if releases and (releases[0][0] > share or not record):
        share, folder = releases[0]
        reference = _read_reference(workspace, folder)
    return f"; the nearest is {reference} ({share:.0%} of its words)" if reference else ""


def _read_reference(workspace: Workspace, folder: Path) -> str:
    """Read the reference of a release; empty if it is unreadable."""
    from pressgen.load.source import read_source

    file = folder / "release.yaml"
    try:
        source, _ = read_source(read_or_empty(workspace.root, file), workspace.shown(file))
    except InputError:
        return ""
    return source.text_at("reference") or ""


def _find_most_similar(text: str, texts: Iterable[tuple[Path, bytes]]) -> list[Path]:
    """Find the few texts that contain most of the longest words.

    A text that contains none of them is left out.
    """
    words = {word for word in re.findall(r"\w+", text) if len(word) >= SHORTEST}
    longest = [word.encode() for word in sorted(words, key=lambda each: (-len(each), each))[:MOST_WORDS]]
    counted = ((sum(word in data for word in longest), path) for path, data in texts)
    return [path for count, path in nlargest(MOST_CANDIDATES, counted) if count]


def _read_release_text(workspace: Workspace, folder: Path) -> bytes:
    return b"\n".join(read_or_empty(workspace.root, file) for file in sorted(folder.glob("release*.yaml")))


def describe_newer_round(export: Export, known: list[Export]) -> str:
    """Say that a copy is not from the latest round; else empty."""
    last = max((each.round for each in known if (each.slug, each.name) == (export.slug, export.name)), default=0)
    return f"is from round {export.round}; the latest is {last}" if 0 < export.round < last else ""


def _build_current_records(workspace: Workspace, folder: Path) -> list[Export]:
    """Build records of a release's current copies; none if it is faulty."""
    from pressgen.actions.workspace.compose import compose_release
    from pressgen.actions.workspace.folder import load_release
    from pressgen.model.artifact import Variant
    from pressgen.render import word

    found = []
    try:
        for loaded in load_release(workspace, folder):
            under_embargo = loaded.release.times.embargo is not None
            variants = [Variant.REVIEW, *[Variant.EMBARGOED] * under_embargo, Variant.PUBLIC]
            for document in compose_release(loaded, variants):
                made = word.render(document, loaded.house, loaded.media)
                found.append(build_copy_record(loaded, document, made.content, made.name))
    except InputError:
        return []
    return found


def join_blocks(export: Export) -> str:
    """Return the text of a copy as it went out."""
    return "\n".join(block.text for block in export.blocks)


def compute_similarity(text: str, other: str) -> float:
    """Compute which share of the shorter text's runs of words both have."""
    mine, theirs = _split_into_word_runs(text), _split_into_word_runs(other)
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _split_into_word_runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[at:] for at in range(RUN)), strict=False))
