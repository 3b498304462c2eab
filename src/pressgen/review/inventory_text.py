"""Count the texts and pictures of one part of a Word file.

Nothing here is shared with the reader of editors' files.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pressgen.model.contents import CountedMark, CountedText
from pressgen.review.inventory_styles import get_attribute, get_child, read_toggle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from pressgen.review.inventory_styles import StyleTable

SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "ptab": "\t"}
STRUCK, INSERTED = frozenset({"del", "moveFrom"}), frozenset({"ins", "moveTo"})
ADDRESS = re.compile(r'HYPERLINK\s+(?:\\[lnmot]\s+)*"?([^"\s]+)"?')
COMPUTED = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
"""Fields that every program computes again."""
PROPERTIES = frozenset({"pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "instrText"})
NOTES = frozenset({"footnote", "endnote", "comment"})
CHART = frozenset({"v", "t"})


@dataclass(slots=True)
class _Unit:
    """A paragraph that is being counted."""

    place: str
    name: str = ""
    heading: int = 0
    listed: tuple[int, bool] = (0, False)
    style: str = ""
    author: str = ""
    text: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    runs: list[tuple[int, int, bool, bool, str]] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, marks: tuple[bool, bool, str]) -> None:
        self.text.append(text)
        self.runs.append((self.length, self.length + len(text), *marks))
        self.length += len(text)

    def finish(self) -> CountedText:
        return CountedText(
            text="".join(self.text), struck="".join(self.struck), place=self.place, name=self.name,
            heading=self.heading, level=self.listed[0], ordered=self.listed[1], author=self.author,
            marks=tuple(self._merge_marks()),
        )  # fmt: skip

    def _merge_marks(self) -> list[CountedMark]:
        found: list[CountedMark] = []
        for at, kind in ((2, "strong"), (3, "emphasis"), (4, "link")):
            for run in self.runs:
                target = str(run[4]) if kind == "link" else ""
                if not run[at] or run[0] == run[1]:
                    continue
                last = found[-1] if found else None
                if last and (last.end, last.kind, last.target) == (run[0], kind, target):
                    found[-1] = CountedMark(start=last.start, end=run[1], kind=kind, target=target)
                else:
                    found.append(CountedMark(start=run[0], end=run[1], kind=kind, target=target))
        return found


@dataclass(slots=True)
class _Field:
    """A field that has begun and not ended."""

    instruction: str = ""

    @property
    def address(self) -> str:
        match = ADDRESS.search(self.instruction)
        return match[1] if match else ""


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for everything below a node."""

    place: str
    name: str = ""
    struck: bool = False
    author: str = ""
    link: str = ""


