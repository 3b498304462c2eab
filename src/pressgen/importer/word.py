"""A Word file, read into paragraphs: lists and headings by their styles, tables, pictures, tracked changes as accepted.

Words in text boxes and content controls are read where they stand; footnotes come last; headers and footers apart.
Source: ECMA-376 part 1 (transitional).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.importer.characters import held
from pressgen.importer.manuscript import Hyperlink, Kind, Manuscript, Para, bounded
from pressgen.importer.markers import marked
from pressgen.importer.numbering import Numbering
from pressgen.word.names import DOC_PR, FALLBACK, LINK, R_ID, STYLE, TBL, TC, TR, TYPE, P, R, T, W, remove
from pressgen.word.package import Package, rels_of
from pressgen.word.runs import runs_of
from pressgen.word.text import read_margins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.word.names import Element

GONE = (FALLBACK, W + "del", W + "moveFrom", W + "instrText", W + "pPrChange", W + "rPrChange")
SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", T: ""}
BOX = W + "txbxContent"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
EMBED = R_ID.replace("}id", "}embed")
SHOWN = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg"}
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
HEADLINE = "title"
FEWEST = 2


def read_word(data: bytes, shown: str) -> Manuscript:
    """What a .docx holds.

    Raises:
        Refused: it is no Word file, is protected by a password, or is broken.
    """
    package = Package.of(data, shown)
    sheet = _Sheet(package)
    paras = list(bounded(sheet.paragraphs()))
    printed = {para.text for para in paras}
    margins = [" ".join(held(text).split()) for text in read_margins(data, shown)]
    apart = tuple(Para(line=0, text=text) for text in dict.fromkeys(margins) if text and text not in printed)
    return Manuscript(tuple(paras), sheet.pictures, tuple(sheet.doubts), margins=apart)


@dataclass
class _Sheet:
    """The parts of a Word file on the way to paragraphs."""

    package: Package
    pictures: dict[str, bytes] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    line: int = 0

    def paragraphs(self) -> Iterator[Para]:
        """The paragraphs in reading order, those of footnotes last."""
        self.numbering = Numbering(self.package)
        self.addresses = _addresses(self.package)
        for kind in ("body", "footnotes", "endnotes"):
            for name in sorted(name for name, title in self.package.titles.items() if title == kind):
                root = self.package.xml(name)
                for node in list(root.iter(*GONE)):
                    remove(node)
                yield from self._blocks(root)

    def _blocks(self, root: Element) -> Iterator[Para]:
        """The blocks below a node, whatever wraps them; without recursion, for files may be nested without end."""
        waiting = list(reversed(root))
        while waiting:
            node = waiting.pop()
            if node.tag == P:
                yield from self._paragraph(node)
                waiting += [each for box in reversed(list(node.iter(BOX))) for each in reversed(box)]
            elif node.tag == TBL:
                yield from self._table(node)
            elif node.get(TYPE) not in SEPARATORS:
                waiting += reversed(node)

    def _paragraph(self, node: Element) -> Iterator[Para]:
        self.line += 1
        links, texts = self._links(node), _text(node).split("\n")
        style = node.find(STYLE)
        level = self.numbering.heading(style)
        marker, depth = self.numbering.marker(node, style)
        apart = True
        for text in (" ".join(held(each).split()) for each in texts):
            if not text:
                continue
            mark = None if marker else marked(text)
            yield Para(
                line=self.line,
                text=mark.text if mark and not level else text,
                kind=Kind.HEADING if level else Kind.ITEM if marker or mark else Kind.TEXT,
                marker=marker or (mark.marker if mark and not level else ""),
                ordered=marker[:1].isdigit() or bool(mark and mark.ordered),
                depth=level or depth,
                apart=apart,
                links=tuple(link for link in links if link.text in text),
            )
            apart, marker = False, ""
        yield from self._pictures(node)

    def _links(self, node: Element) -> list[Hyperlink]:
        found = []
        for link in node.iter(LINK):
            text, href = " ".join(_text(link).split()), self.addresses.get(link.get(R_ID) or "", "")
            if text and href.startswith(("http://", "https://")):
                found.append(Hyperlink(text, href))
        return found

    def _pictures(self, node: Element) -> Iterator[Para]:
        """The pictures of a paragraph; what is neither PNG nor JPEG cannot be shown, and is told."""
        targets = self.package.related(self.package.body)
        described = [each.get("descr") or each.get("title") or "" for each in node.iter(DOC_PR)]
        for index, blip in enumerate(node.iter(BLIP)):
            data = self.package.parts.get(targets.get(blip.get(EMBED) or "", ""), b"")
            ending = next((ending for start, ending in SHOWN.items() if data.startswith(start)), "")
            if not ending:
                self.doubts.append("a picture is neither PNG nor JPEG and was left out")
                continue
            name = f"picture-{len(self.pictures) + 1}{ending}"
            self.pictures[name] = data
            alt = " ".join(held(described[index] if index < len(described) else "").split())
            yield Para(line=self.line, text=alt, kind=Kind.PICTURE, file=name)

    def _table(self, table: Element) -> Iterator[Para]:
        """A table; one of a single row or column only lays out, and is read as what stands in it."""
        rows = [
            [cell for cell in row.iter(TC) if _owner(cell, TR) is row]
            for row in table.iter(TR)
            if _owner(row, TBL) is table
        ]
        if len(rows) < FEWEST or max(map(len, rows)) < FEWEST:
            for row in rows:
                for cell in row:
                    yield from self._blocks(cell)
            return
        self.line += 1
        cells = tuple(
            tuple(" ".join(held(" ".join(_text(p) for p in cell.iter(P))).split()) for cell in row) for row in rows
        )
        yield Para(line=self.line, text=" ".join(cell for row in cells for cell in row), kind=Kind.TABLE, rows=cells)


def _owner(node: Element, tag: str) -> Element | None:
    """The nearest node above that has a tag."""
    return next(iter(node.iterancestors(tag)), None)


def _text(node: Element) -> str:
    return "".join(
        child.text or ""
        if child.tag == T
        else " "
        if child.get(TYPE) in ("page", "column")
        else SIGNS.get(str(child.tag), "")
        for run in ([node] if node.tag == R else runs_of(node))
        for child in run
    )


def _addresses(package: Package) -> dict[str, str]:
    """Where the links of the main part lead, by relationship."""
    rels = package.xml(rels_of(package.body), b"<none/>")
    return {rel.get("Id") or "": rel.get("Target") or "" for rel in rels if rel.get("TargetMode") == "External"}
