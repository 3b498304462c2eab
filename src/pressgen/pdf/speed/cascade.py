"""Merge the declarations that apply to an element once per house.

WeasyPrint merges the declarations of all matching rules for every element and for every pseudo-element of it (the user
agent's sheet alone has six for each: `::marker`, `::footnote-call` and so on), and reads `id` and `lang` as if each
were a small stylesheet. Here the merged declarations are kept by the numbers of the rules that matched.
"""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.css import declaration_precedence, find_style_attributes
from weasyprint.css.validation import preprocess_declarations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Cascaded = dict[str, Any]
"""The value and the weight of each property that is declared."""
Sheet = tuple[Any, str, Any]
"""A sheet, its origin, and the specificity of all its rules where it gives them one."""
Rules = tuple[tuple[int, ...], ...]
"""The numbers of rules, sheet by sheet."""

PLAIN = re.compile(r"[\w-]+", re.ASCII)
"""Text that needs no escape between the quotation marks of a stylesheet."""
OWN = (3, inf, (0, 0, 0))
"""The weight of an attribute that acts as a declaration: an author's, in no layer, of no specificity."""


class ElementDeclarations(NamedTuple):
    """The declarations that apply to an element and its pseudo-elements.

    Attributes:
        number: the same for all elements that WeasyPrint treats alike.
        rules: the rules that they come from.
        cascaded: the declarations for the element.
        pseudo: the declarations for its pseudo-elements, by their names.
    """

    number: int
    rules: Rules
    cascaded: Cascaded
    pseudo: dict[str, Cascaded]


class PageDeclarations(NamedTuple):
    """The declarations that apply to a page and its margin boxes."""

    rules: Rules
    cascaded: dict[str | None, Cascaded]


class Cascade:
    """The merged declarations of some stylesheets."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.sheets = tuple(sheets)
        self._elements: dict[Rules, ElementDeclarations] = {}
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._pages: dict[Rules, PageDeclarations] = {}

    def of(self, wrapper: Any) -> ElementDeclarations:
        """Return the declarations that apply to the element in `wrapper`."""
        matches = [stylesheet.matcher.match(wrapper) for stylesheet, _, _ in self.sheets]
        rules = tuple([tuple([match[1] for match in found]) for found in matches])
        if rules not in self._elements:
            self._elements[rules] = self._merged(rules, matches)
        return self._elements[rules]

    def _merged(self, rules: Rules, matches: list[list[Any]]) -> ElementDeclarations:
        alike = []
        cascaded: dict[Any, Cascaded] = {None: {}}
        for (stylesheet, origin, specificity), found in zip(self.sheets, matches, strict=True):
            for own, _, pseudo, (declarations, layer) in found:
                order = inf if layer is None else stylesheet.layers.index(layer)
                # the style sheet keeps its declarations, so that their ids stay
                alike.append((id(stylesheet), own, id(declarations), order))
                merge_declarations(cascaded.setdefault(pseudo, {}), declarations, origin, (order, specificity or own))
        number = self._numbers.setdefault(tuple(alike), len(self._numbers))
        return ElementDeclarations(number, rules, cascaded.pop(None), cascaded)

    def of_page(self, page_type: Any, matches: Any) -> PageDeclarations:
        """Return the declarations that apply to a page of `page_type`.

        `matches` says whether the selector of a page matches.
        """
        found = [
            [
                (number, *selector[:2], rule[2])
                for number, (rule, selector) in enumerate(_iterate_page_selectors(stylesheet))
                if matches(selector[2], page_type)
            ]
            for stylesheet, _, _ in self.sheets
        ]
        rules = tuple([tuple([each[0] for each in one]) for one in found])
        if rules not in self._pages:
            cascaded: dict[str | None, Cascaded] = {}
            for (_, origin, specificity), one in zip(self.sheets, found, strict=True):
                for _, own, pseudo, declarations in one:
                    merge_declarations(
                        cascaded.setdefault(pseudo, {}), declarations, origin, (None, specificity or own)
                    )
            self._pages[rules] = PageDeclarations(rules, cascaded)
        return self._pages[rules]


def _iterate_page_selectors(stylesheet: Any) -> Iterator[tuple[Any, Any]]:
    for rule in stylesheet.page_rules:
        for selector in rule[1]:
            yield rule, selector


def merge_declarations(
    into: Cascaded, declarations: Iterable[tuple[str, Any, bool]], origin: str, rank: tuple[Any, Any]
) -> None:
    """Add declarations that have the same or a higher weight."""
    for name, values, importance in declarations:
        weight = declaration_precedence(origin, importance), *rank
        if name not in into or into[name][1] <= weight:
            into[name] = values, weight


class _SingleElementTree:
    """A tree of one element for `find_style_attributes`."""

    def __init__(self, element: Any) -> None:
        self._element = element

    def iter(self) -> tuple[Any]:
        return (self._element,)


def read_attribute_declarations(html: Any, hints: bool) -> dict[Any, Cascaded]:
    """Return what the attributes of each element declare.

    These are its `style`, its name and its language.
    """
    declared: dict[Any, Cascaded] = {}
    for element in html.etree_element.iter():
        attrib = element.attrib
        if not attrib and not hints:
            continue
        if hints or not _has_only_name_and_language(element):
            for rank, _, declarations, base_url in find_style_attributes(
                _SingleElementTree(element), hints, html.base_url
            ):
                merge_declarations(
                    declared.setdefault(element, {}),
                    preprocess_declarations(base_url, declarations),
                    "author",
                    (inf, rank),
                )
            continue
        if language := attrib.get("lang"):
            declared.setdefault(element, {})["lang"] = ("string", language), OWN
        if name := attrib.get("id"):
            declared.setdefault(element, {})["anchor"] = name, OWN
    return declared


def _has_only_name_and_language(element: Any) -> bool:
    """Return whether an element's attributes declare at most name and language."""
    attrib = element.attrib
    return (
        "style" not in attrib
        and element.tag != "{http://www.w3.org/2000/svg}svg"
        and not (element.tag == "a" and "name" in attrib)
        and all(PLAIN.fullmatch(attrib[name]) for name in ("id", "lang") if attrib.get(name))
    )
