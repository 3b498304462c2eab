"""Set a document's blocks in the styles of a Word template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.model.document import (
    Banner,
    Chart,
    Contact,
    EndMark,
    Figure,
    Heading,
    Listing,
    Note,
    Paragraph,
    PullQuote,
    Quotation,
    Table,
)
from pressgen.model.words import flatten
from pressgen.render import word_styles as styles
from pressgen.render.column_widths import WIDE_LETTER, CellMeasures, compute_column_widths, compute_least_width
from pressgen.word.backlinks import add_backlink
from pressgen.word.blocks import add_cell, add_paragraph, add_row, add_table
from pressgen.word.faults import FaultCode
from pressgen.word.picture import add_picture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.model.document import Block, Cell, Item, Leaf
    from pressgen.render.chart_style import ChartStyle
    from pressgen.word.names import Element
    from pressgen.word.part_builder import PartBuilder

BELOW_TABLE, BELOW_LIST = 200, 80
"""Space before the text below, in twentieths of a point: no Word style can set it."""
WHOLE_CHART = 0.75
"""The share of a page's height that a chart may take; a smaller one would have labels too small to read."""
SMALL = 12
"""The most rows of a table that is kept on one page."""
LEAST_PICTURE, TWIPS_A_CM = 1134, 1440 / 2.54
"""The least width of a picture (2 cm), in twentieths of a point."""


@dataclass(frozen=True, slots=True)
class WordBlockSetter:
    """A setter of blocks in the styles of a Word template.

    `media` are the bytes of pictures by the release's name for them, and `chart_style` is the style of charts.
    """

    media: Mapping[str, bytes]
    chart_style: ChartStyle

    def __call__(self, builder: PartBuilder, home: Element, blocks: Sequence[Block]) -> None:
        """Append `blocks` to `home`."""
        column = _Column(builder, home, self.media, self.chart_style)
        for block in blocks:
            column.add(block)


