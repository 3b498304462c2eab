"""Receive a copy from an editor: what it proposes, each at its place in the data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.actions.review.lookup import record_for
from pressgen.actions.workspace.bundle import digest
from pressgen.actions.workspace.reading import read_named
from pressgen.errors import Place, guard_file
from pressgen.model.proposal import Kind, Proposal
from pressgen.text.differing import widen_to_words

if TYPE_CHECKING:
    from pathlib import Path

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.load.source import SourceText
    from pressgen.model.export import Export


PDF = b"%PDF"


@dataclass(frozen=True, slots=True)
class Told:
    """A proposal with its number, counted from 1, and its place in the release.

    Attributes:
        speaker: the id of the person whose words it would change, so that a clearance of them lapses; else empty.
        shown: for a value of the data that a text prints, the path of that text; else empty.
        shown_at: where that text stands, with the expression.
    """

    number: int
    path: str
    place: Place
    proposal: Proposal
    speaker: str = ""
    shown: str = ""
    shown_at: Place | None = None

    @property
    def found_at(self) -> Place:
        """Where a person finds what it changes."""
        return self.shown_at or self.place

    def __str__(self) -> str:
        before, after = (f"“{text}”" if text else "nothing" for text in (self.proposal.before, self.proposal.after))
        by = self.proposal.author or "untracked"
        return " ".join(f"{self.number} {self.proposal.kind} {self.path}: {before} → {after} ({by})".split())


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that a proposal changes, as a person reads them.

    Attributes:
        before, after: the words.
        lead, tail: what the sent text says before and behind them; empty where they are no part of one.
    """

    before: str
    after: str
    lead: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What a file proposes.

    Attributes:
        file: its name in messages.
        digest: its SHA-256.
        export: the record of the copy that went out.
        told: the proposals, in the order of the release; what has no place comes last.
        notices: what the person should know about the file.
    """

    file: str
    digest: str
    export: Export = field(repr=False)
    told: list[Told]
    notices: list[str]

    def wording_of(self, told: Told) -> Wording:
        """The words that a proposal changes, whole: `4,210` and `4,300` where `21` became `30`."""
        each = told.proposal
        text = self.export.blocks[each.block].text if each.block >= 0 else ""
        if each.kind not in {Kind.EDIT, Kind.SPLIT} or text[each.start : each.end] != each.before:
            return Wording(each.before, each.after)
        start, end = each.start, each.end
        if each.kind is Kind.EDIT:
            start, end = widen_to_words(text, start, end, each.after)
        after = text[start : each.start] + each.after + text[each.end : end]
        return Wording(text[start:end], after, text[:start], text[end:])


def received(workspace: Workspace, path: Path) -> Received:
    """What the Word file or the PDF at `path` proposes; nothing is written.

    Raises:
        Refused: it is neither, is beyond bounds, or belongs to no release here.
    """
    from pressgen.review.data_paths import find_printing_text, placed  # noqa: PLC0415 - lxml and the rest are slow to import

    shown = workspace.shown(path)
    data = read_named(path, shown)
    with guard_file(shown):
        export, found, notices = (_from_pdf if data.startswith(PDF) else _from_word)(workspace, data, shown)
    source = source_of(workspace, export)
    house = Place(f"{export.slug}, the house's wording")

    def place_of(path: str, offset: int) -> Place:
        ours = path.startswith("house.") or path == "template"
        return house if ours else source.place(path, offset) if path else Place(source.shown)

    told: list[Told] = []
    for each in sorted(found, key=lambda each: (_rank(each), each.start)):
        at, offset = placed(export.blocks[each.block], each) if each.block >= 0 else (each.path, 0)
        text, start = find_printing_text(export.blocks[each.block], each) if each.block >= 0 else ("", 0)
        told.append(
            Told(
                len(told) + 1, at, place_of(at, offset), each, _speaker(source, at, each), text,
                place_of(text, start) if text else None,
            )
        )  # fmt: skip
    return Received(shown, digest(data), export, told, notices)


def _from_word(workspace: Workspace, data: bytes, shown: str) -> tuple[Export, list[Proposal], list[str]]:
    from pressgen.review.receiving import proposals  # noqa: PLC0415
    from pressgen.review.word_reader import read  # noqa: PLC0415 - as in received

    file = read(data, shown)
    said = "\n".join("".join(each.text for each in one.characters) for one in file.paragraphs)
    export, notice = record_for(workspace, file.names.get("urn", ""), said, shown)
    found = proposals(export.blocks, file)
    notices = [*file.notices, *([notice] if notice else [])]
    if (saved := file.names.get("saved by", "")) and any(not each.tracked for each in found):
        notices.append(f"has changes without tracking; it was last saved by {saved}")
    if len(file.unread) > export.unread:
        notices.append(f"holds {len(file.unread) - export.unread} pictures or signs that were not sent; look at it")
    return export, found, notices


def _from_pdf(workspace: Workspace, data: bytes, shown: str) -> tuple[Export, list[Proposal], list[str]]:
    from pressgen.review.annotations import read_marks, read_words  # noqa: PLC0415 - as in received
    from pressgen.review.pdfmarks import proposals  # noqa: PLC0415

    file = read_marks(data, shown)
    export, notice = record_for(workspace, file.urn, read_words(data, shown), shown)
    return export, proposals(export.blocks, file), [*file.notices, *([notice] if notice else [])]


def _speaker(source: SourceText, path: str, proposal: Proposal) -> str:
    """Whose words a proposal would change, empty for nobody's."""
    quote, found, _ = path.partition(".quote.words")
    if not found or proposal.kind in {Kind.COMMENT, Kind.FORMAT, Kind.TYPOGRAPHY}:
        return ""
    return source.text_at(f"{quote}.quote.by") or ""


def _rank(each: Proposal) -> int:
    """Where a proposal is told: at its text, or at the one that it stands behind; what has no place, last."""
    if each.kind is Kind.ADD:
        return 2 * each.anchor + 1
    return 2 * each.block if each.block >= 0 else 1_000_000


def source_of(workspace: Workspace, export: Export) -> SourceText:
    """The release file as it was when the copy went out, read."""
    from pressgen.load.source import read_source  # noqa: PLC0415 - as in received

    source, _ = read_source(export.source.encode(), _shown(workspace, export))
    return source


def _shown(workspace: Workspace, export: Export) -> str:
    return workspace.shown(workspace.root / "releases" / export.slug / export.name)
