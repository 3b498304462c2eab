"""Judge a house before any release meets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.desk.workspace.folder import Workspace, take_house
from pressgen.errors import Place, Refused, guard_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pressgen.errors import Problem
    from pressgen.model.house import HouseFolder

    Check = Callable[[HouseFolder, Collection[str]], list[Problem]]


@dataclass(frozen=True, slots=True)
class HouseReport:
    """What a look at a house found.

    Attributes:
        problems: what is wrong with its templates.
        left_out: the parts of its Word template that no file made from it has.
    """

    problems: list[Problem]
    left_out: tuple[str, ...] = ()


def check_house(workspace: Workspace, name: str) -> HouseReport:
    """Judge the templates of the house `name`, each by itself.

    Raises:
        Refused: there is no such house, or its `house.yaml` is at fault.
    """
    from pressgen.render import page, plain, word  # noqa: PLC0415 - heavy
    from pressgen.render.vocabulary import NAMES  # noqa: PLC0415

    folder, _ = take_house(workspace, name, Place("templates"))
    checks: dict[str, Check] = {
        word.TEMPLATE: word.check_template, "release.html": page.check_template, "mail.txt": plain.check_template,
    }  # fmt: skip
    problems: list[Problem] = []
    for file, check in checks.items():
        try:
            with guard_file(f"{folder.shown}/{file}"):
                problems += check(folder, NAMES)
        except Refused as refusal:
            problems += refusal.problems
    return HouseReport(problems, () if problems else word.left_out(folder))
