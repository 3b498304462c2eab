"""Read the identifier that a Word file has in its properties."""

from __future__ import annotations

from pressgen.errors import InputError
from pressgen.word.archive import read_zip
from pressgen.word.package import Package

DUBLIN = "{http://purl.org/dc/elements/1.1/}"


def read_word_identity(data: bytes) -> tuple[str, str]:
    """Return the identifier and language in a Word file's properties.

    Both are empty if they cannot be read.
    """
    try:
        package = Package(read_zip(data, ""), "")
        root = package.xml(package.related("").get("core-properties", ""), b"<none/>")
    except InputError:
        return "", ""
    return str(root.findtext(f"{DUBLIN}identifier") or "").strip(), str(
        root.findtext(f"{DUBLIN}language") or ""
    ).strip()
