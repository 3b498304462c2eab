"""Try a house with a trial release."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pressgen.actions.setup.trial_release import SLUG, draw_trial_pictures, write_trial_release
from pressgen.actions.workspace.compose import compose_release
from pressgen.actions.workspace.folder import RELEASE, LoadedRelease
from pressgen.errors import EnvironmentFailureError, InputError, Place, Problem, guard_file
from pressgen.model.artifact import Format, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.load.source import SourceText
    from pressgen.model.artifact import Artifact
    from pressgen.model.document import Document
    from pressgen.model.house import HouseFolder

YEAR: Final = 2027
"""The year of the trial release."""
TEMPLATES: Final = {Format.DOCX: "release.docx", Format.HTML: "release.html", Format.TXT: "mail.txt"}
"""The template of each format that is tried; a PDF is made from the page's."""
VARIANTS: Final = (Variant.EMBARGOED, Variant.PUBLIC, Variant.REVIEW)
PARAGRAPH: Final = re.compile(r", paragraph \d+.*")
"""The place of a built file that says nothing about a template."""


def find_trial_problems(folder: HouseFolder, wording: SourceText) -> list[Problem]:
    """Build the trial release in every variant, and list the problems.

    They are those that a build of any release would report. Each is listed once.

    Args:
        folder: the house.
        wording: its `house.yaml` as read.
    """
    try:
        loaded = _load_trial(folder, wording)
        documents = compose_release(loaded, VARIANTS)
    except InputError as refusal:
        return [_move_to_house(problem, folder) for problem in refusal.problems]
    tried = [
        (document, format_)
        for document in documents
        for format_ in TEMPLATES
        if format_ is Format.DOCX or document.variant is not Variant.REVIEW
    ]
    return list(dict.fromkeys(each for document, format_ in tried for each in _try_format(document, loaded, format_)))


def _load_trial(folder: HouseFolder, wording: SourceText) -> LoadedRelease:
    from pressgen.load.release import read_release

    data = write_trial_release(folder.name, folder.house, year=YEAR)
    parsed = read_release(data, f"{SLUG}/{RELEASE}")

    def locate(path: str, offset: int) -> Place:
        if path.startswith("house."):
            return wording.place(path.removeprefix("house."), offset)
        return parsed.source.place(path, offset)

    pictures = draw_trial_pictures()
    return LoadedRelease(
        Path(SLUG), "", parsed.release, folder, pictures, parsed.source, locate, {RELEASE: data, **pictures}
    )


def _try_format(document: Document, loaded: LoadedRelease, format_: Format) -> Iterator[Problem]:
    """Yield the problems of one file of the trial release."""
    from pressgen.actions.build.render_file import render_document

    folder = loaded.house
    place = Place(f"{folder.shown}/{TEMPLATES[format_]}")
    try:
        with guard_file(place.file):
            artifact = render_document(document, loaded, format_)
            problems = list(_judge(document, artifact, format_, place))
    except InputError as refusal:
        problems = [each if each.place.file.startswith(f"{folder.shown}/") else replace(each, place=place)
                    for each in refusal.problems]  # fmt: skip
    except EnvironmentFailureError:
        return  # the machine lacks something, which `pressgen doctor` says
    yield from problems


def _judge(document: Document, artifact: Artifact, format_: Format, place: Place) -> Iterator[Problem]:
    """Yield the problems of a trial file, at the template's place."""
    from pressgen.validate.banner import check_embargo_line
    from pressgen.validate.content import find_wrong_blocks, list_wrong_parts
    from pressgen.validate.file import validate_file

    text = replace(place, inside="body") if format_ is Format.DOCX else place
    wrong = find_wrong_blocks(document, format_, artifact.content)
    parts = list_wrong_parts(document, wrong)
    reported = {leaf for leaves in parts.values() for leaf in leaves}
    other = [leaf for leaf in dict.fromkeys(chain(*wrong)) if leaf not in reported]
    for message in (*parts, *(f"“{leaf}”, a text of a trial release, is not there once, as it is" for leaf in other)):
        yield Problem(code="X03", message=message, place=text)
    found = check_embargo_line(document, format_, artifact.content, artifact.name)
    if format_ is Format.DOCX:
        found += validate_file(artifact.content, artifact.name)
    for each in found:
        yield replace(each, place=replace(place, inside=PARAGRAPH.sub("", each.place.inside)))


def _move_to_house(problem: Problem, folder: HouseFolder) -> Problem:
    """Return a problem of the trial release as one of its house."""
    if problem.place.file.startswith(f"{folder.shown}/"):
        return problem
    return replace(problem, place=Place(f"{folder.shown}/house.yaml"))
