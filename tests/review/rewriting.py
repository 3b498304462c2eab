"""A release at the hands of somebody who rewrites it: random changes to a Document, of words and of whole blocks."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any, TypeVar

from pressgen.model.document import (
    Chart,
    Contact,
    Document,
    Figure,
    Item,
    Leaf,
    Listing,
    Note,
    Table,
)
from pressgen.model.words import GeneratedText, Piece, Words

B = TypeVar("B")
WORDS = "deadline ministers however budget hospital quietly seventeen report councils rather northern <5% R&D".split()


def rewritten(document: Document, seed: int) -> Document:
    """The document after one to twelve changes, the same ones for the same seed."""
    hand = _Hand(random.Random(seed))  # noqa: S311 - changes that can be made again
    for _ in range(hand.chance.randint(1, 12)):
        document = hand.change(document)
    return document


class _Hand:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.made = 0

    def change(self, document: Document) -> Document:
        part = self.chance.choice(["body"] * 6 + ["notes"] * 2 + ["headline", "subhead", "banner", "contacts", "end"])
        found: Any = getattr(document, part)
        if not found:
            return document
        if isinstance(found, Leaf):
            new: Any = None if part in {"subhead", "end"} and self.chance.random() < 0.3 else self.leaf(found)
        else:
            new = self.row(found, least=part != "notes")
        return replace(document, **{part: new})

    def row(self, blocks: tuple[B, ...], *, least: bool = False) -> tuple[B, ...]:
        """Blocks of which one was changed, taken out, moved, or put in again with other words."""
        row, at = list(blocks), self.chance.randrange(len(blocks))
        act = self.chance.choice(["change", "change", "change", "drop", "move", "add"])
        if act == "change":
            row[at] = self.block(row[at])
        elif act == "add":
            row.insert(self.chance.randint(0, len(row)), self.another(row[at]))
        elif len(row) > least:
            block = row.pop(at)
            if act == "move":
                row.insert(self.chance.randint(0, len(row)), block)
        return tuple(row)

    def block(self, block: Any) -> Any:  # noqa: ANN401 - any block becomes one of its kind
        match block:
            case Table():
                return replace(block, rows=self.row(block.rows, least=True))
            case tuple():
                at = self.chance.randrange(len(block))
                return (*block[:at], self.leaf(block[at]), *block[at + 1 :])
            case Listing() | Item(items=(_, *_)):
                return replace(block, items=self.row(block.items, least=True))
            case Contact():
                return replace(block, lines=self.row(block.lines, least=True))
            case Chart():
                return replace(block, caption=self.leaf(block.caption))
            case Figure():
                return replace(
                    block, alt=f"{block.alt} {self.word()}", caption=block.caption and self.leaf(block.caption)
                )
            case _:
                return self.leaf(block)

    def another(self, block: Any) -> Any:  # noqa: ANN401 - as above
        """The same again under ids of its own, and mostly with other words."""
        if isinstance(block, tuple):
            return tuple(self.another(each) for each in block)
        self.made += 1
        new = replace(block, id=f"z{self.made:03}{self.chance.randint(10, 99)}")
        if isinstance(new, Note):
            new = replace(new, key=f"new{new.id}", number=99)
        match new:
            case Table():
                rows = tuple(self.another(row) for row in new.rows)
                caption = new.caption and self.another(new.caption)
                return replace(new, caption=caption, header=self.another(new.header), rows=rows)
            case Listing() | Item(items=(_, *_)):
                return replace(new, items=tuple(self.another(each) for each in new.items))
            case Contact():
                return replace(new, lines=tuple(self.another(each) for each in new.lines))
            case Chart():
                return replace(new, caption=self.another(new.caption), table=self.another(new.table))
            case Figure():
                return replace(new, caption=new.caption and self.another(new.caption))
            case _:
                return new if self.chance.random() < 0.3 else self.leaf(new, acts=3)

    def leaf(self, leaf: Any, acts: int = 1) -> Any:  # noqa: ANN401 - as above
        words: Words = leaf.words
        for _ in range(acts):
            words = self.styled(words) if self.chance.random() < 0.25 else self.words(words)
        return replace(leaf, words=words)

    def styled(self, words: Words) -> Words:
        """Words some of which link elsewhere, or have another emphasis."""
        free = [at for at, each in enumerate(words) if not each.note and each.text.strip()]
        if not free:
            return words
        at = self.chance.choice(free)
        said = words[at].text.split(" ")
        low = self.chance.randrange(len(said))
        parts = [" ".join(said[:low]), " ".join(said[low : low + 3]), " ".join(said[low + 3 :])]
        first, middle, last = (replace(words[at], text=each) for each in parts)
        act = self.chance.choice(["href", "strong", "emphasis"])
        other: Any = f"https://{self.chance.randint(1, 99)}.example/?a=1&b=2" if act == "href" else not middle.strong
        middle = replace(middle, **{act: other})
        first = replace(first, text=f"{first.text} " * bool(low))
        last = replace(last, text=f" {last.text}" * (low + 3 < len(said)))
        return (*words[:at], *(each for each in (first, middle, last) if each.text), *words[at + 1 :])

    def words(self, words: Words) -> Words:
        """Words of which some were put in, struck or replaced; citations stay."""
        free = [at for at, each in enumerate(words) if not each.note]
        if not free:
            return words
        at = self.chance.choice(free)
        said = words[at].text.split(" ")
        low = self.chance.randrange(len(said))
        high = min(len(said), low + self.chance.choice([0, 1, 1, 2, 5]))
        said[low:high] = [self.word() for _ in range(self.chance.choice([0, 1, 1, 3]))]
        piece = replace(words[at], text=" ".join(said))
        found = (*words[:at], *[piece] * bool(piece.text), *words[at + 1 :])
        return (
            found
            if "".join(each.text for each in found).strip()
            else (Piece(text=self.word(), origin=GeneratedText("test")),)
        )

    def word(self) -> str:
        return self.chance.choice(WORDS)
