"""The characters of a Word file's paragraphs with their dress, and runs made of them.

A picture is a character, and so is a field, such as the number of the page.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.review.word_reader import SIGNS
from pressgen.word.names import DOC_PR, DRAWING, LINK, REL, RPR, SPACE, Element, P, R, T, W

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARKED = {each: name for name, each in SIGNS.items() if name != W + "cr"}
DRAWN, FIELD = W + "drawing", W + "fldSimple"
BLIP, EMBED = f"{{{DRAWING}/main}}blip", f"{{{REL}}}embed"
PRIVATE = 0xF0000, 0xFFFE
"""Characters for private use stand for what is none (Unicode, plane 15): where they begin, and how many there are."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its dress and the link that it stands in, or the `node` of a picture or field."""

    text: str
    dress: Element | None
    link: Element | None
    node: Element | None = None


def glyphs(paragraph: Element) -> Iterator[Glyph]:
    """The characters of a paragraph, its pictures among them."""
    for node in paragraph:
        if node.tag == FIELD:
            yield Glyph(_private(str(node.get(W + "instr"))), None, None, node)
        link = node if node.tag == LINK else None
        for run in [node] if node.tag == R else node.iterchildren(R) if link is not None else ():
            dress = run.find(RPR)
            for child in run:
                if child.tag == DRAWN:
                    yield Glyph(_stands_for(child), dress, link, child)
                    continue
                text = child.text or "" if child.tag == T else SIGNS.get(str(child.tag), "")
                yield from (Glyph(each, dress, link) for each in text)


def text(node: Element) -> str:
    """What a paragraph, a row or a table says, a paragraph a line."""
    return "\n".join("".join(each.text for each in glyphs(paragraph)) for paragraph in node.iter(P))


def is_content(node: Element) -> bool:
    """Whether all that a child of a paragraph holds are such characters."""
    if node.tag in {LINK, FIELD}:
        return True
    return node.tag == R and all(child.tag in {T, RPR, DRAWN} or child.tag in SIGNS for child in node)


def filled(row: Sequence[Glyph], *, struck: bool) -> Iterator[tuple[Element | None, Element]]:
    """Runs, and fields, that show a row of characters, each with the link that it stands in.

    `struck` is for text within `w:del`.
    """
    for _, alike in groupby(row, lambda each: (each.dress, each.link, _field(each))):
        same = list(alike)
        field = _field(same[0])
        yield same[0].link, _run(same, struck=struck) if field is None else deepcopy(field)


def _run(row: Sequence[Glyph], *, struck: bool) -> Element:
    run = etree.Element(R)
    if row[0].dress is not None:
        run.append(deepcopy(row[0].dress))
    node = None
    for each in row:
        if each.node is not None:
            run.append(deepcopy(each.node))
        elif each.text in MARKED:
            etree.SubElement(run, MARKED[each.text])
        else:
            if node is None:
                node = etree.SubElement(run, W + "delText" if struck else T, {SPACE: "preserve"})
            node.text = (node.text or "") + each.text
            continue
        node = None
    return run


def _field(glyph: Glyph) -> Element | None:
    return glyph.node if glyph.node is not None and glyph.node.tag == FIELD else None


def _stands_for(drawing: Element) -> str:
    """The character of a picture: by which file it shows, and what is said of it."""
    shown = [str(each.get(EMBED)) for each in drawing.iter(BLIP)]
    said = [str(each.get("descr") or "") for each in drawing.iter(DOC_PR)]
    return _private("\0".join([*shown, *said]))


def _private(what: str) -> str:
    first, count = PRIVATE
    return chr(first + int.from_bytes(sha256(what.encode()).digest()[:8], "big") % count)
