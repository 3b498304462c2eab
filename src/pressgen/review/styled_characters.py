"""The characters of Word paragraphs with their formatting.

Runs are built from them. A picture is a character, and so is a field, such as the page number.
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
BOX = W + "txbxContent"
DRAWN, FIELD = W + "drawing", W + "fldSimple"
BLIP, EMBED = f"{{{DRAWING}/main}}blip", f"{{{REL}}}embed"
PRIVATE = 0xF0000, 0xFFFE
"""Characters for private use represent what is no character (Unicode, plane 15): the first one, and their number."""


@dataclass(frozen=True, slots=True)
class StyledCharacter:
    """A character with its formatting and link.

    For a picture or a field, `node` is its element.
    """

    text: str
    formatting: Element | None
    link: Element | None
    node: Element | None = None


def iter_characters(paragraph: Element) -> Iterator[StyledCharacter]:
    """Yield the characters of a paragraph, its pictures among them."""
    for node in paragraph:
        if node.tag == FIELD:
            yield StyledCharacter(_make_private_character(str(node.get(W + "instr"))), None, None, node)
        link = node if node.tag == LINK else None
        for run in [node] if node.tag == R else node.iterchildren(R) if link is not None else ():
            formatting = run.find(RPR)
            for child in run:
                if child.tag == DRAWN:
                    yield StyledCharacter(_make_picture_character(child), formatting, link, child)
                    continue
                text = child.text or "" if child.tag == T else SIGNS.get(str(child.tag), "")
                yield from (StyledCharacter(each, formatting, link) for each in text)


def iter_paragraphs(node: Element) -> Iterator[Element]:
    """Yield the paragraphs of a node, without those of margin labels."""
    boxed = {each for box in node.iter(BOX) for each in box.iter(P)}
    yield from (each for each in node.iter(P) if each not in boxed)


def get_text(node: Element) -> str:
    """Return the text of a paragraph, row or table.

    Each paragraph is one line.
    """
    return "\n".join("".join(each.text for each in iter_characters(paragraph)) for paragraph in iter_paragraphs(node))


def is_content(node: Element) -> bool:
    """Return whether a node holds only characters, pictures and fields."""
    if node.tag in {LINK, FIELD}:
        return True
    return node.tag == R and all(child.tag in {T, RPR, DRAWN} or child.tag in SIGNS for child in node)


def build_runs(row: Sequence[StyledCharacter], *, struck: bool) -> Iterator[tuple[Element | None, Element]]:
    """Build the runs and fields that show a row of characters.

    Each comes with its link. `struck` is for text within `w:del`.
    """
    for _, alike in groupby(row, lambda each: (each.formatting, each.link, _field(each))):
        same = list(alike)
        field = _field(same[0])
        yield same[0].link, _run(same, struck=struck) if field is None else deepcopy(field)


def _run(row: Sequence[StyledCharacter], *, struck: bool) -> Element:
    run = etree.Element(R)
    if row[0].formatting is not None:
        run.append(deepcopy(row[0].formatting))
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


def _field(glyph: StyledCharacter) -> Element | None:
    return glyph.node if glyph.node is not None and glyph.node.tag == FIELD else None


def _make_picture_character(drawing: Element) -> str:
    """Return the character that represents a picture.

    It depends on the file that the picture shows and on its description.
    """
    shown = [str(each.get(EMBED)) for each in drawing.iter(BLIP)]
    said = [str(each.get("descr") or "") for each in drawing.iter(DOC_PR)]
    return _make_private_character("\0".join([*shown, *said]))


def _make_private_character(what: str) -> str:
    first, count = PRIVATE
    return chr(first + int.from_bytes(sha256(what.encode()).digest()[:8], "big") % count)
