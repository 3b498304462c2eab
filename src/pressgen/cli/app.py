"""The command `pressgen`.

Errors are turned into lines and an exit code here and nowhere else.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import Any

import click

from pressgen import __version__
from pressgen.cli.commands import GROUPS
from pressgen.cli.lazy import LazyCommand, LazyGroup
from pressgen.cli.refusal_advice import format_rerun_command
from pressgen.cli.terminal import echo_styled, escape_hidden_characters
from pressgen.errors import PressgenError, is_short_of_memory

LACKS, STOPPED = 3, 130
NO_MEMORY = (
    "not enough memory to continue; no file is damaged: give the command more memory, or fewer releases at a time"
)


class ErrorReportingGroup(LazyGroup):
    """The group of all commands; prints errors and sets the exit code."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command; print an error, and exit with its code."""
        try:
            return super().invoke(ctx)
        except PressgenError as refusal:
            for line in refusal.lines():
                echo_styled(line, err=True, fg="red")
            ctx.exit(refusal.exit_code)
        except click.UsageError as error:
            raise click.UsageError(escape_hidden_characters(error.format_message()), error.ctx) from None
        except KeyboardInterrupt:
            echo_styled(f"Stopped. No file is damaged. To continue: {format_rerun_command()}", err=True, fg="yellow")
            ctx.exit(STOPPED)
        except (MemoryError, ImportError, OSError) as error:
            if is_short_of_memory(error):
                echo_styled(NO_MEMORY, err=True, fg="red")
                ctx.exit(LACKS)
            if not isinstance(error, OSError) or error.errno in {None, errno.EPIPE}:
                raise  # a closed pipe, which click handles; or no file's fault
            echo_styled(_describe_os_error(error), err=True, fg="red")
            ctx.exit(LACKS)


def _describe_os_error(error: OSError) -> str:
    """Return what the machine does not allow, and where.

    After a failure to print, output is redirected, so that printing is not tried again.
    """
    if error.filename is not None:
        return f"{os.fspath(error.filename)}: K01 cannot be read or written: {error.strerror}"
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return f"the command cannot continue: {error.strerror}"


@click.group(
    cls=ErrorReportingGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Try it, with an invented office:
  pressgen init try-out --samples && cd try-out
  pressgen build elmbrook-reading
  pressgen status

\b
More:
  pressgen COMMAND --help     options and examples of a command
  pressgen manual             the chapters of the manual

\b
Exit codes: 0 done; 1 refused for something in a file; 2 wrong use; 3 this
machine lacks something; 4 the state of the release or the time forbids it.
Completion: eval "$(_PRESSGEN_COMPLETE=bash_source pressgen)", or zsh_source
or fish_source.""",
)
@click.version_option(__version__, prog_name="pressgen")
def main() -> None:
    """Press releases from one structured file: Word, accessible PDF, web page and mail text."""
    # pydantic's search for plugins takes a tenth of a command's time
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character still shows the rest


for group, commands in GROUPS.items():
    for where, says in commands.items():
        main.add_command(LazyCommand(where, says, group))
