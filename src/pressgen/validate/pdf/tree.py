"""Read the structure tree of a PDF, in reading order.

Each element has its standard type. Source: ISO 32000-1, 14.7 and 14.8.4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pikepdf import Dictionary

from pressgen.pdf.objects import (
    MOST_WAITING,
    Key,
    Node,
    PdfTooLargeError,
    get_object_key,
    get_value,
    list_items,
    read_name,
    read_string,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STANDARD = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl"
    " LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu"
    " WT WP Figure Formula Form".split()
)
MOST = 400_000
"""The most elements: four times those of a release of 500 pages."""


@dataclass(slots=True, eq=False)
class StructureElement:
    """One element of the structure tree.

    Attributes:
        kind: its standard type after the role map, or its own type where that leads nowhere.
        node: the element as it is in the file.
        page: the number of the page that it begins on, 0 where it does not say.
        objects: what it holds by reference, annotations above all.
        classes: the attributes of all classes of elements, or None.
    """

    kind: str
    node: Node
    parent: StructureElement | None
    page: int
    children: list[StructureElement] = field(default_factory=list)
    objects: set[Key] = field(default_factory=set)
    classes: Node = None

    @property
    def inside(self) -> str:
        """Its place, for somebody who looks at the pages."""
        return f"page {self.page}, {self.kind}" if self.page else self.kind

    @property
    def ancestors(self) -> Iterator[StructureElement]:
        """Its parent, and so on upwards."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    @property
    def has_language(self) -> bool:
        """Whether it or an element around it gives a language."""
        return any(read_string(get_value(each.node, "/Lang")) for each in (self, *self.ancestors))

    def kinds(self) -> list[str]:
        """Return the types of its children."""
        return [child.kind for child in self.children]

    def attribute(self, name: str) -> Node:
        """Return its first attribute called `name`, of any owner.

        The name begins with a slash. The attributes of its classes come last (ISO 32000-1, 14.7.5.2).
        """
        own = list_items(get_value(self.node, "/A"))
        if self.classes is not None:
            for each in list_items(get_value(self.node, "/C")):
                own += list_items(get_value(self.classes, str(each)))
        return next((found for each in own if (found := get_value(each, name)) is not None), None)


@dataclass(frozen=True, slots=True)
class StructureTree:
    """The structure tree of a PDF.

    Attributes:
        elements: in reading order, parents before children.
        looped: elements that contain themselves, each once.
    """

    elements: list[StructureElement]
    looped: list[StructureElement]


def resolve_standard_type(tag: str, roles: Mapping[str, str]) -> str:
    """Return the standard type that a tag is mapped to.

    Return the tag itself if the role map loops or leads nowhere.
    """
    seen, at = set[str](), tag
    while at not in STANDARD and at not in seen and at in roles:
        seen.add(at)
        at = roles[at]
    return at if at in STANDARD else tag


def read_tree(root: Node, roles: Mapping[str, str], pages: Mapping[Key, int]) -> StructureTree:
    """Read the structure tree below the root of the structure.

    The root is the /StructTreeRoot of a catalogue.

    Args:
        root: None for a file without structure.
        roles: its role map.
        pages: the number of each page by its object.

    Raises:
        PdfTooLargeError: there are more elements than any release has.
    """
    elements: list[StructureElement] = []
    looped: list[StructureElement] = []
    seen: set[Key] = set()
    classes = get_value(root, "/ClassMap")
    waiting: list[tuple[Node, StructureElement | None]] = [
        (each, None) for each in list_items(get_value(root, "/K"))[::-1]
    ]
    while waiting:
        node, parent = waiting.pop()
        if not isinstance(node, Dictionary):
            continue
        tag = read_name(get_value(node, "/S"))
        if not tag:
            _add_reference(node, parent, pages)
            continue
        page = pages.get(get_object_key(get_value(node, "/Pg")), parent.page if parent else 0)
        element = StructureElement(resolve_standard_type(tag, roles), node, parent, page, classes=classes)
        if (number := get_object_key(node)) in seen:
            looped.append(element)
            continue
        seen.update([number] if number != (0, 0) else [])
        elements.append(element)
        if parent:
            parent.children.append(element)
        if len(elements) > MOST or len(waiting) > MOST_WAITING:
            raise PdfTooLargeError("the structure of the text")
        waiting += [(each, element) for each in list_items(get_value(node, "/K"))[::-1]]
    return StructureTree(elements, looped)


def _add_reference(node: Node, parent: StructureElement | None, pages: Mapping[Key, int]) -> None:
    """Note a reference to an object or to marked content."""
    if parent is None:
        return
    parent.page = parent.page or pages.get(get_object_key(get_value(node, "/Pg")), 0)
    if read_name(get_value(node, "/Type")) == "OBJR":
        parent.objects.add(get_object_key(get_value(node, "/Obj")))
