"""Charts: exact figures for the drawing, and words for the table."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pressgen.compose.pieces import make_piece
from pressgen.model.document import Caption, Cell, Chart, Table
from pressgen.model.record import read_number
from pressgen.model.words import Field, Piece, Source, Words, flatten, to_plain_text
from pressgen.text.figures import format_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.compose.block_ids import BlockIds
    from pressgen.compose.pieces import TextSetting
    from pressgen.compose.typesetter import Typesetter
    from pressgen.model.document import Leaf
    from pressgen.model.release import ChartData, Fact


class ChartBuilder:
    """A builder of the charts in a release."""

    def __init__(self, facts: Mapping[str, Fact], setting: TextSetting, typesetter: Typesetter, ids: BlockIds) -> None:
        self._facts = facts
        self._setting = setting
        self._typesetter = typesetter
        self._ids = ids

    def chart(self, drawing: ChartData, path: str) -> Chart:
        """Return the chart at `path`, such as `body[3].chart`.

        Where the data gives no text alternative, it is the caption with every figure, in the order of the table.
        """
        caption = self._caption(drawing, path)
        figures = [
            [self._figure(value, f"{path}.rows[{y}].values[{x}]") for x, value in enumerate(row.values)]
            for y, row in enumerate(drawing.rows)
        ]
        labels = [self._cell(row.label, f"{path}.rows[{y}].label") for y, row in enumerate(drawing.rows)]
        heads = [(name, f"{path}.series[{x}]") for x, name in enumerate(drawing.series)]
        header = [self._cell(text, where) for text, where in heads or [(drawing.unit, f"{path}.unit")]]
        rows = tuple((label, *(cell for cell, _ in row)) for label, row in zip(labels, figures, strict=True))
        return Chart(
            id=self._ids.mint("chart", drawing.kind, path),
            path=path,
            kind=drawing.kind,
            alt=drawing.alt or _describe_figures(drawing, caption, header, rows),
            caption=caption,
            table=Table(
                id=self._ids.mint("table", "", path),
                path=path,
                caption=None,
                header=(self._cell(drawing.labels or "", f"{path}.labels"), *header),
                rows=rows,
            ),
            values=tuple(tuple(number for _, number in row) for row in figures),
        )

    def _caption(self, drawing: ChartData, path: str) -> Caption:
        """Return the caption, followed by the unit if no column names it."""
        words = self._typesetter.prose(drawing.caption, f"{path}.caption", self._setting)
        if drawing.series:
            unit = self._typesetter.prose(drawing.unit, f"{path}.unit", self._setting)
            words = (*words, make_piece(", ", "unit of a chart"), *unit)
        return Caption(id=self._ids.mint("caption", to_plain_text(words), path), path=f"{path}.caption", words=words)

    def _cell(self, text: str, path: str) -> Cell:
        words = self._typesetter.prose(text, path, self._setting)
        return Cell(id=self._ids.mint("cell", to_plain_text(words), path), path=path, words=words)

    def _figure(self, value: str, path: str) -> tuple[Cell, Decimal]:
        """Return a figure formatted for readers, and its exact value.

        The loader has checked that it is a number.
        """
        typed = read_number(value)
        number = typed if typed is not None else Decimal(self._facts[value].value)
        shown, source = format_number(number, self._typesetter.language), Source(path, 0, len(value))
        name = value if typed is not None else f"facts.{value}"
        words: Words = (Piece(text=shown, origin=source if shown == value else Field(name, at=source)),)
        cell = Cell(id=self._ids.mint("cell", shown, path), path=path, words=words, numeric=True)
        return cell, number


def _describe_figures(
    drawing: ChartData, caption: Caption, header: list[Cell], rows: tuple[tuple[Cell, ...], ...]
) -> str:
    """Describe a chart by its caption and its figures.

    It adds no words of its own, because those would need the release's language.
    """

    def said(leaf: Leaf) -> str:
        return flatten(leaf.words)

    if not drawing.series:
        figures = [f"{said(label)}: {said(figure)}" for label, figure in rows]
        title = f"{said(caption)}, {said(header[0])}"
    else:
        figures = [
            f"{said(label)}: "
            + ", ".join(f"{said(name)} {said(cell)}" for name, cell in zip(header, cells, strict=True))
            for label, *cells in rows
        ]
        title = said(caption)
    return f"{title}. {'; '.join(figures)}."
