"""Check the metadata and settings of a PDF.

These are title, claimed standards, attachments, layers, forms and protection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pressgen.pdf.objects import (
    LARGEST_TABLE,
    get_object_key,
    get_value,
    iterate_tree,
    list_items,
    read_int,
    read_stream,
    read_string,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.pdf.objects import Key
    from pressgen.validate.pdf.paper import PdfFile

TITLE = "{http://purl.org/dc/elements/1.1/}title"
SCHEME, PREFIX = "{http://www.aiim.org/pdfua/ns/id/}", "pdfuaid"
"""The name space of claims to be PDF/UA, and the prefix that they must have (ISO 14289-1, 5)."""
CLAIM = f"{SCHEME}part"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
READING_ALOUD = 1 << 9
"""The tenth bit of an encrypted file's permissions."""


def read_xmp(paper: PdfFile) -> etree._Element | None:
    """Return the root of the XMP metadata, or None."""
    data = read_stream(get_value(paper.root, "/Metadata"), "its metadata", LARGEST_TABLE)
    try:
        return etree.fromstring(data, PARSER) if data else None
    except etree.XMLSyntaxError:
        return None


def check_xmp(paper: PdfFile) -> Iterator[Problem]:
    """Check the PDF/UA claim and the title in XMP (ISO 14289-1, 7.1)."""
    root = read_xmp(paper)
    if root is None:
        yield paper.fault("MH06-001", "has no metadata (XMP) that can be read; export it again as PDF/UA", "metadata")
        return
    claims = [node.get(CLAIM) for node in root.iter() if node.get(CLAIM)]
    claims += [str(node.text or "").strip() for node in root.iter(CLAIM)]
    if "1" not in claims:
        yield paper.fault("MH06-002", "does not say that it is PDF/UA-1; export it again as PDF/UA", "metadata")
    elif not all(_has_right_prefix(node) for node in root.iter()):
        message = f"says that it is PDF/UA under another prefix than {PREFIX}; export it again as PDF/UA"
        yield paper.fault("UA1-5", message, "metadata")
    if not any("".join(map(str, node.itertext())).strip() for node in root.iter(TITLE)):
        yield paper.fault("MH06-003", "has no title in its metadata; give the document a title", "metadata")


def _has_right_prefix(node: etree._Element) -> bool:
    """Return whether no claim in a node has a wrong prefix."""
    if str(node.tag).startswith(SCHEME):
        return node.prefix == PREFIX
    claims = any(str(name).startswith(SCHEME) for name in node.attrib)
    return not claims or f"{{{node.nsmap.get(PREFIX)}}}" == SCHEME


def check_title_display(paper: PdfFile) -> Iterator[Problem]:
    """Check that viewers show the title, not the file name."""
    shows = get_value(get_value(paper.root, "/ViewerPreferences"), "/DisplayDocTitle")
    if shows is None:
        yield paper.fault("MH07-001", "does not ask viewers to show its title instead of its file name", "catalogue")
    elif shows is not True:
        yield paper.fault("MH07-002", "asks viewers to show its file name instead of its title", "catalogue")


def check_tagging(paper: PdfFile) -> Iterator[Problem]:
    """Check that the file is a tagged PDF."""
    mark = get_value(paper.root, "/MarkInfo")
    if get_value(mark, "/Marked") is not True or get_value(paper.root, "/StructTreeRoot") is None:
        yield paper.fault("UA1-7.1", "is not a tagged PDF; export it again with tags", "catalogue")
    elif not paper.elements:
        yield paper.fault("UA1-7.1", "has an empty structure; export it again with tags", "catalogue")
    if get_value(mark, "/Suspects") is True:
        yield paper.fault("MH01-007", "says that its tags may be wrong; check them and export it again", "catalogue")


def check_attachment_names(paper: PdfFile) -> Iterator[Problem]:
    """Check that each attachment has both forms of its name.

    Attachments hang in a list of names, on annotations, and on whatever else a file specification may.
    """
    names = dict(_list_attachments(paper))
    for each in paper.attachments:
        if read_string(get_value(each, "/F")) and read_string(get_value(each, "/UF")):
            continue
        name = names.get(get_object_key(each)) or read_string(get_value(each, "/Desc")) or "without a name"
        yield paper.fault(
            "MH21-001", "is missing its file name in one of two forms; attach it again", f"attachment {name}"
        )


def _list_attachments(paper: PdfFile) -> Iterator[tuple[Key, str]]:
    for name, node in iterate_tree(get_value(get_value(paper.root, "/Names"), "/EmbeddedFiles"), "/Names"):
        yield get_object_key(node), read_string(name)


def check_layers(paper: PdfFile) -> Iterator[Problem]:
    """Check that layers have names and no automatic states.

    Source: ISO 14289-1, 7.10.
    """
    properties = get_value(paper.root, "/OCProperties")
    usual, others = list_items(get_value(properties, "/D")), list_items(get_value(properties, "/Configs"))
    for number, config in enumerate([*usual, *others]):
        if not read_string(get_value(config, "/Name")):
            code = "MH20-002" if number < len(usual) else "MH20-001"
            yield paper.fault(code, "has a set of layers without a name; name it", "layers")
        if get_value(config, "/AS") is not None:
            yield paper.fault("MH20-003", "has layers that switch automatically; export it without them", "layers")


def check_forms(paper: PdfFile) -> Iterator[Problem]:
    """Check for dynamic XFA forms."""
    for part in list_items(get_value(get_value(paper.root, "/AcroForm"), "/XFA")):
        if b"dynamicRender" in (data := read_stream(part, "its form")) and b"required" in data:
            yield paper.fault("MH25-001", "contains a dynamic form (XFA); export it as an ordinary PDF", "form")


def check_protection(paper: PdfFile) -> Iterator[Problem]:
    """Check that protection allows screen readers."""
    protected = get_value(paper.pdf.trailer, "/Encrypt")
    if protected is None:
        return
    if not read_int(get_value(protected, "/P"), 0) & READING_ALOUD:
        yield paper.fault("MH26-002", "is protected against screen readers; permit accessibility", "protection")


CHECKS = (
    check_xmp,
    check_title_display,
    check_tagging,
    check_attachment_names,
    check_layers,
    check_forms,
    check_protection,
)
