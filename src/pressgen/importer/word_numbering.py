"""Find the headings and list numbers of a Word file (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pressgen.word.names import VAL, W, get_child_value, parse_int
from pressgen.word.styles import find_heading_level, iterate_lineage

if TYPE_CHECKING:
    from pressgen.word.names import Element
    from pressgen.word.package import Package

HEADING = re.compile(r"(?:heading|überschrift|titre|título|pennawd)\s*(\d)", re.IGNORECASE)
TITLE = re.compile(r"title|titel|titre|título", re.IGNORECASE)
BULLET = "•"
STEP = 2
DEEPEST = 8
"""The deepest level of a list, counted from 0 (ECMA-376 part 1, 17.9.6)."""


class NumberingReader:
    """A reader of the styles and list numbers of a Word file.

    It counts with each call, so paragraphs must come in order.
    """

    def __init__(self, package: Package) -> None:
        related = package.related(package.body)
        self._styles = {
            style.get(W + "styleId") or "": style
            for style in package.xml(related.get("styles", ""), b"<none/>").iter(W + "style")
        }
        root = package.xml(related.get("numbering", ""), b"<none/>")
        abstract = {each.get(W + "abstractNumId"): each for each in root.iter(W + "abstractNum")}
        self._lists = {
            each.get(W + "numId"): abstract.get(get_child_value(each, "abstractNumId")) for each in root.iter(W + "num")
        }
        self._counts: defaultdict[tuple[str, int], int] = defaultdict(int)

    def heading(self, style: Element | None) -> int:
        """Return the heading level of a paragraph's style, 0 for none.

        Levels are 1 to 9.
        """
        if style is None:
            return 0
        found = self._style(style)
        name = get_child_value(found, "name")
        if match := HEADING.match(name):
            return int(match[1])
        return 1 if TITLE.fullmatch(name) else find_heading_level(iterate_lineage(found, self._styles))

    def marker(self, paragraph: Element, style: Element | None) -> tuple[str, int]:
        """Return the bullet or number before a paragraph, and its depth.

        The bullet or number is empty for none.
        """
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None and style is not None and (found := self._style(style)) is not None:
            properties = found.find(f"{W}pPr/{W}numPr")
        if properties is None or (number := get_child_value(properties, "numId")) in ("", "0"):
            return "", 0
        level = min(max(parse_int(get_child_value(properties, "ilvl")) or 0, 0), DEEPEST)
        kind = self._kind(number, level)
        if kind in ("bullet", "none", ""):
            return (BULLET if kind == "bullet" else ""), level * STEP
        self._counts[number, level] += 1
        for deeper in range(level + 1, DEEPEST + 1):
            self._counts[number, deeper] = 0
        return f"{self._counts[number, level]}.", level * STEP

    def _style(self, style: Element) -> Element:
        return self._styles.get(style.get(VAL) or "", style)

    def _kind(self, number: str, level: int) -> str:
        known = self._lists.get(number)
        for each in known.iter(W + "lvl") if known is not None else ():
            if each.get(W + "ilvl") == str(level):
                return get_child_value(each, "numFmt")
        return ""
