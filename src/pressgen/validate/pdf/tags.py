"""Check that everything drawn has a known tag (ISO 14289-1, 7.1).

Decoration must be marked as an artifact instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.validate.pdf import drawing
from pressgen.validate.pdf.tree import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import PdfFile

MARKING = {
    drawing.UNTAGGED: "is neither tagged as text nor marked as decoration",
    drawing.ARTIFACT_IN_TAGGED: "is marked as decoration inside of tagged text",
    drawing.TAGGED_IN_ARTIFACT: "is tagged as text inside of decoration",
    drawing.FORM_TWICE: "is tagged text that is drawn more than once",
    drawing.REFERENCE: "is drawn from another file",
}


def check_marking(paper: PdfFile) -> Iterator[Problem]:
    """Check that everything drawn is tagged or an artifact."""
    for (page, code), count in sorted(paper.drawing.faults.items()):
        times = f" ({count} times)" if count > 1 else ""
        yield paper.fault(code, f"something drawn {MARKING[code]}{times}", f"page {page}")


def check_types(paper: PdfFile) -> Iterator[Problem]:
    """Check that each element type is standard or mapped to one."""
    for element in paper.elements:
        if element.kind not in STANDARD and not _is_circular(element.kind, paper.roles):
            message = f"the tag “{element.kind}” is no standard one, and no role map says which it stands for"
            yield paper.fault("MH02-001", message, element.inside)


def check_role_map(paper: PdfFile) -> Iterator[Problem]:
    """Check that the role map has no loops or redefined types."""
    for tag in paper.roles:
        if tag in STANDARD and paper.roles[tag] != tag:
            yield paper.fault("MH02-004", f"the standard tag “{tag}” is given another meaning", "role map")
        elif _is_circular(tag, paper.roles):
            yield paper.fault("MH02-003", f"the meaning of the tag “{tag}” goes round in circles", "role map")


def check_loops(paper: PdfFile) -> Iterator[Problem]:
    """Check that no element contains itself or appears twice."""
    for element in paper.tree.looped:
        yield paper.fault("V05", "an element of the structure stands in two places, or in itself", element.inside)


def _is_circular(tag: str, roles: dict[str, str]) -> bool:
    seen: set[str] = set()
    while tag in roles and tag not in STANDARD:
        if tag in seen:
            return True
        seen.add(tag)
        tag = roles[tag]
    return False


CHECKS = (check_marking, check_types, check_role_map, check_loops)
