"""Commands that are imported only when called or completed.

Until then they are known by name and by the first sentence of their help. So `pressgen --help` loads none of them, and
a command loads no other.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module

import click

TYPED = "pressgen.typed"
"""The key, in a context's `meta`, of the words that were typed after `pressgen`."""


LONGEST = 1000
"""More characters than any summary has, so that none is cut."""


class LazyCommand(click.Command):
    """A command that is imported only when it is needed.

    Args:
        where: its module in `pressgen.cli`, a full stop, and its name in that module.
        says: the first sentence of its help.
        group: the heading under which it is listed.
    """

    def __init__(self, where: str, says: str, group: str) -> None:
        self._module, _, self._name = where.partition(".")
        self.group = group
        super().__init__(self._name.strip("_").replace("_", "-"), help=says)

    @cached_property
    def command(self) -> click.Command:
        """The command itself."""
        found: click.Command = getattr(import_module(f"pressgen.cli.{self._module}"), self._name)
        return found


class SummaryGroup(click.Group):
    """A command group whose help lists the whole first sentence of each command."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own
        """Write the list of commands, lazy ones under the headings of their groups."""
        width = max(map(len, self.commands))
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            heading = command.group if isinstance(command, LazyCommand) else "Commands"
            sections.setdefault(heading, []).append((f"{name:<{width}}", command.get_short_help_str(LONGEST)))
        for heading, rows in sections.items():
            with formatter.section(heading):
                formatter.write_dl(rows)


class LazyGroup(SummaryGroup):
    """A command group that holds lazy commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve the command itself.

        What was typed is kept, for the message that tells somebody to run it again.
        """
        ctx.meta.setdefault(TYPED, list(args))
        name, found, rest = super().resolve_command(ctx, args)
        return name, found.command if isinstance(found, LazyCommand) else found, rest
