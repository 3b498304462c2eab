"""Builders of a Word file and its parts: runs, links and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import count, groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from lxml import etree

from pressgen.model.links import SCHEMES, is_linkable
from pressgen.model.words import to_plain_text
from pressgen.sandbox.budget import MOST_CHARACTERS, MOST_STEPS, TemplateBudget
from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.margin_labels import make_label
from pressgen.word.marks import OURS
from pressgen.word.names import (
    BODY,
    BR,
    END,
    ID,
    LINK,
    NAME,
    R_ID,
    REL,
    RELATIONSHIP,
    SPACE,
    START,
    TAB,
    W14,
    P,
    R,
    T,
    W,
)
from pressgen.word.run_properties import make_run_properties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pressgen.errors import Problem
    from pressgen.model.document import Leaf
    from pressgen.model.words import Piece
    from pressgen.word.margin_labels import ReviewCopyMarks
    from pressgen.word.names import Element
    from pressgen.word.styles import ListNumbering, TemplateStyles
    from pressgen.word.tags import Tag

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, and the carriage return, which XML would turn into a line feed."""
SIGNS = re.compile("([\t\n])")
UNFIT = re.compile(r"[\s<>\"{}|\\^`]")
"""Characters that an address must encode (RFC 3987); Word calls a file with one damaged."""
LINKED, CITED = "Hyperlink", "Note Citation"
"""The character styles of links, and of the numbers that cite notes."""


@dataclass(frozen=True, slots=True)
class NoteBacklink:
    """The block that cites a note, and the link text back."""

    id: str
    label: str


@dataclass(slots=True)
class WordFileBuilder:
    """A Word file being built, with what its parts share.

    Attributes:
        anchors: the id of each note, by the key that prose cites it by.
        cited: what cites each note first, by the note's id; a note that has been added is taken out.
        review_marks: the labels and lines of a review copy; None for any other file.
        backwards: whether its text runs from right to left, and its tables with it.
        marked: the leaves that bear a bookmark; what is printed twice bears it once.
        hashes: the paragraph ids given so far.
        pictures: the parts of the pictures added so far, by name.
        problems: what has gone wrong so far.
        budget: what the template's tags may still do.
        again: what they may do when a part is filled again, to look for further faults.
    """

    styles: TemplateStyles
    numbering: ListNumbering
    anchors: Mapping[str, str]
    cited: dict[str, NoteBacklink] = field(default_factory=dict)
    review_marks: ReviewCopyMarks | None = None
    backwards: bool = False
    marked: set[str] = field(default_factory=set)
    hashes: set[int] = field(default_factory=set)
    pictures: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    budget: TemplateBudget = field(default_factory=TemplateBudget)
    again: TemplateBudget = field(default_factory=lambda: TemplateBudget(3 * MOST_STEPS, 3 * MOST_CHARACTERS))


