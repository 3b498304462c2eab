"""The properties of a run: its look and its language.

They are the tag's properties, with the run's own added in the schema's order.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.model.direction import get_direction
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


def make_run_properties(dress: Element | None, style: str, piece: Piece | None) -> Element | None:
    """Return the properties of a run, or None for none.

    They come from the tag, then a character style, then the piece.
    """
    own = [("rStyle", style)] * bool(style)
    if piece:
        own += [("b", "1"), ("bCs", "1")] * piece.strong + [("i", "1"), ("iCs", "1")] * piece.emphasis
    language = piece.language if piece else ""
    if dress is None and not own and not language:
        return None
    props = etree.Element(RPR) if dress is None else deepcopy(dress)
    for name, value in own:
        set_run_property(props, W + name, {VAL: value})
    if language:
        set_run_language(props, language)
    return props


def set_run_language(props: Element, language: str) -> None:
    """Set the language of a run (ECMA-376 part 1, 17.3.2.20)."""
    if get_direction(language) == "rtl":
        set_run_property(props, W + "rtl", {VAL: "1"})
    set_run_property(props, W + "lang", make_language_attributes(language))


def make_language_attributes(language: str) -> dict[str, str]:
    """Return the attributes of `w:lang` for a language.

    Word keeps a language for each of three kinds of script.
    """
    kind = "bidi" if get_direction(language) == "rtl" else "eastAsia" if language[:2].lower() in EAST_ASIAN else "val"
    return {VAL: language, W + kind: language}


def set_run_property(props: Element, tag: str, attributes: dict[str, str]) -> None:
    """Set a run property at its place in the schema."""
    for old in props.findall(tag):
        props.remove(old)
    new = etree.SubElement(props, tag, attributes)
    after = next((node for node in props if ORDER.get(str(node.tag), len(ORDER)) > ORDER[tag]), None)
    if after is not None:
        after.addprevious(new)
