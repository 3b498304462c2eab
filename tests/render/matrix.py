"""The documents on which the standards are tried: a covering set of kinds of block, houses, variants and lengths.

The full product of eighteen kinds, two houses, three variants and four lengths would be 432 files, and tell no more:

- a page and a document with every kind of block are made in every house and variant, so each kind meets each of them;
- each kind by itself, first and last in its body, is made once, in houses and variants by turns;
- twenty and sixty pages, over which every kind goes on somewhere, are made in two houses and variants each, so that
  every length meets either house, and every variant a long document.
"""

from __future__ import annotations

import fcntl
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from itertools import cycle, product
from typing import TYPE_CHECKING, Any

from pressgen.model.document import Chart, Document, Figure, Heading, Listing, Note, Paragraph, Table
from pressgen.render import pdf
from render.documents import charted, ident, leaf, public, reviewed, sample
from render.folders import HOUSES, MEDIA, locate, real

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pressgen.model.document import Block

VARIANTS: dict[str, Callable[[Document], Document]] = {
    "embargoed": lambda document: document,
    "public": public,
    "review": reviewed,
}
TIMES = {"page": 0, "whole": 1, "twenty": 8, "sixty": 23}
"""How often every kind of block stands in a document of each length; a page has one paragraph."""


@dataclass(frozen=True, slots=True)
class Case:
    """A document to be made: in which house and variant, and what of; `content` is a length or a kind of block."""

    house: str
    variant: str
    content: str

    def __str__(self) -> str:
        return f"{self.house}-{self.variant}-{self.content}"


def again(thing: Any, number: int) -> Any:  # noqa: ANN401 - any part of a document
    """`thing` with all blocks in it under ids of their own."""
    if isinstance(thing, tuple):
        return tuple(again(each, number) for each in thing)
    if not is_dataclass(thing) or isinstance(thing, type) or not hasattr(thing, "id"):
        return thing
    parts = {each.name: again(getattr(thing, each.name), number) for each in fields(thing)}
    return replace(thing, **parts | {"id": f"{ident(parts['path'])}{number:02}"})


@cache
def every() -> tuple[Block, ...]:
    """Every kind of block, one after the other."""
    body = sample().body
    return (*body[:-1], *(each for each in charted().body if isinstance(each, Chart)), body[-1])


def kind(block: Block) -> str:
    """What a block is, where one class has several looks."""
    match block:
        case Chart():
            return f"chart-{block.kind}"
        case Figure():
            return "decoration" if block.decorative else "picture"
        case Heading():
            return f"heading-{block.level}"
        case Listing():
            return "numbers" if block.ordered else "bullets"
        case Table():
            return "findings" if block.findings else "table"
        case Paragraph() if any(piece.language for piece in block.words):
            return "passage"
        case Paragraph() if any(piece.note for piece in block.words):
            return "citation"
        case _:
            return type(block).__name__.lower()


@cache
def alone() -> dict[str, tuple[Block, ...]]:
    """Each kind of block by itself: the blocks of one kind, of which a quotation has two paragraphs."""
    kinds: dict[str, tuple[Block, ...]] = {}
    for block in every():
        kinds[kind(block)] = (*kinds.get(kind(block), ()), block)
    return kinds


@cache
def document(content: str, variant: str) -> Document:
    """The sample with another body; the longer it is, the more notes it has."""
    whole, times = sample(), TIMES.get(content, 0)
    body = tuple(block for number in range(times) for block in again(every(), number))
    if content not in TIMES:
        only = alone()[content]
        # A heading of the third level stands below one of the second (PDF/UA-1, 7.4.2).
        above = (leaf(Heading, "body[98].heading", "Above", level=2),) if content == "heading-3" else ()
        body = (*above, *only)
    more = tuple(
        leaf(Note, f"notes[{n}].text", f"Note {n}: ", "words " * 90, key=f"n{n}", number=n) for n in range(3, 1 + times)
    )
    bare = (leaf(Paragraph, "body[0]", "Short."),)
    return VARIANTS[variant](replace(whole, body=body or bare, notes=whole.notes + more))


def _cases() -> list[Case]:
    everywhere = list(product(HOUSES, VARIANTS))
    found = [Case(*each, content) for content in ("page", "whole") for each in everywhere]
    found += [Case(*each, content) for content, each in zip(alone(), cycle(everywhere), strict=False)]
    inspectorate, university = HOUSES
    return [
        *found,
        Case(inspectorate, "public", "twenty"),
        Case(university, "review", "twenty"),
        Case(inspectorate, "review", "sixty"),
        Case(university, "embargoed", "sixty"),
    ]


CASES = _cases()


def made(case: Case, shelf: Path) -> Path:
    """The PDF of a case, which lies on the `shelf` that all processes of a run share, and is made once."""
    file = shelf / f"{case}.pdf"
    with file.with_suffix(".turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not file.exists():
            whole = document(case.content, case.variant)
            file.write_bytes(pdf.render(whole, real(case.house), MEDIA, locate).content)
    return file
