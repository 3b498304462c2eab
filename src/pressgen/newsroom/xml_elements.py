"""Build XML elements; text is always escaped."""

from __future__ import annotations

from lxml import etree


def make_root(name: str, space: str, **prefixed: str) -> etree._Element:
    """Make an element with a default namespace and further prefixed ones."""
    declared = "".join(f' xmlns:{prefix}="{each}"' for prefix, each in prefixed.items())
    return etree.fromstring(f'<{name} xmlns="{space}"{declared}/>')


def serialise(element: etree._Element) -> bytes:
    """Return an element as a whole XML file."""
    return etree.tostring(element, xml_declaration=True, encoding="utf-8")
