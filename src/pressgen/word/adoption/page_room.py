"""Give the text of a release its room on the page.

A drawing of a header or footer does not move the text (ECMA-376 part 1, 20.4.2.3): a short letter ended above it, a
release does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Length, Twips

from pressgen.word.names import PREFIXES, P, T, W, parse_int
from pressgen.word.python_docx import KINDS_OF_PAGES, list_sections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document
    from docx.section import Section

    from pressgen.word.adoption.draft import AdoptionReport
    from pressgen.word.names import Element

WP, BOX = f"{{{PREFIXES['wp']}}}", W + "txbxContent"
BELOW_BANNER = Twips(540)
"""Where a header begins at the earliest: under the embargo line at the edge of the page."""
GAP = Twips(200)
LINE = Twips(280)
"""About the height of a line of a footer."""
LEAST_SIDE = Twips(567)
"""10 mm: many printers cannot print nearer to the edge."""
HIGHEST = 4_300_000
"""In EMU: a drawing of more than 12 cm is the background of a page, or stands beside the text."""


def make_room(document: Document, report: AdoptionReport) -> None:
    """Keep the text clear of drawings in headers and footers.

    The margins of the sections are changed; side margins that are too narrow are to be looked at.
    """
    roots: dict[str, Element] = {}
    for section in list_sections(document):
        roots |= _find_own_margins(section)
        height, top, bottom = section.page_height, section.top_margin, section.bottom_margin
        if height is None or top is None or bottom is None:
            continue
        extents = [each for each in _list_extents(section, roots, height, top, bottom) if each[1] - each[0] <= HIGHEST]
        highest = max((end for start, end in extents if (start + end) / 2 < height * 0.4), default=0)
        lowest = min((start for start, end in extents if (start + end) / 2 > height * 0.6), default=height)
        if abs(top) < highest + GAP <= height * 0.4 and highest > abs(top):
            section.top_margin = Length(highest + GAP)
            report.added.append("more room at the top, so that no drawing lies under the text")
        if lowest < height - abs(bottom) and lowest - GAP >= height * 0.6:
            section.bottom_margin = Length(height - lowest + GAP)
            report.added.append("more room at the bottom, so that no drawing lies under the text")
        sides = [each for each in (section.left_margin, section.right_margin) if each is not None]
        if sides and min(sides) < LEAST_SIDE:
            report.doubts.append(
                f"the text is {min(sides).mm:.0f} mm from the edge of the page; set the margins in Word (Layout)"
            )


def _find_own_margins(section: Section) -> dict[str, Element]:
    """Return the headers and footers that a section itself defines."""
    sides = [f"{kind}{side}" for kind in KINDS_OF_PAGES for side in ("header", "footer")]
    margins = {side: getattr(section, side) for side in sides}
    return {side: each.part.element for side, each in margins.items() if not each.is_linked_to_previous}


def _list_extents(
    section: Section, roots: Mapping[str, Element], height: int, top: int, bottom: int
) -> list[tuple[int, int]]:
    """Return the top and the bottom of each drawing of the margins.

    They are measured from the top of the page.
    """
    found = []
    for side, root in roots.items():
        if side.startswith("first") and not section.different_first_page_header_footer:
            continue
        lines = list(root.iterchildren(P))
        base = int(section.header_distance or 0)
        if side.endswith("footer"):
            base = height - int(section.footer_distance or 0) - LINE * len(lines)
        for anchor in root.iter(f"{WP}anchor"):
            own = next((at for at, line in enumerate(lines) if line in anchor.iterancestors()), 0)
            if extent := _measure(anchor, base + LINE * own, height, top, bottom):
                found.append(extent)
    return found


def _measure(anchor: Element, paragraph: int, height: int, top: int, bottom: int) -> tuple[int, int] | None:
    """Return the top and the bottom of a drawing, or None."""
    size, position = anchor.find(f"{WP}extent"), anchor.find(f"{WP}positionV")
    deep = parse_int(size.get("cy")) if size is not None else None
    if deep is None or position is None:
        return None
    areas = {
        "page": (0, height),
        "margin": (top, height - bottom),
        "topMargin": (0, top),
        "bottomMargin": (height - bottom, height),
    }
    start, end = areas.get(position.get("relativeFrom") or "", (paragraph, paragraph + deep))
    offset, align = position.findtext(f"{WP}posOffset"), position.findtext(f"{WP}align")
    if offset is not None:
        at = start + (parse_int(offset) or 0)
    else:
        at = {"bottom": end - deep, "center": (start + end - deep) // 2}.get(align or "", start)
    return at, at + deep


def move_header(section: Section, header: Element) -> None:
    """Let a header with text begin under the embargo line.

    What is anchored in it stays where it is.
    """
    distance = section.header_distance
    in_line = next(header.iter(f"{WP}inline"), None) is not None or _has_text(header)
    if distance is None or distance >= BELOW_BANNER or not in_line:
        return
    section.header_distance = BELOW_BANNER
    for position in header.iter(f"{WP}positionV"):
        offset = position.find(f"{WP}posOffset")
        if offset is not None and position.get("relativeFrom") in {"paragraph", "line"}:
            offset.text = str((parse_int(offset.text) or 0) - BELOW_BANNER + distance)


def _has_text(header: Element) -> bool:
    texts = (each for each in header.iter(T) if str(each.text or "").strip())
    return any(next(each.iterancestors(BOX), None) is None for each in texts)
