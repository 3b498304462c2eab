"""Read a Word file into paragraphs.

Styles give lists and headings; tables and pictures are read; tracked changes count as accepted. Words in text boxes and
content controls are read at their place. Footnotes come last. Headers and footers are kept apart. Source: ECMA-376 part
1 (transitional).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.importer.list_markers import find_marker
from pressgen.importer.manuscript import Hyperlink, Manuscript, ParagraphKind, SourceParagraph, limit_paragraphs
from pressgen.importer.word_fields import read_field_links
from pressgen.importer.word_numbering import NumberingReader
from pressgen.text.text_decoding import drop_forbidden
from pressgen.word.names import DOC_PR, FALLBACK, LINK, R_ID, STYLE, TBL, TC, TR, TYPE, P, R, T, W, remove_node
from pressgen.word.package import Package, get_rels_name
from pressgen.word.runs import find_runs
from pressgen.word.text import read_headers_and_footers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.word.names import Element

GONE = (FALLBACK, W + "del", W + "moveFrom", W + "pPrChange", W + "rPrChange")
SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", T: ""}
BOX = W + "txbxContent"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
EMBED = R_ID.replace("}id", "}embed")
SHOWN = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg"}
SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
HEADLINE = "title"
FEWEST = 2


def read_word(data: bytes, shown: str) -> Manuscript:
    """Read a Word file (.docx) into paragraphs.

    Raises:
        InputError: it is not a Word file, is protected by a password, or is broken.
    """
    package = Package.of(data, shown)
    reader = _WordReader(package)
    paras = list(limit_paragraphs(reader.paragraphs()))
    printed = {para.text for para in paras}
    margins = [" ".join(drop_forbidden(text).split()) for text in read_headers_and_footers(data, shown)]
    apart = tuple(SourceParagraph(line=0, text=text) for text in dict.fromkeys(margins) if text and text not in printed)
    return Manuscript(tuple(paras), reader.pictures, tuple(reader.doubts), margins=apart)


@dataclass
class _WordReader:
    package: Package
    pictures: dict[str, bytes] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    line: int = 0

    def paragraphs(self) -> Iterator[SourceParagraph]:
        """Yield the paragraphs in reading order, footnotes last."""
        self.numbering = NumberingReader(self.package)
        self.addresses = _read_link_targets(self.package)
        for kind in ("body", "footnotes", "endnotes"):
            for name in sorted(name for name, title in self.package.titles.items() if title == kind):
                root = self.package.xml(name)
                for node in list(root.iter(*GONE)):
                    remove_node(node)
                self.fields = read_field_links(root)
                yield from self._blocks(root)

    def _blocks(self, root: Element) -> Iterator[SourceParagraph]:
        """Yield the blocks below a node, whatever wraps them.

        There is no recursion, because files may be nested without limit.
        """
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

    def _paragraph(self, node: Element) -> Iterator[SourceParagraph]:
        self.line += 1
        links, texts = self._links(node), _text(node).split("\n")
        style = node.find(STYLE)
        level = self.numbering.heading(style)
        marker, depth = self.numbering.marker(node, style)
        apart = True
        for text in (" ".join(drop_forbidden(each).split()) for each in texts):
            if not text:
                continue
            mark = None if marker else find_marker(text)
            yield SourceParagraph(
                line=self.line,
                text=mark.text if mark and not level else text,
                kind=ParagraphKind.HEADING if level else ParagraphKind.ITEM if marker or mark else ParagraphKind.TEXT,
                marker=marker or (mark.marker if mark and not level else ""),
                ordered=marker[:1].isdigit() or bool(mark and mark.ordered),
                depth=level or depth,
                apart=apart,
                links=tuple(link for link in links if link.text in text),
            )
            apart, marker = False, ""
        yield from self._pictures(node)

    def _links(self, node: Element) -> list[Hyperlink]:
        linked = [(_text(link), self.addresses.get(link.get(R_ID) or "", "")) for link in node.iter(LINK)]
        return [
            Hyperlink(" ".join(text.split()), href)
            for text, href in [*linked, *self.fields.get(node, ())]
            if text.strip() and href.startswith(("http://", "https://"))
        ]

    def _pictures(self, node: Element) -> Iterator[SourceParagraph]:
        """Yield the pictures of a paragraph.

        One that is neither PNG nor JPEG cannot be shown, and is reported.
        """
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
            alt = " ".join(drop_forbidden(described[index] if index < len(described) else "").split())
            yield SourceParagraph(line=self.line, text=alt, kind=ParagraphKind.PICTURE, file=name)

    def _table(self, table: Element) -> Iterator[SourceParagraph]:
        """Yield a table, or the content of a layout table.

        A table of a single row or column is for layout only.
        """
        rows = [
            [cell for cell in row.iter(TC) if _find_ancestor(cell, TR) is row]
            for row in table.iter(TR)
            if _find_ancestor(row, TBL) is table
        ]
        if len(rows) < FEWEST or max(map(len, rows)) < FEWEST:
            for row in rows:
                for cell in row:
                    yield from self._blocks(cell)
            return
        self.line += 1
        cells = tuple(
            tuple(" ".join(drop_forbidden(" ".join(_text(p) for p in cell.iter(P))).split()) for cell in row)
            for row in rows
        )
        yield SourceParagraph(
            line=self.line, text=" ".join(cell for row in cells for cell in row), kind=ParagraphKind.TABLE, rows=cells
        )


def _find_ancestor(node: Element, tag: str) -> Element | None:
    return next(iter(node.iterancestors(tag)), None)


def _text(node: Element) -> str:
    return "".join(
        child.text or ""
        if child.tag == T
        else " "
        if child.get(TYPE) in ("page", "column")
        else SIGNS.get(str(child.tag), "")
        for run in ([node] if node.tag == R else find_runs(node))
        for child in run
    )


def _read_link_targets(package: Package) -> dict[str, str]:
    rels = package.xml(get_rels_name(package.body), b"<none/>")
    return {rel.get("Id") or "": rel.get("Target") or "" for rel in rels if rel.get("TargetMode") == "External"}
