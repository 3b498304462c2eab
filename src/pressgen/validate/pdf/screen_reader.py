"""Check what a screen reader says.

Headings must be in order, pictures must have alternative text, and notes must have ids of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pressgen.pdf.objects import get_value, read_string

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import PdfFile
    from pressgen.validate.pdf.tree import StructureElement

LEVEL = re.compile(r"H([1-6])")


def check_heading_levels(paper: PdfFile) -> Iterator[Problem]:
    """Check that headings start at level 1 and skip none."""
    before = 0
    for element in paper.elements:
        found = LEVEL.fullmatch(element.kind)
        if found is None:
            continue
        level = int(found[1])
        if not before and level != 1:
            yield paper.fault("MH14-002", f"the first heading is an H{level}, not an H1", element.inside)
        elif before and level > before + 1:
            yield paper.fault("MH14-003", f"H{level} follows H{before}; no level may be skipped", element.inside)
        before = level


def check_heading_kinds(paper: PdfFile) -> Iterator[Problem]:
    """Check that numbered and plain headings are not mixed."""
    plain = [element for element in paper.elements if element.kind == "H"]
    if plain and any(LEVEL.fullmatch(element.kind) for element in paper.elements):
        yield paper.fault("MH14-007", "both numbered headings and plain ones (H) are used", plain[0].inside)
    for element in paper.elements:
        if element.kinds().count("H") > 1:
            yield paper.fault("MH14-006", "contains more than one plain heading (H)", element.inside)


def check_pictures(paper: PdfFile) -> Iterator[Problem]:
    """Check that each figure has alternative text."""
    for element in paper.elements:
        if element.kind == "Figure" and not _has_description(element):
            yield paper.fault(
                "MH13-004", "a picture has no description; write one, or mark it as decoration", element.inside
            )


def check_formulas(paper: PdfFile) -> Iterator[Problem]:
    """Check that each formula has an alternative or replacement text."""
    for element in paper.elements:
        texts = (read_string(get_value(element.node, key)) for key in ("/Alt", "/ActualText"))
        if element.kind == "Formula" and not any(texts):
            yield paper.fault("MH17-002", "a formula has no description; write one", element.inside)


def check_notes(paper: PdfFile) -> Iterator[Problem]:
    """Check that each note has a unique id."""
    found = [(each, read_string(get_value(each.node, "/ID"))) for each in paper.elements if each.kind == "Note"]
    times = Counter(ident for _, ident in found)
    for element, ident in found:
        if not ident:
            yield paper.fault("MH19-003", "a note has no id", element.inside)
        elif times[ident] > 1:
            yield paper.fault("MH19-004", f"two notes have the id “{ident}”", element.inside)


def _has_description(element: StructureElement) -> bool:
    return bool(read_string(get_value(element.node, "/Alt"))) or get_value(element.node, "/ActualText") is not None


CHECKS = (check_heading_levels, check_heading_kinds, check_pictures, check_formulas, check_notes)
