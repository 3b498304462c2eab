"""Review copies of the samples, and of one small release, with the record of what they show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from machine import ROOT
from pressgen.actions.workspace.compose import composed
from pressgen.actions.workspace.folder import Desk, Workspace, take
from pressgen.model.artifact import Variant
from pressgen.model.export import Block
from pressgen.pdf.glyphs import glyphs
from pressgen.render import pdf, word
from pressgen.review.outgoing import shown
from pressgen.review.pdf_text_alignment import Placed, placed
from pressgen.review.word_reader import read


@dataclass(frozen=True)
class Copy:
    """A Word file for review, and the texts that it shows."""

    desk: Desk
    name: str
    content: bytes
    blocks: tuple[Block, ...]


def copies_of(workspace: Workspace, path: Path) -> list[Copy]:
    """The review copies of a release, one a language."""
    found = []
    for desk in take(workspace, path):
        (document,) = composed(desk, [Variant.REVIEW])
        made = word.render(document, desk.house, desk.media)
        found.append(Copy(desk, made.name, made.content, shown(document, read(made.content, made.name))))
    return found


@cache
def samples() -> tuple[Copy, ...]:
    """Every sample of both houses, in each of its languages."""
    workspace = Workspace(ROOT)
    return tuple(copy for path in workspace.releases for copy in copies_of(workspace, path))


@dataclass(frozen=True)
class Printed:
    """A PDF for review, the texts that it shows, and where each of their characters is drawn."""

    name: str
    content: bytes
    blocks: tuple[Block, ...]
    found: list[Placed]


@cache
def printed() -> tuple[Printed, ...]:
    """The PDF for review of every sample of both houses, in each of its languages."""
    workspace, made = Workspace(ROOT), []
    for path in workspace.releases:
        for copy in copies_of(workspace, path):
            (document,) = composed(copy.desk, [Variant.REVIEW])
            artifact = pdf.render(document, copy.desk.house, copy.desk.media, copy.desk.locate)
            found = placed(copy.blocks, glyphs(artifact.content, set(range(99))))
            made.append(Printed(artifact.name, artifact.content, copy.blocks, found))
    return tuple(made)
