"""Fill the house's `mail.txt`, the body of a mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.model.artifact import Artifact, Format
from pressgen.model.document import Chart, Contact, Figure, Leaf, Listing, Table
from pressgen.render import house_template
from pressgen.render.vocabulary import build_vocabulary
from pressgen.text.mail import format_blocks, format_leaf, wrap_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from pressgen.errors import Problem
    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder

FILE = "mail.txt"
BLANKS = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")


def render(document: Document, folder: HouseFolder) -> Artifact:
    """Render a document as plain text, 72 columns wide.

    One blank line separates its parts; a review copy ends in its edition line.

    Raises:
        InputError: the house's template is at fault.
    """
    text = house_template.fill_template(folder, FILE, build_vocabulary(document, folder.house), _print_value)
    if document.edition:
        text += f"\n\n{document.edition.line(document.reference)}"
    return Artifact(f"{document.slug}.txt", Format.TXT, (BLANKS.sub("\n\n", text).strip("\n") + "\n").encode())


def check_template(folder: HouseFolder, names: Collection[str]) -> list[Problem]:
    """Return the faults of `mail.txt` before any release exists.

    `names` are the vocabulary.
    """
    return list(house_template.parse_template(folder.shown, FILE, folder.files.get(FILE), frozenset(names)).problems)


def _print_value(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case Leaf():
            return wrap_text(format_leaf(value))
        case Listing() | Table() | Figure() | Chart() | Contact():
            return format_blocks([value])
        case tuple():
            return format_blocks(value)
        case _:
            message = "this cannot be printed; print a value from the list in the manual, such as {{ headline }}"
            raise TypeError(message)
