"""What styles say about emphasis, headings and lists, for the inventory.

Nothing here is shared with the reader of editors' files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

HEADING = re.compile(r"heading\s?([1-9])")
LIST = re.compile(r"list\s?(?:bullet|number|paragraph)?\s?([2-9])?")
OFF = frozenset({"0", "false", "off", "none"})
NO_OUTLINE = 9


def get_attribute(node: etree._Element | None, name: str) -> str:
    """Return an attribute by its local name, or nothing."""
    if node is None:
        return ""
    for key, value in node.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def get_child(node: etree._Element | None, *names: str) -> etree._Element | None:
    """Return what is below a node, by local names."""
    for name in names:
        if node is None:
            return None
        node = next(node.iterchildren(f"{{*}}{name}"), None)
    return node


def read_toggle(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether properties switch something on.

    None where they do not say.
    """
    found = get_child(properties, name)
    return None if found is None else get_attribute(found, "val").lower() not in OFF


class StyleTable:
    """The styles of a Word file, by their ids."""

    def __init__(self, root: etree._Element | None, numbering: etree._Element | None) -> None:
        """Index the styles and the numbering of a file.

        Both are given by their roots, None where the file has none.
        """
        self._numbering = numbering
        self._nodes = {get_attribute(each, "styleId"): each for each in ([] if root is None else root)}
        self._default = next((name for name, node in self._nodes.items() if _is_default_paragraph(node)), "")
        self._toggles: dict[tuple[str, str], bool | None] = {}
        self._chains: dict[str, list[etree._Element]] = {}

    def is_on(self, style: str, toggle: str) -> bool | None:
        """Return whether a style makes text bold (`b`) or italic (`i`).

        None where no style says.
        """
        if (style, toggle) not in self._toggles:
            said = (read_toggle(get_child(each, "rPr"), toggle) for each in self._chain(style))
            self._toggles[style, toggle] = next((each for each in said if each is not None), None)
        return self._toggles[style, toggle]

    def find_heading(self, paragraph: etree._Element | None) -> int:
        """Return the level of a heading by paragraph properties; 0 for none."""
        style = get_attribute(get_child(paragraph, "pStyle"), "val") or self._default
        for properties in [paragraph, *(get_child(each, "pPr") for each in self._chain(style))]:
            outline = get_attribute(get_child(properties, "outlineLvl"), "val")
            if outline.isdecimal():
                return int(outline) + 1 if int(outline) < NO_OUTLINE else 0
        names = (get_attribute(get_child(each, "name"), "val").lower() for each in self._chain(style))
        return next((int(match[1]) for name in names if (match := HEADING.fullmatch(name))), 0)

    def find_list(self, paragraph: etree._Element | None) -> tuple[int, bool]:
        """Return the level in a list, and whether that is numbered.

        The level is 0 for none.
        """
        style = get_attribute(get_child(paragraph, "pStyle"), "val") or self._default
        level = number = ""
        for node in [None, *self._chain(style)]:
            numbering = get_child(paragraph if node is None else get_child(node, "pPr"), "numPr")
            level = level or get_attribute(get_child(numbering, "ilvl"), "val")
            number = number or get_attribute(get_child(numbering, "numId"), "val")
        if number in {"", "0"}:  # Word's own Subtitle has a level, and is in no list
            return 0, False
        depth = int(level) if level.isdecimal() else 0
        return depth + self._count_by_name(style), self._is_numbered(number, str(depth))

    def _is_numbered(self, number: str, level: str) -> bool:
        """Return whether a level of a list counts its entries."""
        nodes = [] if self._numbering is None else list(self._numbering)
        pointer = next((each for each in nodes if get_attribute(each, "numId") == number), None)
        abstract = get_attribute(get_child(pointer, "abstractNumId"), "val")
        for each in nodes:
            if get_attribute(each, "abstractNumId") == abstract and abstract:
                formats = [get_child(one, "numFmt") for one in each if get_attribute(one, "ilvl") == level]
                return any(get_attribute(one, "val") not in {"", "bullet", "none"} for one in formats)
        return False

    def _count_by_name(self, style: str) -> int:
        """Return the level in a style's name, such as “List Bullet 2”."""
        name = get_attribute(get_child(self._nodes.get(style), "name"), "val").lower()
        match = LIST.fullmatch(name)
        return int(match[1]) if match and match[1] else 1

    def _chain(self, style: str) -> list[etree._Element]:
        """Return a style and those that it is based on."""
        if style not in self._chains:
            found: list[etree._Element] = []
            at = style
            while at in self._nodes and self._nodes[at] not in found:
                found.append(self._nodes[at])
                at = get_attribute(get_child(self._nodes[at], "basedOn"), "val")
            self._chains[style] = found
        return self._chains[style]


def _is_default_paragraph(node: etree._Element) -> bool:
    return get_attribute(node, "type") == "paragraph" and get_attribute(node, "default").lower() not in {"", *OFF}
