"""Check that every page of a Word file shows its embargo line.

The line is the one that a file of pressgen's has as its subject, or the one that a header or footer shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.validate.banner import make_missing_line_problem
from pressgen.validate.content import normalise_text
from pressgen.validate.origin import DUBLIN, URN
from pressgen.word.page_margins import find_bare_pages
from pressgen.word.text import read_margins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.word.wordfile import WordFile


def check_embargo_line(file: WordFile) -> Iterator[Problem]:
    """Check headers and footers of each kind of page, by section.

    A file with no embargo line in any of them passes, unless it says that it is pressgen's and under embargo.
    """
    core = file.package.xml(file.package.related("").get("core-properties", ""), b"<none/>")
    origin = URN.fullmatch(str(core.findtext(f"{DUBLIN}identifier") or "").strip())
    variant, subject = origin[2] if origin else "", str(core.findtext(f"{DUBLIN}subject") or "").strip()
    line = subject if variant == "embargoed" else "" if variant == "public" else _find_stated_line(file)
    if line:
        wanted = normalise_text(line)
        for bare in find_bare_pages(file.package, lambda text: wanted in normalise_text(text)):
            yield make_missing_line_problem(line, *bare, file.package.shown)


def _find_stated_line(file: WordFile) -> str:
    """Return the first line of the margins that states an embargo."""
    from pressgen.text.embargo.sense import LineKind, classify_line  # slow to import, and not needed for our own files

    lines = [line.strip() for text in read_margins(file.package).values() for line in text.split("\n")]
    return next((line for line in lines if classify_line(line) in (LineKind.EMBARGO, LineKind.EVENT)), "")


CHECKS = (check_embargo_line,)
