"""The name that a Word file carries in its properties."""

from __future__ import annotations

from pressgen.errors import Refused
from pressgen.word.archive import read
from pressgen.word.package import Package

DUBLIN = "{http://purl.org/dc/elements/1.1/}"


def called(data: bytes) -> tuple[str, str]:
    """The identifier in a Word file's properties, and its language; both empty where they cannot be read."""
    try:
        package = Package(read(data, ""), "")
        root = package.xml(package.related("").get("core-properties", ""), b"<none/>")
    except Refused:
        return "", ""
    return str(root.findtext(f"{DUBLIN}identifier") or "").strip(), str(
        root.findtext(f"{DUBLIN}language") or ""
    ).strip()