@dataclass(slots=True)
class PartBuilder:
    """A part of a Word file being built.

    Attributes:
        name: the part's name.
        rels: its relationships.
        tag: the tag that is being filled.
    """

    word_file: WordFileBuilder
    name: str
    rels: Element
    tag: Tag | None = None
    targets: dict[str, str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """The width for text at the current tag."""
        if self.tag is None or self.tag.area is None:
            return 0
        return self.tag.area.review_width if self.word_file.review_marks else self.tag.area.width

    @property
    def height(self) -> int:
        """The height for text at the current tag."""
        return self.tag.area.height if self.tag is not None and self.tag.area is not None else 0

    def fault(self, code: FaultCode, message: str, path: str = "") -> None:
        """Note a fault of the current tag, or of data at `path`."""
        if self.tag is not None and not self.tag.echo:
            what = f"{path}: {message}" if path else message
            self.word_file.problems.append(make_problem(code, what, self.tag.place, self.tag.text, path))

    def leaf(self, home: Element, leaf: Leaf, base: Element | None = None) -> None:
        """Append the words of a leaf between the ends of its bookmark.

        Each run has the properties of `base` and its own.
        """
        first = leaf.id not in self.word_file.marked
        if first:
            self.word_file.marked.add(leaf.id)
            self._name(home, leaf.id)
            self.label(home, leaf.id)
            etree.SubElement(home, START, {ID: leaf.id, NAME: OURS + leaf.id})
        self._words(home, leaf.words, base, leaf.path)
        if first:
            etree.SubElement(home, END, {ID: leaf.id})

    def label(self, home: Element, ident: str) -> None:
        """Show a block's label next to its paragraph in a review copy."""
        review_marks = self.word_file.review_marks
        if (
            review_marks
            and ident in review_marks.labels
            and home.tag == P
            and next(home.iterancestors(BODY), None) is not None
        ):
            home.append(make_label(review_marks.labels[ident], backwards=review_marks.backwards))

    def text(self, home: Element, text: str, base: Element | None, path: str = "", piece: Piece | None = None) -> None:
        """Append a run of text with the properties of `base` and `piece`."""
        if not text:
            return
        if bad := FORBIDDEN.search(text):
            self.fault(FaultCode.CHARACTER, f"a Word file cannot contain the character U+{ord(bad.group()):04X}", path)
            return
        run = etree.SubElement(home, R)
        style = (CITED if piece.note else LINKED if piece.href else "") if piece else ""
        props = make_run_properties(base, self.word_file.styles.find("character", style), piece)
        if props is not None:
            run.append(props)
        for part in SIGNS.split(text):
            if part in ("\t", "\n"):
                etree.SubElement(run, TAB if part == "\t" else BR)
            elif part:
                etree.SubElement(run, T, {SPACE: "preserve"}).text = part

    def relate(self, kind: str, target: str, **attributes: str) -> str:
        """Return the id of a relationship, the same for the same target."""
        if target not in self.targets:
            taken = {rel.get("Id") for rel in self.rels}
            self.targets[target] = next(ident for n in count(1) if (ident := f"pg{n}") not in taken)
            about = {"Id": self.targets[target], "Type": f"{REL}/{kind}", "Target": target, **attributes}
            etree.SubElement(self.rels, RELATIONSHIP, about)
        return self.targets[target]

    def _words(self, home: Element, words: Iterable[Piece], base: Element | None, path: str) -> None:
        for (href, note, *_), pieces in groupby(words, _get_appearance):
            run = tuple(pieces)
            inner = self._link(home, href, note, path) if href or note else home
            self.text(inner, to_plain_text(run), base, path, run[0])

    def _link(self, home: Element, href: str, note: str, path: str) -> Element:
        """Return what a linked run goes into.

        It is a link, or `home` if there can be none.
        """
        if home.tag == LINK or next(home.iterancestors(LINK), None) is not None:
            self.fault(FaultCode.MISPLACED, "a link cannot be inside a link; remove the one in the template", path)
            return home
        if note:
            anchor = self.word_file.anchors.get(note)
            return etree.SubElement(home, LINK, {W + "anchor": OURS + anchor}) if anchor else home
        address = _encode_address(href)
        if not address:
            schemes = ", ".join(SCHEMES)
            self.fault(FaultCode.ADDRESS, f"“{href}” is not an address that a release may link to ({schemes})", path)
            return home
        return etree.SubElement(home, LINK, {R_ID: self.relate("hyperlink", address, TargetMode="External")})

    def _name(self, home: Element, ident: str) -> None:
        """Give a paragraph an id made from what it holds.

        It helps to recognise the paragraph in a file that comes back.
        """
        if home.tag == P and home.get(W14 + "paraId") is None:
            number = int.from_bytes(blake2b(ident.encode(), digest_size=4).digest()) & 0x7FFFFFFF or 1
            if number not in self.word_file.hashes:
                self.word_file.hashes.add(number)
                home.set(W14 + "paraId", f"{number:08X}")


def _get_appearance(piece: Piece) -> tuple[str, str, bool, bool, str]:
    return piece.href, piece.note, piece.strong, piece.emphasis, piece.language


def _encode_address(href: str) -> str:
    """Return an address as Word takes it.

    The result is empty if a release may not link to it.
    """
    address = UNFIT.sub(lambda match: quote(match.group()), href)
    return address if is_linkable(address) and not FORBIDDEN.search(href) else ""
