"""Publish what is due.

Check it, write the newsroom, and record it in the ledger, for one release or for hundreds at one instant.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from pressgen.actions.approve.standing_checks import describe_lift, find_time_zone
from pressgen.actions.publish.group_commit import GroupCommit
from pressgen.actions.publish.newsroom_folder import WORKER_ACTOR
from pressgen.channels.staging import publish_staged_files, remove_staged_files
from pressgen.errors import InputError
from pressgen.model.event import Lifted
from pressgen.model.standing import GRACE, LIFTABLE, PUBLIC_STATES
from pressgen.scheduler.handlers import PermanentFailureError, TemporaryFailureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pressgen.actions.publish.newsroom_folder import NewsroomFolder
    from pressgen.channels.staging import StagedFiles
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version
    from pressgen.model.standing import Standing

TOO_NEAR: Final = timedelta(seconds=1)
"""So shortly before the hour nothing is prepared any more: it would make the lift late."""


class LiftKey(NamedTuple):
    """One lift: a release, and the revision of its schedule."""

    reference: str
    revision: int


LiftResult = bool | Exception
"""Whether the revision is public now (False: superseded), or the error that prevented it."""


@dataclass(frozen=True, slots=True)
class PreparedLift:
    """Staged files that wait for their hour, and their version."""

    staged: list[StagedFiles]
    hour: datetime
    version: Version | None

    def fits(self, standing: Standing, now: datetime) -> bool:
        """Return whether they are what a lift at `now` publishes."""
        return (
            bool(self.staged)
            and self.version == standing.version
            and compute_publication_time(standing, now) == self.hour
        )


class LiftPublisher:
    """Publishes due releases in the newsroom and records their lifts.

    Threads share it; lifts of the same instant run as one batch.

    Attributes:
        write_lock: held by a thread that writes to the ledger; within a process a lock is cheaper than a database.
    """

    def __init__(self, ledger: Ledger, newsroom: NewsroomFolder, tell: Callable[[str], None]) -> None:
        self._ledger, self._newsroom, self._tell = ledger, newsroom, tell
        self._prepared: dict[LiftKey, PreparedLift] = {}
        self._unreconciled: set[str] = set()
        self._batches = GroupCommit(self._lift_batch)
        self.write_lock = threading.Lock()

    def prepare(self, reference: str, revision: int) -> None:
        """Write the public files where only the office can read them.

        At the hour they are renamed.
        """
        standing = self._ledger.standing(reference)
        if standing is None or standing.lift_at is None or not is_lift_ahead(standing, revision):
            return
        if standing.lift_at - datetime.now(UTC) > TOO_NEAR:
            key, staged = LiftKey(reference, revision), self._newsroom.stage_release(standing, standing.lift_at)
            self._discard_prepared(key)  # of an earlier attempt
            self._prepared[key] = PreparedLift(staged, standing.lift_at, standing.version)

    def publish(self, reference: str, revision: int) -> bool:
        """Publish a release; return False if its revision is superseded.

        Raises:
            PermanentFailureError: the approved files are not kept as they were approved.
            TemporaryFailureError: the newsroom cannot be written, or the clock is before the hour.
            PressgenError: the ledger cannot be read or written.
        """
        result = self._batches.submit(LiftKey(reference, revision))
        if isinstance(result, Exception):
            raise result
        if result:  # outside of the batch: the next batch must not wait for the listings
            outcome = self._newsroom.refresh(lambda: datetime.now(UTC))
            if not outcome.ok:
                raise TemporaryFailureError(outcome.detail)
        return result

    def close(self) -> None:
        """Delete prepared files that were not needed."""
        for key in list(self._prepared):
            self._discard_prepared(key)

    def _lift_batch(self, keys: Sequence[LiftKey]) -> list[LiftResult]:
        """Publish the lifts that the ledger, read now, still expects.

        Write all files before recording any lift. Include other prepared releases of the same instant.
        """
        now = datetime.now(UTC)
        batch = [*keys, *self._find_prepared_for_hour_of(keys)]
        standings = self._ledger.standings({key.reference for key in batch})
        results: dict[LiftKey, LiftResult] = {}
        due: dict[LiftKey, Standing] = {}
        for key in batch:
            standing = standings.get(key.reference)
            if standing is not None and is_lift_ahead(standing, key.revision):
                due[key] = standing
            else:
                results[key] = standing is not None and is_lifted(standing, key.revision)
        results |= self._write_files(due, now)
        self._unreconciled |= {key.reference for key in due}
        results |= self._record({key: standing for key, standing in due.items() if results[key] is True}, now)
        results |= self._reconcile(results)
        for key, result in results.items():
            if result is False:
                self._discard_prepared(key)
        return [results[key] for key in keys]

    def _find_prepared_for_hour_of(self, keys: Sequence[LiftKey]) -> list[LiftKey]:
        """Return the prepared lifts with an hour that has come.

        The hour is one that `keys` waited for, not one that the clock shows: the scheduler waited by a clock that
        ignores jumps, and the machine's clock may be ahead just now.
        """
        hour = max((self._prepared[key].hour for key in keys if key in self._prepared), default=None)
        if hour is None:
            return []
        return [key for key, prepared in list(self._prepared.items()) if prepared.staged and prepared.hour <= hour]

    def _write_files(self, due: Mapping[LiftKey, Standing], now: datetime) -> dict[LiftKey, LiftResult]:
        """Write the files of due releases to the newsroom.

        They are renamed where they were prepared for this very instant.
        """
        results: dict[LiftKey, LiftResult] = {}
        staged: list[tuple[LiftKey, StagedFiles]] = []
        for key, standing in due.items():
            if now < (standing.lift_at or now):
                results[key] = TemporaryFailureError(
                    f"the clock says {now.isoformat()}, which is before the time of the lift"
                )
            elif (prepared := self._take_fitting(key, standing, now)) is not None:
                staged += [(key, each) for each in prepared.staged]
            else:
                results[key] = self._write_release(standing, now)
        for (key, _), outcome in zip(staged, publish_staged_files([each for _, each in staged]), strict=True):
            results[key] = results.get(key, True) if outcome.ok else TemporaryFailureError(outcome.detail)
        return results

    def _take_fitting(self, key: LiftKey, standing: Standing, now: datetime) -> PreparedLift | None:
        """Take the prepared files of a lift if they fit.

        Another thread may discard them at any time, so that they are taken in one step.
        """
        prepared = self._prepared.pop(key, None)
        if prepared is None or prepared.fits(standing, now):
            return prepared
        for staged in prepared.staged:
            remove_staged_files(staged)
        return None

    def _write_release(self, standing: Standing, now: datetime) -> LiftResult:
        try:
            outcome = self._newsroom.publish_release(standing, compute_publication_time(standing, now))
        except InputError as refusal:
            return PermanentFailureError(str(refusal))
        return True if outcome.ok else TemporaryFailureError(outcome.detail)

    def _record(self, written: Mapping[LiftKey, Standing], now: datetime) -> dict[LiftKey, LiftResult]:
        """Record the lifts of written releases that the ledger still expects.

        A recorded lift needs no reconciling, unless another public release has the same name.
        """
        results: dict[LiftKey, LiftResult] = {}
        recorded: list[tuple[Standing, Lifted]] = []
        if not written:
            return results
        with self.write_lock, self._ledger.turns() as open_turn:
            for key, standing in written.items():
                try:
                    transaction = open_turn(standing.reference, standing.slug)
                except InputError as refusal:  # its record was changed by hand: the others are lifted all the same
                    results[key] = PermanentFailureError(str(refusal))
                    continue
                if not is_lift_ahead(transaction.standing, key.revision):
                    results[key] = is_lifted(transaction.standing, key.revision)
                elif transaction.standing.version != standing.version:
                    results[key] = TemporaryFailureError(
                        f"{standing.reference} was corrected at the same moment; a worker tries again"
                    )
                else:
                    lifted = Lifted(
                        revision=key.revision,
                        due=standing.lift_at or now,
                        actual=now,
                        newsroom_address=self._newsroom.newsroom_address,
                    )
                    transaction.append(lifted, actor=WORKER_ACTOR, at=datetime.now(UTC))
                    results[key] = True
                    recorded.append((standing, lifted))
        for standing, lifted in recorded:
            decided = self._ledger.entries(standing.reference) if standing.embargo_ended else ()
            self._tell(f"{standing.reference}: {describe_lift(lifted, find_time_zone(standing), decided)}")
        self._unreconciled -= {standing.reference for standing, _ in recorded}
        self._unreconciled |= self._find_namesakes(standing.slug for standing, _ in recorded)
        return results

    def _find_namesakes(self, slugs: Iterable[str]) -> set[str]:
        """Return the public releases that share one of the names.

        A release of the same name may have taken the other one's page.
        """
        public = [each for each in self._ledger.namesakes(set(slugs)) if each.public_since]
        counts = Counter(each.slug for each in public)
        return {each.reference for each in public if counts[each.slug] > 1}

    def _reconcile(self, results: Mapping[LiftKey, LiftResult]) -> dict[LiftKey, LiftResult]:
        """Reconcile the newsroom with the ledger; return the failures.

        They may differ where another worker was quicker, the lift was cancelled, the ledger failed, or two releases of
        one name became public together. If that fails, the waiting caller tries again.
        """
        failures: dict[LiftKey, LiftResult] = {}
        for reference in sorted(self._unreconciled):
            keys = [key for key in results if key.reference == reference]
            outcome = self._newsroom.reconcile([reference], lambda: datetime.now(UTC))
            if not outcome.ok:
                failures |= dict.fromkeys(keys, TemporaryFailureError(outcome.detail))
            elif not any(isinstance(results[key], Exception) for key in keys):
                self._unreconciled.discard(reference)
        return failures

    def _discard_prepared(self, key: LiftKey) -> None:
        """Delete the prepared files of a lift that does not need them."""
        if prepared := self._prepared.pop(key, None):
            for staged in prepared.staged:
                remove_staged_files(staged)


def is_lift_ahead(standing: Standing, revision: int) -> bool:
    """Return whether the ledger still expects a lift of this revision."""
    return standing.state in LIFTABLE and standing.lift_at is not None and standing.revision == revision


def is_lifted(standing: Standing, revision: int) -> bool:
    """Return whether this revision has been lifted."""
    return standing.state in PUBLIC_STATES and standing.revision == revision


def compute_publication_time(standing: Standing, now: datetime) -> datetime:
    """Return the publication time of a release that is lifted now.

    That is its hour, unless the hour was missed.
    """
    return standing.lift_at if standing.lift_at is not None and now <= standing.lift_at + GRACE else now
