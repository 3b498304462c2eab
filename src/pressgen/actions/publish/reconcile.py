"""Make the newsroom's files of a release match the ledger.

It does not matter who wrote or removed them before.

A process that writes or removes newsroom files after reading the ledger may be late: another worker has lifted the
release meanwhile, or somebody has corrected or withdrawn it. So no process undoes its own writes. They come here, where
the ledger is read again after each write until it stays the same. Of several processes that write at once, the last one
to write reads the ledger after that: so in the end the files match the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pressgen.actions.publish.places import find_files_of_slug
from pressgen.channels.folder import publish_files
from pressgen.channels.outcome import DeliveryOutcome
from pressgen.errors import InputError, StateError
from pressgen.model.standing import GRACE, LIFTABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.standing import Standing

ROUNDS: Final = 20
"""How often the ledger may change meanwhile before the rest is left to the next attempt."""


class NewsroomReconciler:
    """Makes the folders of a newsroom match the ledger."""

    def __init__(
        self, ledger: Ledger, folders: Sequence[Path], files_of: Callable[[Standing, datetime], Mapping[str, bytes]]
    ) -> None:
        """Reconcile `folders`.

        `files_of` returns the files of a public release from its standing and its hour.
        """
        self._ledger, self._folders, self._files_of = ledger, folders, files_of

    def reconcile(self, reference: str, now: Callable[[], datetime]) -> DeliveryOutcome:
        """Make the files of a release match the ledger.

        The caller refreshes the listings.

        Raises:
            EnvironmentFailureError: the ledger cannot be read.
        """
        written: Standing | None = None
        outcome = DeliveryOutcome(ok=True, detail="")
        for _ in range(ROUNDS):
            found = self._ledger.standing(reference)
            if found is None or found == written or not outcome.ok:
                return outcome
            try:
                outcome = self._write(found, now())
            except (InputError, StateError) as refusal:
                return DeliveryOutcome(ok=False, detail=str(refusal), permanent=True)
            written = found
        return DeliveryOutcome(
            ok=False, detail=f"{reference} changes faster in the ledger than the newsroom is written"
        )

    def _write(self, standing: Standing, now: datetime) -> DeliveryOutcome:
        """Make the files of one release match `standing`."""
        since = standing.public_since
        files = self._files_of(standing, since) if since else {}
        namesakes = [each for each in self._ledger.namesakes({standing.slug}) if each.reference != standing.reference]
        keep = _list_public_paths(self._files_of, namesakes)
        for folder in self._folders:
            gone: list[str] = []
            if not any(is_lift_imminent(each, now) for each in [standing, *namesakes]):
                gone = [
                    path for path in self._published(folder, standing.slug) if path not in files and path not in keep
                ]
            if files or gone:
                outcome = publish_files(folder, files, gone)
                if not outcome.ok:
                    return outcome
        return DeliveryOutcome(ok=True, detail=f"{len(files)} files")

    def _published(self, folder: Path, slug: str) -> list[str]:
        """Return the files published for `slug`.

        Files that may belong to a release with the slug `slug-2` are left out.
        """
        paths = list(find_files_of_slug(folder, slug))
        names = {name for path in paths if (name := path.split("/")[1]) != slug}
        taken = {each.slug for each in self._ledger.namesakes(names)} if names else set()
        return [path for path in paths if path.split("/")[1] not in taken]


def _list_public_paths(
    files_of: Callable[[Standing, datetime], Mapping[str, bytes]], standings: Iterable[Standing]
) -> set[str]:
    """Return the newsroom paths of the public releases among these."""
    return {path for each in standings if each.public_since for path in files_of(each, each.public_since)}


def is_lift_imminent(standing: Standing, now: datetime) -> bool:
    """Return whether the lift is under way or about to start.

    Another worker may have published it this very moment.
    """
    return standing.state in LIFTABLE and standing.lift_at is not None and standing.lift_at <= now + GRACE
