"""Turn a finished Word file into a review copy.

It gets DRAFT on every page, a margin to write in, and a line at every foot. Word records changes from the first key
that an editor presses: most of them then come back with a name and a date.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.archive import ZipEntry, write_zip
from pressgen.word.attributes import read_int
from pressgen.word.margin_labels import make_draft_watermark
from pressgen.word.names import (
    PPR,
    R_ID,
    REL,
    RELATIONSHIP,
    TYPE,
    TYPES,
    WML,
    P,
    R,
    T,
    W,
    add_element,
    parse_xml,
    serialise_xml,
)
from pressgen.word.package import CONTENT_TYPES, NO_RELS, NO_TYPES, Package, get_rels_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.word.names import Element

MARGIN = 1700
"""The added width of the margin, in twentieths of a point: 30 mm."""
SIDES = {"header": "hdr", "footer": "ftr"}
WORDML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
BEFORE_TRACKING = frozenset(
    W + name
    for name in "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries"
    " displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts"
    " embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader"
    " bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState"
    " formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge"
    " revisionView".split()
)
"""The settings before `w:trackRevisions` (ECMA-376 part 1, 17.15.1.78)."""


@dataclass(frozen=True, slots=True)
class ReviewCopyMarks:
    """The labels and lines that a review copy shows.

    Attributes:
        labels: the text in the margin, by the id of its block.
        line: the text at the foot of every page.
        backwards: whether the text runs from right to left, so that the margins change sides.
    """

    labels: Mapping[str, str]
    line: str
    backwards: bool


def make_review_copy(data: bytes, wanted: ReviewCopyMarks) -> bytes:
    """Make the review copy of a Word file.

    Its text must leave `MARGIN` free.
    """
    return _ReviewCopyBuilder(data, wanted).made()


class _ReviewCopyBuilder:
    def __init__(self, data: bytes, wanted: ReviewCopyMarks) -> None:
        self.wanted = wanted
        self.package = Package.of(data, "the review copy")
        self.parts = dict(self.package.parts)
        self.name = self.package.body
        self.body = self.package.xml(self.name)
        self.rels = self.package.xml(get_rels_name(self.name), NO_RELS)
        self.types = self.package.xml(CONTENT_TYPES, NO_TYPES)
        self.near = self.package.related(self.name)
        self.changed: dict[str, Element] = {}

    def made(self) -> bytes:
        sections = list(self.body.iter(W + "sectPr"))
        self._complete(sections)
        for number, name in enumerate(self._margins(sections, "header"), 1):
            home = next(self._part(name).iter(P))
            home.append(make_draft_watermark(number))
        for name in self._margins(sections, "footer"):
            self._sign(self._part(name))
        self._make_room(sections)
        self._record()
        self.changed |= {self.name: self.body, get_rels_name(self.name): self.rels, CONTENT_TYPES: self.types}
        self.parts |= {name: serialise_xml(root) for name, root in self.changed.items()}
        return write_zip({name: _make_entry(name, part) for name, part in self.parts.items()})

    def _part(self, name: str) -> Element:
        """Return a part to be changed."""
        if name not in self.changed:
            self.changed[name] = self.package.xml(name)
        return self.changed[name]

    def _complete(self, sections: list[Element]) -> None:
        """Give the first section every header and footer a page may show.

        Later sections inherit them.
        """
        kinds = {"default"} | {"first" for each in sections if each.find(W + "titlePg") is not None}
        settings = self.near.get("settings", "")
        if settings in self.parts and self.package.xml(settings).find(W + "evenAndOddHeaders") is not None:
            kinds.add("even")
        for side in SIDES:
            there = {node.get(TYPE) for node in sections[0].iter(f"{W}{side}Reference")}
            for kind in sorted(kinds - there):
                reference = etree.Element(f"{W}{side}Reference", {TYPE: kind, R_ID: self._new(side, kind)})
                sections[0].insert(0, reference)

    def _new(self, side: str, kind: str) -> str:
        """Add a part with one blank paragraph, and return its relationship id."""
        name = posixpath.join(posixpath.dirname(self.name), f"{kind}-{side}.xml")
        root = etree.Element(W + SIDES[side], nsmap={"w": WML})
        add_element(root, "p")
        self.changed[name] = root
        return self._join(name, side)

    def _join(self, name: str, kind: str) -> str:
        """Add a part of some kind, and return its relationship id."""
        about = {"PartName": f"/{name}", "ContentType": f"{WORDML}.{kind}+xml"}
        etree.SubElement(self.types, TYPES + "Override", about)
        ident = f"review{len(self.rels)}"
        target = posixpath.relpath(name, posixpath.dirname(self.name) or ".")
        etree.SubElement(self.rels, RELATIONSHIP, {"Id": ident, "Type": f"{REL}/{kind}", "Target": target})
        self.near[ident] = name
        return ident

    def _margins(self, sections: list[Element], side: str) -> Iterator[str]:
        """Yield the names of the headers or footers, each once."""
        found = [node.get(R_ID) or "" for each in sections for node in each.iter(f"{W}{side}Reference")]
        return iter(dict.fromkeys(self.near[ident] for ident in found))

    def _sign(self, footer: Element) -> None:
        """Add the line below the footer's text, in the same style."""
        last = list(footer.iter(P))[-1]
        paragraph = etree.Element(P)
        style = last.find(f"{PPR}/{W}pStyle")
        if style is not None:
            add_element(add_element(paragraph, "pPr"), "pStyle", val=style.get(W + "val"))
        etree.SubElement(etree.SubElement(paragraph, R), T).text = self.wanted.line
        footer.append(paragraph)

    def _make_room(self, sections: list[Element]) -> None:
        """Widen one margin, and move in the tabs at the text's edge."""
        edges = set()
        for section in sections:
            size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
            if size is None or margins is None:
                continue
            across, left, right = (
                read_int(node, W + name) or 0 for node, name in ((size, "w"), (margins, "left"), (margins, "right"))
            )
            edges.add(across - left - right)
            far = ("left", left) if self.wanted.backwards else ("right", right)
            margins.set(W + far[0], str(far[1] + MARGIN))
        names = [*self._margins(sections, "header"), *self._margins(sections, "footer"), self.near.get("styles", "")]
        for root in [self.body, *(self._part(name) for name in names if name)]:
            for tab in root.iter(W + "tab"):
                if (place := read_int(tab, W + "pos")) is not None and place in edges:
                    tab.set(W + "pos", str(place - MARGIN))

    def _record(self) -> None:
        """Make Word record every change."""
        name = self.near.get("settings", "")
        if name not in self.parts:
            name = posixpath.join(posixpath.dirname(self.name), "settings.xml")
            self._join(name, "settings")
            self.changed[name] = parse_xml(f'<w:settings xmlns:w="{WML}"/>'.encode())
        settings = self._part(name)
        at = sum(node.tag in BEFORE_TRACKING for node in settings)
        settings.insert(at, etree.Element(W + "trackRevisions"))


def _make_entry(name: str, part: bytes) -> ZipEntry:
    return ZipEntry.as_it_is(part) if name.endswith((".png", ".jpeg")) else ZipEntry.of(part)
