"""The named styles of a template: what the press office designs, and what blocks are set in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pressgen.model.direction import direction
from pressgen.word.archive import Entry
from pressgen.word.attributes import read_int
from pressgen.word.hidden import hides
from pressgen.word.names import PPR, RPR, TYPE, W, add, parse, remove, serialise, value
from pressgen.word.run_properties import tongue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pressgen.word.names import Element

Kind = Literal["paragraph", "character", "table"]
MOST_ANCESTORS = 20
"""Styles that a style may be based on in a row; more is a circle."""


@dataclass(frozen=True, slots=True)
class StyleName:
    """A style that a template must have, by the name that Word shows; `numbered` if it must number or bullet."""

    name: str
    kind: Kind = "paragraph"
    numbered: bool = False


@dataclass(slots=True)
class Styles:
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
    def of(cls, root: Element) -> Styles:
        """Read a styles part."""
        self, nodes = cls(), {node.get(W + "styleId") or "": node for node in root.iter(W + "style")}
        for style, node in nodes.items():
            names = [name.strip().casefold() for name in (value(node, "name"), *value(node, "aliases").split(","))]
            self.ids.update({(node.get(TYPE) or "paragraph", name): style for name in names if name})
            if names[0].startswith(("heading ", "title")) or node.find(f"{PPR}/{W}outlineLvl") is not None:
                self.headings.add(style)
            if found := _numbering(node, nodes):
                self.numbers[style] = found
            if _hides(node, nodes):
                self.hiding.add(style)
        return self

    def find(self, kind: Kind, name: str) -> str:
        """The id of the style `name`, or empty."""
        return self.ids.get((kind, name.casefold()), "")

    def missing(self, needed: Iterable[StyleName]) -> Iterator[StyleName]:
        """Those among `needed` that are not there."""
        return (style for style in needed if not self.find(style.kind, style.name))

    def unnumbered(self, needed: Iterable[StyleName], known: Callable[[str], bool]) -> Iterator[StyleName]:
        """Those among `needed` that should be numbered and are there, but have no numbering that is `known`."""
        for style in needed:
            found = self.find(style.kind, style.name)
            if style.numbered and found and not known(self.numbers.get(found, ("", ""))[0]):
                yield style


def _hides(node: Element | None, nodes: dict[str, Element]) -> bool:
    """Whether a style hides its text: it says so, or else the nearest says so that it is based on."""
    for _ in range(MOST_ANCESTORS):
        if node is None:
            break
        if (said := hides(node)) is not None:
            return said
        node = nodes.get(value(node, "basedOn"))
    return False


def _numbering(node: Element | None, nodes: dict[str, Element]) -> tuple[str, str] | None:
    """The numbering of a style, its own or that of the style it is based on."""
    for _ in range(MOST_ANCESTORS):
        if node is None:
            break
        if number := value(node, "pPr/numPr/numId"):
            return number, value(node, "pPr/numPr/ilvl") or "0"
        node = nodes.get(value(node, "basedOn"))
    return None


AFTER_BIDI = {W + name for name in "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents jc".split()}
"""What follows `w:bidi` among the properties of a paragraph (ECMA-376, part 1, 17.3.1.26)."""


@lru_cache(maxsize=64)
def in_language(data: bytes, language: str) -> Entry:
    """A styles part whose text is in `language` unless said otherwise: what Word proofs and reads aloud by.

    Word likes to note the language of the machine on the style that all others are based on; that one is passed over.
    """
    root = parse(data)
    for style in root.iter(W + "style"):
        if style.get(W + "default"):
            for lang in style.findall(f"{RPR}/{W}lang"):
                remove(lang)
    home = _defaults(root, "rPr")
    own = home.find(W + "lang")
    tag = add(home, "lang") if own is None else own
    for name, value_ in tongue(language).items():
        tag.set(name, value_)
    if direction(language) == "rtl":
        paragraphs = _defaults(root, "pPr")
        if paragraphs.find(W + "bidi") is None:
            after = next((each for each in paragraphs if each.tag in AFTER_BIDI), None)
            bidi = add(paragraphs, "bidi")
            if after is not None:
                after.addprevious(bidi)
    return Entry.of(serialise(root))


def _defaults(root: Element, kind: str) -> Element:
    """The properties that all text has unless a style says otherwise: `rPr` of runs, `pPr` of paragraphs."""
    home = root
    for step in ("docDefaults", f"{kind}Default", kind):
        found = home.find(W + step)
        if found is None:
            found = add(home, step)
            if step in ("docDefaults", "rPrDefault"):
                home.insert(0, found)
        home = found
    return home


class Numbering:
    """The numbering of a file, to which every list that begins anew adds a number of its own."""

    def __init__(self, root: Element) -> None:
        self.root, self.changed = root, False

    def knows(self, number: str) -> bool:
        """Whether there is a numbering `number`."""
        return self._abstract(number) != ""

    def restart(self, number: str, level: str) -> str:
        """A new number like `number`, beginning at 1."""
        nums = self.root.findall(W + "num")
        new = max(found for num in nums if (found := read_int(num, W + "numId")) is not None) + 1
        num = add(self.root, "num", numId=new)
        nums[-1].addnext(num)
        add(num, "abstractNumId", val=self._abstract(number))
        add(add(num, "lvlOverride", ilvl=level), "startOverride", val=1)
        self.changed = True
        return str(new)

    def _abstract(self, number: str) -> str:
        nums = self.root.findall(W + "num") if number.isdecimal() else ()
        return next((value(num, "abstractNumId") for num in nums if num.get(W + "numId") == number), "")
