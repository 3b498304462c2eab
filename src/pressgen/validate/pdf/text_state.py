"""Track the font that text is shown in.

`q` keeps the state of the text, `Q` brings it back. Source: ISO 32000-1, 8.4 and 9.3.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from struct import unpack
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, String

from pressgen.pdf.objects import (
    LARGEST_TABLE,
    Key,
    Node,
    get_object_key,
    get_value,
    list_items,
    read_int,
    read_name,
    read_stream,
)
from pressgen.validate.pdf.unicode import read_character_map

if TYPE_CHECKING:
    from collections.abc import Sequence

INVISIBLE = 3
"""The rendering mode of text that is only searched and copied, such as that of a scan."""
DEEPEST_STATE = 1000
"""The most states kept at once; viewers hold some dozens."""
STACK = frozenset({"q", "Q"})
OPERATORS = frozenset({"Tf", "Tr", "gs"}) | STACK


@dataclass(slots=True)
class Font:
    """A font that shows text on the pages.

    Attributes:
        node: the font itself.
        page: the first page that it shows text on.
        wide: whether a code takes two bytes.
        codes: those that it shows.
        painted: those of them that can be seen.
        known: its list of characters, once it has been read.
    """

    node: Node
    page: int
    wide: bool
    codes: set[int] = field(default_factory=set)
    painted: set[int] = field(default_factory=set)
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

    def show(self, operands: Sequence[Node], *, visible: bool) -> None:
        """Note the codes of a text that is shown."""
        shown = [bytes(each) for each in list_items(operands[-1]) if isinstance(each, String)]
        codes: Sequence[int] = b"".join(shown)
        if self.wide:
            pairs = b"".join(each[: len(each) & ~1] for each in shown)
            codes = unpack(f">{len(pairs) // 2}H", pairs)
        self.codes.update(codes)
        if visible:
            self.painted.update(codes)


@dataclass(slots=True)
class TextState:
    """The font and rendering mode of text on a page.

    Attributes:
        fonts: the fonts met so far, by their object.
        font: the one in force, or None.
        mode: how text is drawn (`Tr`).
    """

    fonts: dict[Key, Font]
    page: int
    font: Font | None = None
    mode: int = 0
    kept: list[tuple[Font | None, int]] = field(default_factory=list)

    def change(self, name: str, operands: Sequence[Node], resources: Node) -> None:
        """Obey one of `OPERATORS`."""
        if name == "q":
            if len(self.kept) < DEEPEST_STATE:
                self.kept.append((self.font, self.mode))
        elif name == "Q":
            self.font, self.mode = self.kept.pop() if self.kept else (self.font, self.mode)
        elif name == "Tr" and operands:
            self.mode = read_int(operands[0], 0)
        elif name == "Tf" and operands:
            self._take(get_value(get_value(resources, "/Font"), str(operands[0])))
        elif name == "gs" and operands:
            found = get_value(get_value(get_value(resources, "/ExtGState"), str(operands[0])), "/Font")
            if isinstance(found, Array) and len(found):
                self._take(found[0])

    def show(self, operands: Sequence[Node]) -> None:
        """Note a text that is shown."""
        if self.font is not None and operands:
            self.font.show(operands, visible=self.mode != INVISIBLE)

    def _take(self, font: Node) -> None:
        if not isinstance(font, Dictionary):
            self.font = None
            return
        ident = get_object_key(font) if get_object_key(font) != (0, 0) else (-self.page, len(self.fonts))
        if ident not in self.fonts:
            self.fonts[ident] = Font(font, self.page, wide=read_name(get_value(font, "/Subtype")) == "Type0")
        self.font = self.fonts[ident]


def get_glyph_font(font: Node) -> Node:
    """Return the font that holds the glyphs.

    This is a descendant font, or the font itself.
    """
    below = list_items(get_value(font, "/DescendantFonts"))
    return below[0] if below else font


def describe_font_place(font: Node, page: int) -> str:
    """Return where a font is used, for messages."""
    name = read_name(get_value(font, "/BaseFont")) or "without a name"
    return f"page {page}, font {name.rpartition('+')[2]}"
