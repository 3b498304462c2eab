"""Build the blocks of the body, each kind from its data."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.compose.charts import ChartBuilder
from pressgen.compose.pieces import make_piece
from pressgen.compose.years import mark_year_columns
from pressgen.model import release as data
from pressgen.model.document import Block, Caption, Cell, Figure, Heading, Item, Listing, Paragraph, PullQuote, Table
from pressgen.model.words import Words, to_plain_text
from pressgen.text.typography import get_quotation_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.compose.block_ids import BlockIds
    from pressgen.compose.pieces import TextSetting
    from pressgen.compose.speakers import QuotationBuilder
    from pressgen.compose.typesetter import Typesetter
    from pressgen.compose.voice import LanguageWording

NUMERIC = re.compile(r"[-+−]?[£$€]?\d[\d.,\u00a0\u202f ]*(?:%| per cent| percent| million| billion|m|bn)?")
HEADING_LEVEL = 2


class BodyBuilder:
    """A builder of the blocks in a release's body."""

    def __init__(
        self,
        release: data.Release,
        voice: LanguageWording,
        setting: TextSetting,
        typesetter: Typesetter,
        speakers: QuotationBuilder,
        ids: BlockIds,
    ) -> None:
        self._findings = release.findings
        self._voice = voice
        self._setting = setting
        self._typesetter = typesetter
        self._speakers = speakers
        self._ids = ids
        self._charts = ChartBuilder(release.facts, setting, typesetter, ids)

    def blocks(self, blocks: Sequence[data.BodyBlock], dateline: Words) -> Iterator[Block]:  # noqa: C901 - one case for each kind
        """Yield the blocks in order, with the dateline before the first paragraph."""
        for index, block in enumerate(blocks):
            path = f"body[{index}]"
            match block:
                case str():
                    words = (*dateline, *self._words(block, path))
                    dateline = ()
                    yield Paragraph(id=self._ids.mint("paragraph", to_plain_text(words), path), path=path, words=words)
                case data.HeadingBlock():
                    where = f"{path}.heading"
                    words = self._words(block.heading, where)
                    yield Heading(
                        id=self._ids.mint("heading", to_plain_text(words), where),
                        path=where,
                        words=words,
                        level=HEADING_LEVEL,
                    )
                case data.QuoteBlock():
                    yield from self._speakers.quotation(block.quote, f"{path}.quote")
                case data.PullBlock():
                    yield self._pull(block.pull, f"{path}.pull.words")
                case data.ListBlock():
                    yield self._list(block.list, f"{path}.list")
                case data.FindingsBlock():
                    yield self._findings_table(block.findings, f"{path}.findings")
                case data.TableBlock():
                    yield self._table(block.table, f"{path}.table")
                case data.ImageBlock():
                    yield self._figure(block.image, f"{path}.image")
                case data.ChartBlock():
                    yield self._charts.chart(block.chart, f"{path}.chart")

    def _words(self, text: str, path: str) -> Words:
        return self._typesetter.prose(text, path, self._setting)

    def _pull(self, pull: data.Pull, path: str) -> PullQuote:
        opening, closing = get_quotation_marks(self._typesetter.language).first
        words = (
            make_piece(opening, "opening quotation mark"),
            *self._typesetter.prose(pull.words, path, replace(self._setting, quoted=True)),
            make_piece(closing, "closing quotation mark"),
        )
        return PullQuote(id=self._ids.mint("pull", to_plain_text(words), path), path=path, words=words, speaker=pull.by)

    def _list(self, listed: data.EntryList | tuple[str | data.Entry, ...], path: str) -> Listing:
        ordered, items = (False, listed) if isinstance(listed, tuple) else (listed.ordered, listed.items)
        below = path if isinstance(listed, tuple) else f"{path}.items"
        entries = tuple(self._item(item, f"{below}[{index}]") for index, item in enumerate(items))
        return Listing(id=self._ids.mint("list", "", path), path=path, items=entries, ordered=ordered)

    def _item(self, item: str | data.Entry, path: str) -> Item:
        entry = data.Entry(text=item) if isinstance(item, str) else item
        where = path if isinstance(item, str) else f"{path}.text"
        words = self._words(entry.text, where)
        below = tuple(self._item(each, f"{path}.items[{index}]") for index, each in enumerate(entry.items))
        return Item(
            id=self._ids.mint("item", to_plain_text(words), where),
            path=where,
            words=words,
            items=below,
            ordered=entry.ordered,
        )

    def _cell(self, text: str, path: str, rating: int = 0) -> Cell:
        words = self._words(text, path)
        shown = to_plain_text(words)
        numeric = NUMERIC.fullmatch(shown) is not None
        return Cell(id=self._ids.mint("cell", shown, path), path=path, words=words, rating=rating, numeric=numeric)

    def _caption(self, text: str | None, path: str) -> Caption | None:
        if text is None:
            return None
        words = self._words(text, f"{path}.caption")
        return Caption(id=self._ids.mint("caption", to_plain_text(words), path), path=f"{path}.caption", words=words)

    def _table(self, grid: data.TableData, path: str) -> Table:
        table = Table(
            id=self._ids.mint("table", "", path),
            path=path,
            caption=self._caption(grid.caption, path),
            header=tuple(self._cell(text, f"{path}.header[{index}]") for index, text in enumerate(grid.header)),
            rows=tuple(
                tuple(self._cell(text, f"{path}.rows[{row}][{column}]") for column, text in enumerate(cells))
                for row, cells in enumerate(grid.rows)
            ),
        )
        return mark_year_columns(table)

    def _findings_table(self, wanted: data.FindingsTable | str, path: str) -> Table:
        table = data.FindingsTable() if isinstance(wanted, str) else wanted
        if self._findings is None:
            self._typesetter.fault("C07", "there are no findings to show: add `findings` to the release", path)
        items = self._findings.items if self._findings else ()
        shown = [item for item in items if not table.only or item.id in table.only]
        wording, reasons = self._voice.wording, any(item.text for item in shown)
        headings = [(text, self._voice.at(f"wording.findings[{index}]")) for index, text in enumerate(wording.findings)]
        headings += [(wording.reasons, self._voice.at("wording.reasons"))] * reasons
        return Table(
            id=self._ids.mint("findings", "", path),
            path=path,
            caption=self._caption(table.caption, path),
            header=tuple(self._cell(text, where) for text, where in headings),
            rows=tuple(self._finding(item, reasons=reasons) for item in shown),
            findings=True,
        )

    def _finding(self, item: data.ReleaseFinding, *, reasons: bool) -> tuple[Cell, ...]:
        path = f"findings.items[{item.id}]"
        scale = self._findings.scale if self._findings else ()
        cells = [
            self._cell(item.subject, f"{path}.subject"),
            self._cell(item.rating, f"{path}.rating", scale.index(item.rating) + 1),
        ]
        return (*cells, self._cell(item.text or "", f"{path}.text")) if reasons else tuple(cells)

    def _figure(self, picture: data.Picture, path: str) -> Figure:
        return Figure(
            id=self._ids.mint("figure", picture.file, path),
            path=path,
            file=picture.file,
            alt=picture.alt or "",
            decorative=picture.decorative is not None,
            caption=self._caption(picture.caption, path),
        )
