"""Make a chunk: fetch its parcel, make its releases on all cores, and put each into the depot as it is done."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pressgen.actions.batch import work_package
from pressgen.actions.batch.results import tell
from pressgen.actions.batch.up_to_date import Look, house_sums, own_files, sums
from pressgen.actions.batch.upload import put
from pressgen.actions.build.batch import renew_all
from pressgen.actions.build.session import Run
from pressgen.actions.workspace.folder import RELEASE, Workspace, house_files
from pressgen.channels.object_store import Depot, Unreachable
from pressgen.errors import MachineLacks, Refused
from pressgen.scheduler.chunks import Tally
from pressgen.scheduler.dbos_abi import Lost

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from pressgen.actions.batch.work_package import Ordered
    from pressgen.scheduler.chunks import Chunk
    from pressgen.scheduler.dbos_abi import Claim

PUTTING: Final = 8
"""Releases that are put into the depot at a time."""
PAUSES: Final = (2.0, 4.0, 8.0, 16.0, 30.0)
"""Seconds between two attempts where the depot does not answer; after them this machine is not fit for the work."""


@dataclass
class Making:
    """What a service of the archive does with the chunks that it gets.

    Attributes:
        scratch: a folder of its own for parcels, for what is being made, and for what was made before.
        jobs: how many processes make releases; None for one a core.
        say: gets a line for each chunk.
        stopped: set by whoever ends it; what is being made is then put in place, and no more is begun.
        unfit: why this machine cannot do the work; empty while it can.
    """

    scratch: Path
    jobs: int | None
    say: Callable[[str], None]
    stopped: threading.Event
    unfit: str = ""
    _depots: dict[str, Depot] = field(default_factory=dict)

    def make(self, chunk: Chunk, claim: Claim) -> Tally:
        """Make a chunk that this service has a claim to; what of it lies in the depot already is not made again.

        Raises:
            Spoilt: the parcel is not there, or not what was sent.
        """
        try:
            return self._patiently(chunk, claim)
        except Lost:
            self.say(f"{_named(chunk)}: given up; who has it now goes on")
            raise

    def tidy(self, chunk: Chunk) -> None:
        """Take the chunk's parcel away."""
        try:
            work_package.take_away(self._depot(chunk), chunk.parcel)
        except MachineLacks as fault:  # the next sender does it
            self.say(f"{_named(chunk)}: {fault}")

    def _patiently(self, chunk: Chunk, claim: Claim) -> Tally:
        why = ""
        for pause in (0.0, *PAUSES):
            if self.stopped.wait(pause):
                raise Lost(chunk.id)
            try:
                return self._make(chunk, claim)
            except Unreachable as fault:
                claim.check()
                why = str(fault)
                self.say(f"{_named(chunk)}: {why}")
            except MachineLacks as lack:
                why = str(lack)
                break
        self.unfit = why
        raise Lost(chunk.id)

    def _make(self, chunk: Chunk, claim: Claim) -> Tally:
        began = time.monotonic()
        depot = self._depot(chunk)
        workspace, ordered = self._laid_out(depot, chunk)
        same = self._same(depot, workspace, ordered)
        run = Run.of(workspace, ordered.to(workspace.root / "out"), force=ordered.force)
        files = [folder / RELEASE for folder in workspace.releases if folder.name not in same]
        refused, made = self._made(run, files, depot, claim)
        if self.stopped.is_set():
            raise Lost(chunk.id)
        claim.check()
        tell(depot, chunk, refused)
        tally = Tally(
            made=made,
            same=chunk.releases - made - len(refused),
            refused=len(refused),
            seconds=round(time.monotonic() - began, 2),
        )
        self.say(f"{_named(chunk)}: {tally.made} made, {tally.same} as before, {tally.refused} refused")
        return tally

    def _made(self, run: Run, files: list[Path], depot: Depot, claim: Claim) -> tuple[dict[str, list[str]], int]:
        """The refused releases with their reasons, and how many were made and put into the depot."""
        refused: dict[str, list[str]] = {}
        under_way: list[Future[None]] = []
        with ThreadPoolExecutor(PUTTING) as pool, closing(renew_all(run, files, self.jobs)) as outcomes:
            for file, outcome in outcomes:
                folder = run.order.out / file.parent.name
                if isinstance(outcome, Refused):
                    refused[file.parent.name] = outcome.lines()
                elif folder.is_dir():  # else it has none of the variants that were ordered
                    under_way.append(pool.submit(put, depot, folder, claim))
                for each in under_way:
                    if each.done():
                        each.result()
                if self.stopped.is_set():
                    break
            for each in under_way:
                each.result()
        return refused, len(under_way)

    def _same(self, depot: Depot, workspace: Workspace, ordered: Ordered) -> set[str]:
        """The releases that lie in the depot as they would be made: who had the chunk before has put them there."""
        houses = house_sums({name: house_files(workspace, name) for name in workspace.houses})
        slugs = [folder.name for folder in workspace.releases]
        look = Look(depot, ordered, houses, depot.names())
        return look.as_made({slug: sums(own_files(workspace, slug)) for slug in slugs})

    def _laid_out(self, depot: Depot, chunk: Chunk) -> tuple[Workspace, Ordered]:
        """A workspace with the chunk's releases, and what is made of them."""
        root = self.scratch / chunk.houses[:16]
        if not (root / "templates").is_dir():
            shutil.rmtree(self.scratch, ignore_errors=True)  # nobody sends an earlier state of the houses any more
            aside = root / ".new"
            work_package.lay_out(work_package.fetch(depot, chunk.houses), aside)
            (aside / "templates").rename(root / "templates")
        for name in ("releases", "out"):
            shutil.rmtree(root / name, ignore_errors=True)
        files = work_package.fetch(depot, chunk.parcel)
        ordered = work_package.ordered(files)
        del files[work_package.ORDER]
        work_package.lay_out(files, root)
        return Workspace(root), ordered

    def _depot(self, chunk: Chunk) -> Depot:
        if chunk.depot not in self._depots:
            self._depots[chunk.depot] = Depot(chunk.depot)
        return self._depots[chunk.depot]


def _named(chunk: Chunk) -> str:
    return f"batch {chunk.batch}, chunk {chunk.number} of {chunk.chunks}"
