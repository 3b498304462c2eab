"""The paragraphs with tags of a house's Word template.

They are put into another one.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from pressgen.word.names import BODY, PPR, RPR, VAL, WML, P, R, T, W, add_element, remove_node
from pressgen.word.tags import TAG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.word.names import Element
    from pressgen.word.package import Package

PRINTED = re.compile(r"\{\{\s*(\w+)")
SAME = {"banner": "banner_line", "line": "banner_line"}
OPENS, CLOSES = re.compile(r"\{%-?\s*(?:if|for)\b"), re.compile(r"\{%-?\s*end(?:if|for)\b")
BANNER_STYLE = "Running Banner"
BANNER_TAGS = "{% if embargoed %}{{ banner_line }}{% endif %}"
FRAME = {"wrap": "around", "vAnchor": "page", "hAnchor": "margin", "xAlign": "center", "y": "284"}
"""The frame of the banner: 5 mm below the edge of the page, so that it moves nothing else on it."""
WHITE = {"val": "clear", "color": "auto", "fill": "FFFFFF"}
NAMES_A_BANNER = re.compile(r"\{\{\s*banner")


@dataclass(frozen=True, slots=True)
class TagBlock:
    """Paragraphs with tags that belong together.

    An example is those from `{% if %}` to `{% endif %}`.

    Attributes:
        names: what they print.
        nodes: copies of them.
    """

    names: frozenset[str]
    nodes: tuple[Element, ...]

    @property
    def name(self) -> str:
        """The tag as messages show it."""
        return ", ".join(f"{{{{ {each} }}}}" for each in sorted(self.names))

    def is_in(self, text: str) -> bool:
        """Return whether a text prints one of its names."""
        return not self.names.isdisjoint(_find_names(text))


def list_tag_styles(base: Package) -> list[str]:
    """Return the ids of the styles of the paragraphs with tags."""
    return [each.get(VAL) or "" for nodes in _group(base) for node in nodes for each in node.iter(W + "pStyle")]


def list_tag_blocks(base: Package, ids: Mapping[str, str]) -> list[TagBlock]:
    """Return the paragraphs with tags of a template, in their order.

    Args:
        base: the template.
        ids: for each id of a style in it, that of the letterhead.
    """
    return [
        TagBlock(_find_names(_join_texts(nodes)), tuple(_copy(each, ids) for each in nodes)) for nodes in _group(base)
    ]


def make_banner(style: str) -> Element:
    """Make the paragraph that shows the embargo's line.

    It stands at the top of each page, no wider than its words. `style` is the id of its style.
    """
    paragraph = etree.Element(P, nsmap={"w": WML})
    properties = add_element(paragraph, "pPr")
    add_element(properties, "pStyle", val=style)
    add_element(properties, "framePr", **FRAME)
    add_element(properties, "shd", **WHITE)
    add_element(properties, "spacing", before=0, after=0)
    add_element(properties, "jc", val="center")
    text = add_element(add_element(paragraph, "r"), "t")
    text.text = BANNER_TAGS
    return paragraph


def has_banner(root: Element) -> bool:
    """Return whether a header prints the embargo's line."""
    return any(NAMES_A_BANNER.search(_join_texts([each])) for each in root.iter(P))


def _group(base: Package) -> Iterator[list[Element]]:
    """Yield the paragraphs with tags.

    Those from a statement to its end are together.
    """
    group: list[Element] = []
    open_ = 0
    for node in base.main.iterfind(f"{BODY}/{P}" if base.main.tag != BODY else P):
        text = _join_texts([node])
        if not (group or TAG.search(text)):
            continue
        group.append(node)
        open_ += len(OPENS.findall(text)) - len(CLOSES.findall(text))
        if open_ <= 0:
            if _find_names(_join_texts(group)):
                yield group
            group, open_ = [], 0


def _copy(node: Element, ids: Mapping[str, str]) -> Element:
    """Copy a paragraph without its section, in the letterhead's styles."""
    made = deepcopy(node)
    for section in made.findall(f"{PPR}/{W}sectPr"):
        remove_node(section)
    for name in ("pStyle", "rStyle"):
        for style in list(made.iter(W + name)):
            if found := ids.get(style.get(VAL) or ""):
                style.set(VAL, found)
            else:
                remove_node(style)
    for run in list(made.iter(R)):
        if any(child.tag not in {RPR, T} for child in run):
            remove_node(run)
    return made


def _join_texts(nodes: list[Element]) -> str:
    return "\n".join("".join(str(text.text or "") for text in node.iter(T)) for node in nodes)


def _find_names(text: str) -> frozenset[str]:
    return frozenset(SAME.get(name, name) for name in PRINTED.findall(text))
