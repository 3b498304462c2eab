"""Check a house before any release uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.actions.setup.borrowed_parts import find_borrowed_parts
from pressgen.actions.setup.trial import find_trial_problems
from pressgen.actions.workspace.folder import Workspace, load_house
from pressgen.errors import InputError, Place, guard_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pressgen.errors import Problem
    from pressgen.model.house import HouseFolder

    Check = Callable[[HouseFolder, Collection[str]], list[Problem]]


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
    """Check the templates of a house, alone and with a trial release.

    Raises:
        InputError: there is no such house, or its `house.yaml` is at fault.
    """
    from pressgen.render import page, plain, word
    from pressgen.render.vocabulary import NAMES

    folder, wording = load_house(workspace, name, Place("templates"))
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
    problems = list(dict.fromkeys([*problems, *find_trial_problems(folder, wording)]))
    warnings = find_borrowed_parts(workspace, folder)
    return HouseReport(problems, warnings, () if problems else word.list_omitted_parts(folder))
