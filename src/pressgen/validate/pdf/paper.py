"""A PDF opened to be judged: its pages, its structure and what is drawn, each read once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem
from pressgen.pdf.objects import Key, Node, entries, items, key, open_bounded, value, word
from pressgen.validate.pdf.drawing import Drawing, read_drawing
from pressgen.validate.pdf.tree import Element, Tree, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf


@dataclass(frozen=True)
class Paper:
    """A PDF and what messages call it.

    Attributes:
        data: the file itself.
        pages: its pages in order.
    """

    data: bytes = field(repr=False)
    pdf: pikepdf.Pdf
    shown: str
    pages: tuple[Node, ...]

    @property
    def root(self) -> Node:
        """The catalogue."""
        return self.pdf.Root

    @cached_property
    def numbers(self) -> dict[Key, int]:
        """The number of each page by its object."""
        return {key(page): number for number, page in enumerate(self.pages, 1)}

    @cached_property
    def roles(self) -> dict[str, str]:
        """The role map: the file's own types, and what each stands for."""
        mapped = value(value(self.root, "/StructTreeRoot"), "/RoleMap")
        return {name[1:]: word(value(mapped, name)) for name in mapped.keys()} if mapped is not None else {}  # noqa: SIM118

    @cached_property
    def tree(self) -> Tree:
        """The structure of the text."""
        return read_tree(value(self.root, "/StructTreeRoot"), self.roles, self.numbers)

    @property
    def elements(self) -> list[Element]:
        """The elements of the structure in reading order."""
        return self.tree.elements

    @cached_property
    def parents(self) -> dict[int, Node]:
        """The elements, or arrays of elements, that pages, forms and annotations belong to, by their own numbers."""
        tree = value(value(self.root, "/StructTreeRoot"), "/ParentTree")
        return {int(number): node for number, node in entries(tree) if isinstance(number, int)}

    @cached_property
    def drawing(self) -> Drawing:
        """What is drawn on the pages."""
        reached = {key(element.node) for element in self.elements}
        return read_drawing(self.pages, self.parents, reached)

    def read(self) -> None:
        """Read the structure and the drawing now, so that what cannot be read is told once.

        Raises:
            pikepdf.PdfError: either is damaged.
            TooMuch: either is larger than any release has.
        """
        _ = self.tree, self.drawing

    def annotations(self) -> Iterator[tuple[int, Node, Node]]:
        """Each page's number, the page, and an annotation on it that is not hidden."""
        for number, page in enumerate(self.pages, 1):
            for each in items(value(page, "/Annots")):
                flags = value(each, "/F")
                if not (isinstance(flags, int) and flags & 2):
                    yield number, page, each

    def fault(self, code: str, message: str, inside: str = "") -> Problem:
        """A problem of this file."""
        return Problem(code=code, message=message, place=Place(self.shown, inside=inside))


@contextmanager
def opened(data: bytes, shown: str) -> Iterator[Paper]:
    """A PDF within bounds of memory that hold while it is read.

    Raises:
        pikepdf.PdfError, pikepdf.PasswordError, TooMuch: as `open_bounded` does.
    """
    with open_bounded(data) as pdf:
        yield Paper(data, pdf, shown, tuple(page.obj for page in pdf.pages))
