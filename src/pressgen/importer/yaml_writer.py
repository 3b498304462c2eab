"""Write a draft as `release.yaml`, in the usual layout.

Comments give the source of each field, and the doubts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.importer.draft import (
    Block,
    Confidence,
    DraftHeading,
    DraftList,
    DraftListEntry,
    DraftParagraph,
    DraftPerson,
    DraftPicture,
    DraftQuotation,
    DraftTable,
    ReleaseDraft,
    SourceExcerpt,
)
from pressgen.importer.people import make_slug
from pressgen.importer.yaml_scalars import format_comment, format_folded, format_inline, format_scalar
from pressgen.text.embargo.line_reader import Embargo, UnsettledEmbargo
from pressgen.text.prose import escape_marks

if TYPE_CHECKING:
    from collections.abc import Iterable

SCHEMA = "# yaml-language-server: $schema=../release.schema.json"
PRINTED = "The house prints these by itself, or they say nothing:"
WITHIN = re.compile(r"(?<![\w'])'(?=\w)([^'\"“”]{1,200}?)(?<=[\w.,!?])'(?!\w)")
"""A quotation within one in straight marks; the house would take these for the marks of a third level."""
FIELDS = ("name", "role", "organisation", "later", "phone", "email", "out_of_hours")
COLUMN = 2


@dataclass(frozen=True, slots=True)
class ReleaseIdentity:
    """The reference, house and source file of a release.

    Attributes:
        source: the file that it was imported from, for the first line.
    """

    reference: str
    house: str
    source: str


def format_release_yaml(draft: ReleaseDraft, identity: ReleaseIdentity) -> str:
    """Return a draft as the text of a `release.yaml`."""
    writer = _YamlWriter(draft)
    writer.head(identity)
    writer.title()
    writer.times()
    writer.people()
    writer.body()
    writer.notes()
    writer.boilerplate()
    writer.contacts()
    writer.links()
    writer.unplaced()
    writer.printed()
    return "\n".join(writer.lines) + "\n"


@dataclass(slots=True)
class _YamlWriter:
    draft: ReleaseDraft
    lines: list[str] = field(default_factory=list)

    def head(self, identity: ReleaseIdentity) -> None:
        self.lines.append(SCHEMA)
        by_sure = {sure: [name for name, each in self.draft.sureness.items() if each is sure] for sure in Confidence}
        said = "; ".join(f"{sure}: {', '.join(names)}" for sure, names in by_sure.items() if names)
        self.lines.append(format_comment(f"Imported from {identity.source}. {said[:1].upper()}{said[1:]}.", 0))
        self._doubts("", 0)
        self._field("reference", identity.reference)
        self._field("house", identity.house)
        self._field("language", self.draft.language)

    def title(self) -> None:
        self.lines.append("")
        self._beside("headline", 0)
        for name in ("headline", "subhead"):
            if text := getattr(self.draft, name):
                self._field(name, escape_marks(text))
        self._beside("place", 0)
        if self.draft.place:
            self._field("place", self.draft.place)

    def times(self) -> None:
        self.lines += ["", "times:"]
        self._beside("times", COLUMN)
        self._doubts("times.zone", COLUMN)
        self._doubts("times.embargo", COLUMN)
        self._field("zone", self.draft.zone, COLUMN)
        match self.draft.embargo:
            case Embargo(moment):
                self._field("embargo", f"{moment.local:%Y-%m-%d %H:%M}", COLUMN)
            case UnsettledEmbargo(_, wall):
                self._field("embargo", wall, COLUMN)
            case _:
                pass

    def people(self) -> None:
        if not self.draft.people:
            return
        self.lines += ["", "people:"]
        for key, someone in self.draft.people.items():
            self._doubts(f"people.{key}", COLUMN)
            self.lines.append(f"{' ' * COLUMN}{key}:")
            for name in FIELDS:
                if text := _value(someone, name):
                    self._field(name, text, 2 * COLUMN)

    def body(self) -> None:
        self.lines += ["", "body:"]
        for index, block in enumerate(self.draft.body):
            self._doubts(f"body[{index}]", COLUMN)
            self._block(block)

    def notes(self) -> None:
        if self.draft.notes:
            self.lines += ["", "notes:"]
        self._beside("notes", 0 if not self.draft.notes else COLUMN)
        for number, note in enumerate(self.draft.notes, 1):
            self.lines.append(f"{' ' * COLUMN}- id: note-{number}")
            self._field("text", escape_marks(note.text), 2 * COLUMN)

    def boilerplate(self) -> None:
        if not self.draft.boilerplate:
            return
        self.lines += ["", "boilerplate:"]
        for section in self.draft.boilerplate:
            self._field("- heading", escape_marks(section.heading), COLUMN)
            self.lines.append(f"{' ' * 2 * COLUMN}text:")
            self._entries([escape_marks(text) for text in section.texts], 3 * COLUMN)

    def contacts(self) -> None:
        self.lines.append("")
        self._beside("contacts", 0)
        if self.draft.contacts:
            self.lines.append(f"contacts: [{', '.join(self.draft.contacts)}]")

    def links(self) -> None:
        if not self.draft.links:
            return
        self.lines += ["", "links:"]
        taken: set[str] = set()
        for link in self.draft.links:
            key = _make_unique(make_slug(link.text)[:30].strip("-"), taken)
            self.lines.append(f"{' ' * COLUMN}- id: {key}")
            self._field("title", link.text, 2 * COLUMN)
            self._field("url", link.href, 2 * COLUMN)

    def unplaced(self) -> None:
        if not self.draft.unplaced:
            return
        advice = (
            "These words have no place in the release yet. Move each to where it belongs, or delete it; then delete"
            " `unplaced`. Until then the release cannot be built."
        )
        self.lines += ["", format_comment(advice, 0), "unplaced:"]
        for each in self.draft.unplaced:
            self.lines.append(f"{' ' * COLUMN}- line: {each.line}")
            self._field("text", each.text, 2 * COLUMN)

    def printed(self) -> None:
        if taken := self.draft.taken.get(""):
            self.lines += ["", format_comment(PRINTED, 0), *(_format_excerpt(each, 0) for each in taken)]

    def _block(self, block: Block) -> None:
        match block:
            case DraftParagraph(text):
                self.lines.append(f"{' ' * COLUMN}- {format_scalar(escape_marks(text), COLUMN)}")
            case DraftHeading(text):
                self._field("- heading", escape_marks(text), COLUMN)
            case DraftQuotation():
                self._quotation(block)
            case DraftList(items, ordered):
                self.lines.append(f"{' ' * COLUMN}- list:")
                if ordered:
                    self._field("ordered", "true", 3 * COLUMN)
                    self.lines.append(f"{' ' * 3 * COLUMN}items:")
                for item in items:
                    self._item(item, (4 if ordered else 3) * COLUMN)
            case DraftTable(rows):
                self._table(rows)
            case DraftPicture(file, alt):
                self.lines.append(f"{' ' * COLUMN}- image:")
                self._field("file", file, 3 * COLUMN)
                if alt:
                    self._field("alt", alt, 3 * COLUMN)

    def _quotation(self, quotation: DraftQuotation) -> None:
        self.lines += [_format_excerpt(each, COLUMN) for each in quotation.taken]
        self.lines.append(f"{' ' * COLUMN}- quote:")
        self._field("by", quotation.by, 3 * COLUMN)
        if quotation.verb:
            self._field("verb", quotation.verb, 3 * COLUMN)
        self.lines.append(f"{' ' * 3 * COLUMN}words:")
        self._entries([escape_marks(WITHIN.sub(r"‘\1’", text)) for text in quotation.words], 4 * COLUMN)

    def _item(self, item: DraftListEntry, indent: int) -> None:
        if not item.items:
            self._entries([escape_marks(item.text)], indent)
            return
        self._field("- text", escape_marks(item.text), indent)
        if item.ordered:
            self._field("ordered", "true", indent + COLUMN)
        self.lines.append(f"{' ' * (indent + COLUMN)}items:")
        for below in item.items:
            self._item(below, indent + 2 * COLUMN)

    def _table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        width = max(len(row) for row in rows)
        self.lines.append(f"{' ' * COLUMN}- table:")
        head, *others = [
            [format_inline(escape_marks(cell)) if cell else '""' for cell in (*row, *[""] * (width - len(row)))]
            for row in rows
        ]
        self.lines.append(f"{' ' * 3 * COLUMN}header: {_format_row(head)}")
        self.lines.append(f"{' ' * 3 * COLUMN}rows:")
        self.lines += [f"{' ' * 4 * COLUMN}- {_format_row(row)}" for row in others]

    def _entries(self, texts: Iterable[str], indent: int) -> None:
        self.lines += [f"{' ' * indent}- {format_scalar(text, indent)}" for text in texts]

    def _field(self, name: str, text: str, indent: int = 0) -> None:
        margin = " " * indent
        deeper = indent + (COLUMN if name.startswith("- ") else 0)
        value = format_inline(text) if len(text) + len(name) + indent <= WIDTH_OF_LINE else format_folded(text, deeper)
        self.lines.append(f"{margin}{name}: {value}")

    def _beside(self, path: str, indent: int) -> None:
        self.lines += [_format_excerpt(each, indent) for each in self.draft.taken.get(path, ())]
        self._doubts(path, indent)

    def _doubts(self, path: str, indent: int) -> None:
        for doubt in self.draft.doubts:
            if doubt.field == path:
                self.lines.append(
                    format_comment(f"? {doubt.message}" + (f" (line {doubt.line})" if doubt.line else ""), indent)
                )


WIDTH_OF_LINE = 116


def _format_excerpt(taken: SourceExcerpt, indent: int) -> str:
    return format_comment(f"line {taken.line}: {taken.text}", indent)


def _value(someone: DraftPerson, name: str) -> str:
    return str(getattr(someone, name))


def _format_row(cells: list[str]) -> str:
    """Format a row in brackets.

    A comma ends a cell there, so a text with a comma needs quotation marks.
    """
    return (
        "["
        + ", ".join(cell if cell.startswith('"') or not set(cell) & set(",[]{}") else f'"{cell}"' for cell in cells)
        + "]"
    )


def _make_unique(base: str, taken: set[str]) -> str:
    base = base if base[:1].isalpha() else f"link-{base}".strip("-")
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    taken.add(key)
    return key
