"""Send releases to whoever makes them: look which are to be made, cut them into chunks, and hand each on."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from pressgen.actions.batch import work_package
from pressgen.actions.batch.chunking import cut, estimated, per_chunk
from pressgen.actions.batch.record import record
from pressgen.actions.batch.results import forget
from pressgen.actions.batch.up_to_date import Look, house_sums, own_files, sums
from pressgen.actions.distribute.channels import folder_of
from pressgen.actions.workspace.folder import house_files
from pressgen.actions.workspace.office import FILE, take_office
from pressgen.errors import Refused, StateForbids, WrongUse
from pressgen.model.office import FolderChannel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from pressgen.actions.batch.work_package import Ordered
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.object_store import Depot
    from pressgen.scheduler.batches import Batches
    from pressgen.scheduler.chunks import Chunk

KEPT: Final = timedelta(days=30)
"""How long a batch that has ended can be asked after."""
TOGETHER: Final = 256
"""Releases that are looked at together."""


@dataclass
class Sending:
    """What was sent.

    Attributes:
        batch: its name; empty where nothing was to be made.
        releases: how many were sent, in so many `chunks`.
        same: how many lie in the depot as they would be made.
        refused: those that could not be read, each with why.
    """

    batch: str = ""
    releases: int = 0
    chunks: int = 0
    same: int = 0
    refused: list[tuple[Path, Refused]] = field(default_factory=list)


@dataclass(frozen=True)
class Sender:
    """Who sends releases of a workspace into a depot.

    Attributes:
        ordered: what is made of each.
        most: how many releases a chunk has; None for as many as take 10 to 60 seconds.
    """

    workspace: Workspace
    depot: Depot
    ordered: Ordered
    most: int | None = None

    def send(self, files: Sequence[Path], now: datetime, done: Callable[[str], None] = lambda _: None) -> Sending:
        """Have the releases that `files` hold made by whichever machines there are.

        Args:
            files: their `release.yaml`.
            now: gives the batch its name.
            done: called with the name of each release, when it was looked at or sent.

        Raises:
            StateForbids: a batch to the same depot is under way, or strangers may read it.
            WrongUse: no PostgreSQL is named, the depot is a folder that is served, or a release lies elsewhere.
            Refused: a house cannot be read.
            MachineLacks: the engine's record or the depot cannot be reached.
        """
        slugs = self._slugs(files)
        self._see_that_private()
        with self._turn() as held:
            work_package.clear(self.depot)
            self._forget_old(held, now)
            houses = {name: house_files(self.workspace, name) for name in self.workspace.houses}
            look = Look(self.depot, self.ordered, house_sums(houses), self.depot.names())
            sending = Sending()
            wanted = self._wanted(slugs, look, sending, done)
            if wanted:
                packed = {f"templates/{house}/{name}": each for house in houses for name, each in houses[house].items()}
                sending.batch = f"{now:%Y%m%d-%H%M%S}-{token_hex(3)}"
                for chunk in self._chunks(sending, wanted, work_package.send(self.depot, packed), held, done):
                    held.send(chunk)
        return sending

    def _slugs(self, files: Sequence[Path]) -> list[str]:
        folders = [each.resolve().parent for each in files]
        for folder in folders:
            if folder.parent != self.workspace.root / "releases":
                raise WrongUse(f"{folder} does not lie in the workspace's releases/; only what does can be sent")
        return [folder.name for folder in folders]

    def _see_that_private(self) -> None:
        """See that nobody reads in the depot what is under embargo: a folder that is served, a bucket that is open."""
        folders: list[Path] = []
        if (self.workspace.root / FILE).is_file():
            office = take_office(self.workspace)
            office.need("channels")
            channels = office.channels.values()
            folders = [folder_of(self.workspace, each) for each in channels if isinstance(each, FolderChannel)]
        own = Path(self.depot.address)
        if any(own.is_relative_to(each.resolve()) or each.resolve().is_relative_to(own) for each in folders):
            raise WrongUse(
                f"{own} is a folder that {FILE} sends to; what is under embargo must not get there: see --out"
            )
        self.depot.keep_private()

    @contextmanager
    def _turn(self) -> Iterator[Batches]:
        """The engine's batches, while nobody else sends to this depot and none is under way: two would mix there."""
        store = record()
        from pressgen.scheduler.batches import Batches  # noqa: PLC0415 - DBOS is slow to import
        from pressgen.scheduler.worker_lock import take  # noqa: PLC0415

        seat = take(store, f"sender-{sha256(self.depot.address.encode()).hexdigest()[:24]}")
        if seat is None:
            raise StateForbids(f"somebody is sending to {self.depot.address} just now; wait, and run the command again")
        try:
            with Batches(store) as held:
                for each in held.batches():
                    if each.under_way and each.depot == self.depot.address:
                        raise StateForbids(
                            f"batch {each.name} is still being made into {each.depot}; wait for it (pressgen engine"
                            f" batch {each.name} --wait), or end it (… --cancel), and run the command again"
                        )
                yield held
        finally:
            seat.release()

    def _forget_old(self, held: Batches, now: datetime) -> None:
        """Forget batches into this depot that nobody asks after any more; the engine never forgets by itself."""
        for each in held.batches():
            if each.depot == self.depot.address and not each.under_way and each.at < now - KEPT:
                forget(self.depot, each)
                held.forget(each)

    def _wanted(
        self, slugs: Sequence[str], look: Look, sending: Sending, done: Callable[[str], None]
    ) -> list[tuple[str, int]]:
        """The releases that must be made, each with the bytes of its files."""
        wanted: list[tuple[str, int]] = []
        for at in range(0, len(slugs), TOGETHER):
            found = {}
            sizes = {}
            for slug in slugs[at : at + TOGETHER]:
                try:
                    files = own_files(self.workspace, slug)
                except Refused as refusal:
                    sending.refused.append((self.workspace.root / "releases" / slug, refusal))
                    continue
                found[slug], sizes[slug] = sums(files), sum(map(len, files.values()))
            same = look.as_made(found)
            sending.same += len(same)
            wanted += [(slug, size) for slug, size in sizes.items() if slug not in same]
            for slug in slugs[at : at + TOGETHER]:
                if slug not in sizes or slug in same:
                    done(slug)
        return wanted

    def _chunks(
        self, sending: Sending, wanted: Sequence[tuple[str, int]], houses: str, held: Batches,
        done: Callable[[str], None],
    ) -> Iterator[Chunk]:  # fmt: skip
        """A chunk after the other, whose parcel lies in the depot."""
        from pressgen.scheduler.chunks import Chunk  # noqa: PLC0415 - as above

        seconds = held.seconds(self.ordered.text) or estimated(self.ordered)
        chunks = list(cut(wanted, self.most or per_chunk(len(wanted), seconds)))
        for number, slugs in enumerate(chunks, 1):
            files = {
                f"releases/{slug}/{name}": content
                for slug in slugs
                for name, content in own_files(self.workspace, slug).items()
            }
            yield Chunk(
                batch=sending.batch, number=number, chunks=len(chunks), releases=len(slugs), order=self.ordered.text,
                depot=self.depot.address, houses=houses,
                parcel=work_package.send(self.depot, {**files, work_package.ORDER: self.ordered.packed()}),
            )  # fmt: skip
            sending.chunks += 1
            sending.releases += len(slugs)
            for slug in slugs:
                done(slug)
