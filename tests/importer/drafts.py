"""Old releases of fictional bodies, for these tests, and how to read them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pressgen.importer.assemble import ImportDefaults, assemble_draft
from pressgen.importer.draft import (
    DraftHeading,
    DraftList,
    DraftListEntry,
    DraftParagraph,
    DraftPicture,
    DraftQuotation,
    DraftTable,
)
from pressgen.importer.manuscript import list_words
from pressgen.importer.manuscript_reader import read_manuscript
from pressgen.importer.yaml_writer import ReleaseIdentity, format_release_yaml
from pressgen.load.release import read_release
from pressgen.text.text_decoding import decode_text

if TYPE_CHECKING:
    from pressgen.importer.draft import Block, ReleaseDraft
    from pressgen.load.release import ParsedRelease

HOME = ImportDefaults("en-GB", "Europe/London")
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


def draft_of(text: str | bytes, home: ImportDefaults = HOME) -> ReleaseDraft:
    """What is found in an old release."""
    data = text if isinstance(text, bytes) else text.encode()
    return assemble_draft(read_manuscript(data, "old.txt"), home)


def written(draft: ReleaseDraft) -> str:
    """The `release.yaml` of a draft."""
    return format_release_yaml(draft, ReleaseIdentity("OLD-1", "inspectorate", "old.txt"))


def loaded(draft: ReleaseDraft) -> ParsedRelease:
    """A draft, written and read again as any release is."""
    return read_release(written(draft).encode(), "release.yaml")


def quotations(draft: ReleaseDraft) -> list[tuple[str, tuple[str, ...]]]:
    """Who says what."""
    return [(draft.people[block.by].name, block.words) for block in draft.body if isinstance(block, DraftQuotation)]


def lost(source: bytes, result: str) -> list[str]:
    """The words of a text file that a `release.yaml` does not have; words that were glued together count apart."""
    before = Counter(_list_words(_unmarked(decode_text(source)[0]).replace("](mailto:", "](")))
    after = Counter(_list_words(ESCAPED.sub("", result)))
    return list((before - after).elements())


def _list_words(text: str) -> list[str]:
    """The words of a text without the marks of emphasis, `_word_` in Markdown."""
    return [bare for word in list_words(GLUE.sub(" ", text)) if (bare := word.strip("_"))]


def _unmarked(text: str) -> str:
    """A text without the numbers and letters that mark the entries of its lists, which are made anew."""
    return re.sub(
        r"(?m)^(\s*)(?:\(?\d{1,2}[.)](?!\d)|\[\d{1,2}\]:?|o(?=\s)|\(?[a-z]\)|\(?[ivx]{1,4}\))(?=\s*\S)", r"\1 ", text
    )


def texts_of(block: Block) -> list[str]:
    """The texts of a block, in order."""
    match block:
        case DraftParagraph() | DraftHeading():
            return [block.text]
        case DraftQuotation():
            return list(block.words)
        case DraftList():
            return [text for entry in block.items for text in _entry(entry)]
        case DraftTable():
            return [cell for row in block.rows for cell in row]
        case DraftPicture():
            return [block.alt]


def _entry(entry: DraftListEntry) -> list[str]:
    return [entry.text, *(text for below in entry.items for text in _entry(below))]
