"""Build a file of a format that another package adds.

It is checked as far as it can be read.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pressgen.actions.workspace.bundle import MANIFEST
from pressgen.errors import InputError, Place, PressgenError, Problem, Severity, describe_fault, guard_file
from pressgen.model.artifact import Artifact, Format

if TYPE_CHECKING:
    from pressgen.actions.workspace.folder import LoadedRelease
    from pressgen.model.document import Document
    from pressgen.render.added_formats import AddedFormat

READ_BY_PRESSGEN: Final = {
    "application/pdf": Format.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Format.DOCX,
    "text/html": Format.HTML,
    "text/plain": Format.TXT,
}
"""The media types of files that are read by our own readers, whoever made them."""
NOBODY: Final = "nobody"


def build_added_file(document: Document, language: LoadedRelease, name: str) -> Artifact:
    """Build a file of an added format, and compare its words.

    Raises:
        InputError: the renderer failed, or the file does not say what the release says.
        EnvironmentFailureError: the renderer cannot be loaded.
    """
    from pressgen.render.added_formats import load_added_format
    from pressgen.validate.content import check_text

    added = load_added_format(name)
    file = f"{document.slug}.{name}"
    if file == MANIFEST:
        raise _fail(added, file, "the list of a release's files has this name")
    content = _render(added, document, language, file)
    text, checked_by = _read_back(added, document, content, file)
    if text is None:
        message = (
            f"no program has compared its words with the release: {added.package} does not read its files back;"
            " read it before you use it"
        )
        remark = Problem(code="B03", message=message, place=Place(file), severity=Severity.WARNING)
        return Artifact(file, name, content, (remark,), checked_by)
    if problems := check_text(document, text, file, language.locate):
        raise InputError(problems)
    return Artifact(file, name, content, checked_by=checked_by)


def _render(added: AddedFormat, document: Document, language: LoadedRelease, file: str) -> bytes:
    """Call the renderer.

    Raises:
        InputError: it failed, or returned something else than bytes.
    """
    try:
        content = added.renderer.render(document, language.house, MappingProxyType(dict(language.media)))
    except (PressgenError, MemoryError):
        raise
    except Exception as error:
        raise _fail(added, file, f"its renderer ended with an error: {describe_fault(error)}") from error
    if not isinstance(content, bytes):
        raise _fail(added, file, "its renderer did not return bytes")
    return content


def _read_back(added: AddedFormat, document: Document, content: bytes, file: str) -> tuple[str | None, str]:
    """Read the words of a file; return them, and who read them.

    Raises:
        InputError: it cannot be read, or is no valid file of its kind.
    """
    known = READ_BY_PRESSGEN.get(added.renderer.media_type)
    if known is not None:
        from pressgen.validate.additions import read_file_text
        from pressgen.validate.banner import check_embargo_line
        from pressgen.validate.file import validate_file

        with guard_file(file):
            if known in {Format.PDF, Format.DOCX} and (problems := validate_file(content, file)):
                raise InputError(problems)
            if problems := check_embargo_line(document, known, content, file):
                raise InputError(problems)
            return read_file_text(known, content), "pressgen"
    try:
        text = added.renderer.read_text(content)
    except (PressgenError, MemoryError):
        raise
    except Exception as error:
        raise _fail(added, file, f"it cannot read its file back: {describe_fault(error)}") from error
    if text is not None and not isinstance(text, str):
        raise _fail(added, file, "it did not read its file back as text")
    return text, NOBODY if text is None else added.package


def _fail(added: AddedFormat, file: str, why: str) -> InputError:
    message = f"{added.package} cannot make this file: {why}; tell its authors, or build without {added.name}"
    return InputError([Problem(code="B04", message=message, place=Place(file))])
