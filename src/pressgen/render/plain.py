"""The mail body: the house's `mail.txt`, filled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.model.artifact import Artifact, Format
from pressgen.model.document import Chart, Contact, Figure, Leaf, Listing, Table
from pressgen.render import house_template
from pressgen.render.vocabulary import vocabulary
from pressgen.text.mail import leaf, paragraphs, wrapped

if TYPE_CHECKING:
    from collections.abc import Collection

    from pressgen.errors import Problem
    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder

FILE = "mail.txt"
BLANKS = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")


def render(document: Document, folder: HouseFolder) -> Artifact:
    """`document` as plain text, 72 columns, the parts set apart by one blank line; a review copy ends in its line.

    Raises:
        Refused: the house's template is at fault.
    """
    text = house_template.fill(folder, FILE, vocabulary(document, folder.house), _shown)
    if document.edition:
        text += f"\n\n{document.edition.line(document.reference)}"
    return Artifact(f"{document.slug}.txt", Format.TXT, (BLANKS.sub("\n\n", text).strip("\n") + "\n").encode())


def check_template(folder: HouseFolder, names: Collection[str]) -> list[Problem]:
    """What is wrong with `mail.txt` before any release is there; `names` are the vocabulary."""
    return list(house_template.read(folder.shown, FILE, folder.files.get(FILE), frozenset(names)).problems)


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case Leaf():
            return wrapped(leaf(value))
        case Listing() | Table() | Figure() | Chart() | Contact():
            return paragraphs([value])
        case tuple():
            return paragraphs(value)
        case _:
            message = "this cannot be printed: print a name of the vocabulary, such as {{ headline }}"
            raise TypeError(message)
