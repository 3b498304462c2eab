"""Publish what is due: gate, newsroom and ledger, for one release or for hundreds at one instant."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pressgen.actions.approve.allowed import describe_lift, zone_of
from pressgen.actions.publish.group_commit import Convoy
from pressgen.actions.publish.newsroom import WORKER
from pressgen.channels.staging import clear_away, reveal
from pressgen.errors import Refused
from pressgen.model.event import Lifted
from pressgen.model.standing import GRACE, LIFTABLE, State
from pressgen.scheduler.handlers import Hopeless

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from pressgen.actions.publish.newsroom import Front
    from pressgen.channels.outcome import Outcome
    from pressgen.channels.staging import Waiting
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Version
    from pressgen.model.standing import Standing

ROBOT: Final = WORKER
TOO_NEAR: Final = timedelta(seconds=1)
"""So near to the hour nothing is made ready any more: it would make the lift late."""
OUT = {State.LIFTED, State.CORRECTED}

Wish = tuple[str, int]
"""A reference and a revision."""
Answer = bool | Exception
"""Whether it is public now, or why it could not be published."""


class NotNow(Exception):
    """What was tried did not work this time, and may the next."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Files that wait for their hour, as of the version that was in force when they were written."""

    waiting: list[Waiting]
    hour: datetime
    version: Version | None

    def fits(self, standing: Standing, now: datetime) -> bool:
        """Whether they are what a lift at `now` publishes."""
        return bool(self.waiting) and self.version == standing.version and since(standing, now) == self.hour


