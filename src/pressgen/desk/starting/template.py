"""Judge a house before any release meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.desk.workspace.folder import Workspace, take_house
from pressgen.errors import Place

if TYPE_CHECKING:
    from pressgen.errors import Problem


def check_house(workspace: Workspace, name: str) -> list[Problem]:
    """What is wrong with the templates of the house `name`.

    Raises:
        Refused: there is no such house, or its `house.yaml` is at fault.
    """
    from pressgen.render import page, plain, word  # noqa: PLC0415 - heavy
    from pressgen.render.vocabulary import NAMES  # noqa: PLC0415

    folder, _ = take_house(workspace, name, Place("templates"))
    return [
        *word.check_template(folder, NAMES),
        *page.check_template(folder, NAMES),
        *plain.check_template(folder, NAMES),
    ]
