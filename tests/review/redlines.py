"""Redlines of random rewrites of all samples; `python -m soak redlines` plays many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from machine import ROOT
from pressgen.actions.workspace.compose import compose_release
from pressgen.actions.workspace.folder import Workspace, load_release
from pressgen.model.artifact import Variant
from pressgen.model.document import Document
from pressgen.model.house import HouseFolder
from pressgen.render import word
from pressgen.review.accept_reject import accept_all_changes, read_state_text, reject_all_changes
from pressgen.review.word_model import WordDocument
from pressgen.review.word_reader import read_word_document
from pressgen.review.word_redline import build_redline
from render.documents import MEDIA, reviewed, sample
from render.folders import HOUSES, real
from review.rewriting import rewritten

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


def failures(number: int) -> list[str]:
    """What a round's redline says otherwise than it should, as our reader has it."""
    one = played(number)
    file = read_word_document(one.redline, "redline.docx")
    found = []
    for document, everything in ((one.new, True), (one.old, False)):
        wanted = texts(read_word_document(one.word(document), "version.docx"), everything=True)
        if texts(file, everything=everything) != wanted:
            found.append(f"{number} {one.name}: {'accepted' if everything else 'rejected'} it says something else")
    return found
