"""Check a house before any release uses it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from pressgen.actions.setup.borrowed_parts import find_borrowed_parts
from pressgen.actions.setup.start import render_release_scaffold
from pressgen.actions.workspace.folder import Workspace, load_house
from pressgen.errors import InputError, Place, guard_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from pressgen.errors import Problem
    from pressgen.model.house import HouseFolder

    Check = Callable[[HouseFolder, Collection[str]], list[Problem]]


EXAMPLE: Final = datetime(2027, 3, 4, tzinfo=UTC)
"""The date of the example release that templates are tested with."""


@dataclass(frozen=True, slots=True)
class HouseReport:
    """The result of checking a house.

    Attributes:
        problems: the problems of its templates.
        warnings: pictures and names in them that may be another body's.
        left_out: the parts of its Word template that are left out of every file.
    """

    problems: list[Problem]
    warnings: list[Problem]
    left_out: tuple[str, ...] = ()


def check_house(workspace: Workspace, name: str) -> HouseReport:
    """Check the templates of the house `name`, each by itself.

    Raises:
        InputError: there is no such house, or its `house.yaml` is at fault.
    """
    from pressgen.render import page, plain, word
    from pressgen.render.vocabulary import NAMES

    folder, _ = load_house(workspace, name, Place("templates"))
    checks: dict[str, Check] = {
        word.TEMPLATE: word.check_template, "release.html": page.check_template, "mail.txt": plain.check_template,
    }  # fmt: skip
    problems: list[Problem] = []
    for file, check in checks.items():
        try:
            with guard_file(f"{folder.shown}/{file}"):
                problems += check(folder, NAMES)
        except InputError as refusal:
            problems += refusal.problems
    problems = list(dict.fromkeys([*problems, *_fill_example(folder)]))
    warnings = find_borrowed_parts(workspace, folder)
    return HouseReport(problems, warnings, () if problems else word.list_omitted_parts(folder))


def _fill_example(folder: HouseFolder) -> Iterator[Problem]:
    """Fill an example release into page and mail, and yield the problems.

    It is the release that `pressgen new` writes. A house that needs more than this release has can only be tested by
    building such a release.
    """
    from pressgen.compose.document import compose
    from pressgen.load.release import read_release
    from pressgen.model.artifact import Variant
    from pressgen.model.moment import read_moments
    from pressgen.render import page, plain

    try:
        loaded = read_release(
            render_release_scaffold("example", folder.name, folder.house, EXAMPLE).encode(), "example"
        )
        variants, locate = [Variant.EMBARGOED, Variant.PUBLIC], loaded.source.place
        release, times = loaded.release, read_moments(loaded.release)
        documents = compose(release, times, folder.house, slug="example", variants=variants, locate=locate)
    except InputError:
        return
    for document in documents:
        for render in (partial(plain.render, folder=folder), partial(page.render, folder=folder, media={})):
            try:
                with guard_file(folder.shown):
                    render(document)
            except InputError as refusal:
                yield from (each for each in refusal.problems if each.place.file.startswith(f"{folder.shown}/"))
