"""The named styles of a template, as the press office designs them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pressgen.model.direction import get_direction
from pressgen.word.archive import ZipEntry
from pressgen.word.hidden_text import read_hidden_flag
from pressgen.word.names import (
    OFF,
    PPR,
    RPR,
    TYPE,
    VAL,
    W,
    add_element,
    get_child_value,
    parse_xml,
    read_int,
    read_twips,
    remove_node,
    serialise_xml,
)
from pressgen.word.run_properties import make_language_attributes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from pressgen.word.names import Element

Kind = Literal["paragraph", "character", "table"]
HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)
"""Word's names and ids of its heading styles, which programs do not translate."""
DEEPEST_OUTLINE = 8
"""The deepest outline level of a heading. Levels count from 0; Word uses 9 for body text."""
USUAL_PADDING = 230
"""The space at the two sides of a cell where nothing says it (ECMA-376 part 1, 17.4.42)."""
USUAL_SIZE, TWIPS_A_HALF_POINT = 20, 10
"""The size of type where nothing says it, in half points (ECMA-376 part 1, 17.3.2.38), and one in twentieths."""
MOST_ANCESTORS = 20
"""The most styles that a style may be based on in a row; more is a circle."""


@dataclass(frozen=True, slots=True)
class RequiredStyle:
    """A style that a template must have, by its name.

    If it is `numbered`, it must number or bullet.
    """

    name: str
    kind: Kind = "paragraph"
    numbered: bool = False


