"""Write a page for each command of pressgen, from what Click knows of it."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import click

from pressgen.cli.app import main
from pressgen.cli.lazy import LONGEST, LazyCommand

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKS = re.compile(r"([\\*_<>\[\]#|~$])")
CODE = re.compile(r"(`[^`]+`)")
INTRODUCTION = """\
# All commands

Made from the program itself: each page says what the command prints with `--help`.

"""


def write_pages() -> dict[str, str]:
    """Return the Markdown of every page about commands, by file name."""
    groups: dict[str, list[str]] = {}
    for name in main.commands:
        groups.setdefault(find_command(name).group, []).append(name)
    tables = "\n".join(
        f"## {group}\n\n| command | what it does |\n| --- | --- |\n{''.join(map(write_row, names))}"
        for group, names in groups.items()
    )
    contents = "".join(f"{name} <{name}>\n" for names in groups.values() for name in names)
    exit_codes = describe_epilog(make_context(main, "pressgen"))
    return {
        "index.md": f"{INTRODUCTION}{tables}\n{exit_codes}\n\n```{{toctree}}\n:hidden:\n\n{contents}```\n",
        **{f"{name}.md": write_page(name, find_command(name).command) for name in main.commands},
    }


def write_row(name: str) -> str:
    """Return a command's row in the list of all."""
    return f"| [{name}]({name}.md) | {escape(find_command(name).get_short_help_str(LONGEST))} |\n"


def make_context(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    """Return the context in which a command describes itself."""
    return click.Context(command, parent=parent, info_name=name, **command.context_settings)


def find_command(name: str) -> LazyCommand:
    """Return a command by its name."""
    found = main.commands[name]
    assert isinstance(found, LazyCommand), name  # noqa: S101
    return found


def write_page(name: str, command: click.Command) -> str:
    """Return the page of a command, with the commands below it."""
    context = make_context(command, name, make_context(main, "pressgen"))
    return "\n\n".join(describe_command(context, level=1)) + "\n"


def describe_command(context: click.Context, level: int) -> Iterator[str]:
    """Yield the parts of a command's page, and of those below it."""
    command = context.command
    yield f"{'#' * level} {context.command_path}"
    yield escape(inspect.cleandoc(command.help or "").replace("\b\n", ""))
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    yield f"```text\n{usage}\n```"
    if not isinstance(command, click.Group):
        yield f"```{{program}} {context.command_path}\n```"
        yield from (describe_option(each, context) for each in command.get_params(context) if is_shown(each))
    yield describe_epilog(context)
    for name, each in getattr(command, "commands", {}).items():
        if not each.hidden:
            yield from describe_command(make_context(each, name, context), level + 1)


def is_shown(parameter: click.Parameter) -> bool:
    """Return whether `--help` lists a parameter as an option."""
    return isinstance(parameter, click.Option) and not parameter.hidden


def describe_option(option: click.Parameter, context: click.Context) -> str:
    """Return the entry of an option, to which other pages can link."""
    record = option.get_help_record(context)
    assert record is not None, option.name  # a hidden one, which is left out before  # noqa: S101
    names, text = record
    return f"```{{option}} {names}\n\n{escape(text)}\n```"


def describe_epilog(context: click.Context) -> str:
    """Return what stands below the options: headed blocks of examples, as code."""
    blocks = inspect.cleandoc(context.command.epilog or "").split("\n\n")
    parts = []
    for block in filter(None, blocks):
        lines = block.removeprefix("\b\n").splitlines()
        code = [line.removeprefix("  ") for line in lines if line.startswith("  ")]
        prose = " ".join(line for line in lines if not line.startswith("  "))
        parts.append(f"{escape(prose)}\n\n```text\n" + "\n".join(code) + "\n```" if code else escape(prose))
    return "\n\n".join(parts)


def escape(text: str) -> str:
    """Return text of a terminal as Markdown that shows the same characters."""
    parts = CODE.split(text)
    return "".join(each if CODE.fullmatch(each) else MARKS.sub(r"\\\1", each) for each in parts)
