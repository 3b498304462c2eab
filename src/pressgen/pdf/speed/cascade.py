"""Which declarations meet an element, put together once for a house and not for each element of each document.

WeasyPrint merges the declarations of all matching rules for every element and for every pseudo-element of it (the user
agent's sheet alone has six for each: `::marker`, `::footnote-call` and so on), and reads `id` and `lang` as if each
were a small stylesheet. Here what was merged is kept by the numbers of the rules that matched.
"""

# ruff: noqa: ANN401 - WeasyPrint has no types

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
"""What means itself between the quotation marks of a stylesheet."""
OWN = (3, inf, (0, 0, 0))
"""The weight of an attribute that stands for a declaration: an author's, in no layer, of no specificity."""


class Matched(NamedTuple):
    """What meets an element.

    Attributes:
        number: the same for all elements that WeasyPrint takes for alike.
        rules: the rules that it is from.
        cascaded: what is declared for the element.
        pseudo: what is declared for its pseudo-elements, by their names.
    """

    number: int
    rules: Rules
    cascaded: Cascaded
    pseudo: dict[str, Cascaded]


class Paged(NamedTuple):
    """What meets a page and, by their names, the boxes in its margin."""

    rules: Rules
    cascaded: dict[str | None, Cascaded]


class Cascade:
    """The declarations of `sheets`, merged for elements and for pages as they come up."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.sheets = tuple(sheets)
        self._elements: dict[Rules, Matched] = {}
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._pages: dict[Rules, Paged] = {}

    def of(self, wrapper: Any) -> Matched:
        """What meets the element in `wrapper`."""
        matches = [sheet.matcher.match(wrapper) for sheet, _, _ in self.sheets]
        rules = tuple([tuple([match[1] for match in found]) for found in matches])
        if rules not in self._elements:
            self._elements[rules] = self._merged(rules, matches)
        return self._elements[rules]

    def _merged(self, rules: Rules, matches: list[list[Any]]) -> Matched:
        alike = []
        cascaded: dict[Any, Cascaded] = {None: {}}
        for (sheet, origin, specificity), found in zip(self.sheets, matches, strict=True):
            for own, _, pseudo, (declarations, layer) in found:
                order = inf if layer is None else sheet.layers.index(layer)
                alike.append((id(sheet), own, id(declarations), order))  # the sheet holds them as long as we hold it
                merge(cascaded.setdefault(pseudo, {}), declarations, origin, (order, specificity or own))
        number = self._numbers.setdefault(tuple(alike), len(self._numbers))
        return Matched(number, rules, cascaded.pop(None), cascaded)

    def of_page(self, page_type: Any, matches: Any) -> Paged:
        """What meets a page of `page_type`; `matches` says whether the selector of a page does."""
        found = [
            [
                (number, *selector[:2], rule[2])
                for number, (rule, selector) in enumerate(_selectors(sheet))
                if matches(selector[2], page_type)
            ]
            for sheet, _, _ in self.sheets
        ]
        rules = tuple([tuple([each[0] for each in one]) for one in found])
        if rules not in self._pages:
            cascaded: dict[str | None, Cascaded] = {}
            for (_, origin, specificity), one in zip(self.sheets, found, strict=True):
                for _, own, pseudo, declarations in one:
                    merge(cascaded.setdefault(pseudo, {}), declarations, origin, (None, specificity or own))
            self._pages[rules] = Paged(rules, cascaded)
        return self._pages[rules]


def _selectors(sheet: Any) -> Iterator[tuple[Any, Any]]:
    for rule in sheet.page_rules:
        for selector in rule[1]:
            yield rule, selector


def merge(into: Cascaded, declarations: Iterable[tuple[str, Any, bool]], origin: str, rank: tuple[Any, Any]) -> None:
    """Add `declarations` to what is declared already, where they weigh as much or more."""
    for name, values, importance in declarations:
        weight = declaration_precedence(origin, importance), *rank
        if name not in into or into[name][1] <= weight:
            into[name] = values, weight


class _Only:
    """A tree of one element, as far as `find_style_attributes` looks."""

    def __init__(self, element: Any) -> None:
        self._element = element

    def iter(self) -> tuple[Any]:
        return (self._element,)


def attributes(html: Any, hints: bool) -> dict[Any, Cascaded]:  # noqa: FBT001
    """What the attributes of elements declare: their `style`, what they are called, their language."""
    declared: dict[Any, Cascaded] = {}
    for element in html.etree_element.iter():
        attrib = element.attrib
        if not attrib and not hints:
            continue
        if hints or not _named(element):
            for rank, _, declarations, base_url in find_style_attributes(_Only(element), hints, html.base_url):
                merge(
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


def _named(element: Any) -> bool:
    """Whether what the attributes of `element` declare, if anything, is its name and its language."""
    attrib = element.attrib
    return (
        "style" not in attrib
        and element.tag != "{http://www.w3.org/2000/svg}svg"
        and not (element.tag == "a" and "name" in attrib)
        and all(PLAIN.fullmatch(attrib[name]) for name in ("id", "lang") if attrib.get(name))
    )