@dataclass(slots=True)
class _Column:
    """The blocks that replace one tag.

    Attributes:
        notes: numbering and level of the notes, from the first of them on.
        air: space to leave before the next block, instead of its style's own.
    """

    builder: PartBuilder
    home: Element
    media: Mapping[str, bytes]
    chart_style: ChartStyle
    notes: tuple[str, str] | None = None
    air: int | None = None

    def add(self, block: Block) -> None:  # noqa: C901, PLR0912 - one case for each kind of block
        match block:
            case Banner():
                self._leaf(block, styles.BANNER)
            case Heading():
                self._leaf(block, styles.HEADINGS[block.level], keep_next=True)
            case Paragraph():
                self._leaf(block, styles.BODY)
            case Quotation():
                self._leaf(block, styles.QUOTE)
            case PullQuote():
                self._leaf(block, styles.PULL_QUOTE)
            case Note():
                self.notes = self.notes or self._begin(styles.NOTE)
                self._leaf(block, styles.NOTE, number=self.notes)
            case EndMark():
                self._leaf(block, styles.END)
            case Listing():
                self._items(block.items, 0, ordered=block.ordered)
                self.air = BELOW_LIST
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
            case Chart():
                self._chart(block)
            case Contact():
                for number, line in enumerate(block.lines, 1):
                    self._leaf(line, styles.CONTACT, keep_next=number < len(block.lines))

    def _leaf(self, leaf: Leaf, style: str, *, keep_next: bool = False, number: tuple[str, str] | None = None) -> None:
        air = self.air if style in styles.CLOSE else None
        ident = self._style(style)
        paragraph = add_paragraph(self.home, ident, keep_next=keep_next, number=number, before=air)
        self.air = None
        self.builder.leaf(paragraph, leaf)
        add_backlink(self.builder, paragraph, leaf)

    def _items(self, items: Sequence[Item], depth: int, *, ordered: bool) -> None:
        """Add a list; a numbered one begins at 1."""
        names = styles.NUMBERS if ordered else styles.BULLETS
        if depth == len(names):
            message = f"a list goes {depth} levels deep at most; write the entries below it as a sentence"
            self.builder.fault(FaultCode.TOO_DEEP, message, items[0].path)
            return
        number = self._begin(names[depth]) if ordered else None
        for item in items:
            self._leaf(item, names[depth], number=number)
            if item.items:
                self._items(item.items, depth + 1, ordered=item.ordered)

    def _table(self, table: Table) -> None:
        if table.caption:
            self._leaf(table.caption, styles.CAPTION, keep_next=True)
        self._grid(table, flatten(table.caption.words) if table.caption else "")

    def _grid(self, table: Table, caption: str) -> None:
        texts = [[str(cell) for cell in row] for row in (table.header, *table.rows)]
        measures = self._measure_cells()
        least = compute_least_width(texts, measures)
        if self._is_too_narrow(least, f"a table of {len(table.header)} columns with these figures", table.path):
            return
        widths = compute_column_widths(texts, self.builder.width, measures)
        heads = "; ".join(text for cell in table.header if (text := flatten(cell.words)))
        file = self.builder.word_file
        style = file.styles.find("table", styles.TABLE)
        node = add_table(self.home, style, widths, caption, heads, backwards=file.backwards)
        head = add_row(node, header=True)
        for at, (cell, width) in enumerate(zip(table.header, widths, strict=True)):
            figures = any(row[at].numeric for row in table.rows)
            self._cell(head, cell, width, styles.TABLE_HEADING, flush_right=figures)
        for number, cells in enumerate(table.rows, 1):
            row, together = add_row(node), number < len(table.rows) <= SMALL
            for cell, width in zip(cells, widths, strict=True):
                style = styles.TABLE_RATING if cell.rating else styles.TABLE_TEXT
                self._cell(row, cell, width, style, flush_right=cell.numeric, keep_next=together)
        self.air = BELOW_TABLE

    def _measure_cells(self) -> CellMeasures:
        """Return what the cells of this template's tables need."""
        found = self.builder.word_file.styles
        text, table = self._style(styles.TABLE_TEXT), found.find("table", styles.TABLE)
        return CellMeasures(WIDE_LETTER * found.sizes.get(text, found.sizes[""]), found.paddings[table])

    def _cell(
        self, row: Element, cell: Cell, width: int, style: str, *, flush_right: bool, keep_next: bool = True
    ) -> None:
        home = add_cell(row, width)
        self.builder.leaf(add_paragraph(home, self._style(style), keep_next=keep_next, flush_right=flush_right), cell)

    def _figure(self, figure: Figure) -> None:
        paragraph = add_paragraph(
            self.home, self._style(styles.BODY), keep_next=figure.caption is not None, before=self.air
        )
        self.air = None
        self.builder.label(paragraph, figure.id)
        if self._is_too_narrow(LEAST_PICTURE, "a picture", figure.path):
            return
        if figure.file in self.media:
            alt = "" if figure.decorative else figure.alt
            add_picture(self.builder, paragraph, figure.file, self.media[figure.file], alt)
        else:
            message = f"there is no picture “{figure.file}”; put it in the release’s folder"
            self.builder.fault(FaultCode.PICTURE, message, figure.path)
        if figure.caption:
            self._leaf(figure.caption, styles.CAPTION)

    def _chart(self, chart: Chart) -> None:
        from pressgen.render.chart import draw_chart
        from pressgen.render.chart_png import render_chart_png

        if self._is_too_narrow(LEAST_PICTURE, "a chart", chart.path):
            return
        self._leaf(chart.caption, styles.CAPTION, keep_next=True)
        picture, missing = render_chart_png(draw_chart(chart), self.chart_style)
        for character in missing:
            message = f"no font in the house’s fonts can draw “{character}” (U+{ord(character):04X}); add one that can"
            self.builder.fault(FaultCode.PICTURE, message, chart.path)
        paragraph = add_paragraph(self.home, self._style(styles.BODY), keep_next=True)
        add_picture(self.builder, paragraph, "chart.png", picture, chart.alt, tallest=WHOLE_CHART)
        self._grid(chart.table, flatten(chart.caption.words))

    def _is_too_narrow(self, least: int, what: str, path: str) -> bool:
        """Report something that does not fit where the tag is."""
        if self.builder.width >= least:
            return False
        message = (
            f"its place is {self.builder.width / TWIPS_A_CM:.1f} cm wide, too narrow for {what} (at least"
            f" {least / TWIPS_A_CM:.1f} cm); widen the column, cell or text box in Word, or move the tag out of it"
        )
        self.builder.fault(FaultCode.MISPLACED, message, path)
        return True

    def _begin(self, style: str) -> tuple[str, str]:
        """Return numbering and level of a new list in `style`.

        Its numbers begin at 1.
        """
        number, level = self.builder.word_file.styles.numbers[self._style(style)]
        return self.builder.word_file.numbering.restart(number, level), level

    def _style(self, name: str) -> str:
        return self.builder.word_file.styles.find("paragraph", name)
