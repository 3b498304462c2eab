"""Render one file of a release, and verify it.

Each format is rendered by a module of its own, whose libraries are loaded only when the format is wanted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.errors import InputError
from pressgen.model.artifact import Artifact, Format

if TYPE_CHECKING:
    from pressgen.actions.workspace.folder import LoadedRelease
    from pressgen.model.document import Document

VERIFIED = (Format.DOCX, Format.PDF)
"""The formats with files that are verified as by `pressgen verify`."""


def build_file(document: Document, language: LoadedRelease, wanted: str) -> Artifact:
    """Build and verify one file.

    `wanted` is a `Format`, or the name of a format that another package adds.

    Raises:
        InputError: with every problem of the file.
    """
    if not isinstance(wanted, Format):
        from pressgen.actions.build.added_file import build_added_file

        return build_added_file(document, language, wanted)
    from pressgen.validate import file
    from pressgen.validate.banner import check_embargo_line
    from pressgen.validate.content import check_content
    from pressgen.validate.layout import check_layout

    artifact = render_document(document, language, wanted)
    problems = list(check_content(document, artifact, language.locate))
    problems += check_embargo_line(document, wanted, artifact.content, artifact.name)
    if wanted in VERIFIED:
        problems += file.validate_file(artifact.content, artifact.name)
    if problems:
        raise InputError(problems)
    if wanted is Format.PDF and not document.edition:  # a review copy's margin leaves less room
        return replace(
            artifact, remarks=tuple(check_layout(document, artifact, language.house.house.budget, language.locate))
        )
    return artifact


def render_document(document: Document, language: LoadedRelease, wanted: Format) -> Artifact:
    """Render a document in one format, with its house's template.

    Raises:
        InputError: the template or a picture is at fault.
        EnvironmentFailureError: a library for the format is missing on this machine.
    """
    match wanted:
        case Format.DOCX:
            from pressgen.render import word

            return word.render(document, language.house, language.media)
        case Format.PDF:
            from pressgen.render import pdf

            return pdf.render(document, language.house, language.media, language.locate)
        case Format.HTML:
            from pressgen.render import page

            return page.render(document, language.house, language.media)
        case Format.TXT:
            from pressgen.render import plain

            return plain.render(document, language.house)
