"""What elements of a PDF's structure say of themselves: language, headers' scope, lists' numbering, places, links.

The properties are those of ISO 32000-1, 14.8.5 and 14.9.2; WeasyPrint leaves them out or gets them wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf

from pressgen.pdf.origins import box
from pressgen.pdf.structure import is_annotation, kind

if TYPE_CHECKING:
    from pressgen.pdf.structure import Element, Structure

POINTS = 0.75
"""Points in a pixel of CSS."""
NUMBERINGS = {
    "none": "/None",
    "disc": "/Disc",
    "circle": "/Circle",
    "square": "/Square",
    "decimal": "/Decimal",
    "lower-roman": "/LowerRoman",
    "upper-roman": "/UpperRoman",
    "lower-alpha": "/LowerAlpha",
    "lower-latin": "/LowerAlpha",
    "upper-alpha": "/UpperAlpha",
    "upper-latin": "/UpperAlpha",
}
LINES = {"gone": "/LineThrough", "come": "/Underline"}


def describe(structure: Structure) -> None:
    """Let each element of `structure` say what the page knows of it."""
    for element in structure.elements():
        if language := _attribute(element, "lang"):
            element["Lang"] = pydyf.String(language)
        match kind(element):
            case "/TH":
                element["A"]["Scope"] = "/Row" if _attribute(element, "scope") == "row" else "/Column"
            case "/L":
                element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": _numbering(element)})
            case "/Figure":
                element["A"]["BBox"] = _in_points(element["A"]["BBox"], structure.at(element["Pg"]))
            case "/Link":
                _describe_link(element, structure)
                _describe_change(element)
            case "/Span":
                _describe_change(element)
            case _:
                pass


def _attribute(element: Element, name: str) -> str:
    """The attribute of the page's element that `element` is made of; empty where there is none."""
    made_of = box(element)
    if made_of is None or made_of.element is None:
        return ""
    return str(made_of.element.get(name, ""))


def _numbering(element: Element) -> str:
    made_of = box(element)
    fallback = "/Decimal" if made_of.element_tag == "ol" else "/Disc"
    style = made_of.style["list_style_type"]
    return NUMBERINGS.get(style, fallback) if isinstance(style, str) else fallback


def _in_points(corners: list[float], page: Element) -> pydyf.Array:
    """A place as PDF counts it: in points, from the foot of the page."""
    left, top, right, bottom = (POINTS * each for each in corners)
    foot, height = page["MediaBox"][1], page["MediaBox"][3]
    return pydyf.Array([left, height - bottom + foot, right, height - top + foot])


def _describe_link(link: Element, structure: Structure) -> None:
    """Say of a link's annotations what the link says, for readers that go through them alone (ISO 14289-1, 7.18.5)."""
    words = " ".join("".join(box(link).element.itertext()).split())
    words = words or " ".join(filter(None, (each.get("alt") for each in box(link).element.iter("img"))))
    for child in filter(is_annotation, link["K"]):
        if words:
            structure.at(child["Obj"])["Contents"] = pydyf.String(words)


def _describe_change(element: Element) -> None:
    """Say of words in a redline what became of them, which others see by a line through or under them.

    PDF 1.7 has no element for deleted or inserted text. The line itself is told as the attribute that the format has
    for it (ISO 32000-1, 14.8.5.4.4, TextDecorationType). Few programs read that out, so the first and the last word of
    each change have a text for hearers that says where it begins and ends (14.9.4, ActualText), as pages do with
    hidden words around `del` and `ins`.
    """
    if line := LINES.get(_attribute(element, "data-fate")):
        element["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": line})
    if said := _attribute(element, "data-said"):
        element["ActualText"] = pydyf.String(said)
