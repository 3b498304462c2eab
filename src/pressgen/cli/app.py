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
from pressgen.cli.lazy import LazyCommand, LazyGroup
from pressgen.cli.refusing import format_rerun_command
from pressgen.cli.terminal import echo_styled, escape_hidden_characters
from pressgen.errors import PressgenError, is_short_of_memory

LACKS, STOPPED = 3, 130
NO_MEMORY = "not enough memory to go on; every file is whole: give the command more, or fewer releases at a time"


class ErrorReportingGroup(LazyGroup):
    """The group of all commands; prints errors and sets the exit code."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command; an error ends it with its exit code.

        What the machine does not allow is such an error, too.
        """
        try:
            return super().invoke(ctx)
        except PressgenError as refusal:
            for line in refusal.lines():
                echo_styled(line, err=True, fg="red")
            ctx.exit(refusal.exit_code)
        except click.UsageError as error:
            raise click.UsageError(escape_hidden_characters(error.format_message()), error.ctx) from None
        except KeyboardInterrupt:
            echo_styled(f"stopped; every file is whole. To go on: {format_rerun_command()}", err=True, fg="yellow")
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
    return f"it cannot go on: {error.strerror}"


@click.group(
    cls=ErrorReportingGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Begin with:
  pressgen init newsroom && cd newsroom     a workspace with two houses to choose from
  pressgen new river-survey                 releases/river-survey/release.yaml to fill in
  pressgen build releases/river-survey      Word, PDF, page and mail text under dist/

\b
Exit codes: 0 done; 1 refused for what a file says; 2 wrong use; 3 this machine lacks something;
4 the state of the release, or the hour, forbids it.
Completion: eval "$(_PRESSGEN_COMPLETE=bash_source pressgen)", or zsh_source, fish_source.""",
)
@click.version_option(__version__, prog_name="pressgen")
def main() -> None:
    """Press releases from one structured file: Word, accessible PDF, web page and mail text."""
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # searching for cycles takes a tenth of a command's time
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character still shows the rest


WHERE = {
    "building.build": "Make Word, PDF, page and mail text of each RELEASE, a folder or its release.yaml.",
    "starting.new": "Begin a release: releases/SLUG/release.yaml, ready to build and to fill in.",
    "starting.init": "Make FOLDER a workspace: releases/, and templates/ with two houses to change into your own.",
    "info.schema": "Print the JSON Schema of release.yaml, for editors that complete and check as one types.",
    "info.manual_": "Print a CHAPTER of the manual, or the list of them.",
    "info.template": "Work on the templates of a house.",
    "info.doctor": "Say what this machine has and lacks, and the command that installs it.",
    "verifying.verify":
        "Find what is wrong with each FILE, a PDF or Word file that pressgen or anything else made.",
    "importing.import_":
        "Bring old releases in: each FILE, or each file of a folder, becomes DIR/NAME/release.yaml.",
    "finding.find":
        "Find releases by WORDS: in headline, people, findings, notes, quotations, body and dates, the best first.",
    "report.statistics": "Write a page of figures about all releases, with plots and tables.",
    "checking.check":
        "Find what a wire editor would send back, in each RELEASE, in a folder of them, or in all there are.",
    "checking.rules":
        "Say what the rules of `pressgen check` are, or what the rule CODE wants,"
        " with what is wrong and what is right.",
    "reviewing.review": "Send a release to editors, and bring back what they did to it.",
    "redlining.redline": "Show what NEW says otherwise than OLD, two versions of a release.",
    "signing.submit": "Put RELEASE forward for approval, as it is.",
    "signing.clear": "Record that a speaker cleared the exact words that RELEASE has them say.",
    "signing.approve": "Approve RELEASE as somebody else submitted it.",
    "status.status": "Show where each RELEASE stands; without one, where all do.",
    "status.history": "Print what happened to RELEASE, or to all: who did it, when, and why.",
    "issuing.issue": "Send RELEASE, as it was approved, to the people of a list in releases/pressgen.yaml.",
    "logging_in.login": "Sign in for CHANNEL, whose `oauth` in releases/pressgen.yaml names Microsoft or Google.",
    "issuing.trace": "Say whose copy FILE is: a PDF, a Word file, a page of one printed to PDF, or its text.",
    "changing.move": "Move the embargo of RELEASE, earlier or later, on the clock that its `times` name.",
    "changing.correct":
        "Put the new version of RELEASE, submitted and approved, in the place of the one that people have.",
    "changing.withdraw": "Withdraw RELEASE for good.",
    "listing.lists": "Keep the mailing lists: import them, change an address, forget a reader.",
    "returning.bounces": "Read the mails that came back, and record whom a release did not reach.",
    "planning.grid": "Show what goes out when: issue, lift and publication of every release, day by day.",
    "planning.breach_report":
        "Print who had RELEASE before its lift, when and under which embargo, for the report on a broken embargo.",
    "lifting.schedule": "Have RELEASE lifted at the instant its embargo ends, or at its own `publish` time.",
    "lifting.unschedule": "Take the lift of RELEASE off, so that it may change; it must be scheduled anew.",
    "lifting.lift": "Publish RELEASE now and announce it, or with --due everything whose hour has come.",
    "due.due": "What is to be lifted, the earliest first, and what should have been.",
    "lifting.worker": "Lift what falls due, at its instant, until stopped; or make releases that others send.",
    "engine.engine": "The engine that wakes lifts: what it holds, and how it is put right.",
    "status.clock": "Say that this machine's clock is right, though the ledger has an entry of a later time.",
}  # fmt: skip
"""The module of each command, and the first sentence of its help, which is printed without importing it."""
for where, says in WHERE.items():
    main.add_command(LazyCommand(where, says))
