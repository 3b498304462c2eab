"""Arguments and options that commands share, with their completion."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressgen.actions.workspace.folder import Workspace, find_workspace
from pressgen.errors import PressgenError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

    from pressgen.model.office import Role

SPAN = re.compile(r"(\d{1,6})(s|m|h|d)")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}

workspace_option = click.option(
    "--workspace",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The workspace; otherwise the nearest folder upwards with templates/.",
)


def complete_person(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the people of the office."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell that completes wants it

    from pressgen.actions.workspace.office import load_office  # noqa: PLC0415

    try:
        people = load_office(resolve_workspace(None)).people
    except PressgenError:
        return []
    return [CompletionItem(each, help=people[each].name) for each in people if each.startswith(incomplete)]


def complete_list(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the lists of the office."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - as above

    from pressgen.actions.workspace.office import load_office  # noqa: PLC0415

    try:
        lists = load_office(resolve_workspace(None)).lists
    except PressgenError:
        return []
    return [CompletionItem(each, help=lists[each].audience) for each in lists if each.startswith(incomplete)]


def complete_reader(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the people who may get review copies.

    They are the people of the office, and those on its lists of named people.
    """
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - as above

    from pressgen.actions.workspace.office import load_office  # noqa: PLC0415

    try:
        office = load_office(resolve_workspace(None))
    except PressgenError:
        return []
    named = [each for list_ in office.lists.values() if list_.audience == "named" for each in list_.recipients]
    found = {each.id: each.name for each in named} | {each: member.name for each, member in office.people.items()}
    return [CompletionItem(each, help=name) for each, name in found.items() if each.startswith(incomplete)]


def complete_channel(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the mail channels of the office."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - as above

    from pressgen.actions.workspace.office import load_office  # noqa: PLC0415

    try:
        channels = load_office(resolve_workspace(None)).channels
    except PressgenError:
        return []
    return [
        CompletionItem(name)
        for name, each in channels.items()
        if each.kind in {"smtp", "graph"}
        if name.startswith(incomplete)
    ]


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
    from pressgen.actions.workspace.office import load_office  # noqa: PLC0415 - only this wants it
    from pressgen.actions.workspace.permissions import STAFF, list_people_with_role  # noqa: PLC0415

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


def complete_release(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the folders of the workspace's releases."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell that completes wants it

    try:
        folders = resolve_workspace(None).releases
    except UsageError:
        return [CompletionItem(incomplete, type="dir")]
    here = Path.cwd()
    shown = [str(each.relative_to(here)) if each.is_relative_to(here) else str(each) for each in folders]
    return [CompletionItem(each) for each in shown if each.startswith(incomplete)] or [
        CompletionItem(incomplete, type="dir")
    ]


def complete_house(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the names of the workspace's houses."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - as above

    try:
        names = resolve_workspace(None).houses
    except UsageError:
        return []
    return [CompletionItem(each) for each in names if each.startswith(incomplete)]


def complete_rule(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the codes of the rules."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - as above

    from pressgen.actions.check.rules import list_rules  # noqa: PLC0415 - slow to import

    return [
        CompletionItem(each.code, help=each.title) for each in list_rules() if each.code.startswith(incomplete.upper())
    ]


class DurationType(click.ParamType[timedelta]):
    """The type of a duration option: `90s`, `5m`, `12h` or `7d`."""

    name = "span"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Convert a typed duration."""
        match = SPAN.fullmatch(str(value))
        if match is None:
            self.fail(f"“{value}” is no length of time; write 90s, 5m, 12h or 7d", param, ctx)
        return timedelta(**{UNITS[match[2]]: int(match[1])})
