"""Let no drawing of a letterhead lie over the text.

Word draws headers and footers behind the text whatever they say; other programs go by `behindDoc`. A masthead in the
body pushes the text down instead, also one that text would run round; text runs round a signature that would lie over
it. Source: ECMA-376 part 1, 20.4.2.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.names import PREFIXES, parse_int, remove_node

if TYPE_CHECKING:
    from pressgen.word.adoption.draft import LetterheadDraft
    from pressgen.word.names import Element

WP = f"{{{PREFIXES['wp']}}}"
NO_WRAP, BELOW = f"{WP}wrapNone", f"{WP}wrapTopAndBottom"
ROUND = (f"{WP}wrapSquare", f"{WP}wrapTight", f"{WP}wrapThrough")
WIDE, HIGH = 3_600_000, 4_300_000
"""In EMU: a masthead is wider than 10 cm, and less than 12 cm high."""
OFF = {"0", "false", "off"}


def settle_drawings(draft: LetterheadDraft) -> None:
    """Put drawings of margins behind the text, and text below mastheads."""
    for root in draft.roots.values():
        for anchor in root.iter(f"{WP}anchor"):
            wrap = next(anchor.iterchildren(NO_WRAP, *ROUND), None)
            if wrap is None:
                continue
            if root is not draft.body:
                if wrap.tag == NO_WRAP:
                    anchor.set("behindDoc", "1")
            elif anchor.get("behindDoc", "0") in OFF and _measure(anchor, "cy") <= HIGH:
                lies_over = wrap.tag == NO_WRAP and _measure(anchor, "cx") < WIDE
                wrap.addprevious(etree.Element(ROUND[0], wrapText="bothSides") if lies_over else etree.Element(BELOW))
                remove_node(wrap)


def _measure(anchor: Element, side: str) -> int:
    extent = anchor.find(f"{WP}extent")
    return 0 if extent is None else parse_int(extent.get(side)) or 0
