"""Publish what is due: gate, newsroom and ledger, for one release or for hundreds at one instant."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pressgen.deliver.aside import clear_away, reveal
from pressgen.desk.publishing.convoy import Convoy
from pressgen.desk.signoff.allowed import shown, zone_of
from pressgen.engine.acts import Hopeless
from pressgen.errors import Refused
from pressgen.model.event import Lifted
from pressgen.model.standing import GRACE, State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pressgen.deliver.aside import Waiting
    from pressgen.deliver.outcome import Outcome
    from pressgen.desk.publishing.newsroom import Front
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.standing import Standing

ROBOT: Final = "worker"
"""Who acts where nobody does."""
TOO_NEAR: Final = timedelta(seconds=1)
"""So near to the hour nothing is made ready any more: it would make the lift late."""
NEVER: Final = datetime.max.replace(tzinfo=UTC)
GOING = {State.APPROVED, State.ISSUED, State.FAILED}
OUT = {State.LIFTED, State.CORRECTED}

Wish = tuple[str, int]
"""A reference and a revision."""
Answer = bool | Exception
"""Whether it is public now, or why it could not be published."""


class NotNow(Exception):
    """What was tried did not work this time, and may the next."""


class Publishing:
    """The newsroom's part of a lift. Threads share it; those that come at the same instant are served together."""

    def __init__(self, ledger: Ledger, front: Front, tell: Callable[[str], None]) -> None:
        self._ledger, self._front, self._tell = ledger, front, tell
        self._ready: dict[Wish, list[Waiting]] = {}
        self._hours: dict[Wish, datetime] = {}
        self._lifts = Convoy(self._lift)
        self.pen = threading.Lock()  # within a process one waits for a lock more gladly than for a database

    def prepare(self, reference: str, revision: int) -> None:
        """Write the public files to the disk where nobody but the office reads; at the hour they are renamed."""
        standing = self._ledger.standing(reference)
        if standing is None or standing.lift_at is None or not going(standing, revision):
            return
        if standing.lift_at - datetime.now(UTC) > TOO_NEAR:
            self._ready[reference, revision] = self._front.set_aside(standing, standing.lift_at)
            self._hours[reference, revision] = standing.lift_at

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

        Whatever else was made ready for this instant goes along.
        """
        now = datetime.now(UTC)
        ready = [wish for wish in list(self._ready) if self._hours.get(wish, NEVER) <= now]
        standings = self._ledger.standings({reference for reference, _ in [*wishes, *ready]})
        answers: dict[Wish, Answer] = {}
        due: dict[Wish, Standing] = {}
        for wish in [*wishes, *ready]:
            standing = standings.get(wish[0])
            if standing is not None and going(standing, wish[1]):
                due[wish] = standing
            else:
                answers[wish] = standing is not None and standing.revision == wish[1] and standing.state in OUT
        answers |= self._show(due, now)
        answers |= self._record({wish: due[wish] for wish in due if answers[wish] is True}, now)
        for wish in [each for each, answer in answers.items() if answer is False]:
            self._leave(wish)
        for wish in answers:
            self._hours.pop(wish, None)
        return [answers[wish] for wish in wishes]

    def _show(self, due: dict[Wish, Standing], now: datetime) -> dict[Wish, Answer]:
        """Have their files in the newsroom: renamed where they were made ready for this very instant."""
        answers: dict[Wish, Answer] = {}
        ready: list[tuple[Wish, Waiting]] = []
        for wish, standing in due.items():
            hour = standing.lift_at or now
            waiting = self._ready.pop(wish, []) if now >= hour else []
            if now < hour:
                answers[wish] = NotNow(f"the clock says {now.isoformat()}, which is before the hour")
            elif waiting and since(standing, now) == hour:
                ready += [(wish, each) for each in waiting]
            else:
                for each in waiting:
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

    def _record(self, public: dict[Wish, Standing], now: datetime) -> dict[Wish, Answer]:
        """Record their lifts; one that was taken off in this very moment is taken out of the newsroom again."""
        answers: dict[Wish, Answer] = {}
        if not public:
            return answers
        with self.pen, self._ledger.turns() as turn_of:
            for wish, standing in public.items():
                turn = turn_of(standing.reference, standing.slug)
                answers[wish] = going(turn.standing, wish[1])
                if answers[wish]:
                    lifted = Lifted(revision=wish[1], due=standing.lift_at or now, actual=now)
                    turn.append(lifted, actor=ROBOT, at=datetime.now(UTC))
        for wish, standing in public.items():
            if answers[wish]:
                late = (now - (standing.lift_at or now)).total_seconds()
                hour = shown(standing.lift_at or now, zone_of(standing))
                self._tell(f"{standing.reference}: public, {late:.3f} seconds after {hour}")
            else:
                see(self._front.hide(standing, since(standing, now)))
        return answers

    def _leave(self, wish: Wish) -> None:
        """Take away what was made ready for a lift that is off."""
        for waiting in self._ready.pop(wish, []):
            clear_away(waiting)


def going(standing: Standing, revision: int) -> bool:
    """Whether the ledger still has a lift of this revision ahead."""
    return standing.state in GOING and standing.lift_at is not None and standing.revision == revision


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
