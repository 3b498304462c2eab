"""Words that went or came between two versions, as HTML that a PDF shows and says as what it is.

Each word is an element of its own, so that a stylesheet can put a bar in the margin beside every line that has one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Self

from markupsafe import Markup

from pressgen.model.redline import Fate, Redline, Side, Stretch
from pressgen.render.markup import LONG_WORD, Marking, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.model.document import Chart, Figure, Item, Leaf, Note
    from pressgen.model.words import Piece

WORD = re.compile(r"\s+|[\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]+")
"""A word; of scripts that set none apart, a character."""
SAID = {Fate.GONE: "deletion", Fate.COME: "insertion"}


@dataclass(frozen=True, slots=True)
class Redlining(Marking):
    """How the blocks of a Document that shows two versions become HTML."""

    redline: Redline = field(default_factory=lambda: Redline(Side("", ""), Side("", "")))

    @classmethod
    def of(cls, marking: Marking, redline: Redline) -> Self:
        """As `marking` has it, with what differs."""
        labels = {**marking.labels}
        labels |= {ident: f"{labels.get(ident, '')} {moved}".strip() for ident, moved in redline.moved.items()}
        own = {each.name: getattr(marking, each.name) for each in fields(marking)}
        return cls(
            **own | {"labels": labels, "drawing": lambda chart: marking.drawing(_as_drawn(chart, redline))},
            redline=redline,
        )

    def _words(self, leaf: Leaf) -> Markup:
        changes = self.redline.stretches.get(leaf.id)
        if changes is None:
            return super(Redlining, self)._words(leaf)
        words = Markup().join(self._change(each, self.redline.moved.get(leaf.id, "")) for each in changes)
        return Markup("<span{}>{}</span>").format(label, words) if (label := self._label(leaf)) else words

    def _note(self, note: Note) -> Markup:
        return self._whole(super(Redlining, self)._note(note), self.redline.fate(note.id))

    def _entry(self, item: Item) -> Markup:
        return self._whole(super(Redlining, self)._entry(item), self.redline.fate(item.id))

    def _figure(self, figure: Figure) -> Markup:
        return self._whole(super(Redlining, self)._figure(figure), self.redline.pictures.get(figure.id, Fate.STAYS))

    def _chart(self, chart: Chart) -> Markup:
        return self._whole(super(Redlining, self)._chart(chart), self.redline.pictures.get(chart.id, Fate.STAYS))

    @staticmethod
    def _whole(element: Markup, fate: Fate) -> Markup:
        """The element of a block with the attribute by which a stylesheet knows that all of it went or came."""
        if fate is Fate.STAYS:
            return element
        return element.replace(" id=", Markup(' data-whole="{}" id=').format(fate.value), 1)

    def _change(self, change: Stretch, moved: str) -> Markup:
        """Words of one fate; `moved` says where to or from, where that is so."""
        if change.fate is Fate.STAYS:
            return Markup().join(self._stretch(text, like) for text, like in stretches(change.words))
        units = list(_units(change.fate, change.words))
        spoken = [at for at, (text, _) in enumerate(units) if not text.isspace()]
        words = Markup()
        for at, (text, like) in enumerate(units):
            shown = self._stretch(text, like)
            if at in spoken:
                begins = f"{SAID[change.fate]} start{moved and f', {moved}'}" * (at == spoken[0])
                said = _said(text, begins, f"{SAID[change.fate]} end" * (at == spoken[-1]))
                shown = _word(shown, said, linked=bool(like.href or like.note))
            words += shown
        return Markup('<span data-fate="{}">{}</span>').format(change.fate.value, words)


def _as_drawn(chart: Chart, redline: Redline) -> Chart:
    """A chart with the words of one version, which it is drawn from."""
    if redline.pictures.get(chart.id) is Fate.GONE:
        return chart
    cells = [
        tuple(replace(cell, words=redline.now(cell.id, cell.words)) for cell in row)
        for row in (chart.table.header, *chart.table.rows)
    ]
    return replace(chart, table=replace(chart.table, header=cells[0], rows=tuple(cells[1:])))


def _units(fate: Fate, words: tuple[Piece, ...]) -> Iterator[tuple[str, Piece]]:
    """Words and spaces; a link that stays one is a single word, as it holds nothing but text."""
    for text, like in stretches(words):
        piece = replace(like, href="") if fate is Fate.GONE else like
        if piece.href or piece.note:
            yield text, piece
        else:
            yield from ((each, piece) for each in WORD.findall(text))


def _said(text: str, begins: str, ends: str) -> str:
    """What hearers are told in the place of a word that begins or ends a change; empty for one between."""
    if not (begins or ends):
        return ""
    return (f"[{begins}] " if begins else "") + text + (f" [{ends}] " if ends else "")


def _word(shown: Markup, said: str, *, linked: bool) -> Markup:
    dress = "word long" if len(shown) > LONG_WORD else "word"
    attribute = Markup(' data-said="{}"').format(said) if said else Markup()
    if said and linked:  # a text for hearers on what stands around a link would hide the link from them
        shown, attribute = shown.replace("<a", Markup("<a") + attribute, 1), Markup()
    return Markup('<span class="{}"{}>{}</span>').format(dress, attribute, shown)
