"""Render deleted and inserted words as HTML.

A PDF shows them and announces them to screen readers. Each word is an element of its own, so that a stylesheet can put
a bar in the margin of every line that has one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Self

from markupsafe import Markup

from pressgen.model.redline import ChangeKind, Redline, Side, Span
from pressgen.render.markup import LONG_WORD, HtmlBlockRenderer, merge_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.model.document import Chart, Figure, Item, Leaf, Note
    from pressgen.model.words import Piece

WORD = re.compile(r"\s+|[\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]+")
"""A word; in scripts that do not separate words, a character."""
SAID = {
    ChangeKind.GONE: "deletion",
    ChangeKind.COME: "insertion",
    ChangeKind.MOVED_AWAY: "move",
    ChangeKind.MOVED_HERE: "move",
    ChangeKind.RESTYLED: "changed link or emphasis",
    ChangeKind.NOTE: "note",
}
MOVES = (ChangeKind.MOVED_AWAY, ChangeKind.MOVED_HERE)
UNLINKED = (ChangeKind.GONE, ChangeKind.MOVED_AWAY)
"""Words of the old version, where links lead nowhere."""


@dataclass(frozen=True, slots=True)
class RedlineBlockRenderer(HtmlBlockRenderer):
    """A renderer of a document with two versions as HTML."""

    redline: Redline = field(default_factory=lambda: Redline(Side("", ""), Side("", "")))

    @classmethod
    def of(cls, marking: HtmlBlockRenderer, redline: Redline) -> Self:
        """Return a renderer like `marking` that also shows what differs."""
        labels = {**marking.labels}
        labels |= {ident: f"{labels.get(ident, '')} {moved}".strip() for ident, moved in redline.moved.items()}
        own = {each.name: getattr(marking, each.name) for each in fields(marking)}
        return cls(
            **own | {"labels": labels, "drawing": lambda chart: marking.drawing(_choose_words(chart, redline))},
            redline=redline,
        )

    def _words(self, leaf: Leaf) -> Markup:
        changes = self.redline.stretches.get(leaf.id)
        if changes is None:
            return super(RedlineBlockRenderer, self)._words(leaf)
        words = Markup().join(self._change(each, self.redline.moved.get(leaf.id, "")) for each in changes)
        return Markup("<span{}>{}</span>").format(label, words) if (label := self._label(leaf)) else words

    def _note(self, note: Note) -> Markup:
        return self._whole(super(RedlineBlockRenderer, self)._note(note), self.redline.fate(note.id))

    def _entry(self, item: Item) -> Markup:
        return self._whole(super(RedlineBlockRenderer, self)._entry(item), self.redline.fate(item.id))

    def _figure(self, figure: Figure) -> Markup:
        return self._whole(
            super(RedlineBlockRenderer, self)._figure(figure), self.redline.pictures.get(figure.id, ChangeKind.STAYS)
        )

    def _chart(self, chart: Chart) -> Markup:
        return self._whole(
            super(RedlineBlockRenderer, self)._chart(chart), self.redline.pictures.get(chart.id, ChangeKind.STAYS)
        )

    @staticmethod
    def _whole(element: Markup, fate: ChangeKind) -> Markup:
        """Mark the element of a block that was deleted or inserted whole.

        A stylesheet reads the attribute.
        """
        if fate is ChangeKind.STAYS:
            return element
        return element.replace(" id=", Markup(' data-whole="{}" id=').format(fate.value), 1)

    def _change(self, change: Span, moved: str) -> Markup:
        """Render words with one kind of change.

        `moved` says where words were moved to or from; words that changed on the way did not move.
        """
        if change.fate is ChangeKind.STAYS:
            return Markup().join(self._stretch(text, like) for text, like in merge_pieces(change.words))
        units = list(_split_units(change.fate, change.words))
        spoken = [at for at, (text, _) in enumerate(units) if not text.isspace()]
        words = Markup()
        for at, (text, like) in enumerate(units):
            shown = self._stretch(text, like)
            if at in spoken:
                where = f", {moved}" if moved and change.fate in MOVES else ""
                begins = f"{SAID[change.fate]} start{where}" * (at == spoken[0])
                announcement = _format_announcement(text, begins, f"{SAID[change.fate]} end" * (at == spoken[-1]))
                shown = _format_word(shown, announcement, linked=bool(like.href or like.note))
            words += shown
        return Markup('<span data-fate="{}">{}</span>').format(change.fate.value, words)


def _choose_words(chart: Chart, redline: Redline) -> Chart:
    """Return a chart with the words of the version that is drawn."""
    if redline.pictures.get(chart.id) in UNLINKED:
        return chart
    cells = [
        tuple(replace(cell, words=redline.now(cell.id, cell.words)) for cell in row)
        for row in (chart.table.header, *chart.table.rows)
    ]
    return replace(chart, table=replace(chart.table, header=cells[0], rows=tuple(cells[1:])))


def _split_units(fate: ChangeKind, words: tuple[Piece, ...]) -> Iterator[tuple[str, Piece]]:
    """Yield words and spaces; a link that remains is one word."""
    for text, like in merge_pieces(words):
        piece = replace(like, href="") if fate in UNLINKED else like
        if piece.href or piece.note:
            yield text, piece
        else:
            yield from ((each, piece) for each in WORD.findall(text))


def _format_announcement(text: str, begins: str, ends: str) -> str:
    """Return what screen readers say where a change begins or ends.

    It is empty for a word between.
    """
    if not (begins or ends):
        return ""
    return (f"[{begins}] " if begins else "") + text + (f" [{ends}] " if ends else "")


def _format_word(shown: Markup, announcement: str, *, linked: bool) -> Markup:
    classes = "word long" if len(shown) > LONG_WORD else "word"
    attribute = Markup(' data-said="{}"').format(announcement) if announcement else Markup()
    if announcement and linked:  # a replacement text around a link would hide it from screen readers
        shown, attribute = shown.replace("<a", Markup("<a") + attribute, 1), Markup()
    return Markup('<span class="{}"{}>{}</span>').format(classes, attribute, shown)