class TextCounter:
    """The texts and pictures of one part, in its order.

    Attributes:
        texts: each paragraph, and other texts that stand alone.
        pictures: the alternative texts.
    """

    def __init__(self, styles: StyleTable, addresses: Mapping[str, str]) -> None:
        """Begin with nothing.

        Args:
            styles: of the file.
            addresses: of the links of the part, by their ids.
        """
        self.texts: list[CountedText] = []
        self.pictures: list[str] = []
        self._styles, self._addresses = styles, addresses
        self._unit: _Unit | None = None
        self._fields: list[_Field] = []

    def count(self, root: etree._Element, place: str) -> None:
        """Count all texts below a root."""
        if place in {"chart", "diagram"}:
            found = (str(each.text or "") for each in root.iter() if _local(each) in CHART)
            self.texts += [CountedText(text=each, place=place) for each in found if each.strip()]
            return
        self._children(root, _Context(place))
        self._end_paragraph()

    def _children(self, node: etree._Element, context: _Context) -> None:
        for child in node:
            self._node(child, context)

    def _node(self, node: etree._Element, context: _Context) -> None:  # noqa: C901, PLR0912 - a case for each name
        tag = _local(node)
        if tag in PROPERTIES:
            if tag == "instrText" and self._fields:
                self._fields[-1].instruction += str(node.text or "")
            elif tag == "tblPr":
                said = [get_attribute(get_child(node, name), "val") for name in ("tblCaption", "tblDescription")]
                self.texts += [CountedText(text=each, place="table description") for each in said if each]
        elif tag in NOTES:
            self._children(node, context)
            self._end_paragraph()
        elif tag == "p" and _is_word(node):
            self._paragraph(node, context)
        elif tag == "AlternateContent":
            self._alternatives(node, context)
        elif tag == "txbxContent":
            outer, self._unit = self._unit, None
            self._children(node, _Context("text box", context.name, context.struck, context.author))
            self._end_paragraph()
            self._unit = outer
        elif tag in {"oMath", "oMathPara"}:
            self._equation(node, context)
        elif tag == "tc":
            self._end_paragraph()
            place = "cell" if context.place == "body" else context.place
            self._children(node, _change(context, place=place))
            self._end_paragraph()
        elif tag == "tr":
            gone = get_child(node, "trPr", "del") is not None
            self._children(node, _change(context, struck=context.struck or gone))
        elif tag in STRUCK:
            self._children(node, _change(context, struck=True))
        elif tag in INSERTED:
            self._children(node, _change(context, author=get_attribute(node, "author")))
        elif tag in {"hyperlink", "hlinkClick"} and (address := self._addresses.get(_get_relation(node), "")):
            self._children(node, _change(context, link=address))
        elif tag == "fldSimple":
            self._simple_field(node, context)
        elif tag == "r" and _is_word(node):
            self._run(node, context)
        else:
            self._drawing(node)
            name = get_attribute(get_child(node, "docPr"), "name") or get_attribute(node, "ID")
            self._children(node, _change(context, name=name) if name else context)

    def _alternatives(self, node: etree._Element, context: _Context) -> None:
        """Count the first alternative, and of the others what differs."""
        seen: Counter[str] | None = None
        for child in node:
            texts, pictures, unit = len(self.texts), len(self.pictures), self._unit
            if seen is None:
                self._children(child, context)
                seen = Counter(each.text.strip() for each in self.texts[texts:])
            else:
                self._unit = _Unit("text box")
                self._children(child, context)
                self._unit = unit
                found, self.texts[texts:] = self.texts[texts:], []
                del self.pictures[pictures:]
                self.texts += [each for each in found if each.text.strip() and each.text.strip() not in seen]

    def _paragraph(self, node: etree._Element, context: _Context) -> None:
        properties = get_child(node, "pPr")
        if self._unit is None:
            style = get_attribute(get_child(properties, "pStyle"), "val")
            self._unit = _Unit(
                context.place, context.name, self._styles.find_heading(properties),
                self._styles.find_list(properties), style,
            )  # fmt: skip
        self._children(node, context)
        mark = get_child(properties, "rPr")
        if not any(get_child(mark, name) is not None for name in STRUCK):
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        if self._unit is not None and (self._unit.text or self._unit.struck):
            self.texts.append(self._unit.finish())
        self._unit = None

    def _simple_field(self, node: etree._Element, context: _Context) -> None:
        instruction = get_attribute(node, "instr")
        if not COMPUTED.match(instruction):
            address = ADDRESS.search(instruction)
            self._children(node, _change(context, link=address[1]) if address else context)

    def _equation(self, node: etree._Element, context: _Context) -> None:
        text = "".join(str(each.text or "") for each in node.iter() if _local(each) == "t")
        if text.strip():
            self.texts.append(CountedText(text=text, place="equation", author=context.author))

    def _drawing(self, node: etree._Element) -> None:
        """Count the picture that a drawing shows."""
        if _local(node) in {"inline", "anchor"} and any(_local(each) == "blip" for each in node.iter()):
            self.pictures.append(get_attribute(get_child(node, "docPr"), "descr"))

    def _run(self, run: etree._Element, context: _Context) -> None:
        unit = self._unit = self._unit or _Unit(context.place, context.name)
        properties = get_child(run, "rPr")
        link = context.link or next((each.address for each in reversed(self._fields) if each.address), "")
        marks = (self._is_marked(properties, unit.style, "b"), self._is_marked(properties, unit.style, "i"), link)
        for node in run:
            tag = _local(node)
            if tag == "fldChar":
                self._field(get_attribute(node, "fldCharType"))
            elif tag in {"t", "delText"} or tag in SIGNS:
                text = SIGNS[tag] if tag in SIGNS else str(node.text or "")
                if any(COMPUTED.match(each.instruction) for each in self._fields):
                    continue
                if context.struck or tag == "delText":
                    unit.struck.append(text)
                else:
                    unit.add(text, marks)
                    unit.author = unit.author or context.author
            elif tag == "sym":
                text = f"{get_attribute(node, 'font')} {get_attribute(node, 'char')}"
                self.texts.append(CountedText(text=text, place="symbol", author=context.author))
            else:
                self._node(node, context)
                self._unit = unit

    def _field(self, what: str) -> None:
        """Follow the beginning and the end of a field."""
        if what == "begin":
            self._fields.append(_Field())
        elif what == "end" and self._fields:
            self._fields.pop()

    def _is_marked(self, properties: etree._Element | None, style: str, toggle: str) -> bool:
        """Return whether a run is bold or italic, unlike its paragraph."""
        usual = bool(self._styles.is_on(style, toggle))
        said = read_toggle(properties, toggle)
        if said is None:
            said = self._styles.is_on(get_attribute(get_child(properties, "rStyle"), "val"), toggle)
        return said is not None and said != usual


def _local(node: etree._Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _is_word(node: etree._Element) -> bool:
    return "wordprocessingml" in str(node.tag)


def _get_relation(node: etree._Element) -> str:
    return next((str(value) for key, value in node.attrib.items() if str(key).endswith("relationships}id")), "")


def _change(context: _Context, **changes: str | bool) -> _Context:
    values = {each: getattr(context, each) for each in _Context.__slots__}
    return _Context(**{**values, **changes})
