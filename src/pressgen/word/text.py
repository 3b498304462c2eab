"""The text of a Word file as a reader sees it: of any .docx, whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pressgen.word.margin_labels import is_label
from pressgen.word.marks import OURS
from pressgen.word.names import BR, END, FALLBACK, ID, NAME, START, TAB, TYPE, P, R, T, W, remove
from pressgen.word.package import Package
from pressgen.word.runs import runs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.word.names import Element

GONE = (W + "moveFrom", W + "del")
"""What a tracked change has struck."""
TEXTS, MARGINS = ("body", "footnotes", "endnotes"), ("header", "footer")
"""The kinds of parts that hold text, in reading order."""
SIGNS = {TAB: "\t", BR: "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": "\xad"}
BREAKS = ("page", "column")
"""Breaks that are no part of the text."""
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
"""Notes that hold only the line above the others."""


def read_text(data: bytes, shown: str = "the Word file") -> list[str]:
    """The text of each paragraph in reading order, footnotes last, headers and footers left out.

    Args:
        data: a .docx.
        shown: what messages call it.

    Raises:
        Refused: it is no Word file, or a broken one.
    """
    return list(_read(data, shown).text)


def read_margins(data: bytes, shown: str = "the Word file") -> list[str]:
    """The text of each paragraph of the headers and footers.

    Raises:
        Refused: it is no Word file, or a broken one.
    """
    return list(_read(data, shown).margins)


def read_marked(data: bytes, shown: str = "the Word file") -> dict[str, str]:
    """The text of each block by its id, from pressgen's own bookmarks; one that runs on goes on in a new line.

    Raises:
        Refused: it is no Word file, or a broken one.
    """
    return dict(_read(data, shown).marked)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The paragraphs of the text and of the margins, and the text of each marked block."""

    text: list[str]
    margins: list[str]
    marked: dict[str, str]


@lru_cache(maxsize=1)
def _read(data: bytes, shown: str) -> _Reading:
    """A file read; several checks ask for the same one after the other."""
    reading = _Reading([], [], {})
    for kind, root in _sheets(Package.of(data, shown)):
        (reading.margins if kind in MARGINS else reading.text).extend(_paragraphs(root))
        _read_marks(root, reading.marked)
    return reading


def _sheets(package: Package) -> Iterator[tuple[str, Element]]:
    """The parts that hold text, by kind, without what is struck or a label beside it, and each text box once."""
    for kind in (*TEXTS, *MARGINS):
        for name in sorted(name for name, title in package.titles.items() if title.rpartition(" ")[2] == kind):
            root = package.xml(name)
            for node in [*root.iter(FALLBACK, *GONE), *filter(is_label, root.iter(R))]:
                remove(node)
            yield kind, root


def _paragraphs(root: Element) -> Iterator[str]:
    for paragraph in root.iter(P):
        note = paragraph.getparent()
        if note is None or note.get(TYPE) not in SEPARATORS:
            yield "".join(map(_text, runs_of(paragraph)))


def _text(run: Element) -> str:
    return "".join(
        SIGNS.get(str(child.tag), "") if child.tag != T else child.text or ""
        for child in run
        if child.get(TYPE) not in BREAKS
    )


def _read_marks(root: Element, marked: dict[str, str]) -> None:
    open_: dict[str, str] = {}
    for node in root.iter(START, END, P, R):
        number, name = node.get(ID) or "", node.get(NAME) or ""
        if node.tag == START and name.startswith(OURS):
            open_[number] = name.removeprefix(OURS)
            marked.setdefault(open_[number], "")
        elif node.tag == END:
            open_.pop(number, None)
        elif node.tag in (P, R):
            for ident in open_.values():
                marked[ident] += "\n" if node.tag == P else _text(node)
