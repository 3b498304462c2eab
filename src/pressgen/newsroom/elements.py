"""XML elements, text escaped by construction."""

from __future__ import annotations

from lxml import etree


def root(name: str, space: str, **prefixed: str) -> etree._Element:
    """An element whose own namespace is `space`, without a prefix; `prefixed` are further ones by their prefix."""
    declared = "".join(f' xmlns:{prefix}="{each}"' for prefix, each in prefixed.items())
    return etree.fromstring(f'<{name} xmlns="{space}"{declared}/>')


def written(element: etree._Element) -> bytes:
    """A whole file of it."""
    return etree.tostring(element, xml_declaration=True, encoding="utf-8")
