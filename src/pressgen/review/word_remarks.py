"""Write remarks into a Word file, as comments beside its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.review.comment_writer import CommentThreads, attach_to_paragraph
from pressgen.review.similarity import normalise_marks
from pressgen.review.word_open import open_word_file
from pressgen.review.word_reader import read_with_nodes
from pressgen.word.archive import ZipEntry, write_zip
from pressgen.word.names import serialise_xml

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on a paragraph, which is named by its text."""

    paragraph: str
    words: str


def write_remarks(data: bytes, shown: str, remarks: Sequence[Remark], author: str, date: str) -> bytes:
    """Return a Word file with remarks as comments.

    One whose paragraph is not there comes at the first paragraph of the body.

    Raises:
        InputError: it is not a Word file, or exceeds the limits for one from outside.
    """
    file = open_word_file(data, shown)
    read, nodes = read_with_nodes(file)
    threads = CommentThreads(file, read.comments)
    places = {
        normalise_marks("".join(each.text for each in paragraph.characters)): node
        for paragraph, node in reversed(list(zip(read.paragraphs, nodes.paragraphs, strict=True)))
        if paragraph.part == "body"
    }
    first = next(node for each, node in zip(read.paragraphs, nodes.paragraphs, strict=True) if each.part == "body")
    for remark in remarks:
        ident = threads.add(remark.words, author, date)
        attach_to_paragraph(ident, places.get(normalise_marks(remark.paragraph), first))
    roots = [root for _, root in file.texts]
    parts = dict(file.package.parts) | threads.parts()
    parts |= {name: serialise_xml(root) for name, root in zip(file.names_of_texts, roots, strict=True)}
    return write_zip({name: ZipEntry.of(part) for name, part in parts.items()})
