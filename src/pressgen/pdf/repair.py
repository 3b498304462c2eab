"""Repairs to the structure that WeasyPrint gives a PDF: what PDF/UA-1 (ISO 14289-1) and readers ask beyond it.

Where the rules come from: ISO 32000-1, 14.8.4.3.3 (lists), 14.7.4.2 (elements on several pages); ISO 14289-1, 7.18.5
(links).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf

from pressgen.pdf.origins import beside, same
from pressgen.pdf.structure import is_annotation, kind

if TYPE_CHECKING:
    from pressgen.pdf.structure import Element, Structure

OF_A_PAGE = frozenset({"/Table", "/Figure"})
"""A table that goes on repeats its header on each page, and is one table a page; a picture never goes on."""
EMPTY = frozenset({"/TD", "/TH"})
"""Elements that mean something even with nothing in them."""


def repair(structure: Structure) -> None:
    """Make the elements of `structure` what they ought to be."""
    _set_aside(structure.document)
    _clear(structure.document)
    for element in structure.elements():
        _join(element)
        match kind(element):
            case "/L":
                _nest(element)
            case "/LI":
                _embody(element, structure)
            case "/Link":
                element["K"] += _annotations_below(element)
            case _:
                pass


def _set_aside(element: Element) -> None:
    """Leave out the labels of a margin, which are no part of what is said: without an element they are artifacts."""
    element["K"][:] = [each for each in element["K"] if not (kind(each) and beside(each))]
    for child in filter(kind, element["K"]):
        _set_aside(child)


def _clear(element: Element) -> None:
    """Take out what holds nothing, such as the box of a list entry whose text has ended on the page before."""
    for child in filter(kind, element["K"]):
        _clear(child)
    element["K"][:] = [each for each in element["K"] if not kind(each) or each["K"] or kind(each) in EMPTY]


def _join(element: Element) -> None:
    """Make one of neighbours that are parts of one paragraph, list, quotation, link: parted by a page or a line."""
    joined: list[Element] = []
    for child in element["K"]:
        if joined and kind(child) and kind(child) == kind(joined[-1]) not in OF_A_PAGE and same(child, joined[-1]):
            _adopt(joined[-1], child)
        else:
            joined.append(child)
    element["K"][:] = joined


def _adopt(element: Element, other: Element) -> None:
    """Give the children of `other` to `element`; bare numbers of marked text count on the page of their element."""
    for child in other["K"]:
        if isinstance(child, int) and other["Pg"] != element["Pg"]:
            element["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": other["Pg"], "MCID": child}))
        else:
            element["K"].append(child)


def _nest(element: Element) -> None:
    """Hang the lists within a list below the entry that they belong to; WeasyPrint hangs them beside it."""
    entries: list[Element] = []
    for child in element["K"]:
        if entries and kind(child) == "/L":
            entries[-1]["K"].append(child)
        else:
            entries.append(child)
    element["K"][:] = entries


def _embody(element: Element, structure: Structure) -> None:
    """Make of a list's entry its label, if it has one, and one body that holds all else."""
    labels, body = [], structure.new("/LBody", element["Pg"], [])
    for child in element["K"]:
        match kind(child):
            case "/Lbl":
                labels.append(child)
            case "/LBody":
                _adopt(body, child)
            case _:
                body["K"].append(child)
    element["K"][:] = [*labels, body]


def _annotations_below(link: Element) -> list[Element]:
    """The annotations that hang below what stands in `link`, such as emphasis or a picture, cut loose from there."""
    found = []
    for child in filter(kind, link["K"]):
        found += [*filter(is_annotation, child["K"]), *_annotations_below(child)]
        child["K"][:] = [each for each in child["K"] if not is_annotation(each)]
    return found
