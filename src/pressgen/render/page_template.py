"""Fill and check the house's `release.html`, with `house_template`.

A leaf prints as its words, in the element that the template gives (`<h1>{{ headline }}</h1>`); blocks print as elements
of their own (`{{ body }}`); text prints as text. Nothing that the data holds can become markup.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.errors import InputError, Place, Problem
from pressgen.model.document import Chart, Contact, Figure, Leaf, Listing, Table
from pressgen.render import house_template

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pressgen.model.house import HouseFolder
    from pressgen.render.markup import HtmlBlockRenderer

FILE = "release.html"
OWN = frozenset({"head", "logo"})
"""The names that a page has in addition to the vocabulary of all templates."""
HEAD = re.compile(rb"\{\{-?\s*head\b")


def fill_page_template(folder: HouseFolder, values: Mapping[str, object], marking: HtmlBlockRenderer) -> str:
    """Fill the house's `release.html` with values.

    Raises:
        InputError: there is no such file, or it is not a template, or it uses a name that does not exist.
    """
    page = house_template.fill_template(folder, FILE, values, partial(_print_value, marking))
    if problems := _check_head(folder):
        raise InputError(problems)
    return page


def find_template_faults(folder: HouseFolder, names: Collection[str]) -> list[Problem]:
    """Return the faults of the house's `release.html` before it is filled.

    `names` are the vocabulary of all templates.
    """
    reading = house_template.parse_template(folder.shown, FILE, folder.files.get(FILE), frozenset(names) | OWN)
    return [*reading.problems, *(_check_head(folder) if reading.template else ())]


def _check_head(folder: HouseFolder) -> list[Problem]:
    if HEAD.search(folder.files[FILE]):
        return []
    message = "{{ head }}, which has the title and the stylesheet, is missing; write it between <head> and </head>"
    return [Problem(code="P03", message=message, place=Place(f"{folder.shown}/{FILE}"))]


def _print_value(marking: HtmlBlockRenderer, value: object) -> str:
    match value:
        case None:
            return ""
        case Leaf():
            return marking.leaf(value)
        case Listing() | Table() | Figure() | Chart() | Contact():
            return marking.block(value)
        case tuple() if all(isinstance(each, Leaf | Listing | Table | Figure | Chart | Contact) for each in value):
            return marking.blocks(value)
        case Markup():
            return value
        case str() | int():
            return str(value)
        case _:
            raise TypeError("this cannot be printed; print a name of the vocabulary, such as {{ headline }}")
