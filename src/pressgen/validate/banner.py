"""The embargo's line on every page, as text: whoever gets one page, by fax or in a picture, must see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem
from pressgen.model.artifact import Format
from pressgen.model.direction import direction
from pressgen.validate.content import end_of, folded

if TYPE_CHECKING:
    from pressgen.model.document import Document


def unmarked(document: Document, format_: Format, content: bytes, shown: str) -> list[Problem]:
    """Each page of a PDF without the embargo's line, or a Word file whose headers lack it; nothing without an embargo.

    Args:
        document: what the file says.
        format_: the file's; a page of the web and a mail have one page, whose line the truth check sees.
        content: the file.
        shown: its name in messages.
    """
    if not (document.embargoed and document.banner):
        return []
    if format_ is Format.PDF:
        from pressgen.pdf.text import read_text  # noqa: PLC0415 - each format's reader comes with it

        texts = [(f"page {number}", text) for number, text in enumerate(read_text(content), 1)]
    elif format_ is Format.DOCX:
        from pressgen.word.text import read_margins  # noqa: PLC0415

        texts = [("header", "\n".join(read_margins(content)))]
    else:
        return []
    line, backwards = folded(str(document.banner[0])), direction(document.language) == "rtl"
    bare = [where for where, text in texts if end_of(folded(text), line, 0, backwards=backwards) < 0]
    return [_problem(where, str(document.banner[0]), shown) for where in bare]


def _problem(where: str, line: str, shown: str) -> Problem:
    message = f"no embargo line here, “{line}”: the house's template must repeat it on every page"
    return Problem(code="X04", message=message, place=Place(shown, inside=where))