def read_padding(margins: Element | None, usual: int) -> int:
    """Return the space that table cells leave at their two sides together.

    A side that `margins` does not mention has half of `usual`.
    """
    if margins is None:
        return usual
    found = [
        next((each for name in names if (each := read_twips(margins.find(W + name), W + "w")) is not None), None)
        for names in (("left", "start"), ("right", "end"))
    ]
    return sum(usual // 2 if each is None else each for each in found)


@dataclass(slots=True)
class TemplateStyles:
    """The styles of a template.

    Attributes:
        ids: the id of each style by kind and name, in small letters without spaces.
        headings: the ids of those that head a section.
        numbers: numbering and level of those that are numbered, by id.
        hiding: the ids of those that hide what is set in them.
        paddings: the space at the two sides of a cell, by the id of the table's style; by "" for one without.
        sizes: the size of the type, in twentieths of a point, by the id of a paragraph's style; by "" for one without.
    """

    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    headings: set[str] = field(default_factory=set)
    numbers: dict[str, tuple[str, str]] = field(default_factory=dict)
    hiding: set[str] = field(default_factory=set)
    paddings: dict[str, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=lambda: {"": USUAL_SIZE * TWIPS_A_HALF_POINT})

    @classmethod
    def of(cls, root: Element) -> TemplateStyles:
        """Read a styles part."""
        self, nodes = cls(), {node.get(W + "styleId") or "": node for node in root.iter(W + "style")}
        usual = read_int(root.find(f"{W}docDefaults/{W}rPrDefault/{RPR}/{W}sz"), VAL) or USUAL_SIZE
        self.sizes[""] = usual * TWIPS_A_HALF_POINT
        for style, node in nodes.items():
            kind, lineage = node.get(TYPE) or "paragraph", list(iterate_lineage(node, nodes))
            names = (get_child_value(node, "name"), *get_child_value(node, "aliases").split(","))
            self.ids.update({(kind, _fold_name(name)): style for name in names if name.strip()})
            if find_heading_level(lineage) or _fold_name(names[0]) == "title":
                self.headings.add(style)
            if found := _find_numbering(lineage):
                self.numbers[style] = found
            if _is_hiding(lineage):
                self.hiding.add(style)
            if kind == "paragraph":
                self.sizes[style] = _find_size(lineage, usual) * TWIPS_A_HALF_POINT
            if kind == "table":
                self.paddings[style] = _find_padding(lineage)
                if node.get(W + "default") not in (None, *OFF):
                    self.paddings[""] = self.paddings[style]
        for style, node in nodes.items():
            if node.get(W + "customStyle") in (None, *OFF):
                self.ids.setdefault((node.get(TYPE) or "paragraph", _fold_name(style)), style)
        return self

    def find(self, kind: Kind, name: str) -> str:
        """Return the id of the style `name`, or an empty string.

        Where no style has the name, Word's own style with the id of that name is taken: programs translate names.
        """
        return self.ids.get((kind, _fold_name(name)), "")

    def record(self, kind: Kind, name: str, ident: str) -> None:
        """Record the id of a style that was added."""
        self.ids[kind, _fold_name(name)] = ident

    def missing(self, needed: Iterable[RequiredStyle]) -> Iterator[RequiredStyle]:
        """Yield the `needed` styles that the template lacks."""
        return (style for style in needed if not self.find(style.kind, style.name))

    def unnumbered(self, needed: Iterable[RequiredStyle], known: Callable[[str], bool]) -> Iterator[RequiredStyle]:
        """Yield the `needed` styles that lack a numbering.

        A numbering counts if it is in `known`. Only styles that exist and should be numbered are looked at.
        """
        for style in needed:
            found = self.find(style.kind, style.name)
            if style.numbered and found and not known(self.numbers.get(found, ("", ""))[0]):
                yield style


def iterate_lineage(node: Element | None, nodes: Mapping[str, Element]) -> Iterator[Element]:
    """Yield a style and those that it is based on."""
    for _ in range(MOST_ANCESTORS):
        if node is None:
            break
        yield node
        node = nodes.get(get_child_value(node, "basedOn"))


def find_heading_level(lineage: Iterable[Element]) -> int:
    """Return the heading level of a style, 0 for none.

    The nearest style of its lineage decides that has an outline level, or is a heading by Word's name or id: Google
    Docs writes “heading 1” without a level.
    """
    for node in lineage:
        if (level := read_int(node.find(f"{PPR}/{W}outlineLvl"), VAL)) is not None:
            return level + 1 if 0 <= level <= DEEPEST_OUTLINE else 0
        if level := _find_built_in_level(node):
            return level
    return 0


def _find_built_in_level(node: Element) -> int:
    """Return the level by the name or id of Word's own headings."""
    if node.get(TYPE) not in ("paragraph", None):
        return 0
    names = (get_child_value(node, "name"), node.get(W + "styleId") or "")
    return next((int(match[1]) for name in names if (match := HEADING.fullmatch(name.strip()))), 0)


def _fold_name(name: str) -> str:
    """Fold a style's name or id so that the two compare."""
    return "".join(name.split()).casefold()


def _find_padding(lineage: Iterable[Element]) -> int:
    """Return the padding of a table style, or an inherited one."""
    found = (node.find(f"{W}tblPr/{W}tblCellMar") for node in lineage)
    return read_padding(next((each for each in found if each is not None), None), USUAL_PADDING)


def _find_size(lineage: Iterable[Element], usual: int) -> int:
    """Return the size of a style's type in half points."""
    found = (read_int(node.find(f"{RPR}/{W}sz"), VAL) for node in lineage)
    return next(filter(None, found), usual)


def _is_hiding(lineage: Iterable[Element]) -> bool:
    """Return whether a style hides its text, directly or by inheritance."""
    flags = map(read_hidden_flag, lineage)
    return next((flag for flag in flags if flag is not None), False)


def _find_numbering(lineage: Iterable[Element]) -> tuple[str, str] | None:
    """Return the numbering of a style, or an inherited one."""
    for node in lineage:
        if number := get_child_value(node, "pPr/numPr/numId"):
            return number, get_child_value(node, "pPr/numPr/ilvl") or "0"
    return None


BACKWARDS = (W + "bidiVisual", W + "rtl")
AFTER_BIDI = {W + name for name in "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents jc".split()}
"""The properties of a paragraph after `w:bidi` (ECMA-376, part 1, 17.3.1.26)."""
AFTER_OUTLINE_LEVEL = {W + name for name in "divId cnfStyle rPr sectPr pPrChange".split()}
AFTER_PARAGRAPH_PROPERTIES = {W + name for name in "rPr tblPr trPr tcPr tblStylePr".split()}
"""The elements of a style after `w:pPr` (ECMA-376, part 1, 17.7.4.17)."""


@lru_cache(maxsize=64)
def write_styles_part(data: bytes, language: str) -> ZipEntry:
    """Return a styles part with a default language.

    Word proofs and reads aloud in it, and its direction is that of every style. Word often notes the machine's language
    on the style that all others are based on; that note is removed.
    """
    root = parse_xml(data)
    for style in root.iter(W + "style"):
        if style.get(W + "default"):
            for lang in style.findall(f"{RPR}/{W}lang"):
                remove_node(lang)
        if (level := _find_built_in_level(style)) and style.find(f"{PPR}/{W}outlineLvl") is None:
            _set_outline_level(style, level)
    home = _get_defaults(root, "rPr")
    own = home.find(W + "lang")
    tag = add_element(home, "lang") if own is None else own
    for name, value_ in make_language_attributes(language).items():
        tag.set(name, value_)
    backwards = get_direction(language) == "rtl"
    for node in list(root.iter(W + "bidi", *(() if backwards else BACKWARDS))):
        remove_node(node)
    if backwards:
        move_before(add_element(_get_defaults(root, "pPr"), "bidi"), AFTER_BIDI)
    return ZipEntry.of(serialise_xml(root))


def _set_outline_level(style: Element, level: int) -> None:
    """Give a heading style its outline level."""
    properties = style.find(PPR)
    if properties is None:
        properties = add_element(style, "pPr")
        move_before(properties, AFTER_PARAGRAPH_PROPERTIES)
    move_before(add_element(properties, "outlineLvl", val=level - 1), AFTER_OUTLINE_LEVEL)


def move_before(node: Element, names: Collection[str]) -> None:
    """Move a node before the siblings that its schema wants after it."""
    parent = node.getparent()
    after = None if parent is None else next((each for each in parent if each.tag in names), None)
    if after is not None:
        after.addprevious(node)


def _get_defaults(root: Element, kind: str) -> Element:
    """Return the default properties of runs or paragraphs.

    `kind` is `rPr` for runs and `pPr` for paragraphs.
    """
    home = root
    for step in ("docDefaults", f"{kind}Default", kind):
        found = home.find(W + step)
        if found is None:
            found = add_element(home, step)
            if step in ("docDefaults", "rPrDefault"):
                home.insert(0, found)
        home = found
    return home


class ListNumbering:
    """The numbering of a file; each restarted list adds one."""

    def __init__(self, root: Element) -> None:
        self.root, self.changed = root, False

    def knows(self, number: str) -> bool:
        """Return whether there is a numbering `number`."""
        return self._abstract(number) != ""

    def restart(self, number: str, level: str) -> str:
        """Add a numbering like `number` that begins at 1, and return it."""
        nums = self.root.findall(W + "num")
        new = max(found for num in nums if (found := read_int(num, W + "numId")) is not None) + 1
        num = add_element(self.root, "num", numId=new)
        nums[-1].addnext(num)
        add_element(num, "abstractNumId", val=self._abstract(number))
        add_element(add_element(num, "lvlOverride", ilvl=level), "startOverride", val=1)
        self.changed = True
        return str(new)

    def _abstract(self, number: str) -> str:
        nums = self.root.findall(W + "num") if number.isdecimal() else ()
        return next((get_child_value(num, "abstractNumId") for num in nums if num.get(W + "numId") == number), "")
