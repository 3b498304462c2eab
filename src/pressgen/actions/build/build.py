"""Build a release: load, compose, render, verify, write.

This is the only place that has this order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import LoadedRelease, Workspace, load_release
from pressgen.actions.workspace.reading import find_write_root
from pressgen.errors import InputError, Problem
from pressgen.model.artifact import Artifact, Format, Variant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from pressgen.actions.workspace.bundle import WrittenFile
    from pressgen.model.document import Document

JUDGED = (Format.DOCX, Format.PDF)
"""The formats with files that are verified as by `pressgen verify`."""


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """A request to build a release in some formats and variants.

    Attributes:
        formats: in the order they are built.
        variants: empty for those that may leave the house: both under embargo, else the public one.
        out: the folder under which `<slug>/<variant>/` is written.
        passing_over: whether a release that lacks a variant is skipped instead of refused.
    """

    formats: Sequence[Format]
    variants: Sequence[Variant]
    out: Path
    passing_over: bool = False


@dataclass(frozen=True, slots=True)
class BuiltFiles:
    """A release in every format and variant that was requested.

    Attributes:
        desks: the loaded release, and after it each translation.
        variants: those that were built.
        artifacts: every file, with its variant.
    """

    desks: Sequence[LoadedRelease]
    variants: Sequence[Variant]
    artifacts: Sequence[tuple[Variant, Artifact]]

    @property
    def inputs(self) -> dict[str, bytes]:
        """The bytes of every input, by name.

        The name is the same in any folder.
        """
        return {name: content for desk in self.desks for name, content in desk.inputs.items()}


def build_release(workspace: Workspace, path: Path, order: BuildRequest) -> list[WrittenFile]:
    """Build every requested file of a release, and write all or none.

    Returns the written files in the order of the request.

    Raises:
        InputError: the release, its house or a built file is at fault; nothing is written, and old files are
            unchanged.
        UsageError: there is no release at `path`.
        EnvironmentFailureError: a library for PDF is missing on this machine.
    """
    made = build_in_memory(workspace, path, order)
    from pressgen.actions.workspace.bundle import hash_contents  # noqa: PLC0415 - a refused release gets by without it
    from pressgen.actions.workspace.versions import list_tool_versions_for  # noqa: PLC0415 - only when its libraries are loaded anyway

    home = find_write_root(workspace.root, order.out)
    return write_files(made, home, hash_contents(made.inputs), list_tool_versions_for(order.formats))


def write_files(
    made: BuiltFiles, place: tuple[Path, Path], inputs: Mapping[str, str], tools: Mapping[str, str]
) -> list[WrittenFile]:
    """Write built files, each variant with its own manifest.

    Args:
        made: the files.
        place: the folder that no link may lead out of, and the folder inside it under which `<slug>/<variant>/` is
            written, as `find_write_root` returns them.
        inputs: the SHA-256 of every input, by name.
        tools: the version of every tool, by name.

    Raises:
        InputError: the folder cannot be written.
    """
    from pressgen.actions.workspace.bundle import BuildProvenance, write_bundle  # noqa: PLC0415 - as in build_release

    (home, out), first = place, made.desks[0]
    written: list[WrittenFile] = []
    for variant in made.variants:
        origin = BuildProvenance(first.release.reference, variant, inputs, tools)
        artifacts = [artifact for each, artifact in made.artifacts if each is variant]
        written += write_bundle(origin, artifacts, home, out / first.slug / variant)
    return written


def build_in_memory(workspace: Workspace, path: Path, order: BuildRequest) -> BuiltFiles:
    """Build every requested file of a release without writing any.

    Raises:
        InputError, UsageError, EnvironmentFailureError: as `build_release` does.
    """
    desks = load_release(workspace, path)
    return build_loaded_release(desks, select_variants(desks[0], order), order.formats)


def build_loaded_release(
    desks: Sequence[LoadedRelease], variants: Sequence[Variant], formats: Sequence[Format]
) -> BuiltFiles:
    """Build the files of a loaded release and its translations.

    Raises:
        InputError, EnvironmentFailureError: as `build_release` does.
    """
    artifacts: list[tuple[Variant, Artifact]] = []
    problems: list[Problem] = []
    for desk in desks:
        try:
            artifacts += _build_language(desk, variants, formats)
        except InputError as refusal:
            problems += refusal.problems
    if problems:
        raise InputError(problems)
    return BuiltFiles(desks, variants, artifacts)


def select_variants(desk: LoadedRelease, order: BuildRequest) -> list[Variant]:
    """Select the variants to build of a release.

    Raises:
        InputError: it lacks a variant that is requested by name.
    """
    under_embargo = desk.release.times.embargo is not None
    wanted = list(dict.fromkeys(order.variants)) or [Variant.EMBARGOED] * under_embargo + [Variant.PUBLIC]
    if under_embargo or Variant.EMBARGOED not in wanted:
        return wanted
    if order.passing_over:
        return [each for each in wanted if each is not Variant.EMBARGOED]
    message = "is for immediate release: it has no embargoed variant; add `embargo`, or build the public one"
    raise InputError([Problem(code="B01", message=message, place=desk.locate("times", 0), path="times")])


def _build_language(
    desk: LoadedRelease, variants: Sequence[Variant], formats: Collection[Format]
) -> list[tuple[Variant, Artifact]]:
    """Build and verify the files of one language, with their variants.

    Raises:
        InputError: with every problem of every file.
    """
    from pressgen.actions.workspace.compose import compose_release  # noqa: PLC0415 - as in build_release
    from pressgen.validate import file  # noqa: PLC0415
    from pressgen.validate.banner import check_embargo_line  # noqa: PLC0415
    from pressgen.validate.content import check_content  # noqa: PLC0415
    from pressgen.validate.layout import check_layout  # noqa: PLC0415

    made: list[tuple[Variant, Artifact]] = []
    problems: list[Problem] = []
    for document in compose_release(desk, variants):
        for wanted in formats:
            try:
                artifact = render_document(document, desk, wanted)
            except InputError as refusal:
                problems += refusal.problems
                continue
            problems += check_content(document, artifact, desk.locate)
            problems += check_embargo_line(document, wanted, artifact.content, artifact.name)
            if wanted in JUDGED:
                problems += file.validate_file(artifact.content, artifact.name)
            if wanted is Format.PDF and not document.edition:  # a review copy's margin leaves less room
                told = check_layout(document, artifact, desk.house.house.budget, desk.locate)
                artifact = replace(artifact, remarks=tuple(told))
            made.append((document.variant, artifact))
    if problems:
        raise InputError(problems)
    return made


def render_document(document: Document, desk: LoadedRelease, wanted: Format) -> Artifact:
    """Render a document in one format, with its house's template.

    Raises:
        InputError: the template or a picture is at fault.
        EnvironmentFailureError: a library for the format is missing on this machine.
    """
    match wanted:
        case Format.DOCX:
            from pressgen.render import word  # noqa: PLC0415 - each format's libraries are loaded when it is wanted

            return word.render(document, desk.house, desk.media)
        case Format.PDF:
            from pressgen.render import pdf  # noqa: PLC0415

            return pdf.render(document, desk.house, desk.media, desk.locate)
        case Format.HTML:
            from pressgen.render import page  # noqa: PLC0415

            return page.render(document, desk.house, desk.media)
        case Format.TXT:
            from pressgen.render import plain  # noqa: PLC0415

            return plain.render(document, desk.house)
