"""Read what is drawn on the pages of a PDF.

The checks need to know which of it is tagged, and which glyphs it shows. Source: ISO 32000-1, 14.6 (marked content) and
9.4.3 (text).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary, Stream

from pressgen.pdf.objects import (
    DEEPEST,
    Key,
    Node,
    PdfTooLargeError,
    find_resources,
    get_object_key,
    get_value,
    list_items,
    read_int,
    read_name,
    read_stream,
    read_string,
)
from pressgen.validate.pdf.text_state import OPERATORS, STACK, Font, TextState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MARKS = frozenset({"BMC", "BDC", "EMC"})
PAINT = frozenset("sh f F f* B B* b b* S s BI".split()) | {"INLINE IMAGE"}
SHOW = frozenset({"Tj", "TJ", "'", '"'})
WANTED = "q Q gs Tf Tr BMC BDC EMC Tj TJ ' \" Do sh f F f* B B* b b* S s BI ID EI k K cs CS"
REPLACING = ("/ActualText", "/Alt", "/E")
CMYK, SPACE = frozenset({"k", "K"}), frozenset({"cs", "CS"})
LARGEST_PAGE = 3 * 1024 * 1024
LARGEST_WHOLE = 64 * 1024 * 1024
"""The most bytes of drawing on all pages: a release of 500 pages has 30 MB."""

MOST_OPERATIONS = 1_500_000
"""The most things drawn and marked on all pages: a release of 500 pages has a fifth of them."""
UNTAGGED = "MH01-005"
ARTIFACT_IN_TAGGED = "MH01-003"
TAGGED_IN_ARTIFACT = "MH01-004"
FORM_TWICE = "MH30-002"
REFERENCE = "MH30-001"


@dataclass(slots=True, frozen=True)
class _Mark:
    """An open mark.

    Attributes:
        kind: `artifact`, `tagged`, or empty for neither.
        spoken: whether the language of what it holds is known.
    """

    kind: str
    spoken: bool


@dataclass(slots=True)
class PageDrawing:
    """The drawing of all pages: faults, fonts and device colours.

    Attributes:
        operations: how many things are drawn and marked.
        faults: how often each fault of marking (by its code) is on a page.
        fonts: the fonts that show text, by their object.
        devices: device colours in use, and the first page. Only CMYK is noted, not RGB and grey.
        unspoken: the pages with text of unknown language.
        unspoken_replacements: those with a replacement text (a span's) of unknown language.
    """

    operations: int = 0
    faults: Counter[tuple[int, str]] = field(default_factory=Counter)
    fonts: dict[Key, Font] = field(default_factory=dict)
    devices: dict[str, int] = field(default_factory=dict)
    unspoken: set[int] = field(default_factory=set)
    unspoken_replacements: set[int] = field(default_factory=set)


def read_drawing(
    pages: Sequence[Node], parents: Mapping[int, Node], reached: Mapping[Key, bool], *, spoken: bool
) -> PageDrawing:
    """Read the drawing of all pages.

    Args:
        pages: the pages in order.
        parents: the elements that the marked content of a page or form belongs to, by its number.
        reached: the elements in the structure, and whether the language of each is known; nobody reads what belongs
            to others.
        spoken: whether the document has a language.

    Raises:
        PdfTooLargeError: there is more drawing than any release has.
    """
    drawing, total, forms = PageDrawing(), 0, set[Key]()
    for count, page in enumerate(pages, 1):
        total += _measure_page(page, count)
        if total > LARGEST_WHOLE:
            raise PdfTooLargeError("the drawing on its pages")
        state = TextState(drawing.fonts, count)
        reader = _PageReader(drawing, count, parents, reached, forms, state, spoken)
        reader.follow(page, find_resources(page), 0)
    return drawing


def _measure_page(page: Node, count: int) -> int:
    what = f"the drawing on page {count}"
    size = 0
    for each in list_items(get_value(page, "/Contents")):
        size += len(read_stream(each, what))
        if size > LARGEST_PAGE:
            raise PdfTooLargeError(what)
    return size


@dataclass(slots=True)
class _PageReader:
    """A reader of one page's drawing, which tracks the open marks.

    `spoken` is whether the document has a language.
    """

    drawing: PageDrawing
    page: int
    parents: Mapping[int, Node]
    reached: Mapping[Key, bool]
    marked_forms: set[Key]
    text: TextState
    spoken: bool
    open_: list[_Mark] = field(default_factory=list)
    seen: set[Key] = field(default_factory=set)

    def follow(self, page: Node, resources: Node, depth: int) -> None:
        """Follow the drawing of a page or form with its inner forms."""
        owners = list_items(self.parents.get(read_int(get_value(page, "/StructParents"))))
        below = len(self.open_)
        instructions = pikepdf.parse_content_stream(page, WANTED)
        self.drawing.operations += len(instructions)
        if self.drawing.operations > MOST_OPERATIONS:
            raise PdfTooLargeError("the drawing on its pages")
        for instruction in instructions:
            name = str(instruction.operator)
            operands: Sequence[Node] = () if name in STACK else list(instruction.operands)
            if name in OPERATORS:
                self.text.change(name, operands, resources)
            elif name in MARKS:
                self._mark(name, operands, resources, owners)
            elif name in SHOW:
                self._show(operands)
            elif name in PAINT:
                self._paint()
            elif name in CMYK or (name in SPACE and operands and read_name(operands[0]) == "DeviceCMYK"):
                self._ink(resources)
            elif name == "Do" and operands:
                self._place(get_value(get_value(resources, "/XObject"), str(operands[0])), resources, depth)
        del self.open_[below:]

    def _fault(self, code: str) -> None:
        self.drawing.faults[self.page, code] += 1

    def _show(self, operands: Sequence[Node]) -> None:
        self._paint()
        self.text.show(operands)
        if not self._is_spoken():
            self.drawing.unspoken.add(self.page)

    def _mark(self, name: str, operands: Sequence[Node], resources: Node, owners: Sequence[Node]) -> None:
        if name == "EMC":
            if self.open_:
                self.open_.pop()
            return
        properties = operands[1] if len(operands) > 1 else None
        if not isinstance(properties, Dictionary):
            properties = get_value(get_value(resources, "/Properties"), str(properties))
        tag, mcid = read_name(operands[0]) if operands else "", read_int(get_value(properties, "/MCID"))
        kind, spoken = "", self.spoken or bool(read_string(get_value(properties, "/Lang")))
        if tag == "Artifact":
            kind = "artifact"
            if self._is_in("tagged"):
                self._fault(ARTIFACT_IN_TAGGED)
        elif mcid >= 0:
            element = get_object_key(owners[mcid]) if mcid < len(owners) else (0, 0)
            if element in self.reached:
                kind, spoken = "tagged", spoken or self.reached[element]
            if self._is_in("artifact"):
                self._fault(TAGGED_IN_ARTIFACT)
        self.open_.append(_Mark(kind, spoken))
        if tag == "Span" and not self._is_spoken() and any(get_value(properties, each) for each in REPLACING):
            self.drawing.unspoken_replacements.add(self.page)

    def _is_in(self, kind: str) -> bool:
        return any(mark.kind == kind for mark in self.open_)

    def _is_spoken(self) -> bool:
        """Return whether the language of what is shown now is known."""
        return self.spoken or any(mark.spoken for mark in self.open_)

    def _paint(self) -> None:
        if not any(mark.kind for mark in self.open_):
            self._fault(UNTAGGED)

    def _ink(self, resources: Node) -> None:
        """Note the use of CMYK, unless the page says which CMYK."""
        if get_value(get_value(resources, "/ColorSpace"), "/DefaultCMYK") is None:
            self.drawing.devices.setdefault("CMYK", self.page)

    def _place(self, placed: Node, resources: Node, depth: int) -> None:
        """Paint a picture, or follow the drawing of a form.

        A form is followed once a page.
        """
        if not isinstance(placed, Stream) or read_name(get_value(placed, "/Subtype")) != "Form":
            self._paint()
            return
        if get_value(placed, "/Ref") is not None:
            self._fault(REFERENCE)
        if get_value(placed, "/StructParents") is not None:
            if get_object_key(placed) in self.marked_forms:
                self._fault(FORM_TWICE)
            self.marked_forms.add(get_object_key(placed))
        if get_object_key(placed) in self.seen or depth > DEEPEST:
            return
        self.seen.add(get_object_key(placed))
        if len(read_stream(placed, f"a drawing on page {self.page}")) > LARGEST_PAGE:
            raise PdfTooLargeError(f"a drawing on page {self.page}")
        own = get_value(placed, "/Resources")
        self.text.change("q", (), None)
        self.follow(placed, resources if own is None else own, depth + 1)
        self.text.change("Q", (), None)
