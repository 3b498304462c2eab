"""Read the text of any .docx as a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pressgen.word.margin_labels import is_margin_label
from pressgen.word.marks import OURS
from pressgen.word.names import (
    BR,
    END,
    FALLBACK,
    ID,
    NAME,
    SECTION,
    START,
    TAB,
    TYPE,
    P,
    R,
    T,
    W,
    remove_node,
    serialise_xml,
)
from pressgen.word.package import Package
from pressgen.word.package_parts import CUSTOM_PART
from pressgen.word.properties import make_empty_custom_properties
from pressgen.word.runs import find_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pressgen.word.names import Element

GONE = (W + "moveFrom", W + "del")
"""Text that a tracked change has deleted."""
TEXTS, MARGINS = ("body", "footnotes", "endnotes"), ("header", "footer")
"""The kinds of parts that hold text, in reading order."""
SIGNS = {TAB: "\t", BR: "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": "\xad"}
BREAKS = ("page", "column")
"""Breaks that are not part of the text."""
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
"""Notes that hold only the line above the others."""


def read_paragraphs(data: bytes, shown: str = "the Word file") -> list[str]:
    """Return the text of each paragraph in reading order.

    Footnotes come last; headers and footers are left out.

    Args:
        data: a .docx.
        shown: what messages call it.

    Raises:
        InputError: it is not a Word file, or a broken one.
    """
    return list(_read_file(data, shown).text)


def read_headers_and_footers(data: bytes, shown: str = "the Word file") -> list[str]:
    """Return the text of each paragraph of the headers and footers.

    Raises:
        InputError: it is not a Word file, or a broken one.
    """
    return list(_read_file(data, shown).margins)


def read_margins(package: Package) -> dict[str, str]:
    """Return the text of each header and footer by its part's name.

    Raises:
        InputError: one of them is broken.
    """
    parts = _iterate_text_parts(package, MARGINS)
    return {name: "\n".join(_read_paragraphs(root)) for name, _, root in parts}


def read_beginning(package: Package, most: int) -> list[str]:
    """Return the first paragraphs of the body, up to a page break.

    Raises:
        InputError: the body is broken.
    """
    found: list[str] = []
    for paragraph in package.main.iter(P):
        if len(found) == most or (found and paragraph.find(f"{W}pPr/{W}pageBreakBefore") is not None):
            break
        if any(node.get(TYPE) in BREAKS for node in paragraph.iter(BR)) or paragraph.find(SECTION) is not None:
            break
        text = "".join(map(_read_run, find_runs(paragraph)))
        found += [text] if text.strip() else []
    return found


def read_blocks(data: bytes, shown: str = "the Word file") -> dict[str, str]:
    """Return the text of each block by its id.

    The ids come from pressgen's own bookmarks. A block that runs on continues on a new line.

    Raises:
        InputError: it is not a Word file, or a broken one.
    """
    return dict(_read_file(data, shown).marked)


@dataclass(frozen=True, slots=True)
class _WordText:
    """The texts of a Word file: body, margins and blocks."""

    text: list[str]
    margins: list[str]
    marked: dict[str, str]


@lru_cache(maxsize=1)
def _read_file(data: bytes, shown: str) -> _WordText:
    """Read a file once.

    Several checks ask for the same one after the other.
    """
    reading = _WordText([], [], {})
    for _, kind, root in _iterate_text_parts(Package.of(data, shown), (*TEXTS, *MARGINS)):
        (reading.margins if kind in MARGINS else reading.text).extend(_read_paragraphs(root))
        _read_blocks(root, reading.marked)
    return reading


def _iterate_text_parts(package: Package, kinds: Iterable[str]) -> Iterator[tuple[str, str, Element]]:
    """Yield the parts that hold text: name, kind and root.

    Deleted text and margin labels are left out, and each text box comes once.
    """
    for kind in kinds:
        for name in sorted(name for name, title in package.titles.items() if title.rpartition(" ")[2] == kind):
            root = package.xml(name)
            for node in [*root.iter(FALLBACK, *GONE), *filter(is_margin_label, root.iter(R))]:
                remove_node(node)
            yield name, kind, root


def _read_paragraphs(root: Element) -> Iterator[str]:
    for paragraph in root.iter(P):
        note = paragraph.getparent()
        if note is None or note.get(TYPE) not in SEPARATORS:
            yield "".join(map(_read_run, find_runs(paragraph)))


def _read_run(run: Element) -> str:
    return "".join(
        SIGNS.get(str(child.tag), "") if child.tag != T else child.text or ""
        for child in run
        if child.get(TYPE) not in BREAKS
    )


def _read_blocks(root: Element, marked: dict[str, str]) -> None:
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
                marked[ident] += "\n" if node.tag == P else _read_run(node)


def read_all_text(data: bytes, shown: str) -> str:
    """Return all text of a Word file, a paragraph a line.

    Footers are included. `shown` is what messages call the file.

    Raises:
        InputError: it is not a Word file.
    """
    package = Package.of(data, shown)
    parts = [package.xml(name) for name in sorted(package.titles)]
    paragraphs = [paragraph for root in parts for paragraph in root.iter(P)]
    return "\n".join("".join(str(node.text or "") for node in each.iter(T)) for each in paragraphs)


def read_bookmarks_and_properties(data: bytes, shown: str) -> str:
    """Return the bookmark names and custom properties, a line each.

    A mark may be hidden there.

    Raises:
        InputError: it is not a Word file.
    """
    package = Package.of(data, shown)
    names = [str(node.get(NAME)) for name in sorted(package.titles) for node in package.xml(name).iter(START)]
    name = package.related("").get("custom-properties", CUSTOM_PART)
    custom = package.xml(name, serialise_xml(make_empty_custom_properties()))
    return "\n".join([*names, *(str(node.text or "") for node in custom.iter())])
