"""Make the newsroom's files of a release what the ledger says of it now, whoever wrote or removed them before.

Whoever writes or removes newsroom files on a reading of the ledger may be late: another worker has lifted the release
meanwhile, or somebody has corrected or withdrawn it. So nobody undoes what they did. They come here, where the ledger
is read again after each writing until it stays the same. Of several who write at once, the last one to write reads the
ledger after that: so in the end the files are what the ledger says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pressgen.actions.publish.places import files_of_slug
from pressgen.channels.folder import publish
from pressgen.channels.outcome import Outcome
from pressgen.errors import Refused, StateForbids
from pressgen.model.standing import GRACE, LIFTABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pressgen.ledger.ledger import Ledger
    from pressgen.model.standing import Standing

ROUNDS: Final = 20
"""How often the ledger may change under our hands before we leave it to the next attempt."""


class Reconciler:
    """The folders of a newsroom, compared with the ledger and made equal to it."""

    def __init__(
        self, ledger: Ledger, folders: Sequence[Path], files_of: Callable[[Standing, datetime], Mapping[str, bytes]]
    ) -> None:
        """Reconcile `folders`; `files_of` makes the files of a public release from its standing and its hour."""
        self._ledger, self._folders, self._files_of = ledger, folders, files_of

    def reconcile(self, reference: str, now: Callable[[], datetime]) -> Outcome:
        """Make the files of a release what the ledger says; the listings are refreshed by whoever calls.

        Raises:
            MachineLacks: the ledger cannot be read.
        """
        written: Standing | None = None
        outcome = Outcome(ok=True, detail="")
        for _ in range(ROUNDS):
            found = self._ledger.standing(reference)
            if found is None or found == written or not outcome.ok:
                return outcome
            try:
                outcome = self._write(found, now())
            except (Refused, StateForbids) as refusal:
                return Outcome(ok=False, detail=str(refusal), permanent=True)
            written = found
        return Outcome(ok=False, detail=f"{reference} changes faster in the ledger than the newsroom is written")

    def _write(self, standing: Standing, now: datetime) -> Outcome:
        """Make the files of one release what `standing` says."""
        since = standing.public_since
        files = self._files_of(standing, since) if since else {}
        namesakes = [each for each in self._ledger.namesakes({standing.slug}) if each.reference != standing.reference]
        keep = _claimed(self._files_of, namesakes)
        for folder in self._folders:
            gone: list[str] = []
            if not any(is_due(each, now) for each in [standing, *namesakes]):
                gone = [
                    path for path in self._published(folder, standing.slug) if path not in files and path not in keep
                ]
            if files or gone:
                outcome = publish(folder, files, gone)
                if not outcome.ok:
                    return outcome
        return Outcome(ok=True, detail=f"{len(files)} files")

    def _published(self, folder: Path, slug: str) -> list[str]:
        """What was published under the name `slug`, and cannot be of a release whose own name is `slug-2`."""
        paths = list(files_of_slug(folder, slug))
        names = {name for path in paths if (name := path.split("/")[1]) != slug}
        taken = {each.slug for each in self._ledger.namesakes(names)} if names else set()
        return [path for path in paths if path.split("/")[1] not in taken]


def _claimed(files_of: Callable[[Standing, datetime], Mapping[str, bytes]], standings: Iterable[Standing]) -> set[str]:
    """The paths of public releases."""
    return {path for each in standings if each.public_since for path in files_of(each, each.public_since)}


def is_due(standing: Standing, now: datetime) -> bool:
    """Whether its lift is under way or just ahead, so that another worker may have shown it this very moment."""
    return standing.state in LIFTABLE and standing.lift_at is not None and standing.lift_at <= now + GRACE
