"""The newsroom of a workspace: its folder shows what the ledger says is public, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pressgen.actions.distribute.channels import folder_of
from pressgen.actions.publish.group_commit import Convoy
from pressgen.actions.publish.places import parents
from pressgen.actions.publish.public import Public
from pressgen.actions.publish.reconcile import Reconciler
from pressgen.actions.workspace.office import state_folder
from pressgen.actions.workspace.reading import LARGEST
from pressgen.channels.folder import publish, tidy
from pressgen.channels.outcome import Outcome
from pressgen.channels.staging import Aside, clear_away
from pressgen.errors import Refused
from pressgen.files.within import read_within
from pressgen.model.office import NEWSROOM, FolderChannel
from pressgen.model.upkeep import NewsroomNamed
from pressgen.newsroom.feeds import address_in
from pressgen.newsroom.item import About
from pressgen.newsroom.room import Newsroom
from pressgen.newsroom.static_site import of_listings, of_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.staging import Waiting
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office
    from pressgen.model.standing import Standing
    from pressgen.newsroom.item import Item

ASIDE: Final = "aside"
WORKER: Final = "worker"
"""Who acts where nobody does."""


class Front:
    """The newsroom's folders: those of the channels at the lift. Threads may share it; close it."""

    def __init__(self, workspace: Workspace, office: Office, ledger: Ledger) -> None:
        """Work in the folders that the office's `at_lift` names.

        Raises:
            Refused: where the newsroom is cannot be read in the office file.
        """
        office.need(NEWSROOM)
        channels = [office.channels[name] for name in office.lift_channels]
        self.folders = [folder_of(workspace, each) for each in channels if isinstance(each, FolderChannel)]
        self._aside = Aside(state_folder(workspace) / ASIDE)
        self._about = About(office.office.name, office.office.newsroom)
        self._ledger = ledger
        self.public = Public(ledger, self._published_address)
        self._reconciler = Reconciler(ledger, self.folders, self.files_of)
        self._refreshing = Convoy(self._refresh)

    def close(self) -> None:
        """Take away the folder in which files waited."""
        self._aside.close()

    def address(self, standing: Standing, lifted: datetime) -> str:
        """Where the page of a release is, or will be, if it is public since `lifted`."""
        room, item = self._with(standing, lifted)
        return self._about.link(f"{room.places[item.reference]}/")

    def files_of(self, standing: Standing, lifted: datetime) -> dict[str, bytes]:
        """A release's own files by path, as they are if it is public since `lifted`.

        Raises:
            Refused: an approved file is not in the ledger as it was approved.
        """
        return of_release(*self._with(standing, lifted))

    def set_aside(self, standing: Standing, lifted: datetime) -> list[Waiting]:
        """Write a release's own files to the disk, out of sight, as they are if it is lifted at `lifted`.

        Returns: what to reveal, one for each folder; nothing where one of them is on another disk.

        Raises:
            OSError: they cannot be written.
            Refused: an approved file is not in the ledger as it was approved.
        """
        files = self.files_of(standing, lifted)
        waiting = [each for folder in self.folders if (each := self._aside.set_aside(folder, files))]
        if len(waiting) == len(self.folders):
            return waiting
        for each in waiting:
            clear_away(each)
        return []

    def show(self, standing: Standing, lifted: datetime) -> Outcome:
        """Publish a release's own files for its lift; `reconcile` sees afterwards that the ledger still says so.

        Raises:
            Refused: as `set_aside`.
        """
        return self._publish(self.files_of(standing, lifted))

    def reconcile(self, references: Iterable[str], now: Callable[[], datetime]) -> Outcome:
        """Make the files of these releases what the ledger says now; `refresh` comes after it.

        Returns: the first failure; the others are reconciled all the same.

        Raises:
            MachineLacks: the ledger cannot be read.
        """
        outcomes = [self._reconciler.reconcile(each, now) for each in references]
        return next((each for each in outcomes if not each.ok), Outcome(ok=True, detail=f"{len(outcomes)} releases"))

    def refresh(self, now: Callable[[], datetime]) -> Outcome:
        """Have listings and feeds show what the ledger says; many who ask at once are served at once."""
        return self._refreshing.join(now)

    def rebuild(self, now: datetime) -> Outcome:
        """Make the whole newsroom anew from the ledger, such as after its folder was lost.

        Raises:
            MachineLacks: the ledger cannot be read.
        """
        outcome = self.reconcile(sorted(self._ledger.standings()), lambda: now)
        return self.refresh(lambda: now) if outcome.ok else outcome

    def tidy(self) -> None:
        """Take away what processes that were killed have left, in the newsroom and aside.

        Raises:
            OSError: a folder cannot be read or written.
        """
        self._aside.tidy()
        for folder in self.folders:
            tidy(folder)

    @property
    def newsroom_address(self) -> str:
        """The address under which the newsroom is served now."""
        return self._about.address

    @property
    def about_key(self) -> str:
        """What every page knows of the newsroom itself, in one text."""
        return f"{self._about.name}\n{self._about.address}"

    def listings(self, out: Sequence[tuple[Standing, datetime]], now: datetime) -> dict[str, bytes]:
        """The files that name all releases, by path, the front page last."""
        about = replace(self._about, known_at=self.public.known_at())
        return of_listings(Newsroom.of(self.public.items(out), about, now))

    def record_address(self, now: datetime) -> None:
        """Record by which address feeds know what was lifted before lifts recorded it; once for a ledger.

        Raises:
            StateForbids: the clock is before the last entry.
            MachineLacks: the ledger cannot be read or written.
        """
        if self._ledger.first_newsroom_address() or not (out := self.public.out()):
            return
        newest = max(out, key=lambda each: (each[1], each[0].reference))[0]
        with self._ledger.exclusive(newest.reference, newest.slug) as turn:
            if not self._ledger.first_newsroom_address():
                event = NewsroomNamed(newsroom_address=self._published_address() or self._about.address)
                turn.append(event, actor=WORKER, at=now)

    def _published_address(self) -> str:
        """The address by which the feed in the newsroom's folder is known now; empty where there is none."""
        for folder in self.folders:
            with suppress(OSError):
                if found := address_in(read_within(folder, folder / "feed.atom", LARGEST)):
                    return found
        return ""

    def _refresh(self, clocks: Sequence[Callable[[], datetime]]) -> list[Outcome]:
        """Publish the listings until what is public stays the same meanwhile, whoever else publishes them too."""
        shown: list[tuple[Standing, datetime]] | None = None
        outcome = Outcome(ok=True, detail="")
        while outcome.ok and (out := self.public.out()) != shown:
            shown = out
            outcome = self._publish(self.listings(out, clocks[0]()))
        return [outcome] * len(clocks)

    def _with(self, standing: Standing, lifted: datetime) -> tuple[Newsroom, Item]:
        """A release among those that may share its place in the newsroom: usually none, and never a stale list."""
        item = self.public.item(standing, lifted)
        found = self._ledger.namesakes({standing.slug, *parents(standing.slug)})
        others = [each for each in found if each.public_since and each.reference != standing.reference]
        if len({standing.slug, *(each.slug for each in others)}) <= len(others):  # two of one name: places are numbered
            others = [each for each, _ in self.public.out() if each.reference != standing.reference]
        items = self.public.items([(each, each.public_since) for each in others if each.public_since])
        return Newsroom.of([*items, item], self._about, max([lifted, *(each.lifted for each in items)])), item

    def _publish(self, files: Mapping[str, bytes]) -> Outcome:
        for folder in self.folders:
            outcome = publish(folder, files)
            if not outcome.ok:
                return outcome
        return Outcome(ok=True, detail=f"{len(files)} files")


def reconcile_release(
    workspace: Workspace, office: Office, ledger: Ledger, reference: str, now: Callable[[], datetime]
) -> str:
    """Have the newsroom show what the ledger says of a release; why it does not, or empty.

    Raises:
        MachineLacks: the ledger cannot be read.
    """
    try:
        front = Front(workspace, office, ledger)
    except Refused as refusal:
        return str(refusal)
    outcome = front.reconcile([reference], now)
    standing = ledger.standing(reference)
    if outcome.ok and standing is not None and standing.public_since is not None:
        outcome = front.refresh(now)
    return "" if outcome.ok else outcome.detail
