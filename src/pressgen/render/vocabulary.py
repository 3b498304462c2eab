"""The names that a house's templates may use.

They are the same in `release.docx`, `release.html` and `mail.txt`. A name means one of these:

- a leaf (`headline`, `end`, a note of `notes`): printed in place of the tag, with the tag's formatting;
- blocks (`body`, `notes`): printed on a paragraph of their own, each in the style of its kind;
- text (`reference`) or truth (`embargoed`), for conditions.

A name that has nothing to show is None, an empty tuple or an empty text, so `{% if subhead %}` works for all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pressgen.model.direction import get_direction

if TYPE_CHECKING:
    from pressgen.model.document import Block, Document, Leaf
    from pressgen.model.house import House

Value: TypeAlias = "Leaf | tuple[Block, ...] | str | bool | None"


NAMES = frozenset(
    "banner banner_line headline subhead body end notes_heading notes boilerplate contacts_heading contacts"
    " reference publisher address language direction embargoed variant".split()
)
"""Every name, for templates that are checked before any release exists."""


def build_vocabulary(document: Document, house: House) -> dict[str, Value]:
    """Return every name that templates may use, with its value."""
    return {
        "banner": document.banner,
        "banner_line": document.banner[0] if document.banner else None,
        "headline": document.headline,
        "subhead": document.subhead,
        "body": document.body,
        "end": document.end,
        "notes_heading": document.notes_heading,
        "notes": document.notes,
        "boilerplate": document.boilerplate,
        "contacts_heading": document.contacts_heading,
        "contacts": document.contacts,
        "reference": document.reference,
        "publisher": document.publisher,
        "address": house.address or "",
        "language": document.language,
        "direction": get_direction(document.language),
        "embargoed": document.embargoed,
        "variant": document.variant.value,
    }
