"""The structure tree of a PDF: its elements in reading order, each by its standard type.

Source: ISO 32000-1, 14.7 and 14.8.4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pikepdf import Dictionary

from pressgen.pdf.objects import MOST_WAITING, Key, Node, TooMuch, items, key, value, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STANDARD = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl"
    " LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu"
    " WT WP Figure Formula Form".split()
)
MOST = 400_000
"""Elements: four times those of a release of 500 pages."""


@dataclass(slots=True, eq=False)
class Element:
    """One element of the structure.

    Attributes:
        kind: its standard type after the role map, or its own type where that leads nowhere.
        node: as it stands in the file.
        page: the number of the page that it begins on, 0 where it does not say.
        objects: what it holds by reference, annotations above all.
    """

    kind: str
    node: Node
    parent: Element | None
    page: int
    children: list[Element] = field(default_factory=list)
    objects: set[Key] = field(default_factory=set)

    @property
    def inside(self) -> str:
        """Its place, for somebody who looks at the pages."""
        return f"page {self.page}, {self.kind}" if self.page else self.kind

    @property
    def ancestors(self) -> Iterator[Element]:
        """Its parent, and so on upwards."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def kinds(self) -> list[str]:
        """The types of its children."""
        return [child.kind for child in self.children]

    def attribute(self, name: str) -> Node:
        """The first of its attributes called `name` (with its slash), whoever owns it."""
        return next((found for each in items(value(self.node, "/A")) if (found := value(each, name)) is not None), None)


@dataclass(frozen=True, slots=True)
class Tree:
    """The whole structure.

    Attributes:
        elements: in reading order, parents before children.
        looped: elements that contain themselves, each once.
    """

    elements: list[Element]
    looped: list[Element]


def standard(tag: str, roles: Mapping[str, str]) -> str:
    """The standard type of `tag`; `tag` itself where the role map goes round in circles or leads nowhere."""
    seen, at = set[str](), tag
    while at not in STANDARD and at not in seen and at in roles:
        seen.add(at)
        at = roles[at]
    return at if at in STANDARD else tag


def read_tree(root: Node, roles: Mapping[str, str], pages: Mapping[Key, int]) -> Tree:
    """The structure below `root`, a catalogue's /StructTreeRoot.

    Args:
        root: None for a file without structure.
        roles: its role map.
        pages: the number of each page by its object.

    Raises:
        TooMuch: there are more elements than any release has.
    """
    elements: list[Element] = []
    looped: list[Element] = []
    seen: set[Key] = set()
    waiting: list[tuple[Node, Element | None]] = [(each, None) for each in items(value(root, "/K"))[::-1]]
    while waiting:
        node, parent = waiting.pop()
        if not isinstance(node, Dictionary):
            continue
        tag = word(value(node, "/S"))
        if not tag:
            _refer(node, parent, pages)
            continue
        page = pages.get(key(value(node, "/Pg")), parent.page if parent else 0)
        element = Element(standard(tag, roles), node, parent, page)
        if (number := key(node)) in seen:
            looped.append(element)
            continue
        seen.update([number] if number != (0, 0) else [])
        elements.append(element)
        if parent:
            parent.children.append(element)
        if len(elements) > MOST or len(waiting) > MOST_WAITING:
            raise TooMuch("the structure of the text")
        waiting += [(each, element) for each in items(value(node, "/K"))[::-1]]
    return Tree(elements, looped)


def _refer(node: Node, parent: Element | None, pages: Mapping[Key, int]) -> None:
    """Take note of a reference to an object or to marked content."""
    if parent is None:
        return
    parent.page = parent.page or pages.get(key(value(node, "/Pg")), 0)
    if word(value(node, "/Type")) == "OBJR":
        parent.objects.add(key(value(node, "/Obj")))
