"""How a run looks, and in which language it is: the tag's properties, with its own added in the schema's order."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.model.direction import direction
from pressgen.word.names import RPR, VAL, W

if TYPE_CHECKING:
    from pressgen.model.words import Piece
    from pressgen.word.names import Element

EAST_ASIAN = frozenset({"zh", "ja", "ko"})
ORDER = {
    W + name: rank
    for rank, name in enumerate(
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
        " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl"
        " cs em lang eastAsianLayout specVanish oMath".split()
    )
}
"""The order of run properties, by ECMA-376 part 1, 17.3.2.28."""


def dressed(dress: Element | None, style: str, piece: Piece | None) -> Element | None:
    """The properties of a run: those of `dress`, then a character style, and those of its piece; None for none."""
    own = [("rStyle", style)] * bool(style)
    if piece:
        own += [("b", "1"), ("bCs", "1")] * piece.strong + [("i", "1"), ("iCs", "1")] * piece.emphasis
    language = piece.language if piece else ""
    if dress is None and not own and not language:
        return None
    props = etree.Element(RPR) if dress is None else deepcopy(dress)
    for name, value in own:
        put(props, W + name, {VAL: value})
    if language:
        speak(props, language)
    return props


def speak(props: Element, language: str) -> None:
    """Let the text of a run be in `language`, whatever its script (ECMA-376 part 1, 17.3.2.20)."""
    if direction(language) == "rtl":
        put(props, W + "rtl", {VAL: "1"})
    put(props, W + "lang", tongue(language))


def tongue(language: str) -> dict[str, str]:
    """The attributes of `w:lang`: Word keeps a language for each of three kinds of script, and reads its own."""
    kind = "bidi" if direction(language) == "rtl" else "eastAsia" if language[:2].lower() in EAST_ASIAN else "val"
    return {VAL: language, W + kind: language}


def put(props: Element, tag: str, attributes: dict[str, str]) -> None:
    """Set a property, where the schema wants it."""
    for old in props.findall(tag):
        props.remove(old)
    new = etree.SubElement(props, tag, attributes)
    after = next((node for node in props if ORDER.get(str(node.tag), len(ORDER)) > ORDER[tag]), None)
    if after is not None:
        after.addprevious(new)
