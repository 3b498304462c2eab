"""Scrub an SVG by its elements.

Source: Scalable Vector Graphics 2 (W3C).
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.model.links import is_linkable

if TYPE_CHECKING:
    from collections.abc import Callable

SVG, XLINK, XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
DROPPED = frozenset(f"{{{SVG}}}{name}" for name in ("metadata", "script", "foreignObject"))
REMOVED = "removed"
"""The tag that an element to remove gets first."""
HEAD = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE svg|svg|[\w-]+:svg)", re.IGNORECASE)
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
HREFS = ("href", f"{{{XLINK}}}href")
PICTURE = re.compile(r"data:image/[a-z+.-]+;base64,", re.IGNORECASE)
PATH = re.compile(r"(?<![A-Za-z])[A-Za-z]:[\\/]|\\\\|(?:^|\s)/(?:home|Users|mnt|media|Volumes)/|file:")
"""Text that shows that a title or description is a path on a machine."""


def is_svg(data: bytes) -> bool:
    """Return whether the data may be an SVG."""
    return HEAD.match(data) is not None and b"svg" in data


def scrub_svg(data: bytes, scrub_inner: Callable[[bytes], bytes]) -> bytes:
    """Return an SVG without metadata, scripts, comments and foreign elements.

    Args:
        data: the drawing; it is returned unchanged, to the byte, if there is nothing to remove.
        scrub_inner: what scrubs a picture within it.

    Raises:
        ValueError: it is not XML, not an SVG, or a picture within it cannot be scrubbed.
    """
    try:
        root = etree.fromstring(data, PARSER)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is no XML: {error}") from error
    if root.tag != f"{{{SVG}}}svg":
        raise ValueError("it is not an SVG")
    before = etree.tostring(root)
    for node in root.iter("*"):
        if _is_removed(node):
            node.tag = REMOVED
    etree.strip_elements(root, REMOVED, etree.Comment, etree.ProcessingInstruction, etree.Entity, with_tail=False)
    for node in root.iter():
        for name in list(map(str, node.attrib)):
            kept = _keep_attribute(name, str(node.get(name)), scrub_inner)
            if kept is None:
                del node.attrib[name]
            else:
                node.set(name, kept)
    etree.cleanup_namespaces(root)
    bare = root.getprevious() is None and root.getnext() is None and b"<!DOCTYPE" not in data
    if bare and etree.tostring(root) == before:
        return data
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, with_tail=False)


def _keep_attribute(name: str, value: str, scrub_inner: Callable[[bytes], bytes]) -> str | None:
    """Return the value of an attribute to keep, or None."""
    if _is_foreign(name, (XLINK, XML)) or name.startswith("on") or PATH.search(value):
        return None
    if name not in HREFS or value.startswith("#"):
        return value
    if inner := PICTURE.match(value):
        scrubbed = scrub_inner(b64decode(value[inner.end() :]))
        return f"{inner[0]}{b64encode(scrubbed).decode()}"
    return value if is_linkable(value) else None


def _is_removed(node: etree._Element) -> bool:
    tag = str(node.tag)
    named = tag in {f"{{{SVG}}}title", f"{{{SVG}}}desc"} and PATH.search("".join(map(str, node.itertext())))
    return tag in DROPPED or _is_foreign(tag, (SVG,)) or bool(named)


def _is_foreign(name: str, known: tuple[str, ...]) -> bool:
    """Return whether a name is in an unknown namespace."""
    space = name[1:].partition("}")[0] if name.startswith("{") else ""
    return bool(space) and space not in known
