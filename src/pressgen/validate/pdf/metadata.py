"""What a PDF says of itself: title, language, the standard that it claims, attachments, protection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.pdf.objects import LARGEST_TABLE, content, entries, items, number, text, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.validate.pdf.paper import Paper

TITLE = "{http://purl.org/dc/elements/1.1/}title"
CLAIM = "{http://www.aiim.org/pdfua/ns/id/}part"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""The form of RFC 3066, which ISO 32000-1 names."""
READING_ALOUD = 1 << 9
"""The tenth bit of an encrypted file's permissions."""


def packet(paper: Paper) -> etree._Element | None:
    """The root of the metadata (XMP); None where there are none that can be read."""
    data = content(value(paper.root, "/Metadata"), "its metadata", LARGEST_TABLE)
    try:
        return etree.fromstring(data, PARSER) if data else None
    except etree.XMLSyntaxError:
        return None


def description(paper: Paper) -> Iterator[Problem]:
    """XMP metadata with the claim of PDF/UA and a title (ISO 14289-1, 5 and 7.1)."""
    root = packet(paper)
    if root is None:
        yield paper.fault("MH06-001", "has no metadata (XMP) that can be read; export it again as PDF/UA", "metadata")
        return
    claims = [node.get(CLAIM) for node in root.iter() if node.get(CLAIM)]
    claims += [str(node.text or "").strip() for node in root.iter(CLAIM)]
    if "1" not in claims:
        yield paper.fault("MH06-002", "does not say that it is PDF/UA-1; export it again as PDF/UA", "metadata")
    if not any("".join(map(str, node.itertext())).strip() for node in root.iter(TITLE)):
        yield paper.fault("MH06-003", "has no title in its metadata; give the document a title", "metadata")


def title_bar(paper: Paper) -> Iterator[Problem]:
    """The window shows the title, not the name of the file (ISO 14289-1, 7.1)."""
    shows = value(value(paper.root, "/ViewerPreferences"), "/DisplayDocTitle")
    if shows is None:
        yield paper.fault("MH07-001", "does not ask viewers to show its title instead of its file name", "catalogue")
    elif shows is not True:
        yield paper.fault("MH07-002", "asks viewers to show its file name instead of its title", "catalogue")


def language(paper: Paper) -> Iterator[Problem]:
    """The language of the document and of each passage that has its own (ISO 14289-1, 7.2)."""
    tag = text(value(paper.root, "/Lang"))
    if not tag:
        yield paper.fault("MH11-001", "does not say its language; set the language of the document", "catalogue")
    elif not LANGUAGE.fullmatch(tag):
        yield paper.fault("MH11-007", f"gives “{tag}” as its language; write it like en-GB", "catalogue")
    for element in paper.elements:
        own = value(element.node, "/Lang")
        if own is not None and not LANGUAGE.fullmatch(text(own)):
            yield paper.fault("MH11-007", f"gives “{text(own)}” as a language; write it like en-GB", element.inside)


def tagged(paper: Paper) -> Iterator[Problem]:
    """The file has a structure, says so, and does not doubt it (ISO 14289-1, 7.1)."""
    mark = value(paper.root, "/MarkInfo")
    if value(mark, "/Marked") is not True or value(paper.root, "/StructTreeRoot") is None:
        yield paper.fault("UA1-7.1", "is not a tagged PDF; export it again with tags", "catalogue")
    elif not paper.elements:
        yield paper.fault("UA1-7.1", "has a structure with nothing in it; export it again with tags", "catalogue")
    if value(mark, "/Suspects") is True:
        yield paper.fault("MH01-007", "says that its tags may be wrong; check them and export it again", "catalogue")


def attachments(paper: Paper) -> Iterator[Problem]:
    """Each attached file has a name in both forms (ISO 14289-1, 7.11)."""
    for name, node in entries(value(value(paper.root, "/Names"), "/EmbeddedFiles"), "/Names"):
        if not (text(value(node, "/F")) and text(value(node, "/UF"))):
            yield paper.fault(
                "MH21-001", "lacks its file name in one of two forms; attach it again", f"attachment {text(name)}"
            )


def layers(paper: Paper) -> Iterator[Problem]:
    """Layers have names and do not switch by themselves (ISO 14289-1, 7.10)."""
    properties = value(paper.root, "/OCProperties")
    others = items(value(properties, "/Configs"))
    for config in [*items(value(properties, "/D")), *others]:
        if others and not text(value(config, "/Name")):
            yield paper.fault("MH20-001", "has a set of layers without a name; name it", "layers")
        if value(config, "/AS") is not None:
            yield paper.fault("MH20-003", "has layers that switch by themselves; export it without", "layers")


def forms(paper: Paper) -> Iterator[Problem]:
    """No form that is laid out only when it is opened (ISO 14289-1, 7.15)."""
    for part in items(value(value(paper.root, "/AcroForm"), "/XFA")):
        if b"dynamicRender" in (data := content(part, "its form")) and b"required" in data:
            yield paper.fault("MH25-001", "holds a dynamic form (XFA); export it as an ordinary PDF", "form")


def protection(paper: Paper) -> Iterator[Problem]:
    """A protected file lets screen readers read (ISO 14289-1, 7.16)."""
    protected = value(paper.pdf.trailer, "/Encrypt")
    if protected is None:
        return
    permissions = value(protected, "/P")
    if permissions is None:
        yield paper.fault("MH26-001", "is protected, and does not say what it permits", "protection")
    elif not number(permissions, 0) & READING_ALOUD:
        yield paper.fault("MH26-002", "is protected against screen readers; permit accessibility", "protection")


CHECKS = (description, title_bar, language, tagged, attachments, layers, forms, protection)
