"""Arguments and options that commands share, with their completion."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.actions.workspace.folder import Workspace, find_workspace
from pressgen.errors import PressgenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from click.shell_completion import CompletionItem

    from pressgen.model.office import Office, Role

    Completion = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

SPAN = re.compile(r"(\d{1,6})(s|m|h|d)")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}

workspace_option = click.option(
    "--workspace",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The workspace; otherwise the nearest folder upwards with templates/.",
)


def create_completion(
    list_names: Callable[[], Mapping[str, str] | Mapping[str, str | None]], normalise: Callable[[str], str] = str
) -> Completion:
    """Return a completion of the names that `list_names` returns.

    Each name has a description or None. Nothing is completed where the workspace or its office file cannot be read.
    """

    def complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        try:
            names = list_names()
        except PressgenError:
            return []
        typed = normalise(incomplete)
        return [CompletionItem(name, help=text) for name, text in names.items() if name.startswith(typed)]

    return complete


def _load_office() -> Office:
    from pressgen.actions.workspace.office import load_office

    return load_office(resolve_workspace(None))


def _list_reviewers() -> dict[str, str]:
    """Return who may get review copies: the office, and its lists of named people."""
    office = _load_office()
    named = [each for list_ in office.lists.values() if list_.audience == "named" for each in list_.recipients]
    return {each.id: each.name for each in named} | {each: member.name for each, member in office.people.items()}


def _list_formats() -> dict[str, None]:
    from pressgen.model.artifact import Format
    from pressgen.render.added_formats import list_added_formats

    return dict.fromkeys([*Format, *list_added_formats()])


def _list_rules() -> dict[str, str]:
    from pressgen.actions.check.rule_pages import list_rules

    return {each.code: each.title for each in list_rules()}


complete_person = create_completion(lambda: {each: person.name for each, person in _load_office().people.items()})
complete_list = create_completion(lambda: {each: list_.audience for each, list_ in _load_office().lists.items()})
complete_reader = create_completion(_list_reviewers)
complete_channel = create_completion(
    lambda: {name: None for name, each in _load_office().channels.items() if each.kind in {"smtp", "graph"}}
)
complete_house = create_completion(lambda: dict.fromkeys(resolve_workspace(None).houses))
complete_rule = create_completion(_list_rules, str.upper)
complete_format = create_completion(_list_formats)

as_option = click.option(
    "--as", "who", metavar="ID", envvar="PRESSGEN_AS", shell_complete=complete_person,
    help="Who acts: one of the people in releases/pressgen.yaml; otherwise PRESSGEN_AS.",
)  # fmt: skip


def suggest_actor(workspace: Workspace, *roles: Role, who: str | None = None, besides: str | None = None) -> str:
    """Return ` --as ID` for a command to copy; empty where PRESSGEN_AS names one who may.

    Args:
        workspace: has the office.
        roles: one of which the command needs; none for anybody who works in the office.
        who: the person who acts now, and goes on if they may.
        besides: the person who may not.
    """
    from pressgen.actions.workspace.office import load_office
    from pressgen.actions.workspace.permissions import STAFF, list_people_with_role

    able = [each for each in list_people_with_role(load_office(workspace), *(roles or STAFF)) if each != besides]
    if os.environ.get("PRESSGEN_AS") in able:
        return ""
    return f" --as {who if who in able else next(iter(able), 'ID')}"


def resolve_workspace(given: Path | None, paths: Sequence[Path] = ()) -> Workspace:
    """Return the workspace that a command works in."""
    return find_workspace(given, paths, Path.cwd())


def format_path(path: Path) -> str:
    """Return a path as the terminal shows it.

    It is relative to the current folder inside it, and absolute elsewhere.
    """
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def complete_release(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the folders of the workspace's releases, else any folder."""
    from click.shell_completion import CompletionItem

    complete = create_completion(lambda: dict.fromkeys(map(format_path, resolve_workspace(None).releases)))
    return complete(context, parameter, incomplete) or [CompletionItem(incomplete, type="dir")]


class DurationType(click.ParamType[timedelta]):
    """The type of a duration option: `90s`, `5m`, `12h` or `7d`."""

    name = "span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Convert a typed duration."""
        match = SPAN.fullmatch(str(value))
        if match is None:
            self.fail(f"“{value}” is not a length of time; write 90s, 5m, 12h or 7d", param, ctx)
        return timedelta(**{UNITS[match[2]]: int(match[1])})
