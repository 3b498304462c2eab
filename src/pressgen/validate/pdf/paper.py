"""A PDF opened for validation: pages, structure and drawing, each read once."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from pressgen.errors import Place, Problem
from pressgen.pdf.objects import (
    Box,
    Key,
    Node,
    find_visible_box,
    get_object_key,
    get_value,
    iterate_dictionaries,
    iterate_tree,
    list_items,
    open_bounded,
    read_box,
    read_name,
    read_string,
)
from pressgen.validate.pdf.drawing import PageDrawing, read_drawing
from pressgen.validate.pdf.tree import StructureElement, StructureTree, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf


ADVICE = {"MH": "export it again as PDF/UA", "UA": "export it again as PDF/UA", "A3": "export it again as PDF/A"}
"""What to do about a fault, by the first letters of its code; see `codes`."""


@dataclass(frozen=True)
class PdfFile:
    """A PDF opened for validation, with its name in messages.

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
        return {get_object_key(page): number for number, page in enumerate(self.pages, 1)}

    @cached_property
    def roles(self) -> dict[str, str]:
        """The role map: the file's own types, with their meanings."""
        mapped = get_value(get_value(self.root, "/StructTreeRoot"), "/RoleMap")
        return {name[1:]: read_name(get_value(mapped, name)) for name in mapped.keys()} if mapped is not None else {}  # noqa: SIM118

    @cached_property
    def tree(self) -> StructureTree:
        """The structure of the text."""
        return read_tree(get_value(self.root, "/StructTreeRoot"), self.roles, self.numbers)

    @property
    def elements(self) -> list[StructureElement]:
        """The elements of the structure in reading order."""
        return self.tree.elements

    @cached_property
    def parents(self) -> dict[int, Node]:
        """The elements that pages, forms and annotations belong to.

        Each is an element or an array of elements, by the page's, form's or annotation's own number.
        """
        tree = get_value(get_value(self.root, "/StructTreeRoot"), "/ParentTree")
        return {int(number): node for number, node in iterate_tree(tree) if isinstance(number, int)}

    @cached_property
    def drawing(self) -> PageDrawing:
        """What is drawn on the pages."""
        spoken = bool(read_string(get_value(self.root, "/Lang")))
        reached = {get_object_key(element.node): spoken or element.has_language for element in self.elements}
        return read_drawing(self.pages, self.parents, reached, spoken=spoken)

    @cached_property
    def _carriers(self) -> list[Node]:
        """What carries a file or plays a film, anywhere."""
        return [
            each
            for node in self.pdf.objects
            for each in iterate_dictionaries(node)
            if "/EF" in each or ("/D" in each and read_name(get_value(each, "/S")) == "MCD")
        ]

    @property
    def attachments(self) -> list[Node]:
        """The file specifications with a file in them, wherever they are."""
        return [each for each in self._carriers if "/EF" in each]

    @property
    def media(self) -> list[Node]:
        """The films and sounds that annotations play (media clips)."""
        return [each for each in self._carriers if "/EF" not in each]

    def read(self) -> None:
        """Read the structure and the drawing now.

        What cannot be read is then reported once.

        Raises:
            pikepdf.PdfError: either is damaged.
            PdfTooLargeError: either is larger than any release has.
        """
        _ = self.tree, self.drawing

    def annotations(self) -> Iterator[tuple[int, Node, Node]]:
        """Yield every visible annotation with its page's number and page."""
        for number, page in enumerate(self.pages, 1):
            box = find_visible_box(page)
            for each in list_items(get_value(page, "/Annots")):
                flags = get_value(each, "/F")
                if not (isinstance(flags, int) and flags & 2) and not _is_outside(each, box):
                    yield number, page, each

    def fault(self, code: str, message: str, inside: str = "") -> Problem:
        """Return a problem of this file.

        A message without advice gets that of its standard.
        """
        advice = ADVICE.get(code[:2])
        said = f"{message}; {advice}" if advice and "; " not in message else message
        return Problem(code=code, message=said, place=Place(self.shown, inside=inside))


@contextmanager
def open_pdf_file(data: bytes, shown: str) -> Iterator[PdfFile]:
    """Open a PDF within memory limits.

    Raises:
        pikepdf.PdfError, pikepdf.PasswordError, PdfTooLargeError: as `open_bounded` does.
    """
    with open_bounded(data) as pdf:
        yield PdfFile(data, pdf, shown, tuple(page.obj for page in pdf.pages))


def _is_outside(annotation: Node, box: Box | None) -> bool:
    """Return whether an annotation is off the visible page."""
    place = read_box(get_value(annotation, "/Rect"))
    if box is None or place is None:
        return False
    return place[2] < box[0] or place[0] > box[2] or place[3] < box[1] or place[1] > box[3]
