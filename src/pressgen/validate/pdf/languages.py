"""Check that the language of every text is known (ISO 14289-1, 7.2).

The language of the document is that of all text. Without one, each text needs its own, from a mark on the page or from
an element of the structure around it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.pdf.objects import get_object_key, get_value, read_string
from pressgen.validate.pdf.metadata import read_xmp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import PdfFile

LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""The form of RFC 3066, which ISO 32000-1 names."""
SPOKEN_FOR = ("/Alt", "/ActualText", "/E")
"""Entries that are read instead of what they stand for."""
XML_LANGUAGE, DEFAULT = "{http://www.w3.org/XML/1998/namespace}lang", "x-default"


def check_language(paper: PdfFile) -> Iterator[Problem]:
    """Check that the document or each text has a language."""
    if not read_string(get_value(paper.root, "/Lang")):
        yield from _find_texts(paper)
        yield from _find_replacements(paper)
        yield from _find_descriptions(paper)
        if get_value(get_value(paper.root, "/Outlines"), "/First") is not None:
            yield _make_fault(paper, "MH11-003", "bookmarks", "bookmarks")
        root = read_xmp(paper)
        if root is not None and any(_is_unknown(node) for node in root.iter()):
            yield _make_fault(paper, "MH11-006", "its title and other metadata", "metadata")


def check_language_tags(paper: PdfFile) -> Iterator[Problem]:
    """Check the form of each language that is given."""
    tag = read_string(get_value(paper.root, "/Lang"))
    if tag and not LANGUAGE.fullmatch(tag):
        yield paper.fault("MH11-007", f"gives “{tag}” as its language; write it like en-GB", "catalogue")
    for element in paper.elements:
        own = get_value(element.node, "/Lang")
        if own is not None and not LANGUAGE.fullmatch(read_string(own)):
            yield paper.fault(
                "MH11-007", f"gives “{read_string(own)}” as a language; write it like en-GB", element.inside
            )


def _find_texts(paper: PdfFile) -> Iterator[Problem]:
    pages = sorted(paper.drawing.unspoken)
    if pages:
        yield _make_fault(paper, "MH11-001", "its text", f"page {pages[0]}")


def _find_replacements(paper: PdfFile) -> Iterator[Problem]:
    """Yield the first text that stands for another."""
    for element in paper.elements:
        if any(get_value(element.node, each) is not None for each in SPOKEN_FOR) and not element.has_language:
            yield _make_fault(paper, "MH11-002", "a description", element.inside)
            return
    for page in sorted(paper.drawing.unspoken_replacements)[:1]:
        yield _make_fault(paper, "MH11-002", "a replacement text", f"page {page}")


def _find_descriptions(paper: PdfFile) -> Iterator[Problem]:
    """Yield the first annotation and the first field without language."""
    owners = {number: element for element in paper.elements for number in element.objects}
    silent = []
    for page, _, node in paper.annotations():
        owner = owners.get(get_object_key(node))
        if not read_string(get_value(node, "/Lang")) and not (owner and owner.has_language):
            silent.append((page, node))
    for page in [page for page, node in silent if read_string(get_value(node, "/Contents"))][:1]:
        yield _make_fault(paper, "MH11-004", "the description of an annotation", f"page {page}")
    for page in [page for page, node in silent if read_string(get_value(node, "/TU"))][:1]:
        yield _make_fault(paper, "MH11-005", "the label of a form field", f"page {page}")


def _is_unknown(node: etree._Element) -> bool:
    """Return whether a metadata text has no language.

    It is the default one then, and is not repeated in a language.
    """
    if node.get(XML_LANGUAGE) != DEFAULT or (parent := node.getparent()) is None:
        return False
    return not any(each.get(XML_LANGUAGE, DEFAULT) != DEFAULT and each.text == node.text for each in parent)


def _make_fault(paper: PdfFile, code: str, what: str, inside: str) -> Problem:
    return paper.fault(code, f"does not say the language of {what}; set the language of the document", inside)


CHECKS = (check_language, check_language_tags)
