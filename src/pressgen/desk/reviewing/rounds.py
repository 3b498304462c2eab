"""The rounds of review: the record of every copy that went out, kept in the workspace under `.pressgen/reviews/`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem, Refused
from pressgen.files.writing import write_into
from pressgen.model.export import Export, newest

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.desk.workspace.folder import Desk, Workspace
    from pressgen.model.document import Document

LINE = re.compile(r"Ref\s(\S+)\s·\sreview(?:\s(\d+))?\s·\s([0-9a-f]{12})")
"""The line that a review copy shows; it outlives every program, but for what kind its blanks are."""
CHANGES = re.compile(r"Ref \S+ · changes · [0-9a-f]{12} to [0-9a-f]{12}")
"""The line of a file that shows changes."""
ENOUGH = 0.6
"""The share of a file's runs of three words that a release must have for the file to be its."""
RUN = 3


def folder_of(workspace: Workspace, slug: str) -> Path:
    """Where the records of a release lie."""
    return workspace.root / ".pressgen" / "reviews" / slug


def kept(workspace: Workspace, slug: str = "*") -> list[Export]:
    """The records of a release, or of all, from the last round to the first.

    Raises:
        Refused: one cannot be read.
    """
    found = []
    for file in sorted((workspace.root / ".pressgen" / "reviews").glob(f"{slug}/*.json")):
        try:
            found.append(Export.from_json(file.read_bytes()))
        except (OSError, ValueError) as error:
            message = "is no record of a review copy any more; take it from a backup, or remove it"
            raise Refused([Problem(code="M04", message=message, place=Place(workspace.shown(file)))]) from error
    return newest(found)


def keep(workspace: Workspace, export: Export) -> None:
    """Keep the record of a copy.

    Raises:
        Refused: it cannot be written.
    """
    folder = folder_of(workspace, export.slug)
    name = f"{export.round:03}-{export.name.removesuffix('.yaml')}-{export.digest}.json"
    try:
        write_into(folder, {name: export.to_json()})
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise Refused([Problem(code="F02", message=message, place=Place(str(folder)))]) from None


def reviewer(workspace: Workspace, given: str | None) -> str | None:
    """The id of whoever sends, receives or decides; None in a workspace without an office, which keeps no ledger.

    Raises:
        WrongUse: nobody is named, or nobody of the office.
    """
    from pressgen.desk.office.acting import acting  # noqa: PLC0415 - most reviews are of offices with a ledger, some are not
    from pressgen.desk.office.office import FILE, take_office  # noqa: PLC0415 - as above

    if given is None and not (workspace.root / FILE).is_file():
        return None
    return acting(take_office(workspace), given, to="review")


def export_of(desk: Desk, document: Document, content: bytes, name: str) -> Export:
    """The record of a Word file that was just made of a release."""
    from pressgen.model.edition import edition  # noqa: PLC0415 - only a copy wants it
    from pressgen.render.urn import urn  # noqa: PLC0415
    from pressgen.review.outgoing import shown  # noqa: PLC0415 - lxml is slow to import
    from pressgen.review.reading import read  # noqa: PLC0415

    file = read(content, name)
    made = document.edition or edition(desk.inputs)
    return Export(
        urn=urn(document), reference=document.reference, slug=desk.slug, digest=made.digest, round=made.round,
        name=f"release{desk.suffix}.yaml", source=desk.source.text, to=(), sent=None,
        blocks=shown(document, file), unread=len(file.unread),
    )  # fmt: skip


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
    known, line = kept(workspace), LINE.search(said)
    mine = (line[1], int(line[2] or 0), line[3]) if line else None
    now: list[Export] = []
    if not (found := next((each for each in known if each.urn == urn or _state(each) == mine), None)):
        now = [each for folder in workspace.releases for each in _as_they_are(workspace, folder)]
        found = next((each for each in now if each.urn == urn or _state(each) == mine), None)
    if found:
        return found, _newer(found, known)
    ranked = sorted(((_likeness(said, each), each.round, each) for each in [*known, *now]), key=lambda each: each[:2])
    share, _, nearest = ranked[-1] if ranked else (0.0, 0, None)
    if nearest is None or share < ENOUGH:
        near = f"; the nearest is {nearest.reference} ({share:.0%} of its words)" if nearest else ""
        message = f"belongs to no release here{near}"
        raise Refused([Problem(code="M05", message=message, place=Place(name))])
    return nearest, f"bears no mark of ours; by its words it is {nearest.reference} ({share:.0%})"


def _state(export: Export) -> tuple[str, int, str]:
    """What the line of a copy says: the reference, the round, and the state of the data."""
    return export.reference, export.round, export.digest


def _newer(export: Export, known: list[Export]) -> str:
    """That a copy is of an earlier round than the last; empty for one of the last, or of none."""
    last = max((each.round for each in known if (each.slug, each.name) == (export.slug, export.name)), default=0)
    return f"is of round {export.round}; the last is {last}" if 0 < export.round < last else ""


def _as_they_are(workspace: Workspace, folder: Path) -> list[Export]:
    """Records of what a release would show now; none where it is at fault."""
    from pressgen.desk.workspace.composing import composed  # noqa: PLC0415 - only a file without a record wants it
    from pressgen.desk.workspace.folder import take  # noqa: PLC0415
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
