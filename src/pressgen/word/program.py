"""A part of a template as a program for Jinja.

It has the numbers of its pieces, a line each, with the author's tags between them. Jinja decides which pieces come, in
what order and how often; it never sees a character of the file's text or XML. It yields numbers (text, all of it the
program's own) and values (wrapped, so that none passes for a number). One line holds one tag, so a line of the Jinja
template is a place in Word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError
from lxml import etree

from pressgen.word.faults import FaultCode, make_problem
from pressgen.word.marks import MARK, get_tag_number
from pressgen.word.names import IGNORABLE, PREFIXES, WORD_2010, P
from pressgen.word.runs import has_visible_content
from pressgen.word.tags import check_tag_pairing

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from jinja2 import Environment, Template

    from pressgen.errors import Place, Problem
    from pressgen.word.names import Element
    from pressgen.word.tags import Tag

NEUTRAL = {"if": "{% if 0 %}", "elif": "{% elif 0 %}", "for": "{% for _ in () %}", "with": "{% with %}"}
"""The replacements of a statement that failed, so that what is below it is still checked."""


@dataclass(frozen=True, slots=True)
class OpenElement:
    """An instruction to begin an element.

    A *fleeting* one is a paragraph with a tag in it, which goes if it comes out empty.
    """

    shell: Element
    fleeting: bool


@dataclass(frozen=True, slots=True)
class CloseElement:
    """An instruction to end the element."""


@dataclass(frozen=True, slots=True)
class StaticNodes:
    """Nodes without a tag."""

    nodes: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class ValueSlot:
    """The place of the value that follows.

    It is *alone* if nothing else is in the paragraph.
    """

    tag: Tag
    alone: bool


Piece = OpenElement | CloseElement | StaticNodes | ValueSlot


@dataclass(frozen=True, slots=True)
class PartProgram:
    """A part as a Jinja program, ready to be filled.

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

    def fault(self, code: FaultCode, line: int, message: str) -> Problem:
        """Return a problem at the tag on `line`."""
        tag = self.tags.get(line)
        return make_problem(code, message, tag.place if tag else self.file, tag.text if tag else "")

    def without(self, line: int) -> PartProgram:
        """Return the program with the tag on `line` made harmless.

        It is then run again to look for further faults.
        """
        lines = list(self.lines)
        lines[line - 1] = NEUTRAL.get(self.tags[line].word, "")
        template = self.jinja.from_string("\n".join(lines))
        return PartProgram(self.jinja, self.file, self.pieces, tuple(lines), self.tags, template)


def compile_part(root: Element, tags: list[Tag], jinja: Environment, file: Place) -> PartProgram | list[Problem]:
    """Compile a part with marked tags, or return its problems."""
    marks = list(root.iter(MARK))
    if problems := list(check_tag_pairing(((mark.getparent(), tags[get_tag_number(mark)]) for mark in marks), jinja)):
        return problems
    writer = _ProgramWriter(tags, {node for mark in marks for node in mark.iterancestors()})
    writer.write(root)
    try:
        template = jinja.from_string("\n".join(writer.lines))
    except TemplateSyntaxError as error:
        blamed = writer.tags.get(error.lineno)
        message, place = f"{error.message}", blamed.place if blamed else file
        return [make_problem(FaultCode.UNREADABLE, message, place, blamed.text if blamed else "")]
    except (SyntaxError, RecursionError, ValueError, OverflowError) as error:
        return [make_problem(FaultCode.UNREADABLE, f"its tags cannot be read together: {error}", file)]
    return PartProgram(jinja, file, tuple(writer.pieces), tuple(writer.lines), writer.tags, template)


def _make_root_shell(root: Element) -> Element:
    """Return an empty root with all namespaces declared."""
    spaces = PREFIXES | root.nsmap
    shell = etree.Element(str(root.tag), _get_attributes(root), spaces)  # type: ignore[arg-type]  # stubs know no default
    ignored = (root.get(IGNORABLE) or "").split()
    if spaces["w14"] == WORD_2010 and "w14" not in ignored:
        shell.set(IGNORABLE, " ".join([*ignored, "w14"]))
    return shell


def _get_attributes(node: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in node.items()}


@dataclass(slots=True)
class _ProgramWriter:
    """A writer of the lines of a program.

    `open_` are the elements that have a mark below them.
    """

    known: list[Tag]
    open_: AbstractSet[Element]
    pieces: list[Piece] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    tags: dict[int, Tag] = field(default_factory=dict)

    def write(self, node: Element) -> None:
        """Write an element and what is in it."""
        shell = (
            _make_root_shell(node) if node.getparent() is None else etree.Element(str(node.tag), _get_attributes(node))
        )
        marks = list(node.iter(MARK)) if node.tag == P else []
        alone = len(marks) == 1 and not has_visible_content(node)
        self._piece(OpenElement(shell, fleeting=bool(marks)))
        still: list[Element] = []
        for child in node:
            if child.tag != MARK and child not in self.open_:
                still.append(child)
                continue
            if still:
                self._piece(StaticNodes(tuple(still)))
                still = []
            if child.tag == MARK:
                self._tag(self.known[get_tag_number(child)], alone=alone)
            else:
                self.write(child)
        if still:
            self._piece(StaticNodes(tuple(still)))
        self._piece(CloseElement())

    def _piece(self, piece: Piece) -> None:
        self.lines.append(str(len(self.pieces)))
        self.pieces.append(piece)

    def _tag(self, tag: Tag, *, alone: bool) -> None:
        if tag.prints:
            self._piece(ValueSlot(tag, alone))
        self.lines.append(tag.code)
        self.tags[len(self.lines)] = tag
