"""`pressgen build`."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from pressgen.actions.build.build import BuildRequest
from pressgen.actions.workspace.folder import RELEASE, find_release_file
from pressgen.actions.workspace.leftovers import describe_leftovers
from pressgen.cli.options import complete_format, complete_release, format_path, resolve_workspace, workspace_option
from pressgen.cli.progress import show_progress
from pressgen.cli.refusal_advice import ExplainedInputError, format_rerun_command
from pressgen.cli.terminal import echo, echo_styled
from pressgen.errors import InputError, UsageError
from pressgen.model.artifact import Format, Variant
from pressgen.render.added_formats import parse_format

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from threading import Event

    from pressgen.actions.build.build import BuildResult
    from pressgen.actions.build.cache import BuildCache
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.errors import Problem

STOPPED = 130
"""The exit code after Ctrl-C, as in shells: 128 and the number of the signal."""


class BuildOptions(TypedDict):
    """The options of `build`, except those that choose releases."""

    formats: tuple[str, ...]
    variants: tuple[str, ...]
    out: str | None
    force: bool
    explain: bool
    watch: bool
    jobs: int | None
    queue: bool
    wait: bool


@click.command(
    epilog="""\b
Examples:
  pressgen build releases/river-survey
  pressgen build releases/river-survey --variant embargoed --format docx --format pdf
  pressgen build --all --explain          what has changed since, and why each was made
  pressgen build --watch releases/river-survey
  pressgen build --all --out /tmp/preview
  pressgen build --all --queue --out s3://press/archive --wait      made by: pressgen worker --queue archive"""
)
@click.argument(
    "releases", nargs=-1, metavar="[RELEASE]...", type=click.Path(path_type=Path), shell_complete=complete_release
)
@click.option("--all", "every", is_flag=True, help="Every release of the workspace.")
@click.option(
    "--format", "formats", multiple=True, metavar=f"[{'|'.join(Format)}|…]", shell_complete=complete_format,
    help="What to make; may be given more than once. Otherwise these four. An installed package may add others.",
)  # fmt: skip
@click.option(
    "--variant", "variants", multiple=True, type=click.Choice([each.value for each in Variant]),
    help="Which to make: `review` is the copy for editors. Otherwise `embargoed` and `public`; without an embargo,"
    " only `public`.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(file_okay=False),
    help="Where to write; otherwise dist/ in the workspace. With --queue: a folder that all share, or s3://BUCKET/PREFIX.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Build everything, changed or not.")
@click.option("--explain", is_flag=True, help="Say of each release why it was made, or that nothing had changed.")
@click.option("--watch", is_flag=True, help="Make each again whenever it or its house changes, until Ctrl-C.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; otherwise one a core, where there is work for it.")
@click.option("--queue", is_flag=True, help="Have it made by workers on other machines, over a PostgreSQL.")
@click.option("--wait", is_flag=True, help="With --queue: follow it to its end.")
@workspace_option
@click.pass_context
def build(
    ctx: click.Context, releases: tuple[Path, ...], every: bool, workspace: Path | None, **options: Unpack[BuildOptions]
) -> None:
    """Make Word file, PDF, web page and mail text of each RELEASE.

    RELEASE is a release's folder or its release.yaml. The files go to dist/NAME/VARIANT/NAME.docx and so on, with a
    manifest.json of checksums beside them. Nothing is written of a release that is refused; the others are still made.
    Unchanged releases are not rebuilt: .pressgen/cache keeps made files under a hash of everything they were made
    from, and can be deleted at any time.
    """
    found = resolve_workspace(workspace, releases)
    _check_options(options)
    requests = _list_requests(found, releases, options, every=every)
    if options["queue"]:
        from pressgen.cli.engine import queue_build

        ctx.exit(queue_build(requests, options["out"] or str(found.root / "dist"), wait=options["wait"]))
    from pressgen.actions.build.cache import BuildCache

    cache, reporter = BuildCache(found), BuildReporter(found, explain=options["explain"])
    try:
        _build(requests, cache, options["jobs"], reporter)
        reporter.end()
        if options["watch"]:
            options["force"] = False
            reporter = _watch(lambda: _list_requests(found, releases, options, every=every), cache, reporter)
    except KeyboardInterrupt:
        echo_styled("Stopped. No file is damaged; run the same command again to continue", err=True, fg="yellow")
        ctx.exit(STOPPED)
    ctx.exit(InputError(reporter.problems).exit_code if reporter.problems else 0)


def _check_options(options: BuildOptions) -> None:
    """Raise an error where two options do not go together.

    Raises:
        UsageError: two options do not go together.
    """
    out, queue = options["out"] or "", options["queue"]
    if "://" in out and not queue:
        raise UsageError(f"{out} is not a folder on this machine; only workers can build into it: add --queue")
    if options["wait"] and not queue:
        raise UsageError("--wait works only with --queue")
    added = [each for each in options["formats"] if each not in tuple(Format)]
    if queue and added:
        raise UsageError(f"{added[0]} can be made on this machine only; leave out {added[0]}, or --queue")
    if queue and (options["watch"] or options["explain"] or options["jobs"]):
        raise UsageError("--watch, --explain and --jobs work only without --queue; leave out one or the other")


