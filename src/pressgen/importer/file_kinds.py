"""Identify the kind of a file by its content.

Its name decides nothing here.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

ZIP, OLE, PDF, RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf"
WORD_PERFECT = b"\xffWPC"
XML_KINDS: Final = {
    b"<office:document": ".fodt",
    b"<abiword": ".abw",
    b"<w:worddocument": ".xml",
    b"<pkg:package": ".xml",
}
"""The endings of documents in a single XML file, by an element at their beginning."""
PAGES: Final = (b"<html", b"<!doctype html")
HEAD = 4000
MOST_UNPACKED = 256 * 1024 * 1024
"""The most bytes that a document may unpack to."""
SAVE: Final = "open it and save it as “Word Document (.docx)”"
LOCKED: Final = "has a password; open it with that, and save it as “Word Document (.docx)” without one"
OLE_KINDS: Final = {
    "EncryptedPackage": LOCKED,
    "Workbook": "is an Excel workbook; copy its text into a Word file",
    "PowerPoint Document": "is a PowerPoint presentation; copy its text into a Word file",
    "__properties_version1.0": "is an Outlook message; save it as “Text only” or as .eml",
}
"""Why an old Office file is not read, by the name of a stream in it."""
MIMETYPES: Final = {
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.text-template": ".ott",
    "application/vnd.sun.xml.writer": ".sxw",
}
ZIP_KINDS: Final = {
    "Index/Document.iwa": "is a Pages document; export it from Pages as Word",
    "Index.zip": "is a Pages document; export it from Pages as Word",
    "index.xml": "is an old Pages document; export it from Pages as Word",
    "xl/workbook.xml": OLE_KINDS["Workbook"],
    "ppt/presentation.xml": OLE_KINDS["PowerPoint Document"],
    "META-INF/container.xml": "is an EPUB book; copy its text into a Word file",
}
"""Why a zip is not read, by the name of a part in it."""


class OtherKindError(Exception):
    """A file that is not read; the message says why."""


def identify_office_ending(data: bytes) -> str:
    """Return the ending of a document that LibreOffice has to open.

    It is empty for a file that is read without it, or is no document.

    Raises:
        OtherKindError: it is known, but of a kind that nobody reads, or has a password.
    """
    if data.startswith(RTF):
        if not data.rstrip(b"\0\r\n\t \x1a").endswith(b"}"):
            raise OtherKindError(f"is cut off: its last bracket is missing; {SAVE}")
        return ".rtf"
    if data.startswith(WORD_PERFECT):
        return ".wpd"
    if data.startswith(OLE):
        return _identify_ole(data)
    if data.startswith(ZIP):
        return _identify_zip(data)
    return _identify_xml(data[:HEAD].lower()) if data.removeprefix(b"\xef\xbb\xbf").startswith(b"<?xml") else ""


def _identify_xml(head: bytes) -> str:
    ending = next((ending for start, ending in XML_KINDS.items() if start in head), "")
    if not ending and not any(start in head for start in PAGES):
        raise OtherKindError("is an XML file of a kind that is not read; copy its text into a Word file")
    return ending


def _identify_ole(data: bytes) -> str:
    """Return `.doc`, or refuse another file of old Office.

    The names of its streams are UTF-16 ([MS-CFB] 2.6.1).
    """
    if "WordDocument".encode("utf-16-le") in data:
        return ".doc"
    for stream, message in OLE_KINDS.items():
        if stream.encode("utf-16-le") in data:
            raise OtherKindError(message)
    raise OtherKindError(f"is an old Office file without a text, or damaged; {SAVE}")


def _identify_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {each.filename: each for each in archive.infolist()}
            if sum(each.file_size for each in parts.values()) > MOST_UNPACKED:
                raise OtherKindError(f"unpacks to more than {MOST_UNPACKED // 1024 // 1024} MB; {SAVE}")
            kind = _read_part(archive, parts, "mimetype").decode("ascii", "replace").strip()
            if "encryption-data" in _read_part(archive, parts, "META-INF/manifest.xml").decode("utf-8", "replace"):
                raise OtherKindError(LOCKED)
            macros = b"macroEnabled" in _read_part(archive, parts, "[Content_Types].xml")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return ""  # the reader of Word files says what is wrong with it
    if ending := MIMETYPES.get(kind):
        return ending
    for name, message in ZIP_KINDS.items():
        if name in parts:
            raise OtherKindError(message)
    return ".docm" if macros else ""


def _read_part(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> bytes:
    with archive.open(parts[name]) if name in parts else io.BytesIO() as part:
        return part.read(1024 * 1024)
