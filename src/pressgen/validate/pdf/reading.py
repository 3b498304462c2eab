"""What a screen reader says: headings in order, pictures with words, notes that can be told apart."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pressgen.pdf.objects import text, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import Paper
    from pressgen.validate.pdf.tree import Element

LEVEL = re.compile(r"H([1-6])")


def headings(paper: Paper) -> Iterator[Problem]:
    """The first heading is of the first level, and none is skipped (ISO 14289-1, 7.4.2)."""
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


def heading_kinds(paper: Paper) -> Iterator[Problem]:
    """Numbered headings or plain ones, not both (ISO 14289-1, 7.4.4)."""
    plain = [element for element in paper.elements if element.kind == "H"]
    if plain and any(LEVEL.fullmatch(element.kind) for element in paper.elements):
        yield paper.fault("MH14-007", "both numbered headings and plain ones (H) are used", plain[0].inside)
    for element in paper.elements:
        if element.kinds().count("H") > 1:
            yield paper.fault("MH14-006", "holds more than one plain heading (H)", element.inside)


def pictures(paper: Paper) -> Iterator[Problem]:
    """Each figure has a text in its place (ISO 14289-1, 7.3)."""
    for element in paper.elements:
        if element.kind == "Figure" and not _told(element):
            yield paper.fault(
                "MH13-004", "a picture has no description; write one, or mark it as decoration", element.inside
            )


def formulas(paper: Paper) -> Iterator[Problem]:
    """Each formula has a text in its place (ISO 14289-1, 7.7)."""
    for element in paper.elements:
        if element.kind == "Formula" and not text(value(element.node, "/Alt")):
            yield paper.fault("MH17-002", "a formula has no description; write one", element.inside)


def notes(paper: Paper) -> Iterator[Problem]:
    """Each note has an id of its own (ISO 14289-1, 7.9)."""
    found = [(each, text(value(each.node, "/ID"))) for each in paper.elements if each.kind == "Note"]
    times = Counter(ident for _, ident in found)
    for element, ident in found:
        if not ident:
            yield paper.fault("MH19-003", "a note has no id", element.inside)
        elif times[ident] > 1:
            yield paper.fault("MH19-004", f"two notes have the id “{ident}”", element.inside)


def _told(element: Element) -> bool:
    return bool(text(value(element.node, "/Alt"))) or value(element.node, "/ActualText") is not None


CHECKS = (headings, heading_kinds, pictures, formulas, notes)
