"""Compare the layout of a built PDF with what a house allows.

The results are warnings with the field to shorten, never errors. The lines and pages are read from the file, as a
reader sees them; headers and footers do not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.errors import Problem, Severity
from pressgen.model.document import Paragraph, iter_leaves
from pressgen.validate.content import normalise_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Locate
    from pressgen.model.artifact import Artifact
    from pressgen.model.document import Document, Leaf
    from pressgen.model.house import Budget


def check_layout(document: Document, made: Artifact, budget: Budget, locate: Locate) -> list[Problem]:
    """List what an editor should shorten in a PDF."""
    from pressgen.pdf.text import read_body

    setting = _PrintedLines(read_body(made.content))
    overruns = list(_find_overruns(document, setting, budget))
    return [
        Problem(code=code, message=message, place=locate(path, 0), path=path, severity=Severity.WARNING)
        for code, message, path in overruns
    ]


class _PrintedLines:
    """The page and line of every word of a PDF."""

    def __init__(self, pages: list[str]) -> None:
        self.pages = len(pages)
        self._text = ""
        self._where: list[tuple[int, int]] = []
        for page, text in enumerate(pages, 1):
            for line, words in enumerate(text.splitlines(), 1):
                shown = normalise_text(words)
                self._text += shown
                self._where += [(page, line)] * len(shown)

    def lines(self, leaf: Leaf) -> list[tuple[int, int]]:
        """Return the (page, line) of every character of a leaf.

        The list is empty if the leaf is not found as typed.
        """
        words = normalise_text(str(leaf))
        start = self._text.find(words)
        return self._where[start : start + len(words)] if start >= 0 else []

    def opens_its_page(self, leaf: Leaf) -> bool:
        """Return whether a leaf comes first on its page."""
        start = self._text.find(normalise_text(str(leaf)))
        return start > 0 and self._where[start][0] != self._where[start - 1][0]


def _find_overruns(document: Document, setting: _PrintedLines, budget: Budget) -> Iterator[tuple[str, str, str]]:
    longest = max(iter_leaves(document.body), key=lambda leaf: len(str(leaf)), default=document.headline)
    if budget.pages and setting.pages > int(budget.pages):
        message = f"the PDF has {setting.pages} pages, but the house allows {budget.pages}; this is the longest text"
        yield "S01", message, longest.path
    lines = len(set(setting.lines(document.headline)))
    if lines > int(budget.headline_lines):
        message = f"the headline runs over {lines} lines, but the house allows {budget.headline_lines}; shorten it"
        yield "S02", message, document.headline.path
    if document.end and setting.opens_its_page(document.end):
        last = next(
            (leaf for leaf in reversed(list(iter_leaves(document.body))) if isinstance(leaf, Paragraph)), longest
        )
        yield "S03", f"“{document.end}” is alone at the top of a page; shorten a text before it", last.path
    for contact in document.contacts:
        pages = {page for line in contact.lines for page, _ in setting.lines(line)}
        if len(pages) > 1:
            yield "S04", "the contact is split between two pages; shorten a text before it", contact.path
