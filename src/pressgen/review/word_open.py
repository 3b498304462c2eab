"""Open a Word file from outside, within limits, and repair broken tags.

Its size, depth and number of parts are bounded. Nothing is fetched, and repairs are reported. LibreOffice 7.4 can write
content controls with tags that cross those of a tracked change, so that the part is not XML. Without its controls the
part is well-formed again. A parser's own recovery loses text instead (6 % in trials).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place, Problem
from pressgen.word.names import NotXmlError, parse_xml
from pressgen.word.package import MOST_TAGS, Package
from pressgen.word.properties import CORE, DUBLIN

if TYPE_CHECKING:
    from pressgen.word.names import Element

MOST_CHANGES = 20_000
"""The most tracked changes of a file; an editor makes hundreds."""
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The beginning of a file that Word has put a password on, or of an old .doc ([MS-CFB] 2.2)."""
CONTROLS = re.compile(rb"<w:sdtPr>.*?</w:sdtPr>|<w:sdtPr/>|</?w:sdt>|</?w:sdtContent>", re.DOTALL)
CHANGES = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange)\b")
DESCRIPTION = {f"{{{DUBLIN}}}identifier": "urn", f"{{{CORE}}}lastModifiedBy": "saved by"}


@dataclass(frozen=True, slots=True)
class WordParts:
    """The parts of a Word file that hold text.

    Attributes:
        package: all its parts, well-formed.
        texts: the roots of body, headers, footers and notes, each with its part: `body`, `header`, `footer`, `notes`.
        names_of_texts: the names of these parts, in the same order.
        comments, threads: the roots of the comments and of Word's threads; None where missing.
        names: the file's properties.
        notices: what the person should know.
    """

    package: Package
    texts: list[tuple[str, Element]] = field(repr=False)
    names_of_texts: list[str]
    comments: Element | None
    threads: Element | None
    names: dict[str, str]
    notices: list[str]


def open_word_file(data: bytes, shown: str) -> WordParts:
    """Open a Word file from outside, ready to be read.

    `shown` is the name of the file in messages.

    Raises:
        InputError: it is not a Word file, has a password, or exceeds the limits for an editor's file.
    """
    if data.startswith(COMPOUND) and shown.lower().endswith(".msg"):
        _refuse(
            "M01", "is an Outlook message (.msg); save it as .eml, or forward it as an attachment and save that", shown
        )
    if data.startswith(COMPOUND):
        _refuse(
            "M02", "has a password, or is an old .doc; save it in Word as “Word Document (.docx)” without one", shown
        )
    package = Package.unpack(data, shown)
    notices = (
        ["contains macros; they were not read"]
        if any("vbaproject" in each.casefold() for each in package.parts)
        else []
    )
    if b'TargetMode="External"' in package.parts.get("word/_rels/settings.xml.rels", b""):
        notices.append("names a template on another machine; it was not fetched")
    _check_limits(package)
    if package.body not in package.parts:
        _refuse("M01", "is a zip file, not a Word document (.docx)", shown)
    mended = _repair(package, notices)
    body = package.body
    titles = {name: title for name, title in mended.titles.items() if name != body}
    parts = [(_part(title), name) for name, title in sorted(titles.items()) if _part(title) != "notes"]
    parts.append(("body", body))
    parts += [("notes", name) for name, title in sorted(titles.items()) if _part(title) == "notes"]
    texts, near = [(part, mended.xml(name)) for part, name in parts], mended.related(body)
    return WordParts(
        package=mended, texts=texts, names_of_texts=[name for _, name in parts],
        comments=_optional(mended, near.get("comments", "")),
        threads=_optional(mended, near.get("commentsExtended", "")), names=_names(mended), notices=notices,
    )  # fmt: skip


def _check_limits(package: Package) -> None:
    parts = {name: part for name, part in package.parts.items() if name.endswith((".xml", ".rels"))}
    if (changes := sum(len(CHANGES.findall(part)) for part in parts.values())) > MOST_CHANGES:
        message = f"has {changes:,} tracked changes, but the limit is {MOST_CHANGES:,}; accept some in Word"
        _refuse("M03", message, package.shown)
    for name, part in parts.items():
        if part.count(b"<") > MOST_TAGS:
            _refuse(
                "M03",
                f"is too large to be a release: its part {name} is larger than 200 pages need; make a shorter file",
                package.shown,
            )


def _repair(package: Package, notices: list[str]) -> Package:
    """Return the package with every text part well-formed.

    Raises:
        InputError: a part cannot be repaired.
    """
    parts = dict(package.parts)
    for name in package.parts:
        if not (name.startswith("word/") and name.endswith(".xml")):
            continue
        try:
            parse_xml(parts[name])
        except NotXmlError:
            parts[name] = CONTROLS.sub(b"", parts[name])
            notices.append(
                f"its part {name} was damaged by the program that saved it and has been repaired; look at it again"
            )
    return Package(parts, package.shown)


def _optional(package: Package, name: str) -> Element | None:
    return package.xml(name) if name in package.parts else None


def _part(title: str) -> str:
    return "notes" if title.endswith("notes") else "header" if title.endswith("header") else "footer"


def _names(package: Package) -> dict[str, str]:
    """Return the properties of the file.

    They are our URN wherever it has survived, and who saved the file last.
    """
    near = package.related("")
    names: dict[str, str] = {}
    if (core := _optional(package, near.get("core-properties", ""))) is not None:
        names |= {DESCRIPTION[str(node.tag)]: str(node.text) for node in core if node.tag in DESCRIPTION and node.text}
    for name, part in package.parts.items():
        if name.startswith(("customXml/", "docProps/custom")) and (
            found := re.search(rb"urn:pressgen:(?!export)[^\"<]+", part)
        ):
            names["urn"] = found[0].decode("utf-8", "replace")
    return names


def _refuse(code: str, message: str, shown: str) -> None:
    raise InputError([Problem(code=code, message=message, place=Place(shown))])
