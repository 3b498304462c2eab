"""Find pages without a line in header or footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pressgen.word.names import R_ID, TYPE, W
from pressgen.word.text import read_beginning, read_margins

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pressgen.word.package import Package

NAMES = {"": "header", "first": "first-page header", "even": "even-page header"}
"""Word's own names of the headers, by the kind of their pages."""
NEAR_TOP = 5
"""The first paragraphs of a text, which are on its first page."""
SHOWN_BY = {"first": "Different First Page", "even": "Different Odd & Even Pages"}
"""Word's own names of the settings by which first and even pages have headers of their own."""


class BarePages(NamedTuple):
    """A kind of page of a section that lacks a line.

    Attributes:
        where: the section and Word's name of the header.
        message: what is wrong, and what to do.
    """

    where: str
    message: str


def find_bare_pages(package: Package, has_line: Callable[[str], bool]) -> list[BarePages]:
    """List the kinds of pages that lack a line, by section.

    The first page of all has it also where the text begins with it.

    Args:
        package: the Word file.
        has_line: tells whether a text has the line.

    Raises:
        InputError: a part is broken, or says something that nobody understands.
    """
    covered = {name: has_line(text) for name, text in read_margins(package).items()}
    if _are_all_covered(package, covered):
        return []
    on_first_page = any(map(has_line, read_beginning(package, NEAR_TOP)))
    if on_first_page and _are_all_covered(package, covered, on_first_page=True):
        return []
    from pressgen.word.python_docx import list_page_margins  # python-docx is slow to import

    return [
        BarePages(f"section {section}, {NAMES[kind]}", _describe(kind, has_margin=bool(parts)))
        for section, kind, parts in list_page_margins(package)
        if not any(covered.get(name) for name in parts) and not (on_first_page and kind == "first" and section == 1)
    ]


def _are_all_covered(package: Package, covered: Mapping[str, bool], *, on_first_page: bool = False) -> bool:
    """Return whether all headers have the line, and none is missing.

    Then every page has it, because a section without a header shows that of the section before. A file with a header
    that lacks it may still have it on every page.
    """
    targets, body = package.related(package.body), package.main
    sections = list(body.iter(W + "sectPr"))
    settings = targets.get("settings", "")
    even = settings in package.parts and package.xml(settings).find(W + "evenAndOddHeaders") is not None
    needed = {"default", *["first"] * (next(body.iter(W + "titlePg"), None) is not None), *["even"] * even}
    references = list(body.iter(W + "headerReference"))
    if on_first_page and len(sections) == 1:
        needed -= {"first"}
        references = [each for each in references if each.get(TYPE) != "first"]
    kinds = {each.get(TYPE) for each in references if sections and each.getparent() is sections[0]}
    return needed <= kinds and all(covered.get(targets.get(each.get(R_ID) or "", "")) for each in references)


def _describe(kind: str, *, has_margin: bool) -> str:
    """Return why pages lack the line, and what to do."""
    put = "put {{ banner_line }} into it, on a paragraph of its own"
    if has_margin:
        also = ", or at the top of the text" if kind == "first" else ""
        return f"the template must show it on these pages, too; {put}{also}"
    if kind in SHOWN_BY:
        return f"these pages have neither header nor footer; add a header and {put}, or switch off “{SHOWN_BY[kind]}”"
    return f"these pages have neither header nor footer; add a header and {put}"
