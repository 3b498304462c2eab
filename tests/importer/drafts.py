"""Old releases of fictional bodies, for these tests, and how to read them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pressgen.importer.assemble import Home, assemble
from pressgen.importer.characters import read_characters
from pressgen.importer.draft import Entry, Heading, Listing, Paragraph, Picture, Quotation, Table
from pressgen.importer.manuscript import words
from pressgen.importer.reading import read_manuscript
from pressgen.importer.write import Identity, write
from pressgen.load.release import read_release

if TYPE_CHECKING:
    from pressgen.importer.draft import Block, Draft
    from pressgen.load.release import LoadedRelease

HOME = Home("en-GB", "Europe/London")
ESCAPED = re.compile(r"\\(?=[*_\[\\{\"])")
GLUE = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[a-z])(?=https?)|(?<=\d)(?=[a-z])")

MUSEUM = """\
EMBARGOED UNTIL 00:01 WEDNESDAY 8 MAY 2019

Clockwork owl comes home to Brennick Museum

A clockwork owl made in 1790 goes on show in Brennick today, eighty years after it was lent and never returned.

Dr Ines Falk, Director of Brennick Museum, said: “We had its box, its key and its feathers. Now we have the owl.

“It hoots at noon, and it is four minutes slow.”

“My grandfather would have laughed,” said Tobias Reed, who gave it back. “He always said that it watched him.”

Visitors can see:

- the owl
- its box
- a film of how it was mended

ENDS

Notes to editors

1. The owl was made by Anna Lindqvist in Malmö.
2. Brennick Museum opened in 1881 and is free to enter. It has
   a garden.
3. For media enquiries please contact Press Officer Mara Quill on 01632 960123 or press@brennick.example
"""


def draft_of(text: str | bytes, home: Home = HOME) -> Draft:
    """What is found in an old release."""
    data = text if isinstance(text, bytes) else text.encode()
    return assemble(read_manuscript(data, "old.txt"), home)


def written(draft: Draft) -> str:
    """The `release.yaml` of a draft."""
    return write(draft, Identity("OLD-1", "inspectorate", "old.txt"))


def loaded(draft: Draft) -> LoadedRelease:
    """A draft, written and read again as any release is."""
    return read_release(written(draft).encode(), "release.yaml")


def quotations(draft: Draft) -> list[tuple[str, tuple[str, ...]]]:
    """Who says what."""
    return [(draft.people[block.by].name, block.words) for block in draft.body if isinstance(block, Quotation)]


def lost(source: bytes, result: str) -> list[str]:
    """The words of a text file that a `release.yaml` does not have; words that were glued together count apart."""
    before = Counter(words(GLUE.sub(" ", _unmarked(read_characters(source)[0]))))
    after = Counter(words(GLUE.sub(" ", ESCAPED.sub("", result))))
    return list((before - after).elements())


def _unmarked(text: str) -> str:
    """A text without the numbers and letters that mark the entries of its lists, which are made anew."""
    return re.sub(
        r"(?m)^(\s*)(?:\(?\d{1,2}[.)](?!\d)|\[\d{1,2}\]:?|o(?=\s)|\(?[a-z]\)|\(?[ivx]{1,4}\))(?=\s*\S)", r"\1 ", text
    )


def texts_of(block: Block) -> list[str]:
    """The texts of a block, in order."""
    match block:
        case Paragraph() | Heading():
            return [block.text]
        case Quotation():
            return list(block.words)
        case Listing():
            return [text for entry in block.items for text in _entry(entry)]
        case Table():
            return [cell for row in block.rows for cell in row]
        case Picture():
            return [block.alt]


def _entry(entry: Entry) -> list[str]:
    return [entry.text, *(text for below in entry.items for text in _entry(below))]
