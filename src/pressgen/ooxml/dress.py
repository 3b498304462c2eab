"""How a run looks: the properties of the tag that it fills, with its own added in the schema's order."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.ooxml.names import RPR, VAL, W

if TYPE_CHECKING:
    from pressgen.ooxml.names import Element

ORDER = {
    W + name: rank
    for rank, name in enumerate(
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
        " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl"
        " cs em lang eastAsianLayout specVanish oMath".split()
    )
}
"""The order of run properties, by ECMA-376 part 1, 17.3.2.28."""


def dressed(dress: Element | None, style: str, *, strong: bool = False, emphasis: bool = False) -> Element | None:
    """The properties of a run: those of `dress`, then a character style, bold and italic; None for none."""
    own = [("rStyle", style)] * bool(style)
    own += [("b", "1"), ("bCs", "1")] * strong + [("i", "1"), ("iCs", "1")] * emphasis
    if dress is None and not own:
        return None
    props = etree.Element(RPR) if dress is None else deepcopy(dress)
    for name, value in own:
        _put(props, W + name, value)
    return props


def _put(props: Element, tag: str, value: str) -> None:
    for old in props.findall(tag):
        props.remove(old)
    new = etree.SubElement(props, tag, {VAL: value})
    after = next((node for node in props if ORDER.get(str(node.tag), len(ORDER)) > ORDER[tag]), None)
    if after is not None:
        after.addprevious(new)
