"""Commands that are known by name and first sentence, and imported when one is called or completed.

So `pressgen --help` loads none of them, and a command loads no other.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module

import click

TYPED = "pressgen.typed"
"""The key, in a context's `meta`, of the words that were typed after `pressgen`."""


class Later(click.Command):
    """What stands for a command until it is wanted.

    Args:
        where: its module in `pressgen.cli`, and after a full stop its name there, which it is typed by.
        says: the first sentence of its help.
    """

    def __init__(self, where: str, says: str) -> None:
        self._module, _, self._name = where.partition(".")
        super().__init__(self._name.strip("_").replace("_", "-"), help=says)

    @cached_property
    def command(self) -> click.Command:
        """The command itself."""
        found: click.Command = getattr(import_module(f"pressgen.cli.{self._module}"), self._name)
        return found


class Commands(click.Group):
    """A group of commands, any of which may be a `Later`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant, itself; what was typed is kept, for whoever is told to run it again."""
        ctx.meta.setdefault(TYPED, list(args))
        name, found, rest = super().resolve_command(ctx, args)
        return name, found.command if isinstance(found, Later) else found, rest
