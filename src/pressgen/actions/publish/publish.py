"""Publish what is due.

Check it, write the newsroom, and record it in the ledger, for one release or for hundreds at one instant.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pressgen.actions.approve.allowed import describe_lift, find_time_zone
from pressgen.actions.publish.group_commit import GroupCommit
from pressgen.actions.publish.newsroom import WORKER
from pressgen.channels.staging import publish_staged_files, remove_staged_files
from pressgen.errors import InputError
from pressgen.model.event import Lifted
from pressgen.model.standing import GRACE, LIFTABLE, State
from pressgen.scheduler.handlers import PermanentFailureError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from pressgen.actions.publish.newsroom import NewsroomFolder
    from pressgen.channels.outcome import DeliveryOutcome
    from pressgen.channels.staging import StagedFiles
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version
    from pressgen.model.standing import Standing

ROBOT: Final = WORKER
TOO_NEAR: Final = timedelta(seconds=1)
"""So shortly before the hour nothing is prepared any more: it would make the lift late."""
OUT = {State.LIFTED, State.CORRECTED}

Wish = tuple[str, int]
"""A reference and a revision."""
Answer = bool | Exception
"""Whether it is public now, or the error that prevented it."""


class TemporaryFailureError(Exception):
    """A failure that may pass, so that another attempt makes sense."""


@dataclass(frozen=True, slots=True)
class PreparedLift:
    """Files that wait for their hour, and the version they belong to."""

    waiting: list[StagedFiles]
    hour: datetime
    version: Version | None

    def fits(self, standing: Standing, now: datetime) -> bool:
        """Return whether they are what a lift at `now` publishes."""
        return (
            bool(self.waiting)
            and self.version == standing.version
            and compute_publication_time(standing, now) == self.hour
        )


class LiftPublisher:
    """Publishes due releases in the newsroom and records their lifts.

    Threads share it; lifts of the same instant run as one batch.
    """

    def __init__(self, ledger: Ledger, front: NewsroomFolder, tell: Callable[[str], None]) -> None:
        self._ledger, self._front, self._tell = ledger, front, tell
        self._ready: dict[Wish, PreparedLift] = {}
        self._doubtful: set[str] = set()
        self._lifts = GroupCommit(self._lift)
        self.pen = threading.Lock()  # within a process a lock is cheaper than a database

    def prepare(self, reference: str, revision: int) -> None:
        """Write the public files where only the office can read them.

        At the hour they are renamed.
        """
        standing = self._ledger.standing(reference)
        if standing is None or standing.lift_at is None or not is_lift_ahead(standing, revision):
            return
        if standing.lift_at - datetime.now(UTC) > TOO_NEAR:
            waiting = self._front.set_aside(standing, standing.lift_at)
            self._leave((reference, revision))  # an earlier attempt may have prepared them, too
            self._ready[reference, revision] = PreparedLift(waiting, standing.lift_at, standing.version)

    def publish(self, reference: str, revision: int) -> bool:
        """Publish a release; return False if its revision is superseded.

        Raises:
            PermanentFailureError: the approved files are not kept as they were approved.
            TemporaryFailureError: the newsroom cannot be written, or the clock is before the hour.
            PressgenError: the ledger cannot be read or written.
        """
        answer = self._lifts.join((reference, revision))
        if isinstance(answer, Exception):
            raise answer
        if answer:  # here, and not above: those who come next must not wait for it
            require_success(self._front.refresh(lambda: datetime.now(UTC)))
        return answer

    def close(self) -> None:
        """Delete prepared files that were not needed."""
        for wish in list(self._ready):
            self._leave(wish)

    def _lift(self, wishes: Sequence[Wish]) -> list[Answer]:
        """Publish the lifts that the ledger, read now, still expects.

        All are shown before any is recorded. Other releases that are prepared for the same instant are included.
        """
        now = datetime.now(UTC)
        ready = self._ripe(wishes)
        standings = self._ledger.standings({reference for reference, _ in [*wishes, *ready]})
        answers: dict[Wish, Answer] = {}
        due: dict[Wish, Standing] = {}
        for wish in [*wishes, *ready]:
            standing = standings.get(wish[0])
            if standing is not None and is_lift_ahead(standing, wish[1]):
                due[wish] = standing
            else:
                answers[wish] = standing is not None and is_lifted(standing, wish[1])
        answers |= self._show(due, now)
        shown = {wish: due[wish] for wish in due if answers[wish] is True}
        self._doubtful |= {reference for reference, _ in due}
        answers |= self._record(shown, now)
        self._see_shown(answers)
        for wish in [each for each, answer in answers.items() if answer is False]:
            self._leave(wish)
        return [answers[wish] for wish in wishes]

    def _ripe(self, wishes: Sequence[Wish]) -> list[Wish]:
        """Return the prepared lifts with an hour that has come.

        The hour is one that `wishes` waited for, not one that the clock shows: the scheduler waited by a clock that
        ignores jumps, and the machine's clock may be ahead just now.
        """
        held = max((self._ready[wish].hour for wish in wishes if wish in self._ready), default=None)
        if held is None:
            return []
        return [wish for wish, prepared in list(self._ready.items()) if prepared.waiting and prepared.hour <= held]

    def _see_shown(self, answers: dict[Wish, Answer]) -> None:
        """Reconcile the newsroom where shown and recorded lifts may differ.

        They differ where another worker was quicker, the lift was cancelled, the ledger failed, or two releases of one
        name became public together. If that fails, the waiting caller tries again.
        """
        for reference in sorted(self._doubtful):
            mine = [wish for wish in answers if wish[0] == reference]
            outcome = self._front.reconcile([reference], lambda: datetime.now(UTC))
            if not outcome.ok:
                answers |= dict.fromkeys(mine, TemporaryFailureError(outcome.detail))
            elif not any(isinstance(answers[wish], Exception) for wish in mine):
                self._doubtful.discard(reference)

    def _show(self, due: dict[Wish, Standing], now: datetime) -> dict[Wish, Answer]:
        """Write the files of due releases to the newsroom.

        They are renamed where they were prepared for this very instant.
        """
        answers: dict[Wish, Answer] = {}
        ready: list[tuple[Wish, StagedFiles]] = []
        for wish, standing in due.items():
            hour = standing.lift_at or now
            prepared = self._ready.pop(wish, None) if now >= hour else None
            if now < hour:
                answers[wish] = TemporaryFailureError(f"the clock says {now.isoformat()}, which is before the hour")
            elif prepared is not None and prepared.fits(standing, now):
                ready += [(wish, each) for each in prepared.waiting]
            else:
                for each in prepared.waiting if prepared else []:
                    remove_staged_files(each)
                answers[wish] = self._show_anew(standing, now)
        for (wish, _), outcome in zip(ready, publish_staged_files([each for _, each in ready]), strict=True):
            answers[wish] = TemporaryFailureError(outcome.detail) if not outcome.ok else answers.get(wish, True)
        return answers

    def _show_anew(self, standing: Standing, now: datetime) -> Answer:
        try:
            outcome = self._front.show(standing, compute_publication_time(standing, now))
        except InputError as refusal:
            return PermanentFailureError(str(refusal))
        return True if outcome.ok else TemporaryFailureError(outcome.detail)

    def _record(self, shown: dict[Wish, Standing], now: datetime) -> dict[Wish, Answer]:
        """Record the lifts of shown releases that the ledger still expects.

        A recorded lift is in no doubt.
        """
        answers: dict[Wish, Answer] = {}
        recorded: dict[Wish, Standing] = {}
        lines: list[str] = []
        if not shown:
            return answers
        with self.pen, self._ledger.turns() as turn_of:
            for wish, standing in shown.items():
                try:
                    turn = turn_of(standing.reference, standing.slug)
                except InputError as refusal:  # its record was changed by hand: the others are lifted all the same
                    answers[wish] = PermanentFailureError(str(refusal))
                    continue
                if not is_lift_ahead(turn.standing, wish[1]):
                    answers[wish] = is_lifted(turn.standing, wish[1])
                elif turn.standing.version != standing.version:
                    answers[wish] = TemporaryFailureError(f"{standing.reference} was corrected at this very moment")
                else:
                    lifted = Lifted(
                        revision=wish[1],
                        due=standing.lift_at or now,
                        actual=now,
                        newsroom_address=self._front.newsroom_address,
                    )
                    turn.append(lifted, actor=ROBOT, at=datetime.now(UTC))
                    answers[wish], recorded[wish] = True, standing
                    lines.append(f"{standing.reference}: {describe_lift(lifted, find_time_zone(standing))}")
        for line in lines:
            self._tell(line)
        self._doubtful -= self._sure(recorded.values())
        return answers

    def _sure(self, recorded: Collection[Standing]) -> set[str]:
        """Return the releases with a name that no other public release has.

        A release of the same name may have taken the other one's page.
        """
        slugs = {each.slug for each in recorded}
        public = [each for each in self._ledger.namesakes(slugs) if each.public_since]
        counts = Counter(each.slug for each in public)
        self._doubtful |= {each.reference for each in public if counts[each.slug] > 1}
        return {each.reference for each in recorded if counts[each.slug] <= 1}

    def _leave(self, wish: Wish) -> None:
        """Delete prepared files of a lift that is cancelled."""
        prepared = self._ready.pop(wish, None)
        for waiting in prepared.waiting if prepared else []:
            remove_staged_files(waiting)


def is_lift_ahead(standing: Standing, revision: int) -> bool:
    """Return whether the ledger still expects a lift of this revision."""
    return standing.state in LIFTABLE and standing.lift_at is not None and standing.revision == revision


def is_lifted(standing: Standing, revision: int) -> bool:
    """Return whether this revision has been lifted."""
    return standing.state in OUT and standing.revision == revision


def compute_publication_time(standing: Standing, now: datetime) -> datetime:
    """Return the publication time of a release that is lifted now.

    That is its hour, unless the hour was missed.
    """
    return standing.lift_at if standing.lift_at is not None and now <= standing.lift_at + GRACE else now


def require_success(outcome: DeliveryOutcome) -> None:
    """Raise an error unless the outcome is a success.

    Raises:
        TemporaryFailureError: it is not.
    """
    if not outcome.ok:
        raise TemporaryFailureError(outcome.detail)
