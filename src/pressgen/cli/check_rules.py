"""`pressgen check` with its `--fix`, and `pressgen rules`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from pressgen.cli.findings import print_findings
from pressgen.cli.options import complete_release, complete_rule, resolve_workspace, workspace_option
from pressgen.cli.problem_formats import COLOURS
from pressgen.cli.terminal import echo, echo_styled, style
from pressgen.errors import InputError, Severity, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.actions.check.check import Fix
    from pressgen.actions.workspace.folder import Workspace

DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


class CheckOptions(TypedDict):
    """The options of `check`."""

    at: datetime | None
    shape: str
    strict: bool
    fix: bool
    yes: bool
    watch: bool
    jobs: int | None


def _parse_instant(_context: click.Context, _option: click.Parameter, value: str | None) -> datetime | None:
    """Parse an instant with its offset or zone.

    A wall time without a zone is refused, because it could mean many instants.
    """
    if value is None:
        return None
    from pressgen.model.moment import WallTimeError, read_moment

    wall, _, zone = value.rpartition(" ")
    try:
        found = read_moment(wall, zone).instant if "/" in zone else datetime.fromisoformat(value)
    except (ValueError, WallTimeError, KeyError) as error:
        raise click.BadParameter(f"{error}; write 2019-05-08T00:01+01:00 or “2019-05-08 00:01 Europe/London”") from None
    if found.tzinfo is None:
        day, has_hour = f"{found:%Y-%m-%d}", len(value.strip()) > len("2019-05-08")
        lacks = "does not say in which time zone" if has_hour else "has neither a clock time nor a time zone"
        hour = f"{found:%H:%M}" if has_hour else "00:01"
        raise click.BadParameter(f"“{value}” {lacks}; write {day}T{hour}Z or “{day} {hour} Europe/London”")
    return found


@click.command(
    epilog="""\b
Examples:
  pressgen check releases/river-survey
  pressgen check --fix releases/river-survey      what is safe to mend, shown first
  pressgen check --at 2027-03-11T00:00:59Z        the whole workspace, as it stands then
  pressgen check --format sarif > check.sarif

\b
Exit codes: 0 nothing blocks; 1 an error does (with --strict: or a warning nobody acknowledged)."""
)
@click.argument(
    "releases", nargs=-1, metavar="[RELEASE]...", type=click.Path(path_type=Path), shell_complete=complete_release
)
@click.option("--at", metavar="INSTANT", callback=_parse_instant, help="Check them as of that time.")
@click.option(
    "--format", "shape", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True,
    help="Lines with the place marked, an array of objects, SARIF 2.1.0, or GitHub's annotations.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings that nobody has acknowledged, too.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend; shows the change and asks.")
@click.option("--yes", is_flag=True, help="With --fix: do not ask.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; otherwise one a core where there are many.")
@workspace_option
@click.pass_context
def check(
    ctx: click.Context, releases: tuple[Path, ...], workspace: Path | None, **options: Unpack[CheckOptions]
) -> None:
    """Find mistakes in each RELEASE before an editor does.

    RELEASE is a release's folder, its release.yaml, or a folder of releases; without one, all releases are checked.
    Errors block approval. A warning blocks it until somebody accepts it in the release, with a reason:

    \b
      accept:
        - {rule: N06, where: "body[3]", because: everybody here knows the BBC}

    Notes on style are free. `pressgen rules CODE` says what a rule wants.
    """  # noqa: D301 - click's own mark for lines to keep as they are
    found = resolve_workspace(workspace, releases)
    named = releases or ((Path(),) if Path("release.yaml").is_file() else ())
    blocked = _check_once(found, named, options)
    if options["watch"]:
        from pressgen.cli.watch_files import stop_on_interrupt, watch_changes

        with stop_on_interrupt() as stopped:
            for _ in watch_changes(found, named, stopped):
                click.clear()
                try:
                    blocked = _check_once(found, named, options)
                except UsageError as gone:  # some editors delete a file before they write it again
                    echo(gone, err=True)
                    blocked = True
    ctx.exit(1 if blocked else 0)


def _check_once(workspace: Workspace, named: Sequence[Path], options: CheckOptions) -> bool:
    """Check once, print the problems, and return whether any of them blocks."""
    found = print_findings(workspace, named, options["at"], options["shape"], options["jobs"])
    if options["fix"]:
        offer_fixes(workspace, found.mends, ask=not options["yes"])
    worst = {Severity.ERROR, Severity.WARNING} if options["strict"] else {Severity.ERROR}
    return any(each.severity in worst for each in found.problems)


@click.command(
    epilog="""\b
Examples:
  pressgen rules
  pressgen rules T01"""
)
@click.argument("code", required=False, shell_complete=complete_rule)
@click.option("--manual", is_flag=True, help="The manual's chapter of all rules, as Markdown.")
def rules(code: str | None, manual: bool) -> None:
    """List the rules of `pressgen check`, or explain the rule CODE.

    The explanation shows what is wrong and what is right.
    """
    from pressgen.actions.check import rule_pages as action

    if manual:
        echo(action.format_rule_manual(), nl=False)
    elif code:
        from pressgen.actions.setup.manual import explain_code

        is_rule = code.upper() in action.list_rule_names()
        echo((not is_rule and explain_code(code.upper())) or action.format_rule_page(code))
    for each in () if manual or code else action.list_rules():
        echo(f"{each.code}  {style(f'{each.severity.value:7}', fg=COLOURS[each.severity])}  {each.title}")


def offer_fixes(workspace: Workspace, mends: Sequence[Fix], *, ask: bool) -> None:
    """Show the safe fixes as a diff, and apply them if agreed.

    Raises:
        UsageError: it has to ask, and nobody is at the terminal.
        InputError: a file cannot be saved; it and the other files of its release are unchanged.
    """
    from pressgen.actions.check.fix import apply_fixes, format_diff, save_fixes

    files = apply_fixes(mends)
    if not files:
        echo("nothing that can be fixed automatically", err=True)
        return
    for line in format_diff(files):
        echo_styled(line, fg=DIFF_COLOURS.get(line[:1]))
    if ask and not sys.stdin.isatty():
        raise UsageError("nothing was changed; to make these changes without being asked, add --yes")
    if ask and not click.confirm("Make these changes?"):
        echo("nothing was changed", err=True)
        return
    outcome = save_fixes(workspace, files)
    if outcome.saved:
        echo(f"fixed {', '.join(outcome.saved)}", err=True)
    for each in outcome.merged:
        message = "was saved by somebody else in the meantime; it now has both changes: check it again"
        echo_styled(f"{each}: {message}", err=True, fg="yellow")
    if outcome.problems:
        raise InputError(outcome.problems)
