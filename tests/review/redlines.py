"""Redlines of random rewrites of all samples; `python -m soak redlines` plays many."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from machine import ROOT
from pressgen.actions.workspace.compose import compose_release
from pressgen.actions.workspace.folder import Workspace, load_release
from pressgen.model.artifact import Variant
from pressgen.model.document import Document, Leaf, Paragraph, Table, iter_leaves
from pressgen.model.house import HouseFolder
from pressgen.render import word
from pressgen.review.accept_reject import accept_all_changes, read_state_text, reject_all_changes
from pressgen.review.word_model import WordDocument
from pressgen.review.word_reader import read_word_document
from pressgen.review.word_redline import build_redline
from render.documents import MEDIA, leaf, reviewed, sample, words
from render.folders import HOUSES, real
from review.rewriting import rewritten
from review.word_states import WORD, read_state

PARTS = frozenset({"body", "header", "footer"})


@dataclass(frozen=True)
class Round:
    """A release before and after somebody rewrote it."""

    name: str
    house: HouseFolder
    media: Mapping[str, bytes]
    old: Document
    new: Document

    def word(self, document: Document) -> bytes:
        return word.render(document, self.house, self.media).content

    @property
    def redline(self) -> bytes:
        return build_redline(self.word(self.old), self.word(self.new), "Ann Editor", "2026-11-23T10:00:00Z")


@cache
def versions() -> tuple[Round, ...]:
    """The review copies of every sample in each of its languages, and of a release with every kind of block."""
    found = []
    for path in Workspace(ROOT).releases:
        for desk in load_release(Workspace(ROOT), path):
            (document,) = compose_release(desk, [Variant.REVIEW])
            found.append(Round(desk.name, desk.house, desk.media, document, document))
    whole = reviewed(sample())
    return (*found, *(Round(f"whole, {name}", real(name), MEDIA, whole, whole) for name in HOUSES))


def played(seed: int) -> Round:
    """The versions by turns, rewritten after the seed; every other one the other way round."""
    one = versions()[seed % len(versions())]
    other = rewritten(one.old, seed)
    return replace(one, new=other) if seed % 2 else replace(one, old=other)


def texts(file: WordDocument, *, everything: bool, parts: frozenset[str] = PARTS) -> list[str]:
    """The paragraphs of a file with every change accepted, or with every one rejected."""
    states = accept_all_changes(file) if everything else reject_all_changes(file)
    return [text for each in states if each.part in parts and (text := read_state_text(file, each)).strip()]


def moved_over_a_table() -> Round:
    """A release in which a paragraph moved over a table, while a figure of the table and a word of it changed."""
    one = versions()[-1]
    body = list(one.old.body)
    at = next(at for at, each in enumerate(body) if isinstance(each, Table))
    table, text = (
        body[at],
        leaf(Paragraph, "body[9]", "Many pupils sail on the open sea in every week of the summer term"),
    )
    assert isinstance(table, Table)
    cells = (*table.rows[0][:-1], replace(table.rows[0][-1], words=words("x", "4,399")))
    changed = replace(table, rows=(cells, *table.rows[1:]))
    again = replace(text, words=words("body[9]", "Many pupils sail on the open sea in every week of the autumn term"))
    old, new = [*body[:at], text, *body[at:]], [*body[:at], changed, again, *body[at + 1 :]]
    return replace(one, old=replace(one.old, body=tuple(old)), new=replace(one.new, body=tuple(new)))


def failures(number: int) -> list[str]:
    """What a round's redline says otherwise than it should, as our reader has it and as lxml alone has it."""
    one = played(number)
    redline = one.redline
    file = read_word_document(redline, "redline.docx")
    found = []
    for document, everything in ((one.new, True), (one.old, False)):
        version, state = one.word(document), "accepted" if everything else "rejected"
        if texts(file, everything=everything) != texts(read_word_document(version, "version.docx"), everything=True):
            found.append(f"{number} {one.name}: {state} it says something else")
        if read_state(redline, everything=everything) != read_state(version, everything=None):
            found.append(f"{number} {one.name}: {state} its words, links, emphasis or styles are others")
    return found


def leave_out_counted(told: dict[str, Any]) -> dict[str, Any]:
    """What LibreOffice shows, without the numbers of pages, which it counts when it likes.

    Nor with the zero-width spaces that it puts beside a picture that was replaced, and leaves there.
    """
    margins = {re.sub(r"\d+ of \d+", "", each) for each in told["margins"]}
    texts = [text for each in told["texts"] if (text := each.replace("\u200b", ""))]
    styled = [each for each in told["styled"] if any(text.strip("\u200b") for text, *_ in each)]
    return {"texts": texts, "styled": styled, "pictures": told["pictures"], "margins": margins}


def count_least(one: Round) -> int:
    """The fewest words that a redline of a round has to strike, by the ids that a rewriting keeps; moves are free.

    A word that links elsewhere is another word: Word has no other way to track it.
    """
    new = {leaf.id: _split_linked_words(leaf) for leaf in iter_leaves(one.new.blocks)}
    old = [(leaf.id, _split_linked_words(leaf)) for leaf in iter_leaves(one.old.blocks)]
    return sum(len(words) - _count_common(words, new.get(ident, [])) for ident, words in old)


def _split_linked_words(leaf: Leaf) -> list[tuple[str, str]]:
    return [(word, piece.href) for piece in leaf.words for word in WORD.findall(piece.text)]


def _count_common(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> int:
    """The length of the longest common subsequence, by the table of the textbook."""
    row = [0] * (len(other) + 1)
    for wanted in one:
        before = row
        row = [0]
        for at, each in enumerate(other):
            row.append(before[at] + 1 if wanted == each else max(before[at + 1], row[at]))
    return row[-1]
