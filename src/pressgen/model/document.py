"""The Document: the content block by block, each character with its origin.

Word, PDF, page and text are all made from one Document, so they cannot disagree. A block has

- `id`: six characters, stable for the same kind, text and path; the anchor in every format;
- `path`: the path of the data that made it, such as `body[3].quote.words[1]` or `notes[report].text`;
- `words`: its text as pieces, each with the origin of its characters.

The blocks are a closed union: renderers `match` over it exhaustively.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pressgen.model.artifact import Variant
from pressgen.model.words import Words, to_plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from pressgen.model.edition import Edition
    from pressgen.model.moment import Moment
    from pressgen.model.redline import Redline


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A block that holds text of its own."""

    id: str
    path: str
    words: Words

    def __str__(self) -> str:
        return to_plain_text(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner(Leaf):
    """A line that states the embargo or immediate release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Leaf):
    """The headline (level 1), or a heading below it (2, 3)."""

    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Leaf):
    """A paragraph of prose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation(Leaf):
    """One paragraph of a person's words, with marks and attribution.

    Attributes:
        speaker: the id of the person.
        first: whether the quotation begins with this paragraph.
        last: whether it ends with this paragraph.
    """

    speaker: str
    first: bool
    last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PullQuote(Leaf):
    """Words of a quotation by `speaker`, repeated in large type."""

    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Leaf):
    """An entry of a list, with the entries below it."""

    items: tuple[Item, ...] = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Leaf):
    """A numbered note to editors, cited in prose by its `key`."""

    key: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMark(Leaf):
    """The mark that ends the text for publication: ENDS, ###, -30-."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Leaf):
    """A cell of a table.

    Attributes:
        rating: the position of the rating on the findings' scale, from 1 (best), or 0 where the cell is not a rating.
        numeric: whether it holds a figure, which is aligned to the right.
    """

    rating: int = 0
    numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption(Leaf):
    """The caption of a table or a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list; an ordered one is numbered from 1."""

    id: str
    path: str
    items: tuple[Item, ...]
    ordered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with one header row, as wide as every row.

    Attributes:
        caption: None where there is none.
        findings: whether it is the table of findings, with ratings in its cells.
    """

    id: str
    path: str
    caption: Caption | None
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    findings: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture.

    Attributes:
        file: its path relative to the release's folder; the key of its bytes in the renderers' `media`.
        alt: what it shows, for those who do not see it; empty when `decorative`.
    """

    id: str
    path: str
    file: str
    alt: str
    decorative: bool
    caption: Caption | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Figures as a picture that the renderers draw, and in words.

    Attributes:
        kind: bars side by side, bars of parts that make a whole, or a line for each series.
        alt: what it shows, for those who do not see it.
        caption: printed above the picture.
        table: the figures, under the picture; a row for each label, a column for each series.
        values: the exact figures of the table's rows, as they are drawn.
    """

    id: str
    path: str
    kind: Literal["bar", "stacked", "line"]
    alt: str
    caption: Caption
    table: Table
    values: tuple[tuple[Decimal, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person or office to ask, with a line for each detail."""

    id: str
    path: str
    lines: tuple[Paragraph, ...]


Block = (
    Banner | Heading | Paragraph | Quotation | PullQuote | Note | EndMark | Listing | Table | Figure | Chart | Contact
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One release in one variant, in its house's words and order.

    Attributes:
        slug: the name of the release's folder, and of its files.
        reference: the release's own reference, such as `HMIP-2019-05-08`.
        language: BCP 47.
        publisher: the name of the body that issues it.
        summary: one or two sentences for listings and file properties, without formatting; empty where there are none.
        banner: the banner's lines, the first of them the one to repeat on every page; empty where there is none.
        embargo: the moment of the embargo, also in the public variant; None for immediate release.
        dated: the moment that file properties show; None where the release names no time.
        notes_heading, contacts_heading: None where there are no notes, or the house prints no contacts of their own.
        boilerplate: the house's standing sections, headings and paragraphs.
        edition: the state of the data that a review copy shows; None for other documents.
        redline: the differences from another version, the words of which are then shown as well; else None.
    """

    slug: str
    reference: str
    language: str
    publisher: str
    summary: str
    variant: Variant
    embargo: Moment | None
    dated: Moment | None
    banner: tuple[Banner, ...]
    headline: Heading
    subhead: Paragraph | None
    body: tuple[Block, ...]
    end: EndMark | None
    notes_heading: Heading | None
    notes: tuple[Note, ...]
    boilerplate: tuple[Heading | Paragraph, ...]
    contacts_heading: Heading | None
    contacts: tuple[Contact, ...]
    edition: Edition | None = None
    redline: Redline | None = None

    @property
    def embargoed(self) -> bool:
        """Whether this carries the embargo banner.

        The embargoed variant does, and a review copy of a release with an embargo.
        """
        return self.embargo is not None and self.variant is not Variant.PUBLIC

    @property
    def blocks(self) -> Iterator[Block]:
        """Yield every block.

        A house's templates may use another order.
        """
        yield from self.banner
        yield self.headline
        if self.subhead:
            yield self.subhead
        yield from self.body
        if self.end:
            yield self.end
        if self.notes_heading:
            yield self.notes_heading
        yield from self.notes
        yield from self.boilerplate
        if self.contacts_heading:
            yield self.contacts_heading
        yield from self.contacts


def iter_leaves(blocks: Iterable[Block]) -> Iterator[Leaf]:  # noqa: C901 - one case for each kind of block
    """Yield every block that holds text, in reading order."""
    for block in blocks:
        match block:
            case Listing():
                for item in block.items:
                    yield from _iter_items(item)
            case Table():
                if block.caption:
                    yield block.caption
                yield from block.header
                for row in block.rows:
                    yield from row
            case Figure():
                if block.caption:
                    yield block.caption
            case Chart():
                yield block.caption
                yield from iter_leaves([block.table])
            case Contact():
                yield from block.lines
            case _:
                yield block


def _iter_items(item: Item) -> Iterator[Item]:
    yield item
    for inner in item.items:
        yield from _iter_items(inner)
