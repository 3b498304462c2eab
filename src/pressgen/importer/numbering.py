"""Which paragraphs of a Word file are headings, and which are entries of lists with which number (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pressgen.word.attributes import to_int
from pressgen.word.names import VAL, W, value

if TYPE_CHECKING:
    from pressgen.word.names import Element
    from pressgen.word.package import Package

HEADING = re.compile(r"(?:heading|überschrift|titre|título|pennawd)\s*(\d)", re.IGNORECASE)
TITLE = re.compile(r"title|titel|titre|título", re.IGNORECASE)
BULLET = "•"
STEP = 2
DEEPEST = 8
"""The deepest level of a list, counted from 0 (ECMA-376 part 1, 17.9.6)."""


class Numbering:
    """The styles and lists of a Word file; counts as it is asked, paragraph by paragraph."""

    def __init__(self, package: Package) -> None:
        related = package.related(package.body)
        self._styles = {
            style.get(W + "styleId") or "": style
            for style in package.xml(related.get("styles", ""), b"<none/>").iter(W + "style")
        }
        root = package.xml(related.get("numbering", ""), b"<none/>")
        abstract = {each.get(W + "abstractNumId"): each for each in root.iter(W + "abstractNum")}
        self._lists = {
            each.get(W + "numId"): abstract.get(value(each, "abstractNumId")) for each in root.iter(W + "num")
        }
        self._counts: defaultdict[tuple[str, int], int] = defaultdict(int)

    def heading(self, style: Element | None) -> int:
        """The level of heading that a paragraph's style makes it: 1 to 9; 0 for none."""
        name = value(self._style(style), "name") if style is not None and self._style(style) is not None else ""
        if match := HEADING.match(name):
            return int(match[1])
        return 1 if TITLE.fullmatch(name) else 0

    def marker(self, paragraph: Element, style: Element | None) -> tuple[str, int]:
        """The bullet or number that Word prints before a paragraph, empty for none, and its depth."""
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None and style is not None and (found := self._style(style)) is not None:
            properties = found.find(f"{W}pPr/{W}numPr")
        if properties is None or (number := value(properties, "numId")) in ("", "0"):
            return "", 0
        level = min(max(to_int(value(properties, "ilvl")) or 0, 0), DEEPEST)
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
                return value(each, "numFmt")
        return ""