class Publishing:
    """The newsroom's part of a lift. Threads share it; those that come at the same instant are served together."""

    def __init__(self, ledger: Ledger, front: Front, tell: Callable[[str], None]) -> None:
        self._ledger, self._front, self._tell = ledger, front, tell
        self._ready: dict[Wish, Prepared] = {}
        self._doubtful: set[str] = set()
        self._lifts = Convoy(self._lift)
        self.pen = threading.Lock()  # within a process one waits for a lock more gladly than for a database

    def prepare(self, reference: str, revision: int) -> None:
        """Write the public files to the disk where nobody but the office reads; at the hour they are renamed."""
        standing = self._ledger.standing(reference)
        if standing is None or standing.lift_at is None or not going(standing, revision):
            return
        if standing.lift_at - datetime.now(UTC) > TOO_NEAR:
            waiting = self._front.set_aside(standing, standing.lift_at)
            self._leave((reference, revision))  # an earlier attempt may have made them ready, too
            self._ready[reference, revision] = Prepared(waiting, standing.lift_at, standing.version)

    def publish(self, reference: str, revision: int) -> bool:
        """Whether it is public now; else its revision is superseded.

        Raises:
            Hopeless: the approved files are not kept as they were approved.
            NotNow: the newsroom cannot be written, or the clock is before the hour.
            PressgenError: the ledger cannot be read or written.
        """
        answer = self._lifts.join((reference, revision))
        if isinstance(answer, Exception):
            raise answer
        if answer:  # here, and not above: those who come next must not wait for it
            see(self._front.refresh(lambda: datetime.now(UTC)))
        return answer

    def close(self) -> None:
        """Take away what was made ready and not needed."""
        for wish in list(self._ready):
            self._leave(wish)

    def _lift(self, wishes: Sequence[Wish]) -> list[Answer]:
        """Publish what the ledger, read at this moment, still has ahead; all are shown before any is recorded.

        Whatever else was made ready for the same instant goes along.
        """
        now = datetime.now(UTC)
        ready = self._ripe(wishes)
        standings = self._ledger.standings({reference for reference, _ in [*wishes, *ready]})
        answers: dict[Wish, Answer] = {}
        due: dict[Wish, Standing] = {}
        for wish in [*wishes, *ready]:
            standing = standings.get(wish[0])
            if standing is not None and going(standing, wish[1]):
                due[wish] = standing
            else:
                answers[wish] = standing is not None and is_out(standing, wish[1])
        answers |= self._show(due, now)
        shown = {wish: due[wish] for wish in due if answers[wish] is True}
        self._doubtful |= {reference for reference, _ in due}
        answers |= self._record(shown, now)
        self._see_shown(answers)
        for wish in [each for each, answer in answers.items() if answer is False]:
            self._leave(wish)
        return [answers[wish] for wish in wishes]

    def _ripe(self, wishes: Sequence[Wish]) -> list[Wish]:
        """What was made ready for an hour that has come: one to which `wishes` were held, not one the clock says.

        The engine held them to their hours by a clock that no jump misleads; the machine's may be ahead just now.
        """
        held = max((self._ready[wish].hour for wish in wishes if wish in self._ready), default=None)
        if held is None:
            return []
        return [wish for wish, prepared in list(self._ready.items()) if prepared.waiting and prepared.hour <= held]

    def _see_shown(self, answers: dict[Wish, Answer]) -> None:
        """Reconcile the newsroom with the ledger, where what we showed may not be what we recorded.

        That is so where another worker was quicker, the lift was taken off, the ledger failed us, or two releases of
        one name came out together. Where it does not succeed, whoever waits for the release tries again.
        """
        for reference in sorted(self._doubtful):
            mine = [wish for wish in answers if wish[0] == reference]
            outcome = self._front.reconcile([reference], lambda: datetime.now(UTC))
            if not outcome.ok:
                answers |= dict.fromkeys(mine, NotNow(outcome.detail))
            elif not any(isinstance(answers[wish], Exception) for wish in mine):
                self._doubtful.discard(reference)

    def _show(self, due: dict[Wish, Standing], now: datetime) -> dict[Wish, Answer]:
        """Have their files in the newsroom: renamed where they were made ready for this very instant."""
        answers: dict[Wish, Answer] = {}
        ready: list[tuple[Wish, Waiting]] = []
        for wish, standing in due.items():
            hour = standing.lift_at or now
            prepared = self._ready.pop(wish, None) if now >= hour else None
            if now < hour:
                answers[wish] = NotNow(f"the clock says {now.isoformat()}, which is before the hour")
            elif prepared is not None and prepared.fits(standing, now):
                ready += [(wish, each) for each in prepared.waiting]
            else:
                for each in prepared.waiting if prepared else []:
                    clear_away(each)
                answers[wish] = self._show_anew(standing, now)
        for (wish, _), outcome in zip(ready, reveal([each for _, each in ready]), strict=True):
            answers[wish] = NotNow(outcome.detail) if not outcome.ok else answers.get(wish, True)
        return answers

    def _show_anew(self, standing: Standing, now: datetime) -> Answer:
        try:
            outcome = self._front.show(standing, since(standing, now))
        except Refused as refusal:
            return Hopeless(str(refusal))
        return True if outcome.ok else NotNow(outcome.detail)

    def _record(self, shown: dict[Wish, Standing], now: datetime) -> dict[Wish, Answer]:
        """Record their lifts, if the ledger still has ahead what was shown; what was recorded is in no doubt."""
        answers: dict[Wish, Answer] = {}
        recorded: dict[Wish, Standing] = {}
        lines: list[str] = []
        if not shown:
            return answers
        with self.pen, self._ledger.turns() as turn_of:
            for wish, standing in shown.items():
                try:
                    turn = turn_of(standing.reference, standing.slug)
                except Refused as refusal:  # its record was changed by hand: the others are lifted all the same
                    answers[wish] = Hopeless(str(refusal))
                    continue
                if not going(turn.standing, wish[1]):
                    answers[wish] = is_out(turn.standing, wish[1])
                elif turn.standing.version != standing.version:
                    answers[wish] = NotNow(f"{standing.reference} was corrected at this very moment")
                else:
                    lifted = Lifted(
                        revision=wish[1],
                        due=standing.lift_at or now,
                        actual=now,
                        newsroom_address=self._front.newsroom_address,
                    )
                    turn.append(lifted, actor=ROBOT, at=datetime.now(UTC))
                    answers[wish], recorded[wish] = True, standing
                    lines.append(f"{standing.reference}: {describe_lift(lifted, zone_of(standing))}")
        for line in lines:
            self._tell(line)
        self._doubtful -= self._sure(recorded.values())
        return answers

    def _sure(self, recorded: Collection[Standing]) -> set[str]:
        """Those that share their name with no other public release, whose page they might have taken."""
        slugs = {each.slug for each in recorded}
        public = [each for each in self._ledger.namesakes(slugs) if each.public_since]
        counts = Counter(each.slug for each in public)
        self._doubtful |= {each.reference for each in public if counts[each.slug] > 1}
        return {each.reference for each in recorded if counts[each.slug] <= 1}

    def _leave(self, wish: Wish) -> None:
        """Take away what was made ready for a lift that is off."""
        prepared = self._ready.pop(wish, None)
        for waiting in prepared.waiting if prepared else []:
            clear_away(waiting)


def going(standing: Standing, revision: int) -> bool:
    """Whether the ledger still has a lift of this revision ahead."""
    return standing.state in LIFTABLE and standing.lift_at is not None and standing.revision == revision


def is_out(standing: Standing, revision: int) -> bool:
    """Whether this revision has been lifted."""
    return standing.state in OUT and standing.revision == revision


def since(standing: Standing, now: datetime) -> datetime:
    """Since when a release that is lifted now is public: its hour, unless that was missed."""
    return standing.lift_at if standing.lift_at is not None and now <= standing.lift_at + GRACE else now


def see(outcome: Outcome) -> None:
    """See that something went well.

    Raises:
        NotNow: it did not.
    """
    if not outcome.ok:
        raise NotNow(outcome.detail)
