"""The newsroom of a workspace.

Its folder shows what the ledger says is public, and nothing else.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pressgen.actions.distribute.office_channels import resolve_channel_folder
from pressgen.actions.publish.group_commit import GroupCommit
from pressgen.actions.publish.newsroom_reconcile import NewsroomReconciler, list_parent_slugs
from pressgen.actions.publish.public_releases import PublicReleases
from pressgen.actions.workspace.office import prepare_state_folder
from pressgen.actions.workspace.read_files import LARGEST
from pressgen.channels.folder import publish_files, remove_leftovers
from pressgen.channels.outcome import DeliveryOutcome
from pressgen.channels.staging import StagingFolder, remove_staged_files
from pressgen.errors import InputError
from pressgen.files.within import read_within
from pressgen.model.office import NEWSROOM, FolderChannel
from pressgen.model.upkeep import NewsroomNamed
from pressgen.newsroom.feeds import read_feed_address
from pressgen.newsroom.newsroom import Newsroom
from pressgen.newsroom.public_release import NewsroomIdentity
from pressgen.newsroom.static_site import build_listings, build_release_files
from pressgen.text.plural import format_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from pressgen.actions.workspace.folder import Workspace
    from pressgen.channels.staging import StagedFiles
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.office import Office
    from pressgen.model.standing import Standing
    from pressgen.newsroom.public_release import PublicRelease

STAGING: Final = "aside"
WORKER_ACTOR: Final = "worker"
"""The actor where no person acts."""


class NewsroomFolder:
    """The newsroom's folders, which show what is public.

    Threads may share it. Close it after use.
    """

    def __init__(self, workspace: Workspace, office: Office, ledger: Ledger) -> None:
        """Work in the folders that the office's `at_lift` names.

        Raises:
            InputError: the newsroom's place cannot be read in the office file.
        """
        office.need(NEWSROOM)
        channels = [office.channels[name] for name in office.lift_channels]
        self.folders = [resolve_channel_folder(workspace, each) for each in channels if isinstance(each, FolderChannel)]
        self._staging = StagingFolder(prepare_state_folder(workspace) / STAGING)
        self._about = NewsroomIdentity(office.office.name, office.office.newsroom)
        self._ledger = ledger
        self.public = PublicReleases(ledger, self._published_address)
        self._reconciler = NewsroomReconciler(ledger, self.folders, self.files_of)
        self._refreshing = GroupCommit(self._refresh)

    def close(self) -> None:
        """Delete the folder for files that waited."""
        self._staging.close()

    def address(self, standing: Standing, lifted: datetime) -> str:
        """Return the address of a release's page.

        It is, or will be, public since `lifted`.
        """
        room, item = self._with(standing, lifted)
        return self._about.link(f"{room.places[item.reference]}/")

    def files_of(self, standing: Standing, lifted: datetime) -> dict[str, bytes]:
        """Return a release's own files by path, if public since `lifted`.

        Raises:
            InputError: an approved file is not in the ledger as it was approved.
        """
        return build_release_files(*self._with(standing, lifted))

    def stage_release(self, standing: Standing, lifted: datetime) -> list[StagedFiles]:
        """Write a release's own files to the disk, hidden until the lift.

        They are made for a lift at `lifted`.

        Returns:
            the files to reveal, one entry for each folder; nothing where one of the folders is on another disk.

        Raises:
            OSError: they cannot be written.
            InputError: an approved file is not in the ledger as it was approved.
        """
        files = self.files_of(standing, lifted)
        staged = [each for folder in self.folders if (each := self._staging.stage(folder, files))]
        if len(staged) == len(self.folders):
            return staged
        for each in staged:
            remove_staged_files(each)
        return []

    def publish_release(self, standing: Standing, lifted: datetime) -> DeliveryOutcome:
        """Publish a release's own files for its lift.

        Afterwards `reconcile` checks that the ledger still says so.

        Raises:
            InputError: as `stage_release`.
        """
        return self._publish(self.files_of(standing, lifted))

    def reconcile(self, references: Iterable[str], now: Callable[[], datetime]) -> DeliveryOutcome:
        """Make the files of these releases match the ledger.

        Call `refresh` after it.

        Returns:
            the first failure; the others are reconciled all the same.

        Raises:
            EnvironmentFailureError: the ledger cannot be read.
        """
        outcomes = [self._reconciler.reconcile(each, now) for each in references]
        return next(
            (each for each in outcomes if not each.ok), DeliveryOutcome(ok=True, detail=f"{len(outcomes)} releases")
        )

    def refresh(self, now: Callable[[], datetime]) -> DeliveryOutcome:
        """Update listings and feeds from the ledger.

        Calls at the same moment are handled as one batch.
        """
        return self._refreshing.submit(now)

    def rebuild(self, now: datetime) -> DeliveryOutcome:
        """Rebuild the whole newsroom from the ledger.

        This is needed, for example, after its folder was lost.

        Raises:
            EnvironmentFailureError: the ledger cannot be read.
        """
        outcome = self.reconcile(sorted(self._ledger.standings()), lambda: now)
        return self.refresh(lambda: now) if outcome.ok else outcome

    def tidy(self) -> None:
        """Delete files that killed processes have left.

        They are in the newsroom or in the folder for waiting files.

        Raises:
            OSError: a folder cannot be read or written.
        """
        self._staging.tidy()
        for folder in self.folders:
            remove_leftovers(folder)

    @property
    def newsroom_address(self) -> str:
        """The address under which the newsroom is served now."""
        return self._about.address

    @property
    def about_key(self) -> str:
        """What every page shows of the newsroom itself, as one text."""
        return f"{self._about.name}\n{self._about.address}"

    def listings(self, out: Sequence[tuple[Standing, datetime]], now: datetime) -> dict[str, bytes]:
        """Return the files that list all releases, by path.

        The front page is the last.
        """
        about = replace(self._about, known_at=self.public.known_at())
        return build_listings(Newsroom.of(self.public.items(out), about, now))

    def record_address(self, now: datetime) -> None:
        """Record the address that feeds have for older lifts.

        Lifts did not always record it; this is done once for a ledger.

        Raises:
            StateError: the clock is before the last entry.
            EnvironmentFailureError: the ledger cannot be read or written.
        """
        if self._ledger.first_newsroom_address() or not (out := self.public.out()):
            return
        newest = max(out, key=lambda each: (each[1], each[0].reference))[0]
        with self._ledger.exclusive(newest.reference, newest.slug) as transaction:
            if not self._ledger.first_newsroom_address():
                event = NewsroomNamed(newsroom_address=self._published_address() or self._about.address)
                transaction.append(event, actor=WORKER_ACTOR, at=now)

    def _published_address(self) -> str:
        """Return the present address of the feed, or an empty text.

        It is read from the feed in the newsroom's folder.
        """
        for folder in self.folders:
            with suppress(OSError):
                if found := read_feed_address(read_within(folder, folder / "feed.atom", LARGEST)):
                    return found
        return ""

    def _refresh(self, clocks: Sequence[Callable[[], datetime]]) -> list[DeliveryOutcome]:
        """Publish the listings until nothing changes meanwhile.

        Other processes may publish them too.
        """
        shown: list[tuple[Standing, datetime]] | None = None
        outcome = DeliveryOutcome(ok=True, detail="")
        while outcome.ok and (out := self.public.out()) != shown:
            shown = out
            outcome = self._publish(self.listings(out, clocks[0]()))
        return [outcome] * len(clocks)

    def _with(self, standing: Standing, lifted: datetime) -> tuple[Newsroom, PublicRelease]:
        """Return a release with those that may share its newsroom folder.

        There are usually none; the list is never stale.
        """
        item = self.public.item(standing, lifted)
        found = self._ledger.namesakes({standing.slug, *list_parent_slugs(standing.slug)})
        others = [each for each in found if each.public_since and each.reference != standing.reference]
        if len({standing.slug, *(each.slug for each in others)}) <= len(
            others
        ):  # two have one name: places are numbered
            others = [each for each, _ in self.public.out() if each.reference != standing.reference]
        items = self.public.items([(each, each.public_since) for each in others if each.public_since])
        return Newsroom.of([*items, item], self._about, max([lifted, *(each.lifted for each in items)])), item

    def _publish(self, files: Mapping[str, bytes]) -> DeliveryOutcome:
        for folder in self.folders:
            outcome = publish_files(folder, files)
            if not outcome.ok:
                return outcome
        return DeliveryOutcome(ok=True, detail=format_count(len(files), "file"))


def reconcile_release(
    workspace: Workspace, office: Office, ledger: Ledger, reference: str, now: Callable[[], datetime]
) -> str:
    """Make the newsroom show what the ledger says of a release.

    Return the reason where that fails, or an empty text.

    Raises:
        EnvironmentFailureError: the ledger cannot be read.
    """
    try:
        newsroom = NewsroomFolder(workspace, office, ledger)
    except InputError as refusal:
        return str(refusal)
    outcome = newsroom.reconcile([reference], now)
    standing = ledger.standing(reference)
    if outcome.ok and standing is not None and standing.public_since is not None:
        outcome = newsroom.refresh(now)
    return "" if outcome.ok else outcome.detail
