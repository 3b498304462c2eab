"""Render blocks as HTML, the same for page and PDF.

Text is escaped by construction: it meets markup only in the gaps of a `MarkupTemplate`. WeasyPrint keeps the meaning of
the tags in the PDF's structure. Two of its limits shape the markup: a link holds nothing but text (else its annotation
hangs below the wrong element, PDF/UA-1 7.18.5), and a list entry holds its text directly, not a paragraph (else it has
no body, 7.2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from pressgen.model.direction import get_direction
from pressgen.model.document import (
    Banner,
    Block,
    Cell,
    Chart,
    Contact,
    EndMark,
    Figure,
    Heading,
    Item,
    Leaf,
    Listing,
    Note,
    Paragraph,
    PullQuote,
    Quotation,
    Table,
)
from pressgen.render.citations import format_backlink_label
from pressgen.render.markup_template import MarkupTemplate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pressgen.model.words import Piece

NOTHING = Markup()
LINES = Markup("\n")
BACK = MarkupTemplate(
    '<a class="back" href="#pg-{}" aria-label="{}"><svg aria-hidden="true" width="1em" height="1em"'
    ' viewBox="0 0 16 16" style="margin-left:.35em;vertical-align:-.1em"><path d="M6 3 2.5 6.5 6 10M3 6.5h7a3 3 0 0 1 0'
    ' 6H6" fill="none" stroke="currentColor" stroke-width="1.5"/></svg></a>'
)
"""The link back from a note on the screen: drawn, so that a note has the same words in every format."""
BACK_ON_PAPER = MarkupTemplate(
    '<a class="back" href="#pg-{}"><img alt="{}" style="width:.85em;height:.85em;margin:0 0 -.1em .35em"'
    " src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath"
    " d='M6 3 2.5 6.5 6 10M3 6.5h7a3 3 0 0 1 0 6H6' fill='none' stroke='%235f6368' stroke-width='1.5'/%3E%3C/svg%3E\">"
    "</a>"
)
"""The same on paper, where a drawing needs an image of its own to have an alternative text (PDF/UA-1, 7.3)."""
ELEMENT = MarkupTemplate('<{} id="pg-{}"{}{}>{}</{}>')
ANCHORED, ENTRY = MarkupTemplate('<span id="pg-{}">{}</span>'), MarkupTemplate('<li id="pg-{}">{}{}</li>')
LABELLED, LABEL = MarkupTemplate("<span{}>{}</span>"), MarkupTemplate(' data-label="{}" data-path="{}"')
ANCHOR, CLASS, NAMED_BY = (
    MarkupTemplate(' id="pg-{}"'),
    MarkupTemplate(' class="{}"'),
    MarkupTemplate(' aria-labelledby="pg-{}"'),
)
LIST, QUOTED = MarkupTemplate("<{}{}>\n{}\n</{}>"), MarkupTemplate("<blockquote>\n{}\n</blockquote>")
NOTES, START = MarkupTemplate('<ol class="notes"{}>\n{}\n</ol>'), MarkupTemplate(' start="{}"')
CONTACT = MarkupTemplate('<div class="contact" id="pg-{}">\n{}\n</div>')
FIGURE = MarkupTemplate('<div class="figure" id="pg-{}"{}>{}{}</div>')
CHART = MarkupTemplate('<div class="chart" id="pg-{}">\n{}\n{}\n{}\n</div>')
TABLE = MarkupTemplate('<table id="pg-{}"{}{}>{}<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table>')
ROW = MarkupTemplate("<tr>{}</tr>")
LINKED, CITED = MarkupTemplate('<a href="{}">{}</a>'), MarkupTemplate('<sup><a href="#pg-{}">{}</a></sup>')
EMPHASISED, STRESSED = MarkupTemplate("<em>{}</em>"), MarkupTemplate("<strong>{}</strong>")
FOREIGN = MarkupTemplate('<span lang="{}" dir="{}">{}</span>')
LONG_WORD, LONG_CELL, ENDLESS_CELL = 30, 400, 2500  # characters


@dataclass(frozen=True, slots=True)
class HtmlBlockRenderer:
    """A renderer of a document's blocks as HTML.

    Attributes:
        anchors: the id of each note's block, by the key that prose cites it by.
        picture: the markup of a picture itself, without its caption.
        drawing: the same of a chart.
        cited: the first block that cites each note, by the note's key, for a link back to it; empty for none.
        back: the markup of that link, to be filled with the block's id and its name.
        labels: what a review copy shows in its margin, by the id of the block that it belongs to.
    """

    anchors: Mapping[str, str]
    picture: Callable[[Figure], Markup]
    drawing: Callable[[Chart], Markup]
    cited: Mapping[str, Leaf] = field(default_factory=dict)
    back: MarkupTemplate = BACK
    labels: Mapping[str, str] = field(default_factory=dict)

    def leaf(self, leaf: Leaf) -> Markup:
        """Render the words of `leaf` with its anchor, without an element.

        The template gives the element.
        """
        return ANCHORED(leaf.id, self._words(leaf))

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        """Render `blocks` as elements of their own.

        Notes make one list, the paragraphs of a quotation one quotation.
        """
        return LINES.join(map(self._run, _group_blocks(blocks)))

    def _run(self, run: list[Block]) -> Markup:
        inside = LINES.join(map(self.block, run))
        match run[0]:
            case Note(number=number):
                return NOTES(START(number) if number != 1 else NOTHING, inside)
            case Quotation():
                return QUOTED(inside)
            case _:
                return inside

    def block(self, block: Block) -> Markup:  # noqa: C901 - one case for each kind of block
        """Render one block as an element.

        A note becomes an entry of a list that the caller opens.
        """
        match block:
            case Banner():
                made = self._element("p", block, "banner-line")
            case Heading():
                made = self._element(f"h{block.level}", block)
            case Paragraph() | Quotation():
                made = self._element("p", block)
            case PullQuote():
                made = self._element("p", block, "pull", Markup(' role="note"'))  # repeated words: an aside
            case Note():
                made = self._note(block)
            case EndMark():
                made = self._element("p", block, "end")
            case Listing():
                made = self._list(block.items, ANCHOR(block.id), ordered=block.ordered)
            case Table():
                made = self._table(block)
            case Figure():
                made = self._figure(block)
            case Chart():
                made = self._chart(block)
            case Contact():
                lines = LINES.join(self._element("p", line) for line in block.lines)
                made = CONTACT(block.id, lines)
        return made

    def _note(self, note: Note) -> Markup:
        """Render a note with the link back to its citation."""
        citing = self.cited.get(note.key)
        back = self.back(citing.id, format_backlink_label(citing)) if citing else NOTHING
        return ENTRY(note.id, self._words(note), back)

    def _element(self, tag: str, leaf: Leaf, classes: str = "", extra: Markup = NOTHING) -> Markup:
        named = CLASS(classes) if classes else NOTHING
        return ELEMENT(tag, leaf.id, named, extra, self._words(leaf), tag)

    def _list(self, items: Iterable[Item], anchor: Markup = NOTHING, *, ordered: bool) -> Markup:
        entries = LINES.join(map(self._entry, items))
        tag = "ol" if ordered else "ul"
        return LIST(tag, anchor, entries, tag)

    def _entry(self, item: Item) -> Markup:
        below = self._list(item.items, ordered=item.ordered) if item.items else NOTHING
        return ENTRY(item.id, self._words(item), below)

    def _figure(self, figure: Figure) -> Markup:
        caption = self._element("p", figure.caption, "caption") if figure.caption else NOTHING
        return FIGURE(figure.id, self._label(figure), self.picture(figure), caption)

    def _chart(self, chart: Chart) -> Markup:
        caption = self._element("p", chart.caption, "chart-caption")
        table = self._table(chart.table, NAMED_BY(chart.caption.id))
        return CHART(chart.id, caption, self.drawing(chart), table)

    def _table(self, table: Table, name: Markup = NOTHING) -> Markup:
        """Render a table.

        `name` is the attribute that names it if it has no caption.
        """
        caption = self._element("caption", table.caption) if table.caption else NOTHING
        figures = [all(cell.numeric for cell in column) for column in zip(*table.rows, strict=True)]
        header = NOTHING.join(
            self._element("th", cell, "numeric" if numeric else "", Markup(' scope="col"'))
            if str(cell)
            else self._element("td", cell)  # an empty cell is no header
            for cell, numeric in zip(table.header, figures, strict=True)
        )
        rows = LINES.join(ROW(self._row(row)) for row in table.rows)
        longest, words = _measure_longest(table)
        crowded, endless = words > LONG_WORD or longest > LONG_CELL, longest > ENDLESS_CELL
        classes = " ".join(["findings"] * table.findings + ["crowded"] * crowded + ["endless"] * endless)
        named = CLASS(classes) if classes else NOTHING
        return TABLE(table.id, named, name, caption, header, rows)

    def _row(self, row: tuple[Cell, ...]) -> Markup:
        """Render a row, with its first cell as its header.

        A first cell that is a figure, or empty, is not a header.
        """
        first = row[0]
        if len(row) == 1 or first.numeric or not str(first).strip():
            return NOTHING.join(self._element("td", cell, _get_cell_classes(cell)) for cell in row)
        head = self._element("th", first, _get_cell_classes(first), Markup(' scope="row"'))
        return head + NOTHING.join(self._element("td", cell, _get_cell_classes(cell)) for cell in row[1:])

    def _words(self, leaf: Leaf) -> Markup:
        words = NOTHING.join(self._stretch(text, like) for text, like in merge_pieces(leaf.words))
        return LABELLED(label, words) if (label := self._label(leaf)) else words

    def _label(self, block: Leaf | Figure) -> Markup:
        """Return the attributes for a block's margin label and path.

        A stylesheet shows the label, and programs read the path.
        """
        if block.id not in self.labels:
            return NOTHING
        return LABEL(self.labels[block.id], block.path)

    def _stretch(self, text: str, like: Piece) -> Markup:
        """Render `text` with the formatting of `like`.

        Emphasis goes around a link, never inside it.
        """
        words = escape(text)
        if like.href:
            words = LINKED(like.href, words)
        if like.note:
            words = CITED(self.anchors[like.note], words)
        if like.emphasis:
            words = EMPHASISED(words)
        if like.strong:
            words = STRESSED(words)
        if like.language:
            words = FOREIGN(like.language, get_direction(like.language), words)
        return words


def merge_pieces(words: Iterable[Piece]) -> Iterator[tuple[str, Piece]]:
    """Yield pieces of equal formatting, joined.

    A citation stays by itself.
    """
    for note, run in groupby(words, lambda piece: bool(piece.note)):
        if note:
            yield from ((piece.text, piece) for piece in run)
            continue
        for _, alike in groupby(run, _get_formatting):
            pieces = list(alike)
            yield "".join(piece.text for piece in pieces), pieces[0]


def _get_formatting(piece: Piece) -> tuple[bool, bool, str, str]:
    return piece.strong, piece.emphasis, piece.href, piece.language


def _group_blocks(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    run: list[Block] = []
    for block in blocks:
        if run and not _is_continuation(run[-1], block):
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _is_continuation(before: Block, block: Block) -> bool:
    match before, block:
        case (Note(), Note()) | (Quotation(), Quotation(first=False)):
            return True
        case _:
            return False


def _measure_longest(table: Table) -> tuple[int, int]:
    """Return the length of the longest cell, and of the longest word."""
    cells = [str(cell) for row in (table.header, *table.rows) for cell in row]
    return max(map(len, cells)), max((len(word) for cell in cells for word in cell.split()), default=0)


def _get_cell_classes(cell: Cell) -> str:
    """Return the CSS classes of a cell.

    The class of a rating adds to its word, and never replaces it.
    """
    if cell.rating:
        return f"rating rating-{cell.rating}"
    return "numeric" if cell.numeric else ""
