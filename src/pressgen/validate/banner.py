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


def check_embargo_line(document: Document, format_: Format, content: bytes, shown: str) -> list[Problem]:
    """List the pages that lack the embargo line.

    For a Word file, check its headers. Return nothing if there is no embargo.

    Args:
        document: what the file says.
        format_: the file's; a web page and a mail have one page, and the content check sees its line.
        content: the file.
        shown: its name in messages.
    """
    if not (document.embargoed and document.banner):
        return []
    if format_ is Format.PDF:
        from pressgen.pdf.text import read_text

        texts = [(f"page {number}", text) for number, text in enumerate(read_text(content), 1)]
    elif format_ is Format.DOCX:
        from pressgen.word.text import read_headers_and_footers

        texts = [("header", "\n".join(read_headers_and_footers(content)))]
    else:
        return []
    line, backwards = normalise_text(str(document.banner[0])), get_direction(document.language) == "rtl"
    bare = [where for where, text in texts if find_end(normalise_text(text), line, 0, backwards=backwards) < 0]
    return [_make_problem(where, str(document.banner[0]), shown) for where in bare]


def _make_problem(where: str, line: str, shown: str) -> Problem:
    message = f"no embargo line here, “{line}”: the house's template must repeat it on every page"
    return Problem(code="X04", message=message, place=Place(shown, inside=where))
