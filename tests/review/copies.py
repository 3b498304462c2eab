"""Review copies of the samples, and of one small release, with the record of what they show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from machine import ROOT
from pressgen.actions.workspace.compose import compose_release
from pressgen.actions.workspace.folder import LoadedRelease, Workspace, load_release
from pressgen.model.artifact import Variant
from pressgen.model.export import ExportedBlock
from pressgen.pdf.glyphs import read_characters
from pressgen.render import pdf, word
from pressgen.review.export_blocks import list_export_blocks
from pressgen.review.pdf_text_alignment import LocatedCharacter, locate_characters
from pressgen.review.word_reader import read_word_document


@dataclass(frozen=True)
class Copy:
    """A Word file for review, and the texts that it shows."""

    desk: LoadedRelease
    name: str
    content: bytes
    blocks: tuple[ExportedBlock, ...]


def copies_of(workspace: Workspace, path: Path) -> list[Copy]:
    """The review copies of a release, one a language."""
    found = []
    for desk in load_release(workspace, path):
        (document,) = compose_release(desk, [Variant.REVIEW])
        made = word.render(document, desk.house, desk.media)
        found.append(
            Copy(
                desk, made.name, made.content, list_export_blocks(document, read_word_document(made.content, made.name))
            )
        )
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
    blocks: tuple[ExportedBlock, ...]
    found: list[LocatedCharacter]


@cache
def printed() -> tuple[Printed, ...]:
    """The PDF for review of every sample of both houses, in each of its languages."""
    workspace, made = Workspace(ROOT), []
    for path in workspace.releases:
        for copy in copies_of(workspace, path):
            (document,) = compose_release(copy.desk, [Variant.REVIEW])
            artifact = pdf.render(document, copy.desk.house, copy.desk.media, copy.desk.locate)
            found = locate_characters(copy.blocks, read_characters(artifact.content, set(range(99))))
            made.append(Printed(artifact.name, artifact.content, copy.blocks, found))
    return tuple(made)
