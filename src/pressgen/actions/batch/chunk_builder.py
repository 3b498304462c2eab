"""Build a chunk.

Fetch its work package, build its releases on all cores, and upload each to the object store when it is done.
"""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pressgen.actions.batch import work_package
from pressgen.actions.batch.refusals import write_refusals
from pressgen.actions.batch.up_to_date import UpToDateCheck, hash_house_files, read_release_files
from pressgen.actions.batch.upload import upload_release
from pressgen.actions.build.build_many import build_many
from pressgen.actions.build.cache import BuildCache
from pressgen.actions.workspace.bundle import hash_contents
from pressgen.actions.workspace.folder import RELEASE, Workspace, read_house_files
from pressgen.channels.object_store import ObjectStore, StoreUnreachableError
from pressgen.errors import EnvironmentFailureError, InputError
from pressgen.scheduler.batches import ChunkResult
from pressgen.scheduler.dbos_abi import Lost

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Generator
    from concurrent.futures import Future
    from pathlib import Path

    from pressgen.actions.batch.work_package import BatchRequest
    from pressgen.actions.build.build import BuildResult
    from pressgen.scheduler.batches import Chunk
    from pressgen.scheduler.dbos_abi import WorkflowClaim

PUTTING: Final = 8
"""Releases that are uploaded at a time."""
PAUSES: Final = (2.0, 4.0, 8.0, 16.0, 30.0)
"""Seconds between two attempts if the object store does not answer; after them this machine is unfit for the work."""


@dataclass
class LocalChunkBuilder:
    """A builder of the chunks that this machine receives.

    Attributes:
        scratch: a folder of its own for work packages, unfinished files and earlier files.
        jobs: how many processes build releases; None for one a core.
        say: gets a line for each chunk.
        stopped: set by the caller to end; running builds are then finished and uploaded, and no more begin.
        unfit: why this machine cannot do the work; empty while it can.
    """

    scratch: Path
    jobs: int | None
    say: Callable[[str], None]
    stopped: threading.Event
    unfit: str = ""
    _storages: dict[str, ObjectStore] = field(default_factory=dict)

    def make(self, chunk: Chunk, claim: WorkflowClaim) -> ChunkResult:
        """Build a chunk that this service has a claim to.

        Releases that are in the object store already are not built again.

        Raises:
            PackageCorruptError: the work package is missing, or not what was sent.
        """
        try:
            return self._build_with_retries(chunk, claim)
        except Lost:
            self.say(f"{_format_chunk_name(chunk)}: another worker has taken this over")
            raise

    def tidy(self, chunk: Chunk) -> None:
        """Delete the chunk's work package."""
        try:
            work_package.delete_package(self._open_storage(chunk), chunk.parcel)
        except EnvironmentFailureError as fault:  # the next sender does it
            self.say(f"{_format_chunk_name(chunk)}: {fault}")

    def _build_with_retries(self, chunk: Chunk, claim: WorkflowClaim) -> ChunkResult:
        why = ""
        for pause in (0.0, *PAUSES):
            if self.stopped.wait(pause):
                raise Lost(chunk.id)
            try:
                return self._build_chunk(chunk, claim)
            except StoreUnreachableError as fault:
                claim.check()
                why = str(fault)
                self.say(f"{_format_chunk_name(chunk)}: {why}")
            except EnvironmentFailureError as lack:
                why = str(lack)
                break
        self.unfit = why
        raise Lost(chunk.id)

    def _build_chunk(self, chunk: Chunk, claim: WorkflowClaim) -> ChunkResult:
        began = time.monotonic()
        storage = self._open_storage(chunk)
        workspace, ordered = self._unpack(storage, chunk)
        same = self._find_current(storage, workspace, ordered)
        out = workspace.root / "out"
        requests = [
            ordered.for_release(workspace, folder / RELEASE, out)
            for folder in workspace.releases
            if folder.name not in same
        ]
        outcomes = build_many(requests, BuildCache(workspace), self.jobs)
        refused, made = self._build_and_upload(outcomes, out, storage, claim)
        if self.stopped.is_set():
            raise Lost(chunk.id)
        claim.check()
        write_refusals(storage, chunk, refused)
        result = ChunkResult(
            made=made,
            same=chunk.releases - made - len(refused),
            refused=len(refused),
            seconds=round(time.monotonic() - began, 2),
        )
        self.say(f"{_format_chunk_name(chunk)}: {result.made} built, {result.same} unchanged, {result.refused} refused")
        return result

    def _build_and_upload(
        self,
        outcomes: Generator[tuple[Path, BuildResult | InputError]],
        out: Path,
        storage: ObjectStore,
        claim: WorkflowClaim,
    ) -> tuple[dict[str, list[str]], int]:
        """Build and upload releases.

        Return the refused releases with their reasons, and how many were built.
        """
        refused: dict[str, list[str]] = {}
        under_way: list[Future[None]] = []
        with ThreadPoolExecutor(PUTTING) as pool, closing(outcomes):
            for file, outcome in outcomes:
                folder = out / file.parent.name
                if isinstance(outcome, InputError):
                    refused[file.parent.name] = outcome.lines()
                elif folder.is_dir():  # else it has none of the variants that were ordered
                    under_way.append(pool.submit(upload_release, storage, folder, claim))
                for each in under_way:
                    if each.done():
                        each.result()
                if self.stopped.is_set():
                    break
            for each in under_way:
                each.result()
        return refused, len(under_way)

    def _find_current(self, storage: ObjectStore, workspace: Workspace, ordered: BatchRequest) -> set[str]:
        """Return the releases that are up to date in the object store.

        The service that had the chunk before may have uploaded them.
        """
        houses = hash_house_files({name: read_house_files(workspace, name) for name in workspace.houses})
        slugs = [folder.name for folder in workspace.releases]
        check = UpToDateCheck(storage, ordered, houses, storage.names())
        return check.find_current({slug: hash_contents(read_release_files(workspace, slug)) for slug in slugs})

    def _unpack(self, storage: ObjectStore, chunk: Chunk) -> tuple[Workspace, BatchRequest]:
        """Return a workspace with the chunk's releases, and the build request."""
        root = self.scratch / chunk.houses[:16]
        if not (root / "templates").is_dir():
            shutil.rmtree(self.scratch, ignore_errors=True)  # nobody sends earlier versions of the houses any more
            aside = root / ".new"
            work_package.write_package_files(work_package.fetch_package(storage, chunk.houses), aside)
            (aside / "templates").rename(root / "templates")
        for name in ("releases", "out"):
            shutil.rmtree(root / name, ignore_errors=True)
        files = work_package.fetch_package(storage, chunk.parcel)
        ordered = work_package.parse_request(files)
        del files[work_package.ORDER]
        work_package.write_package_files(files, root)
        return Workspace(root), ordered

    def _open_storage(self, chunk: Chunk) -> ObjectStore:
        if chunk.depot not in self._storages:
            self._storages[chunk.depot] = ObjectStore(chunk.depot)
        return self._storages[chunk.depot]


def _format_chunk_name(chunk: Chunk) -> str:
    """Format the name of a chunk for messages."""
    return f"batch {chunk.batch}, chunk {chunk.number} of {chunk.chunks}"
