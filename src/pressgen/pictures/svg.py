"""An SVG by its elements. Source: Scalable Vector Graphics 2 (W3C)."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.model.links import may_be_linked

if TYPE_CHECKING:
    from collections.abc import Callable

SVG, XLINK, XML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
DROPPED = frozenset(f"{{{SVG}}}{name}" for name in ("metadata", "script", "foreignObject"))
HEAD = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE svg|svg|[\w-]+:svg)", re.IGNORECASE)
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
HREFS = ("href", f"{{{XLINK}}}href")
PICTURE = re.compile(r"data:image/[a-z+.-]+;base64,", re.IGNORECASE)
PATH = re.compile(r"(?<![A-Za-z])[A-Za-z]:[\\/]|\\\\|(?:^|\s)/(?:home|Users|mnt|media|Volumes)/|file:")
"""What shows that a title or description is a place on a machine."""


def is_one(data: bytes) -> bool:
    """Whether this may be an SVG."""
    return HEAD.match(data) is not None and b"svg" in data


def scrub(data: bytes, scrub_inner: Callable[[bytes], bytes]) -> bytes:
    """The SVG without metadata, scripts, remarks, and the elements and attributes of the program that it was drawn in.

    Args:
        data: the drawing; one in which there is nothing to take out stays as it is, to the byte.
        scrub_inner: what scrubs a picture within it.

    Raises:
        ValueError: it is no XML, or no SVG, or a picture within it cannot be scrubbed.
    """
    try:
        root = etree.fromstring(data, PARSER)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is no XML: {error}") from error
    if root.tag != f"{{{SVG}}}svg":
        raise ValueError("it is no SVG")
    before = etree.tostring(root)
    for node in [each for each in root.iter() if _goes(each)]:
        parent = node.getparent()
        if parent is not None:
            _remove(parent, node)
    for node in root.iter():
        for name in list(map(str, node.attrib)):
            kept = _kept(name, str(node.get(name)), scrub_inner)
            if kept is None:
                del node.attrib[name]
            else:
                node.set(name, kept)
    etree.cleanup_namespaces(root)
    bare = root.getprevious() is None and root.getnext() is None and b"<!DOCTYPE" not in data
    if bare and etree.tostring(root) == before:
        return data
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, with_tail=False)


def _kept(name: str, value: str, scrub_inner: Callable[[bytes], bytes]) -> str | None:
    """The value of an attribute as it stays; None for one that goes."""
    if _foreign(name, (XLINK, XML)) or name.startswith("on") or PATH.search(value):
        return None
    if name not in HREFS or value.startswith("#"):
        return value
    if inner := PICTURE.match(value):
        scrubbed = scrub_inner(b64decode(value[inner.end() :]))
        return f"{inner[0]}{b64encode(scrubbed).decode()}"
    return value if may_be_linked(value) else None


def _goes(node: etree._Element) -> bool:
    if not isinstance(node.tag, str):
        return True  # a remark, an instruction, an entity
    named = node.tag in {f"{{{SVG}}}title", f"{{{SVG}}}desc"} and PATH.search("".join(map(str, node.itertext())))
    return node.tag in DROPPED or _foreign(node.tag, (SVG,)) or bool(named)


def _foreign(name: str, known: tuple[str, ...]) -> bool:
    """Whether a name stands in a name space that is not one of the `known`."""
    space = name[1:].partition("}")[0] if name.startswith("{") else ""
    return bool(space) and space not in known


def _remove(parent: etree._Element, node: etree._Element) -> None:
    """Take a node out, and leave the text after it."""
    if node.tail:
        before = node.getprevious()
        if before is None:
            parent.text = (parent.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
    parent.remove(node)
