"""Send releases to build services.

Find those that must be built, split them into chunks, and send each.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from pressgen.actions.batch import work_package
from pressgen.actions.batch.chunking import compute_chunk_size, estimate_seconds, split_into_chunks
from pressgen.actions.batch.refusals import delete_refusals
from pressgen.actions.batch.shared_database import open_store
from pressgen.actions.batch.up_to_date import UpToDateCheck, hash_house_files, read_release_files
from pressgen.actions.distribute.office_channels import resolve_channel_folder
from pressgen.actions.workspace.bundle import hash_contents
from pressgen.actions.workspace.folder import read_house_files
from pressgen.actions.workspace.office import FILE, load_office
from pressgen.errors import InputError, StateError, UsageError
from pressgen.model.office import FolderChannel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from pressgen.actions.batch.work_package import BatchRequest
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.object_store import ObjectStore
    from pressgen.scheduler.batches import BatchClient, Chunk

KEPT: Final = timedelta(days=30)
"""How long a batch that has ended can be looked up."""
TOGETHER: Final = 256
"""Releases that are checked together."""


@dataclass
class SentBatch:
    """A summary of a batch that was sent.

    Attributes:
        batch: its name; empty where nothing had to be built.
        releases: how many were sent, in so many `chunks`.
        same: how many are up to date in the object store.
        refused: those that could not be read, each with the reason.
    """

    batch: str = ""
    releases: int = 0
    chunks: int = 0
    same: int = 0
    refused: list[tuple[Path, InputError]] = field(default_factory=list)


@dataclass(frozen=True)
class BatchSender:
    """A sender of a workspace's releases to build services.

    Attributes:
        ordered: what to build of each.
        most: how many releases a chunk has; None for as many as take 10 to 60 seconds.
    """

    workspace: Workspace
    storage: ObjectStore
    ordered: BatchRequest
    most: int | None = None

    def send(self, files: Sequence[Path], now: datetime, done: Callable[[str], None] = lambda _: None) -> SentBatch:
        """Send releases to be built by any machines.

        Args:
            files: their `release.yaml`.
            now: gives the batch its name.
            done: called with the name of each release when it was checked or sent.

        Raises:
            StateError: a batch to the same object store is under way, or strangers may read it.
            UsageError: no PostgreSQL is named, the object store is a folder that a web server shows, or a release
                is outside the workspace.
            InputError: a house cannot be read.
            EnvironmentFailureError: the scheduler's database or the object store cannot be reached.
        """
        slugs = self._list_slugs(files)
        self._require_private()
        with self._open_alone() as batches:
            work_package.delete_leftovers(self.storage)
            self._delete_old(batches, now)
            houses = {name: read_house_files(self.workspace, name) for name in self.workspace.houses}
            check = UpToDateCheck(self.storage, self.ordered, hash_house_files(houses), self.storage.names())
            sending = SentBatch()
            wanted = self._select_changed(slugs, check, sending, done)
            if wanted:
                packed = {f"templates/{house}/{name}": each for house in houses for name, each in houses[house].items()}
                sending.batch = f"{now:%Y%m%d-%H%M%S}-{token_hex(3)}"
                packed_houses = work_package.upload_package(self.storage, packed)
                for chunk in self._upload_chunks(sending, wanted, packed_houses, batches, done):
                    batches.send(chunk)
        return sending

    def _list_slugs(self, files: Sequence[Path]) -> list[str]:
        folders = [each.resolve().parent for each in files]
        for folder in folders:
            if folder.parent != self.workspace.root / "releases":
                raise UsageError(f"{folder} is not in the workspace's folder releases/; move it there first")
        return [folder.name for folder in folders]

    def _require_private(self) -> None:
        """Check that nobody else can read the object store.

        A folder that a web server shows, or an open bucket, would reveal what is under embargo.
        """
        folders: list[Path] = []
        if (self.workspace.root / FILE).is_file():
            office = load_office(self.workspace)
            office.need("channels")
            channels = office.channels.values()
            folders = [
                resolve_channel_folder(self.workspace, each) for each in channels if isinstance(each, FolderChannel)
            ]
        own = Path(self.storage.address)
        if any(own.is_relative_to(each.resolve()) or each.resolve().is_relative_to(own) for each in folders):
            raise UsageError(
                f"{own} is a folder that {FILE} sends to; embargoed files must not be put there: choose"
                " another folder with --out"
            )
        self.storage.keep_private()

    @contextmanager
    def _open_alone(self) -> Iterator[BatchClient]:
        """Open the batches for sending to this object store alone.

        None may be under way there: two would mix.
        """
        store = open_store()
        from pressgen.scheduler.batches import BatchClient
        from pressgen.scheduler.worker_lock import acquire_worker_lock

        lock = acquire_worker_lock(store, f"sender-{sha256(self.storage.address.encode()).hexdigest()[:24]}")
        if lock is None:
            raise StateError(f"somebody is sending to {self.storage.address} just now; wait, and run the command again")
        try:
            with BatchClient(store) as batches:
                for each in batches.batches():
                    if each.under_way and each.depot == self.storage.address:
                        raise StateError(
                            f"batch {each.name} is still being built into {each.depot}; wait for it (pressgen engine"
                            f" batch {each.name} --wait), or end it (… --cancel), and run the command again"
                        )
                yield batches
        finally:
            lock.release()

    def _delete_old(self, batches: BatchClient, now: datetime) -> None:
        """Delete old batches of this object store from the scheduler.

        The scheduler never deletes any by itself.
        """
        for each in batches.batches():
            if each.depot == self.storage.address and not each.under_way and each.at < now - KEPT:
                delete_refusals(self.storage, each)
                batches.forget(each)

    def _select_changed(
        self, slugs: Sequence[str], check: UpToDateCheck, sending: SentBatch, done: Callable[[str], None]
    ) -> list[tuple[str, int]]:
        """Return the releases to build, each with its files' size.

        The size is in bytes.
        """
        wanted: list[tuple[str, int]] = []
        for at in range(0, len(slugs), TOGETHER):
            found = {}
            sizes = {}
            for slug in slugs[at : at + TOGETHER]:
                try:
                    files = read_release_files(self.workspace, slug)
                except InputError as refusal:
                    sending.refused.append((self.workspace.root / "releases" / slug, refusal))
                    continue
                found[slug], sizes[slug] = hash_contents(files), sum(map(len, files.values()))
            same = check.find_current(found)
            sending.same += len(same)
            wanted += [(slug, size) for slug, size in sizes.items() if slug not in same]
            for slug in slugs[at : at + TOGETHER]:
                if slug not in sizes or slug in same:
                    done(slug)
        return wanted

    def _upload_chunks(
        self, sending: SentBatch, wanted: Sequence[tuple[str, int]], houses: str, batches: BatchClient,
        done: Callable[[str], None],
    ) -> Iterator[Chunk]:  # fmt: skip
        """Yield each chunk once its work package is uploaded."""
        from pressgen.scheduler.batches import Chunk

        seconds = batches.seconds(self.ordered.text) or estimate_seconds(self.ordered)
        chunks = list(split_into_chunks(wanted, self.most or compute_chunk_size(len(wanted), seconds)))
        for number, slugs in enumerate(chunks, 1):
            files = {
                f"releases/{slug}/{name}": content
                for slug in slugs
                for name, content in read_release_files(self.workspace, slug).items()
            }
            yield Chunk(
                batch=sending.batch, number=number, chunks=len(chunks), releases=len(slugs), order=self.ordered.text,
                depot=self.storage.address, houses=houses,
                parcel=work_package.upload_package(self.storage, {**files, work_package.ORDER: self.ordered.packed()}),
            )  # fmt: skip
            sending.chunks += 1
            sending.releases += len(slugs)
            for slug in slugs:
                done(slug)
