"""Check that every page shows the embargo line as text.

A reader may see one page only, by fax or in a picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem
from pressgen.model.artifact import Format
from pressgen.model.direction import get_direction
from pressgen.validate.content import find_end, normalise_text

if TYPE_CHECKING:
    from pressgen.model.document import Document

REPEAT = "the house's template must repeat it on every page"


def check_embargo_line(document: Document, format_: Format, content: bytes, shown: str) -> list[Problem]:
    """List the pages that lack the embargo line.

    A Word file has no pages: headers and footers are checked for each kind of page of each section. Return nothing if
    there is no embargo.

    Args:
        document: what the file says.
        format_: the file's; a web page and a mail have one page, and the content check sees its line.
        content: the file.
        shown: its name in messages.
    """
    if not (document.embargoed and document.banner):
        return []
    line, backwards = normalise_text(str(document.banner[0])), get_direction(document.language) == "rtl"

    def has_line(text: str) -> bool:
        return find_end(normalise_text(text), line, 0, backwards=backwards) >= 0

    if format_ is Format.PDF:
        from pressgen.pdf.text import read_text

        bare = [(f"page {number}", REPEAT) for number, text in enumerate(read_text(content), 1) if not has_line(text)]
    elif format_ is Format.DOCX:
        from pressgen.word.package import Package
        from pressgen.word.page_margins import find_bare_pages

        bare = [*find_bare_pages(Package.of(content, shown), has_line)]
    else:
        return []
    return [make_missing_line_problem(str(document.banner[0]), *each, shown) for each in bare]


def make_missing_line_problem(line: str, where: str, message: str, shown: str) -> Problem:
    """Return the problem of pages that lack the embargo line.

    Args:
        line: the embargo line.
        where: the pages.
        message: why they lack it, and what to do.
        shown: what messages call the file.
    """
    return Problem(code="X04", message=f"no embargo line here, “{line}”: {message}", place=Place(shown, inside=where))
