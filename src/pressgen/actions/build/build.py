"""Build a release: load, compose, render, verify, bundle, in this order and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.actions.workspace.folder import Desk, Workspace, take
from pressgen.actions.workspace.reading import home_of
from pressgen.errors import Problem, Refused
from pressgen.model.artifact import Artifact, Format, Variant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from pressgen.actions.workspace.bundle import Written
    from pressgen.model.document import Document

JUDGED = (Format.DOCX, Format.PDF)
"""The formats whose files are judged as `pressgen verify` judges any file."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to build.

    Attributes:
        formats: in the order they are made.
        variants: empty for what may leave the house: both twins under embargo, else the public one.
        out: the folder under which `<slug>/<variant>/` is written.
        passing_over: whether a release that lacks a variant is passed over instead of refused.
    """

    formats: Sequence[Format]
    variants: Sequence[Variant]
    out: Path
    passing_over: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A release in every form that was ordered.

    Attributes:
        desks: the release as it lies on the desk, and after it each translation.
        variants: those that were made.
        artifacts: every file, with its variant.
    """

    desks: Sequence[Desk]
    variants: Sequence[Variant]
    artifacts: Sequence[tuple[Variant, Artifact]]

    @property
    def inputs(self) -> dict[str, bytes]:
        """The bytes of everything that went in, by a name that is the same in any folder."""
        return {name: content for desk in self.desks for name, content in desk.inputs.items()}


def build(workspace: Workspace, path: Path, order: Order) -> list[Written]:
    """Make every file that is ordered of the release at `path`, or none; what was written, in its order.

    Raises:
        Refused: the release, its house or a made file is at fault; nothing is written, old files are as they were.
        WrongUse: there is no release at `path`.
        MachineLacks: a library that PDF needs is not on this machine.
    """
    made = make(workspace, path, order)
    from pressgen.actions.workspace.bundle import digests  # noqa: PLC0415 - a refused release gets by without it
    from pressgen.actions.workspace.versions import made_with  # noqa: PLC0415 - only when its libraries are loaded anyway

    home = home_of(workspace.root, order.out)
    return put_in_place(made, home, digests(made.inputs), made_with(order.formats))


def put_in_place(
    made: Made, place: tuple[Path, Path], inputs: Mapping[str, str], tools: Mapping[str, str]
) -> list[Written]:
    """Write every file of `made` under the folder of `place`, each variant with a manifest of its own.

    Args:
        made: the files.
        place: the folder that no link may lead out of, and in it the one under which `<slug>/<variant>/` is written, as
            `home_of` gives them.
        inputs: the SHA-256 of everything that went in, by name.
        tools: the version of what made the files, by name.

    Raises:
        Refused: the folder cannot be written.
    """
    from pressgen.actions.workspace.bundle import Origin, bundle  # noqa: PLC0415 - as in build

    (home, out), first = place, made.desks[0]
    written: list[Written] = []
    for variant in made.variants:
        origin = Origin(first.release.reference, variant, inputs, tools)
        artifacts = [artifact for each, artifact in made.artifacts if each is variant]
        written += bundle(origin, artifacts, home, out / first.slug / variant)
    return written


def make(workspace: Workspace, path: Path, order: Order) -> Made:
    """Make every file that is ordered of the release at `path`, and write none of them.

    Raises:
        Refused, WrongUse, MachineLacks: as `build` does.
    """
    desks = take(workspace, path)
    return finished(desks, variants_of(desks[0], order), order.formats)


def finished(desks: Sequence[Desk], variants: Sequence[Variant], formats: Sequence[Format]) -> Made:
    """Make the `formats` of the `variants` of a release that lies on the desk, with its translations.

    Raises:
        Refused, MachineLacks: as `build` does.
    """
    artifacts: list[tuple[Variant, Artifact]] = []
    problems: list[Problem] = []
    for desk in desks:
        try:
            artifacts += _make(desk, variants, formats)
        except Refused as refusal:
            problems += refusal.problems
    if problems:
        raise Refused(problems)
    return Made(desks, variants, artifacts)


def variants_of(desk: Desk, order: Order) -> list[Variant]:
    """The variants that are ordered of this release.

    Raises:
        Refused: it has none that is ordered by name.
    """
    under_embargo = desk.release.times.embargo is not None
    wanted = list(dict.fromkeys(order.variants)) or [Variant.EMBARGOED] * under_embargo + [Variant.PUBLIC]
    if under_embargo or Variant.EMBARGOED not in wanted:
        return wanted
    if order.passing_over:
        return [each for each in wanted if each is not Variant.EMBARGOED]
    message = "is for immediate release: it has no embargoed variant; add `embargo`, or build the public one"
    raise Refused([Problem(code="B01", message=message, place=desk.locate("times", 0), path="times")])


def _make(desk: Desk, variants: Sequence[Variant], formats: Collection[Format]) -> list[tuple[Variant, Artifact]]:
    """The files of one language, each with its variant.

    Raises:
        Refused: with every problem of every file.
    """
    from pressgen.actions.workspace.compose import composed  # noqa: PLC0415 - as in build
    from pressgen.validate import file  # noqa: PLC0415
    from pressgen.validate.banner import unmarked  # noqa: PLC0415
    from pressgen.validate.content import differences  # noqa: PLC0415
    from pressgen.validate.layout import remarks  # noqa: PLC0415

    made: list[tuple[Variant, Artifact]] = []
    problems: list[Problem] = []
    for document in composed(desk, variants):
        for wanted in formats:
            try:
                artifact = render(document, desk, wanted)
            except Refused as refusal:
                problems += refusal.problems
                continue
            problems += differences(document, artifact, desk.locate)
            problems += unmarked(document, wanted, artifact.content, artifact.name)
            if wanted in JUDGED:
                problems += file.problems(artifact.content, artifact.name)
            if wanted is Format.PDF and not document.edition:  # whose margin leaves less room than the house gives
                told = remarks(document, artifact, desk.house.house.budget, desk.locate)
                artifact = replace(artifact, remarks=tuple(told))
            made.append((document.variant, artifact))
    if problems:
        raise Refused(problems)
    return made


def render(document: Document, desk: Desk, wanted: Format) -> Artifact:
    """Render a document in one format, through its house's template.

    Raises:
        Refused: the template or a picture is at fault.
        MachineLacks: a library that the format needs is not on this machine.
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
