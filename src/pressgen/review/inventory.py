"""Count everything in a Word file, with none of the reader's code.

The reader follows what a release may contain. This module goes through every part of the zip archive whose root is
known to hold text, whatever leads to it, so it has other blind spots. Names are compared without their namespaces, so
that Strict and Transitional files are counted alike. Source: ECMA-376 part 1, sections 17 and 22.1.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree, html

from pressgen.model.contents import CountedText, FileContents
from pressgen.review.inventory_styles import StyleTable, get_attribute
from pressgen.review.inventory_text import TextCounter

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACES = {
    "document": "body", "hdr": "header", "ftr": "footer", "footnotes": "note", "endnotes": "note",
    "comments": "comment", "dataModel": "diagram", "chartSpace": "chart",
}  # fmt: skip
"""The roots of parts with text, and what they are called here."""
CONTROLS = re.compile(rb"<w:sdtPr>.*?</w:sdtPr>|</?w:sdt(?:Content|Pr|EndPr)?(?:\s[^>]*)?/?>", re.DOTALL)
INSERTED_FILE = "/afchunk"
WORD = (".docx", ".dotx", ".docm")
DEEPEST = 3
"""The most Word files within each other that are counted."""


class _Part(NamedTuple):
    name: str
    root: etree._Element


def count_word_file(data: bytes, depth: int = 0) -> FileContents:
    """Count the contents of a Word file.

    It has been opened within bounds before.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        raw = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    parts, uncounted = [], []
    for name, content in raw.items():
        if name.endswith(".xml"):
            root = _parse(content)
            if root is not None:
                parts.append(_Part(name, root))
            elif name.startswith("word/"):
                uncounted.append(name)
    roots = {_local(part.root): part.root for part in parts}
    styles = StyleTable(roots.get("styles"), roots.get("numbering"))
    texts: list[CountedText] = []
    pictures: list[str] = []
    for part in sorted(parts, key=lambda each: (_local(each.root) != "document", each.name)):
        place, relations = PLACES.get(_local(part.root)), _read_relations(raw, part.name)
        if place is not None:
            counter = TextCounter(styles, {each.id: each.target for each in relations if each.external})
            counter.count(part.root, place)
            texts += counter.texts
            pictures += counter.pictures
        for each in relations:
            if each.kind.endswith(INSERTED_FILE) and each.target in raw:
                texts += _count_inserted_file(each.target, raw[each.target], depth)
    return FileContents(texts=tuple(texts), pictures=tuple(pictures), uncounted=tuple(uncounted))


def _parse(content: bytes) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    for attempt in (content, CONTROLS.sub(b"", content)):
        try:
            return etree.fromstring(attempt, parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
    return None


def _local(node: etree._Element) -> str:
    return str(node.tag).rpartition("}")[2]


class _Relation(NamedTuple):
    id: str
    kind: str
    target: str
    external: bool


def _read_relations(raw: Mapping[str, bytes], name: str) -> list[_Relation]:
    """Return the relationships of a part.

    A target is an address, or the name of another part.
    """
    folder, leaf = posixpath.split(name)
    root = _parse(raw.get(posixpath.join(folder, "_rels", f"{leaf}.rels"), b"<none/>"))
    found = []
    for rel in () if root is None else root:
        external, target = get_attribute(rel, "TargetMode") == "External", get_attribute(rel, "Target")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found.append(_Relation(get_attribute(rel, "Id"), get_attribute(rel, "Type").lower(), target, external))
    return found


def _count_inserted_file(name: str, content: bytes, depth: int) -> list[CountedText]:
    """Return the texts of a file that a document inserts (altChunk)."""
    if name.lower().endswith(WORD):
        if depth >= DEEPEST:
            return []
        try:
            inner = count_word_file(content, depth + 1)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
            return [CountedText(text=name, place="inserted file")]
        return [CountedText(text=each.text, place="inserted file") for each in inner.texts if each.text.strip()]
    if name.lower().endswith((".htm", ".html", ".xhtml", ".mht", ".mhtml")):
        try:
            text = " ".join(map(str, html.fromstring(content).itertext()))
        except (etree.ParserError, ValueError):
            text = content.decode("utf-8", "replace")
        return [CountedText(text=" ".join(text.split()), place="inserted file")]
    return [CountedText(text=" ".join(content.decode("utf-8", "replace").split()), place="inserted file")]