def _list_requests(
    workspace: Workspace, releases: Sequence[Path], options: BuildOptions, *, every: bool
) -> list[BuildRequest]:
    """Return the request for each of the chosen releases.

    Raises:
        UsageError: there is none, or one of them is not a release.
    """
    named = releases or ((Path(),) if not every and Path(RELEASE).is_file() else ())
    found = [find_release_file(workspace, path) for path in named]
    found += [folder / RELEASE for folder in workspace.releases] if every else []
    if not found:
        raise UsageError("No release is named. Give its folder, such as releases/NAME, or --all")
    formats = [parse_format(each) for each in dict.fromkeys(options["formats"])] or list(Format)
    variants = [Variant(each) for each in dict.fromkeys(options["variants"])]
    out = Path(options["out"] or workspace.root / "dist")
    return [
        BuildRequest(workspace, file, formats, variants, out, skip_missing=every, force=options["force"])
        for file in dict.fromkeys(found)
    ]


def _build(
    requests: Sequence[BuildRequest],
    cache: BuildCache,
    jobs: int | None,
    reporter: BuildReporter,
    stopped: Event | None = None,
) -> None:
    from pressgen.actions.build.build_many import build_many

    with show_progress(len(requests)) as advance, closing(build_many(requests, cache, jobs)) as outcomes:
        for file, outcome in outcomes:
            advance(file.parent.name)
            reporter.tell(file, outcome)
            if stopped and stopped.is_set():
                return


def _watch(
    list_requests: Callable[[], list[BuildRequest]], cache: BuildCache, reporter: BuildReporter
) -> BuildReporter:
    """Rebuild what changes, until Ctrl-C; return the last report."""
    from pressgen.cli.watch_files import stop_on_interrupt, watch_changes

    templates = reporter.workspace.root / "templates"
    with stop_on_interrupt() as stopped:
        from pressgen.actions.build import preload  # noqa: F401 - whatever the first build did not need

        folders = [each.release.parent for each in list_requests()]
        for changed in watch_changes(reporter.workspace, folders, stopped):
            if house := not changed or any(each.is_relative_to(templates) for each in changed):
                cache.houses.forget()
            meant = [each for each in list_requests() if house or _is_below(each.release.parent.absolute(), changed)]
            reporter = BuildReporter(reporter.workspace, explain=reporter.explain, quiet=True)
            _build(meant, cache, 1, reporter, stopped)
            reporter.end()
    return reporter


def _is_below(folder: Path, changed: set[Path]) -> bool:
    return any(each.is_relative_to(folder) for each in changed)


@dataclass
class BuildReporter:
    """A reporter that prints the progress and the result of a build.

    Attributes:
        explain: whether to print reasons.
        quiet: whether to print nothing about unchanged releases.
        problems: why releases were refused.
        made: the files of the releases that were written.
        same: unchanged releases.
        refused: releases that were refused.
    """

    workspace: Workspace
    explain: bool
    quiet: bool = False
    problems: list[Problem] = field(default_factory=list)
    made: int = 0
    same: int = 0
    refused: int = 0

    def tell(self, file: Path, outcome: BuildResult | InputError) -> None:
        """Print the result of one release, and files left by a killed save."""
        for line in describe_leftovers(self.workspace, file.parent):
            echo_styled(line, err=True, fg="yellow")
        if isinstance(outcome, InputError):
            self.problems += outcome.problems
            self.refused += 1
            return
        for written in outcome.written:
            echo(format_path(written.path))
            for note in written.notes:
                echo_styled(f"{format_path(written.path)}: {note}", err=True, fg="yellow")
        self.made += bool(outcome.reasons)
        self.same += not outcome.reasons
        if self.explain and (outcome.reasons or not self.quiet):
            echo(f"{self.workspace.shown(file.parent)}: {_explain_result(outcome)}")

    def end(self) -> None:
        """Print what is wrong, and a summary.

        There is a summary where there are several releases, or nothing was done.
        """
        refusal = InputError(self.problems)
        if self.problems and not self.quiet:
            refusal = ExplainedInputError(
                refusal.problems, "Not built; earlier files are unchanged", format_rerun_command()
            )
        for line in refusal.lines():
            echo_styled(line, err=True, fg="red")
        counts = {"made": self.made, "unchanged": self.same, "refused": self.refused}
        total = sum(counts.values())
        if (total > 1 or self.same) and not self.quiet:
            summary = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
            echo(f"{total} release{'s' * (total > 1)}: {summary}", err=True)


def _explain_result(outcome: BuildResult) -> str:
    if not outcome.reasons:
        return "nothing has changed"
    done = f"made {outcome.built} of {len(outcome.written)} files" if outcome.built else "put in place from the cache"
    return f"{done}: {', '.join(outcome.reasons)}"
