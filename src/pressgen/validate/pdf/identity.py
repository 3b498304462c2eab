"""The name that a PDF carries in its metadata."""

from __future__ import annotations

from pressgen.pdf.objects import UNREADABLE, text, value
from pressgen.validate.pdf.metadata import packet
from pressgen.validate.pdf.paper import opened

IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"


def called(data: bytes) -> tuple[str, str]:
    """The identifier in a PDF's metadata, and its language; both empty where it cannot be read."""
    try:
        with opened(data, "") as paper:
            root = packet(paper)
            found = None if root is None else next(root.iter(IDENTIFIER), None)
            return "" if found is None else str(found.text or "").strip(), text(value(paper.root, "/Lang"))
    except UNREADABLE:
        return "", ""
