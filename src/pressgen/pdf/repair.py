"""Repair the structure that WeasyPrint gives a PDF.

PDF/UA-1 (ISO 14289-1) and screen readers ask more of it. Sources: ISO 32000-1, 14.8.4.3.3 (lists), 14.7.4.2 (elements
on several pages); ISO 14289-1, 7.18.5 (links).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf

from pressgen.pdf.origins import is_margin_label, is_same_element
from pressgen.pdf.structure import get_structure_type, is_annotation

if TYPE_CHECKING:
    from pressgen.pdf.structure import Element, PdfStructure

OF_A_PAGE = frozenset({"/Table", "/Figure"})
"""A table that continues repeats its header on each page, and is one table a page; a picture never continues."""
EMPTY = frozenset({"/TD", "/TH"})
"""Elements that mean something even with nothing in them."""


def repair_structure(structure: PdfStructure) -> None:
    """Repair the structure for PDF/UA-1 and screen readers."""
    _remove_margin_labels(structure.document)
    _remove_empty_elements(structure.document)
    for element in structure.elements():
        _join_split_elements(element)
        match get_structure_type(element):
            case "/L":
                _nest_lists(element)
            case "/LI":
                _build_list_entry(element, structure)
            case "/Link":
                element["K"] += _take_annotations(element)
            case _:
                pass


def _remove_margin_labels(element: Element) -> None:
    """Remove margin labels from the structure.

    Without an element they become artifacts.
    """
    element["K"][:] = [each for each in element["K"] if not (get_structure_type(each) and is_margin_label(each))]
    for child in filter(get_structure_type, element["K"]):
        _remove_margin_labels(child)


def _remove_empty_elements(element: Element) -> None:
    """Remove elements without content."""
    for child in filter(get_structure_type, element["K"]):
        _remove_empty_elements(child)
    element["K"][:] = [
        each for each in element["K"] if not get_structure_type(each) or each["K"] or get_structure_type(each) in EMPTY
    ]


def _join_split_elements(element: Element) -> None:
    """Join neighbours that a page or line break has split."""
    joined: list[Element] = []
    for child in element["K"]:
        if (
            joined
            and get_structure_type(child)
            and get_structure_type(child) == get_structure_type(joined[-1]) not in OF_A_PAGE
            and is_same_element(child, joined[-1])
        ):
            _move_children(joined[-1], child)
        else:
            joined.append(child)
    element["K"][:] = joined


def _move_children(element: Element, other: Element) -> None:
    """Move the children of one element to another.

    Bare numbers of marked content count on the page of their element.
    """
    for child in other["K"]:
        if isinstance(child, int) and other["Pg"] != element["Pg"]:
            element["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": other["Pg"], "MCID": child}))
        else:
            element["K"].append(child)


def _nest_lists(element: Element) -> None:
    """Move inner lists into the list entry that they belong to."""
    entries: list[Element] = []
    for child in element["K"]:
        if entries and get_structure_type(child) == "/L":
            entries[-1]["K"].append(child)
        else:
            entries.append(child)
    element["K"][:] = entries


def _build_list_entry(element: Element, structure: PdfStructure) -> None:
    """Give a list entry its label and one body."""
    labels, body = [], structure.new("/LBody", element["Pg"], [])
    for child in element["K"]:
        match get_structure_type(child):
            case "/Lbl":
                labels.append(child)
            case "/LBody":
                _move_children(body, child)
            case _:
                body["K"].append(child)
    element["K"][:] = [*labels, body]


def _take_annotations(link: Element) -> list[Element]:
    """Remove and return the annotations below a link's children."""
    found = []
    for child in filter(get_structure_type, link["K"]):
        found += [*filter(is_annotation, child["K"]), *_take_annotations(child)]
        child["K"][:] = [each for each in child["K"] if not is_annotation(each)]
    return found
