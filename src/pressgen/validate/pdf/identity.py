"""Read the identifier that a PDF has in its metadata."""

from __future__ import annotations

from pressgen.pdf.objects import UNREADABLE, get_value, read_string
from pressgen.validate.pdf.metadata import read_xmp
from pressgen.validate.pdf.paper import open_pdf_file

IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"


def read_pdf_identity(data: bytes) -> tuple[str, str]:
    """Return the identifier and language in a PDF's metadata.

    Both are empty if they cannot be read.
    """
    try:
        with open_pdf_file(data, "") as paper:
            root = read_xmp(paper)
            found = None if root is None else next(root.iter(IDENTIFIER), None)
            return "" if found is None else str(found.text or "").strip(), read_string(get_value(paper.root, "/Lang"))
    except UNREADABLE:
        return "", ""
