"""The command `pressgen`, and the one place that turns refusals into lines and an exit code."""

from __future__ import annotations

import sys
from typing import Any

import click

from pressgen import __version__
from pressgen.cli.building import build
from pressgen.cli.changing import correct, move, withdraw
from pressgen.cli.checking import check, rules
from pressgen.cli.engine import engine
from pressgen.cli.finding import find
from pressgen.cli.importing import import_
from pressgen.cli.issuing import issue, trace
from pressgen.cli.lifting import due, lift, schedule, unschedule, worker
from pressgen.cli.looking import clock, history, status
from pressgen.cli.planning import breach_report, grid
from pressgen.cli.redlining import redline
from pressgen.cli.reviewing import review
from pressgen.cli.signing import approve, clear, submit
from pressgen.cli.starting import init, new
from pressgen.cli.telling import doctor, schema, template
from pressgen.cli.verifying import verify
from pressgen.errors import PressgenError


class Refusals(click.Group):
    """A group whose refusals are printed a line each, in red on a terminal."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command; a refusal ends it with its own exit code."""
        try:
            return super().invoke(ctx)
        except PressgenError as refusal:
            for line in refusal.lines():
                click.secho(line, err=True, fg="red")
            ctx.exit(refusal.exit_code)


@click.group(
    cls=Refusals,
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
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character still shows the rest


main.add_command(build)
main.add_command(new)
main.add_command(init)
main.add_command(schema)
main.add_command(template)
main.add_command(doctor)
main.add_command(verify)
main.add_command(import_)
main.add_command(find)
main.add_command(check)
main.add_command(rules)
main.add_command(review)
main.add_command(redline)
main.add_command(submit)
main.add_command(clear)
main.add_command(approve)
main.add_command(status)
main.add_command(history)
main.add_command(issue)
main.add_command(trace)
main.add_command(move)
main.add_command(correct)
main.add_command(withdraw)
main.add_command(grid)
main.add_command(breach_report)
main.add_command(schedule)
main.add_command(unschedule)
main.add_command(lift)
main.add_command(due)
main.add_command(worker)
main.add_command(engine)
main.add_command(clock)
