"""The named styles of a template, as the press office designs them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pressgen.model.direction import get_direction
from pressgen.word.archive import ZipEntry
from pressgen.word.hidden_text import read_hidden_flag
from pressgen.word.names import (
    PPR,
    RPR,
    TYPE,
    W,
    add_element,
    get_child_value,
    parse_xml,
    read_int,
    remove_node,
    serialise_xml,
)
from pressgen.word.run_properties import make_language_attributes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pressgen.word.names import Element

Kind = Literal["paragraph", "character", "table"]
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


@dataclass(slots=True)
class TemplateStyles:
    """The styles of a template.

    Attributes:
        ids: the id of each style by kind and name in small letters.
        headings: the ids of those that head a section.
        numbers: numbering and level of those that are numbered, by id.
        hiding: the ids of those that hide what is set in them.
    """

    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    headings: set[str] = field(default_factory=set)
    numbers: dict[str, tuple[str, str]] = field(default_factory=dict)
    hiding: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element) -> TemplateStyles:
        """Read a styles part."""
        self, nodes = cls(), {node.get(W + "styleId") or "": node for node in root.iter(W + "style")}
        for style, node in nodes.items():
            names = [
                name.strip().casefold()
                for name in (get_child_value(node, "name"), *get_child_value(node, "aliases").split(","))
            ]
            self.ids.update({(node.get(TYPE) or "paragraph", name): style for name in names if name})
            if names[0].startswith(("heading ", "title")) or node.find(f"{PPR}/{W}outlineLvl") is not None:
                self.headings.add(style)
            if found := _find_numbering(node, nodes):
                self.numbers[style] = found
            if _is_hiding(node, nodes):
                self.hiding.add(style)
        return self

    def find(self, kind: Kind, name: str) -> str:
        """Return the id of the style `name`, or an empty string."""
        return self.ids.get((kind, name.casefold()), "")

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


def _is_hiding(node: Element | None, nodes: dict[str, Element]) -> bool:
    """Return whether a style hides its text, directly or by inheritance."""
    for _ in range(MOST_ANCESTORS):
        if node is None:
            break
        if (said := read_hidden_flag(node)) is not None:
            return said
        node = nodes.get(get_child_value(node, "basedOn"))
    return False


def _find_numbering(node: Element | None, nodes: dict[str, Element]) -> tuple[str, str] | None:
    """Return the numbering of a style, or an inherited one."""
    for _ in range(MOST_ANCESTORS):
        if node is None:
            break
        if number := get_child_value(node, "pPr/numPr/numId"):
            return number, get_child_value(node, "pPr/numPr/ilvl") or "0"
        node = nodes.get(get_child_value(node, "basedOn"))
    return None


AFTER_BIDI = {W + name for name in "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents jc".split()}
"""The properties of a paragraph after `w:bidi` (ECMA-376, part 1, 17.3.1.26)."""


@lru_cache(maxsize=64)
def write_styles_part(data: bytes, language: str) -> ZipEntry:
    """Return a styles part with a default language.

    Word proofs and reads aloud in it. Word often notes the machine's language on the style that all others are based
    on; that note is removed.
    """
    root = parse_xml(data)
    for style in root.iter(W + "style"):
        if style.get(W + "default"):
            for lang in style.findall(f"{RPR}/{W}lang"):
                remove_node(lang)
    home = _get_defaults(root, "rPr")
    own = home.find(W + "lang")
    tag = add_element(home, "lang") if own is None else own
    for name, value_ in make_language_attributes(language).items():
        tag.set(name, value_)
    if get_direction(language) == "rtl":
        paragraphs = _get_defaults(root, "pPr")
        if paragraphs.find(W + "bidi") is None:
            after = next((each for each in paragraphs if each.tag in AFTER_BIDI), None)
            bidi = add_element(paragraphs, "bidi")
            if after is not None:
                after.addprevious(bidi)
    return ZipEntry.of(serialise_xml(root))


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
