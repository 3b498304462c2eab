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


class LazyGroup(click.Group):
    """A command group that holds lazy commands, and lists them by group with whole summaries."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own
        """Write the list of commands under the headings of their groups."""
        lazy = [each for each in self.commands.values() if isinstance(each, LazyCommand)]
        for group in dict.fromkeys(each.group for each in lazy):
            with formatter.section(group):
                rows = [(str(each.name), str(each.help)) for each in lazy if each.group == group]
                formatter.write_dl(
                    [(f"{name:<{max(len(str(each.name)) for each in lazy)}}", text) for name, text in rows]
                )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve the command itself.

        What was typed is kept, for the message that tells somebody to run it again.
        """
        ctx.meta.setdefault(TYPED, list(args))
        name, found, rest = super().resolve_command(ctx, args)
        return name, found.command if isinstance(found, LazyCommand) else found, rest
