"""`pressgen build`."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from pressgen.actions.build.build import Order
from pressgen.actions.workspace.folder import RELEASE, release_file
from pressgen.actions.workspace.left_over import describe_left_over
from pressgen.cli.options import complete_release, shown_path, workspace_of, workspace_option
from pressgen.cli.progress import progress
from pressgen.cli.refusing import ConcludedRefusal, command_again
from pressgen.cli.terminal import echo, secho
from pressgen.errors import Refused, WrongUse
from pressgen.model.artifact import Format, Variant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from threading import Event

    from pressgen.actions.build.incremental import Renewed
    from pressgen.actions.build.session import Run
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.errors import Problem

STOPPED = 130
"""The exit code of what Ctrl-C ends, as shells have it: 128 and the number of the signal."""


class Options(TypedDict):
    """The options of `build` beside those that say what."""

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
    "--format", "formats", multiple=True, type=click.Choice([each.value for each in Format]),
    help="What to make; may be given more than once. Otherwise all four.",
)  # fmt: skip
@click.option(
    "--variant", "variants", multiple=True, type=click.Choice([each.value for each in Variant]),
    help="Which to make: `review` is the copy for editors. Otherwise both twins under embargo, else the public one.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(file_okay=False),
    help="Where to write; otherwise dist/ in the workspace. With --queue: a folder that all share, or s3://BUCKET/PREFIX.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Make all that is ordered, changed or not.")
@click.option("--explain", is_flag=True, help="Say of each release why it was made, or that nothing had changed.")
@click.option("--watch", is_flag=True, help="Make each again whenever it or its house changes, until Ctrl-C.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; otherwise one a core, where there is work for it.")
@click.option("--queue", is_flag=True, help="Have it made by workers on other machines, over a PostgreSQL.")
@click.option("--wait", is_flag=True, help="With --queue: follow it to its end.")
@workspace_option
@click.pass_context
def build(
    ctx: click.Context, releases: tuple[Path, ...], every: bool, workspace: Path | None, **options: Unpack[Options]
) -> None:
    """Make Word, PDF, page and mail text of each RELEASE, a folder or its release.yaml.

    The files go to dist/NAME/VARIANT/NAME.docx and so on, with a manifest.json of checksums beside them. Nothing is
    written of a release that is refused; the others are still made. What is as it was is not made again:
    .pressgen/cache keeps what was made, under a sum of all that it was made of, and can be deleted at any time.
    """
    found = workspace_of(workspace, releases)
    order = _order(found, options, every=every)
    if options["queue"]:
        from pressgen.cli.sharing import queue  # noqa: PLC0415 - only who shares work needs it

        to = options["out"] or str(order.out)
        files = _files(found, releases, every=every)
        ctx.exit(queue(found, files, order, to, force=options["force"], wait=options["wait"]))
    from pressgen.actions.build.session import Run  # noqa: PLC0415 - only who builds has a cache

    run = Run.of(found, order, force=options["force"])
    told = Telling(run, explain=options["explain"])
    try:
        _build(run, _files(found, releases, every=every), options["jobs"], told)
        told.end()
        if options["watch"]:
            told = _watch(replace(run, force=False), lambda: _files(found, releases, every=every), told)
    except KeyboardInterrupt:
        secho("stopped; every file is whole, and the same command goes on from here", err=True, fg="yellow")
        ctx.exit(STOPPED)
    ctx.exit(1 if told.problems else 0)


def _order(workspace: Workspace, options: Options, *, every: bool) -> Order:
    """What is to be made.

    Raises:
        WrongUse: two options do not go together.
    """
    out, queue = options["out"] or "", options["queue"]
    if "://" in out and not queue:
        raise WrongUse(f"{out} is no folder of this machine; workers make files there, with --queue")
    if options["wait"] and not queue:
        raise WrongUse("--wait goes with --queue")
    if queue and (options["watch"] or options["explain"] or options["jobs"]):
        raise WrongUse("--watch, --explain and --jobs are for this machine alone; leave them out, or --queue")
    return Order(
        [Format(each) for each in dict.fromkeys(options["formats"])] or list(Format),
        [Variant(each) for each in dict.fromkeys(options["variants"])],
        Path(out) if out else workspace.root / "dist",
        passing_over=every,
    )


def _files(workspace: Workspace, releases: Sequence[Path], *, every: bool) -> list[Path]:
    """The files of the releases that are meant.

    Raises:
        WrongUse: none is, or one of them is no release.
    """
    named = releases or ((Path(),) if not every and Path(RELEASE).is_file() else ())
    found = [release_file(workspace, path) for path in named]
    found += [folder / RELEASE for folder in workspace.releases] if every else []
    if not found:
        raise WrongUse("no release is named; give its folder, such as releases/NAME, or --all")
    return list(dict.fromkeys(found))


def _build(run: Run, files: Sequence[Path], jobs: int | None, told: Telling, stopped: Event | None = None) -> None:
    from pressgen.actions.build.batch import renew_all  # noqa: PLC0415 - only who builds needs it

    with progress(len(files)) as advance, closing(renew_all(run, files, jobs)) as outcomes:
        for file, outcome in outcomes:
            advance(file.parent.name)
            told.tell(file, outcome)
            if stopped and stopped.is_set():
                return


def _watch(run: Run, files: Callable[[], list[Path]], told: Telling) -> Telling:
    """Make what changes, until Ctrl-C, in this process, where all is loaded; what was told at last."""
    from pressgen.cli.watching import changes, stop_on_interrupt  # noqa: PLC0415 - only with --watch

    templates = run.workspace.root / "templates"
    with stop_on_interrupt() as stopped:
        from pressgen.actions.build import preload  # noqa: F401, PLC0415 - whatever the first build did not need

        for changed in changes(run.workspace, [each.parent for each in files()], stopped):
            if house := not changed or any(each.is_relative_to(templates) for each in changed):
                run.houses.look_again()
            meant = [each for each in files() if house or _below(each.parent.absolute(), changed)]
            told = Telling(run, explain=told.explain, quiet=True)
            _build(run, meant, 1, told, stopped)
            told.end()
    return told


def _below(folder: Path, changed: set[Path]) -> bool:
    return any(each.is_relative_to(folder) for each in changed)


@dataclass
class Telling:
    """What the terminal is told of a run.

    Attributes:
        explain: whether reasons are told.
        quiet: whether nothing is told of what is as it was.
        problems: what releases were refused for.
        made: releases of which files were put in place.
        same: releases that are as they were.
        refused: releases that were refused.
    """

    run: Run
    explain: bool
    quiet: bool = False
    problems: list[Problem] = field(default_factory=list)
    made: int = 0
    same: int = 0
    refused: int = 0

    def tell(self, file: Path, outcome: Renewed | Refused) -> None:
        """What became of one release, and what a killed save left beside it."""
        for line in describe_left_over(self.run.workspace, file.parent):
            secho(line, err=True, fg="yellow")
        if isinstance(outcome, Refused):
            self.problems += outcome.problems
            self.refused += 1
            return
        for written in outcome.written:
            echo(shown_path(written.path))
            for note in written.notes:
                secho(f"{shown_path(written.path)}: {note}", err=True, fg="yellow")
        self.made += bool(outcome.reasons)
        self.same += not outcome.reasons
        if self.explain and (outcome.reasons or not self.quiet):
            echo(f"{self.run.workspace.shown(file.parent)}: {_why(outcome)}")

    def end(self) -> None:
        """What is wrong, and what became of all: a line where there are several, or nothing was done."""
        refusal = Refused(self.problems)
        if self.problems and not self.quiet:
            refusal = ConcludedRefusal(refusal.problems, "Not built; earlier files stay as they are", command_again())
        for line in refusal.lines():
            secho(line, err=True, fg="red")
        counts = {"made": self.made, "as before": self.same, "refused": self.refused}
        total = sum(counts.values())
        if (total > 1 or self.same) and not self.quiet:
            told = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
            echo(f"{total} release{'s' * (total > 1)}: {told}", err=True)


def _why(outcome: Renewed) -> str:
    if not outcome.reasons:
        return "nothing has changed"
    done = f"made {outcome.made} of {len(outcome.written)} files" if outcome.made else "put in place from the cache"
    return f"{done}: {', '.join(outcome.reasons)}"
