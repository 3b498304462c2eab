"""Keep the layout of a letter's running text out of new styles.

The first line of a letter's paragraphs may be indented, and their lines justified. In a banner or the cell of a table
that breaks words. Source: ECMA-376 part 1, 17.3.1.12 (`ind`), 17.3.1.13 (`jc`), 17.3.1.26 (their order).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.word.names import PPR, RPR, W, add_element, get_child_value
from pressgen.word.styles import iterate_lineage, move_before

if TYPE_CHECKING:
    from pressgen.word.names import Element

FIRST_LINE = {W + name for name in "firstLine firstLineChars hanging hangingChars".split()}
UNADJUSTED = {"", "left", "start"}
AFTER_ADJUSTMENT = {
    W + name
    for name in "textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange".split()
}
AFTER_INDENT = {*AFTER_ADJUSTMENT, *(W + name for name in "contextualSpacing mirrorIndents suppressOverlap jc".split())}


def remove_letter_layout(style: Element, styles: Element) -> None:
    """Undo the indent and the justification that a new style inherits.

    `styles` is the letterhead's part, which has the style already.
    """
    nodes = {each.get(W + "styleId") or "": each for each in styles.iter(W + "style")}
    own, *others = [each.find(PPR) for each in iterate_lineage(style, nodes)]
    others.append(styles.find(f"{W}docDefaults/{W}pPrDefault/{PPR}"))
    inherited = [each for each in others if each is not None]
    indents = [node for each in inherited for node in each.findall(W + "ind")]
    indented = any(FIRST_LINE & {*map(str, node.keys())} for node in indents)
    adjusted = next((found for each in inherited if (found := get_child_value(each, "jc"))), "")
    if own is None:
        own = add_element(style, "pPr")
        if (runs := style.find(RPR)) is not None:
            runs.addprevious(own)
    if indented and own.find(W + "numPr") is None:
        indent = own.find(W + "ind")
        if indent is None:
            indent = add_element(own, "ind")
            move_before(indent, AFTER_INDENT)
        if not FIRST_LINE & {*map(str, indent.keys())}:
            indent.set(W + "firstLineChars", "0")
            indent.set(W + "firstLine", "0")
    if adjusted not in UNADJUSTED and own.find(W + "jc") is None:
        move_before(add_element(own, "jc", val="left"), AFTER_ADJUSTMENT)
