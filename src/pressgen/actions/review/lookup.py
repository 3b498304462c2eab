"""Find the record of the copy that a file from outside goes back to.

A workspace may hold ten thousand releases, and a file that belongs to none is the usual mistake. So records are found
by their names, and releases by words in their files; no more than a few are parsed or rendered, whatever comes in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice
from typing import TYPE_CHECKING

from pressgen.actions.review.rounds import export_of, kept, read_record, record_files
from pressgen.actions.workspace.reading import read_or_nothing
from pressgen.errors import Place, Problem, Refused
from pressgen.model.export import newest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.model.export import Export

LINE = re.compile(r"Ref\s(\S{1,200})\s·\sreview(?:\s(\d{1,6}))?\s·\s([0-9a-f]{12})")
"""The line that a review copy shows; it outlives every program, but for what kind its blanks are."""
CHANGES = re.compile(r"Ref \S{1,200} · changes · [0-9a-f]{12} to [0-9a-f]{12}")
"""The line of a file that shows changes."""
URN = re.compile(r"urn:pressgen:(.{1,200}):[a-z]+:r\d{1,6}:([0-9a-f]{12})")
ENOUGH = 0.6
"""The share of a file's runs of three words that a release must have for the file to be its."""
RUN = 3
TELLING, SHORTEST = 40, 4
"""How many of a file's longest words tell which releases are near, and how many letters such a word has."""
MOST_CANDIDATES = 5
"""Records parsed, and releases rendered, for one file."""


@dataclass(frozen=True, slots=True)
class _Traces:
    """What a file says of the copy that it was.

    Attributes:
        urn: as in its properties; empty where they are gone.
        line: reference, round and digest in the line that it shows; None where there is no such line.
    """

    urn: str
    line: tuple[str, int, str] | None

    @classmethod
    def of(cls, urn: str, said: str) -> _Traces:
        line = LINE.search(said)
        return cls(urn, (line[1], int(line[2] or 0), line[3]) if line else None)

    @property
    def references(self) -> set[str]:
        """The references that it names."""
        urn = URN.fullmatch(self.urn)
        return {*([urn[1]] if urn else []), *([self.line[0]] if self.line else [])}

    @property
    def digests(self) -> set[str]:
        """The digests that it names."""
        urn = URN.fullmatch(self.urn)
        return {*([urn[2]] if urn else []), *([self.line[2]] if self.line else [])}

    def lead_to(self, export: Export) -> bool:
        """Whether a record is of this copy."""
        return export.urn == self.urn or (export.reference, export.round, export.digest) == self.line


def record_for(workspace: Workspace, urn: str, said: str, name: str) -> tuple[Export, str]:
    """The record of the copy that a file from outside goes back to, and what the person should know about that.

    By its `urn`, else by the line that it shows, else by the words that it `said`. A copy that was built and not sent
    has no record; it is known as long as the release is as it was.

    Raises:
        Refused: it is another release's, or no trace leads to one; the nearest is named. Or it shows changes between
            two versions, where nobody could tell whose change is whose.
    """
    if ":changes:" in urn or CHANGES.search(said):
        message = "is a redline of two versions, and no review copy; make one with pressgen review send"
        raise Refused([Problem(code="M05", message=message, place=Place(name))])
    traces = _Traces.of(urn, said)
    if found := _kept_record(workspace, traces) or _unsent_record(workspace, traces):
        return found, _newer(found, kept(workspace, found.slug))
    candidates = [*_kept_candidates(workspace, said), *_unsent_candidates(workspace, said)]
    ranked = sorted(((_likeness(said, each), each.round, each) for each in candidates), key=lambda each: each[:2])
    share, _, nearest = ranked[-1] if ranked else (0.0, 0, None)
    if nearest is None or share < ENOUGH:
        near = f"; the nearest is {nearest.reference} ({share:.0%} of its words)" if nearest else ""
        message = f"belongs to no release here{near}"
        raise Refused([Problem(code="M05", message=message, place=Place(name))])
    return nearest, f"bears no mark of ours; by its words it is {nearest.reference} ({share:.0%})"


def _kept_record(workspace: Workspace, traces: _Traces) -> Export | None:
    """The record that was kept when the copy went out: its file's name ends in the digest."""
    files = [file for digest in traces.digests for file in record_files(workspace, f"*/*-{digest}.json")]
    records = newest(read_record(workspace, file) for file in files[:MOST_CANDIDATES])
    return next(filter(traces.lead_to, records), None)


def _unsent_record(workspace: Workspace, traces: _Traces) -> Export | None:
    """The record of a copy that was built and not sent, made anew from the release of that reference."""
    references = [each.encode() for each in traces.references]
    if not references:
        return None
    folders = (
        folder for folder in workspace.releases if any(each in _bytes_of(workspace, folder) for each in references)
    )
    for folder in islice(folders, MOST_CANDIDATES):
        if found := next(filter(traces.lead_to, _as_they_are(workspace, folder)), None):
            return found
    return None


def _kept_candidates(workspace: Workspace, said: str) -> list[Export]:
    files = record_files(workspace, "*/*.json")
    return [
        read_record(workspace, file)
        for file in _nearest(said, ((file, read_or_nothing(workspace.root, file)) for file in files))
    ]


def _unsent_candidates(workspace: Workspace, said: str) -> list[Export]:
    near = _nearest(said, ((folder, _bytes_of(workspace, folder)) for folder in workspace.releases))
    return [export for folder in near for export in _as_they_are(workspace, folder)]


def _nearest(said: str, texts: Iterable[tuple[Path, bytes]]) -> list[Path]:
    """The few of several texts that hold most of the longest words that were `said`; none that holds none."""
    words = {word for word in re.findall(r"\w+", said) if len(word) >= SHORTEST}
    telling = [word.encode() for word in sorted(words, key=lambda each: (-len(each), each))[:TELLING]]
    counted = ((sum(word in data for word in telling), path) for path, data in texts)
    return [path for count, path in nlargest(MOST_CANDIDATES, counted) if count]


def _bytes_of(workspace: Workspace, folder: Path) -> bytes:
    """A release and its translations as they are typed."""
    return b"\n".join(read_or_nothing(workspace.root, file) for file in sorted(folder.glob("release*.yaml")))


def _newer(export: Export, known: list[Export]) -> str:
    """That a copy is of an earlier round than the last; empty for one of the last, or of none."""
    last = max((each.round for each in known if (each.slug, each.name) == (export.slug, export.name)), default=0)
    return f"is of round {export.round}; the last is {last}" if 0 < export.round < last else ""


def _as_they_are(workspace: Workspace, folder: Path) -> list[Export]:
    """Records of what a release would show now; none where it is at fault."""
    from pressgen.actions.workspace.compose import composed  # noqa: PLC0415 - only a file without a record wants it
    from pressgen.actions.workspace.folder import take  # noqa: PLC0415
    from pressgen.model.artifact import Variant  # noqa: PLC0415
    from pressgen.render import word  # noqa: PLC0415

    found = []
    try:
        for desk in take(workspace, folder):
            under_embargo = desk.release.times.embargo is not None
            variants = [Variant.REVIEW, *[Variant.EMBARGOED] * under_embargo, Variant.PUBLIC]
            for document in composed(desk, variants):
                made = word.render(document, desk.house, desk.media)
                found.append(export_of(desk, document, made.content, made.name))
    except Refused:
        return []
    return found


def _likeness(said: str, export: Export) -> float:
    mine, theirs = _runs(said), _runs("\n".join(block.text for block in export.blocks))
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[at:] for at in range(RUN)), strict=False))
