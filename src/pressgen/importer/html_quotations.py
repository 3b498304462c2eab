"""Read the quotations that a web page marks: `q` and `blockquote`.

A browser puts the marks of a `q` around it, by its language (HTML, 15.3.6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

MARKS = {"de": ("„“", "‚‘"), "fr": ("«»", "“”"), "es": ("«»", "“”")}
ENGLISH_MARKS = ("“”", "‘’")
TYPED = frozenset("\"“„«‘‚'»”")
WITHIN = ("blockquote", "figure")
"""Elements whose own footer belongs to the text."""
SOURCES = ("footer", "figcaption", "cite")
"""Elements in a block quotation that say whose words it has."""


def choose_quotation_marks(node: etree._Element, before: str) -> str:
    """Return the opening and closing mark of a `q`.

    They are empty where marks are typed, in it or in the text before it.
    """
    start = next((text.strip() for text in map(str, node.itertext()) if text.strip()), "")
    if {before.rstrip()[-1:], start[:1]} & TYPED:
        return ""
    language = next((each for above in (node, *node.iterancestors()) if (each := above.get("lang"))), "")
    marks = MARKS.get(language[:2].lower(), ENGLISH_MARKS)
    return marks[sum(1 for _ in node.iterancestors("q")) % len(marks)]


def is_source_line(node: etree._Element) -> bool:
    """Return whether a `cite` ends a block quotation with its source."""
    last = node.tag == "cite" and not (node.tail or "").strip() and node.getnext() is None
    return last and is_within(node, "blockquote")


def is_block_quotation(node: etree._Element) -> bool:
    """Return whether a paragraph is quoted, and not the source's name."""
    return is_within(node, "blockquote") and not is_within(node, *SOURCES)


def is_within(node: etree._Element, *tags: str) -> bool:
    """Return whether a node is in an element of these tags."""
    return node.tag in tags or next(iter(node.iterancestors(*tags)), None) is not None
