"""A Word file opened for validation.

Its texts, styles, lists and settings are each read once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pressgen.errors import InputError, Place, Problem
from pressgen.word.names import FALLBACK, VAL, P, W, remove_node
from pressgen.word.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.word.names import Element

MOST_TAGS = 1_500_000
"""The most beginnings and ends of elements in one part: a release of 500 pages has a third of them."""
NOTHING = f'<w:nothing xmlns:w="{W[1:-1]}"/>'.encode()


@dataclass(frozen=True)
class TextPart:
    """A part that holds text: the body, a header, the footnotes.

    Attributes:
        name: the part's.
        title: what Word calls it.
        root: its root, without what Word keeps for older programs.
    """

    name: str
    title: str
    root: Element = field(repr=False)

    @cached_property
    def numbers(self) -> dict[Element, int]:
        """The number of each paragraph, counted from the beginning."""
        return {paragraph: count for count, paragraph in enumerate(self.root.iter(P), 1)}

    def inside(self, node: Element | None = None) -> str:
        """Return the place of a node for readers of the text."""
        at = node
        while at is not None and at.tag != P:
            at = at.getparent()
        if at is None and node is not None:
            at = next(node.iter(P), None)
        return f"{self.title}, paragraph {self.numbers[at]}" if at in self.numbers else self.title


@dataclass(frozen=True)
class WordFile:
    """A Word file opened for validation, with its name in messages."""

    package: Package

    @classmethod
    def of(cls, data: bytes, shown: str) -> WordFile:
        """Unpack a Word file of any kind.

        Raises:
            InputError: it is not a Word file, damaged, protected by a password, or unpacks to too much.
        """
        package = Package.unpack(data, shown)
        parts = package.parts
        for name, part in parts.items():
            if name.endswith((".xml", ".rels")) and part.count(b"<") > MOST_TAGS:
                message = (
                    f"is too large to be verified: its part {name} is larger than any release needs;"
                    " make a smaller file"
                )
                raise InputError([Problem(code="V04", message=message, place=Place(shown))])
        if package.body not in parts or package.main.tag != W + "document":
            message = "is a zip file, not a Word document (.docx); only Word files and PDFs can be verified"
            raise InputError([Problem(code="V01", message=message, place=Place(shown))])
        return cls(package)

    @cached_property
    def sheets(self) -> list[TextPart]:
        """The parts that hold text, the body first."""
        body, found = self.package.body, self.package.titles
        titles = {body: "body", **{name: title for name, title in sorted(found.items()) if name != body}}
        return [TextPart(name, title, self._clean(name)) for name, title in titles.items()]

    @property
    def body(self) -> TextPart:
        """The body."""
        return self.sheets[0]

    @cached_property
    def near(self) -> dict[str, str]:
        """The parts related to the body, by their kind's last word."""
        return self.package.related(self.package.body)

    def part(self, kind: str) -> Element:
        """Return the part of one kind, or an empty node without one.

        Kinds are `styles`, `numbering`, `settings` and `comments`.
        """
        return self._other.setdefault(kind, self.package.xml(self.near.get(kind, ""), NOTHING))

    @cached_property
    def _other(self) -> dict[str, Element]:
        return {}

    @cached_property
    def styles(self) -> dict[str, Element]:
        """The styles by their ids."""
        return {str(node.get(W + "styleId")): node for node in self.part("styles").iter(W + "style")}

    def lineage(self, style: str) -> Iterator[Element]:
        """Yield a style and those that it is based on, each once."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            based = self.styles[style].find(W + "basedOn")
            style = "" if based is None else str(based.get(VAL))

    def fault(self, code: str, message: str, inside: str = "") -> Problem:
        """Return a problem of this file.

        Saving it again in Word repairs its structure.
        """
        said = f"{message}; save it again in Word" if code.startswith("WD") and "; " not in message else message
        return Problem(code=code, message=said, place=Place(self.package.shown, inside=inside))

    def _clean(self, name: str) -> Element:
        root = self.package.xml(name)
        for node in list(root.iter(FALLBACK)):
            remove_node(node)
        return root
