"""Read what is drawn on the pages of a PDF.

The checks need to know which of it is tagged, and which glyphs it shows. Source: ISO 32000-1, 14.6 (marked content) and
9.4.3 (text).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from struct import unpack
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary, Stream, String

from pressgen.pdf.objects import (
    DEEPEST,
    LARGEST_TABLE,
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
)
from pressgen.validate.pdf.unicode import read_character_map

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

MARKS = frozenset({"BMC", "BDC", "EMC"})
PAINT = frozenset("sh f F f* B B* b b* S s BI".split()) | {"INLINE IMAGE"}
SHOW = frozenset({"Tj", "TJ", "'", '"'})
WANTED = "BMC BDC EMC Tf Tj TJ ' \" Do sh f F f* B B* b b* S s BI ID EI k K cs CS"
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


@dataclass(slots=True)
class Font:
    """A font that shows text on the pages.

    Attributes:
        node: the font itself.
        page: the first page that it shows text on.
        wide: whether a code takes two bytes.
        codes: those that it shows.
        known: its list of characters, once it has been read.
    """

    node: Node
    page: int
    wide: bool
    codes: set[int] = field(default_factory=set)
    known: dict[int, str] | None = None

    @property
    def characters(self) -> dict[int, str]:
        """The character of each code by the font's own list.

        It is empty where the font has no list.

        Raises:
            PdfTooLargeError: the list is longer than any release needs.
        """
        if self.known is None:
            self.known = read_character_map(
                read_stream(get_value(self.node, "/ToUnicode"), "a font's list of characters", LARGEST_TABLE)
            )
        return self.known


@dataclass(slots=True)
class PageDrawing:
    """The drawing of all pages: faults, fonts and device colours.

    Attributes:
        operations: how many things are drawn and marked.
        faults: how often each fault of marking (by its code) is on a page.
        fonts: the fonts that show text, by their object.
        devices: device colours in use, and the first page. Only CMYK is noted, not RGB and grey.
    """

    operations: int = 0
    faults: Counter[tuple[int, str]] = field(default_factory=Counter)
    fonts: dict[Key, Font] = field(default_factory=dict)
    devices: dict[str, int] = field(default_factory=dict)


def read_drawing(pages: Sequence[Node], parents: Mapping[int, Node], reached: Collection[Key]) -> PageDrawing:
    """Read the drawing of all pages.

    Args:
        pages: the pages in order.
        parents: the elements that the marked content of a page or form belongs to, by its number.
        reached: the elements in the structure; nobody reads what belongs to others.

    Raises:
        PdfTooLargeError: there is more drawing than any release has.
    """
    drawing, total, forms = PageDrawing(), 0, set[Key]()
    for count, page in enumerate(pages, 1):
        total += _measure_page(page, count)
        if total > LARGEST_WHOLE:
            raise PdfTooLargeError("the drawing on its pages")
        _PageReader(drawing, count, parents, reached, forms).follow(page, find_resources(page), 0)
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

    `open_` holds whether each open mark is an artifact, tagged, or neither.
    """

    drawing: PageDrawing
    page: int
    parents: Mapping[int, Node]
    reached: Collection[Key]
    marked_forms: set[Key]
    open_: list[str] = field(default_factory=list)
    seen: set[Key] = field(default_factory=set)
    font: Font | None = None

    def follow(self, page: Node, resources: Node, depth: int) -> None:
        """Follow the drawing of a page or form with its inner forms."""
        owners = list_items(self.parents.get(read_int(get_value(page, "/StructParents"))))
        below = len(self.open_)
        instructions = pikepdf.parse_content_stream(page, WANTED)
        self.drawing.operations += len(instructions)
        if self.drawing.operations > MOST_OPERATIONS:
            raise PdfTooLargeError("the drawing on its pages")
        for instruction in instructions:
            operands: Sequence[Node] = list(instruction.operands)
            name = str(instruction.operator)
            if name in MARKS:
                self._mark(name, operands, resources, owners)
            elif name == "Tf" and operands:
                self._take(get_value(get_value(resources, "/Font"), str(operands[0])))
            elif name in SHOW:
                self._paint()
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

    def _mark(self, name: str, operands: Sequence[Node], resources: Node, owners: Sequence[Node]) -> None:
        if name == "EMC":
            if self.open_:
                self.open_.pop()
            return
        properties = operands[1] if len(operands) > 1 else None
        if not isinstance(properties, Dictionary):
            properties = get_value(get_value(resources, "/Properties"), str(properties))
        mcid = read_int(get_value(properties, "/MCID"))
        mark = ""
        if operands and read_name(operands[0]) == "Artifact":
            mark = "artifact"
            if "tagged" in self.open_:
                self._fault(ARTIFACT_IN_TAGGED)
        elif mcid >= 0:
            element = owners[mcid] if mcid < len(owners) else None
            mark = "tagged" if isinstance(element, Dictionary) and get_object_key(element) in self.reached else ""
            if "artifact" in self.open_:
                self._fault(TAGGED_IN_ARTIFACT)
        self.open_.append(mark)

    def _paint(self) -> None:
        if not any(self.open_):
            self._fault(UNTAGGED)

    def _ink(self, resources: Node) -> None:
        """Note the use of CMYK, unless the page says which CMYK."""
        if get_value(get_value(resources, "/ColorSpace"), "/DefaultCMYK") is None:
            self.drawing.devices.setdefault("CMYK", self.page)

    def _take(self, font: Node) -> None:
        if not isinstance(font, Dictionary):
            self.font = None
            return
        ident = get_object_key(font) if get_object_key(font) != (0, 0) else (-self.page, len(self.drawing.fonts))
        if ident not in self.drawing.fonts:
            self.drawing.fonts[ident] = Font(font, self.page, wide=read_name(get_value(font, "/Subtype")) == "Type0")
        self.font = self.drawing.fonts[ident]

    def _show(self, operands: Sequence[Node]) -> None:
        if self.font is None or not operands:
            return
        shown = [bytes(each) for each in list_items(operands[-1]) if isinstance(each, String)]
        if self.font.wide:
            pairs = b"".join(each[: len(each) & ~1] for each in shown)
            self.font.codes.update(unpack(f">{len(pairs) // 2}H", pairs))
        else:
            self.font.codes.update(b"".join(shown))

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
        font, own = self.font, get_value(placed, "/Resources")
        self.follow(placed, resources if own is None else own, depth + 1)
        self.font = font
