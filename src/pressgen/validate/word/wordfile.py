"""A Word file opened to be judged: its texts, styles, lists and settings, each read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem, Refused
from pressgen.word.archive import read
from pressgen.word.names import FALLBACK, VAL, P, W, remove
from pressgen.word.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.word.names import Element

MOST_TAGS = 1_500_000
"""Beginnings and ends of elements in one part: a release of 500 pages has a third."""
NOTHING = f'<w:nothing xmlns:w="{W[1:-1]}"/>'.encode()


@dataclass(frozen=True)
class Sheet:
    """A part that holds text: the body, a header, the footnotes.

    Attributes:
        name: the part's.
        title: what Word calls it.
        root: without what Word keeps for older programs.
    """

    name: str
    title: str
    root: Element = field(repr=False)

    @cached_property
    def numbers(self) -> dict[Element, int]:
        """Each paragraph's number, as one counts them."""
        return {paragraph: count for count, paragraph in enumerate(self.root.iter(P), 1)}

    def inside(self, node: Element | None = None) -> str:
        """The place of a node for somebody who looks at the text."""
        at = node
        while at is not None and at.tag != P:
            at = at.getparent()
        if at is None and node is not None:
            at = next(node.iter(P), None)
        return f"{self.title}, paragraph {self.numbers[at]}" if at in self.numbers else self.title


@dataclass(frozen=True)
class WordFile:
    """The parts of a Word file and what messages call it."""

    package: Package

    @classmethod
    def of(cls, data: bytes, shown: str) -> WordFile:
        """Unpack a Word file of any kind.

        Raises:
            Refused: it is none, damaged, protected by a password, or unpacks to too much.
        """
        parts = read(data, shown)
        for name, part in parts.items():
            if name.endswith((".xml", ".rels")) and part.count(b"<") > MOST_TAGS:
                message = f"is too large to be verified: its part {name} is beyond any release; make a smaller file"
                raise Refused([Problem(code="V04", message=message, place=Place(shown))])
        package = Package(parts, shown)
        if package.body not in parts or package.main.tag != W + "document":
            message = "is a zip file, and no Word document (.docx); verify knows Word files and PDF"
            raise Refused([Problem(code="V01", message=message, place=Place(shown))])
        return cls(package)

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The parts that hold text, the body first."""
        body, found = self.package.body, self.package.titles
        titles = {body: "body", **{name: title for name, title in sorted(found.items()) if name != body}}
        return [Sheet(name, title, self._clean(name)) for name, title in titles.items()]

    @property
    def body(self) -> Sheet:
        """The body."""
        return self.sheets[0]

    @cached_property
    def near(self) -> dict[str, str]:
        """The parts that the body relates to, by the last word of their kind."""
        return self.package.related(self.package.body)

    def part(self, kind: str) -> Element:
        """The part of one kind (`styles`, `numbering`, `settings`, `comments`); an empty node where there is none."""
        return self._other.setdefault(kind, self.package.xml(self.near.get(kind, ""), NOTHING))

    @cached_property
    def _other(self) -> dict[str, Element]:
        return {}

    @cached_property
    def styles(self) -> dict[str, Element]:
        """The styles by their ids."""
        return {str(node.get(W + "styleId")): node for node in self.part("styles").iter(W + "style")}

    def lineage(self, style: str) -> Iterator[Element]:
        """A style and those that it is based on, each once."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            based = self.styles[style].find(W + "basedOn")
            style = "" if based is None else str(based.get(VAL))

    def fault(self, code: str, message: str, inside: str = "") -> Problem:
        """A problem of this file."""
        return Problem(code=code, message=message, place=Place(self.package.shown, inside=inside))

    def _clean(self, name: str) -> Element:
        root = self.package.xml(name)
        for node in list(root.iter(FALLBACK)):
            remove(node)
        return root
