"""The house's `release.html`, a template as `house_template` reads them.

A leaf prints as its words, in the element that the template gives (`<h1>{{ headline }}</h1>`); blocks print as
elements of their own (`{{ body }}`); text prints as text. Nothing that the data holds can become markup.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from pressgen.errors import Place, Problem, Refused
from pressgen.model.document import Chart, Contact, Figure, Leaf, Listing, Table
from pressgen.render import house_template

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pressgen.model.house import HouseFolder
    from pressgen.render.markup import Marking

FILE = "release.html"
OWN = frozenset({"head", "logo"})
"""The names that a page has beside the vocabulary of all templates."""
HEAD = re.compile(rb"\{\{-?\s*head\b")


def fill(folder: HouseFolder, values: Mapping[str, object], marking: Marking) -> str:
    """The house's `release.html` filled with `values`.

    Raises:
        Refused: there is no such file, or it is not a template, or it asks for what there is not.
    """
    page = house_template.fill(folder, FILE, values, partial(_shown, marking))
    if problems := _headless(folder):
        raise Refused(problems)
    return page


def faults(folder: HouseFolder, names: Collection[str]) -> list[Problem]:
    """What is wrong with the house's `release.html` before it is filled; `names` are every template's vocabulary."""
    reading = house_template.read(folder.shown, FILE, folder.files.get(FILE), frozenset(names) | OWN)
    return [*reading.problems, *(_headless(folder) if reading.template else ())]


def _headless(folder: HouseFolder) -> list[Problem]:
    if HEAD.search(folder.files[FILE]):
        return []
    message = "nothing prints {{ head }}, which holds title and stylesheet; write it between <head> and </head>"
    return [Problem(code="P03", message=message, place=Place(f"{folder.shown}/{FILE}"))]


def _shown(marking: Marking, value: object) -> str:
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
