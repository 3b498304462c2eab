"""The newsroom of a workspace: its folder shows what the ledger says is public, and nothing else."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from pressgen.deliver.aside import clear_away, set_aside
from pressgen.deliver.folder import publish
from pressgen.deliver.outcome import Outcome
from pressgen.desk.issuing.channels import folder_of
from pressgen.desk.office.office import state_folder
from pressgen.desk.publishing.convoy import Convoy
from pressgen.desk.publishing.public import Public
from pressgen.model.office import FolderChannel
from pressgen.newsroom.item import About
from pressgen.newsroom.room import Newsroom
from pressgen.newsroom.site import gone, of_listings, of_release, site

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from pressgen.deliver.aside import Waiting
    from pressgen.desk.workspace.folder import Workspace
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office
    from pressgen.model.standing import Standing
    from pressgen.newsroom.item import Item

ASIDE: Final = "aside"
FRESH: Final = 5.0
"""Seconds for which the others in the newsroom are taken for what they were, where one release is made ready."""


class Front:
    """The newsroom's folders: those of the channels at the lift. Threads may share it."""

    def __init__(self, workspace: Workspace, office: Office, ledger: Ledger) -> None:
        channels = [office.channels[name] for name in office.at_lift]
        self._folders = [folder_of(workspace, each) for each in channels if isinstance(each, FolderChannel)]
        self._aside = state_folder(workspace) / ASIDE
        self._about = About(office.office.name, office.office.newsroom)
        self.public = Public(ledger)
        self._others: tuple[float, list[Item]] = (-FRESH, [])
        self._refreshing = Convoy(self._refresh)

    def address(self, standing: Standing, lifted: datetime) -> str:
        """Where the page of a release is, or will be, if it is public since `lifted`."""
        room, item = self._with(standing, lifted)
        return self._about.link(f"{room.places[item.reference]}/")

    def set_aside(self, standing: Standing, lifted: datetime) -> list[Waiting]:
        """Write a release's own files to the disk, out of sight, as they are if it is lifted at `lifted`.

        Returns: what to reveal, one for each folder; nothing where one of them is on another disk.

        Raises:
            OSError: they cannot be written.
            Refused: an approved file is not in the ledger as it was approved.
        """
        files = of_release(*self._with(standing, lifted))
        waiting = [each for folder in self._folders if (each := set_aside(self._aside, folder, files))]
        if len(waiting) == len(self._folders):
            return waiting
        for each in waiting:
            clear_away(each)
        return []

    def show(self, standing: Standing, lifted: datetime) -> Outcome:
        """Publish a release's own files, and take away those that it no longer has; `refresh` comes after it.

        Raises:
            Refused: as `set_aside`.
        """
        room, item = self._with(standing, lifted)
        return self._publish(of_release(room, item), gone(room, item))

    def hide(self, standing: Standing, lifted: datetime) -> Outcome:
        """Take a release's own files away, where its lift was taken back in the same moment."""
        return self._publish({}, list(of_release(*self._with(standing, lifted))))

    def refresh(self, now: Callable[[], datetime]) -> Outcome:
        """Have listings and feeds show what the ledger says; many who ask at once are served at once."""
        return self._refreshing.join(now)

    def rebuild(self, now: datetime) -> Outcome:
        """Make the whole newsroom anew from the ledger, such as after its folder was lost.

        Raises:
            Refused: as `set_aside`.
        """
        return self._publish(site(self.public.whole(), self._about, now), ())

    def _refresh(self, clocks: Sequence[Callable[[], datetime]]) -> list[Outcome]:
        """Publish the listings until what is public stays the same meanwhile, whoever else publishes them too."""
        shown: list[tuple[Standing, datetime]] | None = None
        outcome = Outcome(ok=True, detail="")
        while outcome.ok and (out := self.public.out()) != shown:
            shown = out
            room = Newsroom.of(self.public.items(out), self._about, clocks[0]())
            outcome = self._publish(of_listings(room), ())
        return [outcome] * len(clocks)

    def _with(self, standing: Standing, lifted: datetime) -> tuple[Newsroom, Item]:
        """A release among the others."""
        read, others = self._others
        if time.monotonic() - read > FRESH:
            others = self.public.items(self.public.out())
            self._others = time.monotonic(), others
        item = self.public.item(standing, lifted)
        among = [each for each in others if each.reference != item.reference]
        return Newsroom.of([*among, item], self._about, max([lifted, *(each.lifted for each in among)])), item

    def _publish(self, files: Mapping[str, bytes], away: Collection[str]) -> Outcome:
        for folder in self._folders:
            outcome = publish(folder, files, away)
            if not outcome.ok:
                return outcome
        return Outcome(ok=True, detail=f"{len(files)} files")
