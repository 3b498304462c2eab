"""A part as a script for Jinja: the numbers of its pieces, a line each, with the author's tags between them.

Jinja decides which pieces come, in what order and how often; it never sees a character of the file's text or XML. What
it yields is numbers (text, all of it the script's own) and values (wrapped, so that none passes for a number).
One line holds one tag, so a line of Jinja's is a place in Word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError
from lxml import etree

from pressgen.word.faults import Fault, fault
from pressgen.word.marks import MARK, marked
from pressgen.word.names import IGNORABLE, PREFIXES, WORD_2010, P
from pressgen.word.runs import shows
from pressgen.word.tag_pairing import faults_of_pairs

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from jinja2 import Environment, Template

    from pressgen.errors import Place, Problem
    from pressgen.word.names import Element
    from pressgen.word.tags import Tag

NEUTRAL = {"if": "{% if 0 %}", "elif": "{% elif 0 %}", "for": "{% for _ in () %}", "with": "{% with %}"}
"""What stands in for a statement that failed, so that what is below it is still looked at."""


@dataclass(frozen=True, slots=True)
class Open:
    """Begin an element; a *fleeting* one is a paragraph with a tag in it, which goes if it comes out empty."""

    shell: Element
    fleeting: bool


@dataclass(frozen=True, slots=True)
class Close:
    """End the element."""


@dataclass(frozen=True, slots=True)
class Still:
    """Nodes with no tag in them."""

    nodes: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """The value that follows goes here; *alone* where nothing else stands in the paragraph."""

    tag: Tag
    alone: bool


Piece = Open | Close | Still | Slot


@dataclass(frozen=True, slots=True)
class Script:
    """A part, ready to be played.

    Attributes:
        file: the place of the part, for faults that no tag is to blame for.
        pieces: what the numbers of the lines stand for.
        lines: the source of the Jinja template.
        tags: which tag is on which line, counted from 1.
        template: what Jinja has made of the lines.
    """

    jinja: Environment
    file: Place
    pieces: tuple[Piece, ...]
    lines: tuple[str, ...]
    tags: dict[int, Tag]
    template: Template

    def fault(self, code: Fault, line: int, message: str) -> Problem:
        """A fault of the tag on `line`."""
        tag = self.tags.get(line)
        return fault(code, message, tag.place if tag else self.file, tag.text if tag else "")

    def without(self, line: int) -> Script:
        """The same script with the tag on `line` made harmless, to look for further faults."""
        lines = list(self.lines)
        lines[line - 1] = NEUTRAL.get(self.tags[line].word, "")
        template = self.jinja.from_string("\n".join(lines))
        return Script(self.jinja, self.file, self.pieces, tuple(lines), self.tags, template)


def write_script(root: Element, tags: list[Tag], jinja: Environment, file: Place) -> Script | list[Problem]:
    """The script of a part whose tags are marked, or what is wrong with its tags."""
    marks = list(root.iter(MARK))
    if problems := list(faults_of_pairs(((mark.getparent(), tags[marked(mark)]) for mark in marks), jinja)):
        return problems
    writer = _Writer(tags, {node for mark in marks for node in mark.iterancestors()})
    writer.write(root)
    try:
        template = jinja.from_string("\n".join(writer.lines))
    except TemplateSyntaxError as error:
        blamed = writer.tags.get(error.lineno)
        message, place = error.message or "cannot be read", blamed.place if blamed else file
        return [fault(Fault.UNREADABLE, message, place, blamed.text if blamed else "")]
    except (SyntaxError, RecursionError, ValueError, OverflowError) as error:
        return [fault(Fault.UNREADABLE, f"its tags cannot be read together: {error}", file)]
    return Script(jinja, file, tuple(writer.pieces), tuple(writer.lines), writer.tags, template)


def _root_shell(root: Element) -> Element:
    """An empty root like `root`, with the name spaces declared that what is put in will need."""
    spaces = PREFIXES | root.nsmap
    shell = etree.Element(str(root.tag), _attributes(root), spaces)  # type: ignore[arg-type]  # stubs know no default
    ignored = (root.get(IGNORABLE) or "").split()
    if spaces["w14"] == WORD_2010 and "w14" not in ignored:
        shell.set(IGNORABLE, " ".join([*ignored, "w14"]))
    return shell


def _attributes(node: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in node.items()}


@dataclass(slots=True)
class _Writer:
    """Writes the lines of a script; `open_` are the elements that have a mark below them."""

    known: list[Tag]
    open_: AbstractSet[Element]
    pieces: list[Piece] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    tags: dict[int, Tag] = field(default_factory=dict)

    def write(self, node: Element) -> None:
        """Write an element and what is in it."""
        shell = _root_shell(node) if node.getparent() is None else etree.Element(str(node.tag), _attributes(node))
        marks = list(node.iter(MARK)) if node.tag == P else []
        alone = len(marks) == 1 and not shows(node)
        self._piece(Open(shell, fleeting=bool(marks)))
        still: list[Element] = []
        for child in node:
            if child.tag != MARK and child not in self.open_:
                still.append(child)
                continue
            if still:
                self._piece(Still(tuple(still)))
                still = []
            if child.tag == MARK:
                self._tag(self.known[marked(child)], alone=alone)
            else:
                self.write(child)
        if still:
            self._piece(Still(tuple(still)))
        self._piece(Close())

    def _piece(self, piece: Piece) -> None:
        self.lines.append(str(len(self.pieces)))
        self.pieces.append(piece)

    def _tag(self, tag: Tag, *, alone: bool) -> None:
        if tag.prints:
            self._piece(Slot(tag, alone))
        self.lines.append(tag.code)
        self.tags[len(self.lines)] = tag
