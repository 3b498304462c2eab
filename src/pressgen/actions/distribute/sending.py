"""Send a parcel to people and channels, each once: what became of it is in the ledger before the next one goes.

Before a mail goes, the ledger has it that it is about to. If the program ends before it records the server's answer,
the next run says that this one mail may have gone, and does not send it again unless somebody asks for that.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pressgen.actions.distribute.attempt import IN_DOUBT, Attempt, claim
from pressgen.actions.distribute.channels import new_bounce_key, return_path_of
from pressgen.actions.distribute.deliveries import deliveries
from pressgen.actions.distribute.message import ISSUED, WITHDRAWN
from pressgen.actions.workspace.bundle import digest
from pressgen.actions.workspace.readers import LatestRedirects
from pressgen.channels.outcome import Outcome
from pressgen.channels.retry import Patience
from pressgen.errors import StateForbids
from pressgen.model.event import Sent
from pressgen.model.outcome import ARRIVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from pressgen.actions.distribute.deliveries import Delivery, Reader
    from pressgen.actions.distribute.message import Parcel
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.lease import Lease
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Hashes
    from pressgen.model.office import Office

FILES: Final = 16
"""Files whose digests are remembered while a parcel is sent: those of one mail, more or less."""
CHANGED = Outcome(ok=False, detail="not sent: the office replaced or forgot this address meanwhile", permanent=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a verb that takes a while is given by whoever waits for it.

    Attributes:
        clock: gives the present instant, aware.
        tell: gets each sending once it is recorded.
        patience: how often deliveries are tried before they are left for later.
        only: the keys of the deliveries that may be tried; None for all.
        turn: seconds to wait for another program that is sending the same release.
    """

    clock: Callable[[], datetime]
    tell: Callable[[Sent], None]
    patience: Patience = field(default_factory=Patience)
    only: frozenset[str] | None = None
    turn: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Who sends, for which office, and into which ledger it is written.

    Attributes:
        actor: the id of the person.
        by: the channels; None for those of the office's `at_issue`.
    """

    workspace: Workspace
    office: Office
    ledger: Ledger
    actor: str
    watch: Watch
    by: tuple[str, ...] | None = None

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels by which it goes."""
        return self.office.at_issue if self.by is None else self.by

    def send(
        self,
        parcel: Parcel,
        readers: Callable[[], Sequence[Reader]],
        until: datetime | None = None,
        finish: Callable[[], None] = lambda: None,
    ) -> list[Sent]:
        """Send `parcel` by every one of the channels to whoever has not had it; what became of each.

        Args:
            parcel: what goes out.
            readers: gives those to whom it goes by mail; asked once nobody else sends anything of this release.
            until: the instant from which nothing of it may go any more; None for no such instant.
            finish: is called after the last one, while nobody else sends anything of this release.

        Returns: what was sent, and what may have gone before and was not sent again.

        Raises:
            StateForbids: another program is sending this release; or `until` has come, or the release was withdrawn or
                has another version meanwhile.
            MachineLacks: a secret is not to be had, and nothing was sent; or the ledger cannot be written.
        """
        asked = claim(parcel.reference, parcel.slug, self.actor, clock=self.watch.clock, wait=self.watch.turn)
        only = self.watch.only
        with ExitStack() as sessions, self.ledger.lease(asked) as lease:
            last = self._last(parcel.reference)
            had = {each.key: each for each in last.values() if each.outcome in ARRIVED}
            ways = {each.channel for each in had.values() if not each.recipient}
            wanted = deliveries(self.workspace, self.office, self.channels, parcel, readers(), sessions)
            wanted = [each for each in wanted if only is None or each.key in only]
            done = [had[each.key] for each in wanted if each.key in had and had[each.key].outcome == "unknown"]
            left = [each for each in wanted if each.key not in had]
            left = [each for each in left if each.recipient or _takes(each.channel, parcel, ways)]
            for sent in self._send_all(parcel, left, lease, until):
                if sent.outcome != "deferred" or sent.wait or sent.key not in last:  # others say no more than the first
                    lease.settle(sent, actor=self.actor, at=self.watch.clock())
                done.append(sent)
                self.watch.tell(sent)
            finish()
        return done

    def _send_all(
        self, parcel: Parcel, waiting: Sequence[Delivery], lease: Lease, until: datetime | None
    ) -> Iterator[Sent]:
        """Send each, on record before it goes; yield what is to be recorded of it before the next one goes."""
        files: dict[str, Hashes] = {}
        keys: dict[str, str] = {}
        redirects = LatestRedirects(self.ledger)
        digest_of = lru_cache(FILES)(digest)  # of files that many readers get, once

        def sent(delivery: Delivery, outcome: Outcome, files: Hashes) -> Sent:
            return _sent(parcel, delivery, outcome, files, keys.get(delivery.key, ""))

        def attempt(delivery: Delivery) -> Outcome:
            now = self.watch.clock()
            if until is not None and now >= until:
                raise StateForbids(f"the embargo of {parcel.reference} has ended: nothing more is sent under it")
            self._see_current(parcel)
            if delivery.recipient and redirects.read().address_for(delivery.address) != delivery.address:
                return CHANGED
            keys[delivery.key] = new_bounce_key(self.office) if delivery.recipient else ""
            load = delivery.load(now, return_path_of(self.office, keys[delivery.key]))
            files[delivery.key] = {name: digest_of(content) for name, content in load.files.items()}
            # A folder and a web hook take the same again without harm: of them nothing needs to be in doubt.
            doubt = sent(delivery, IN_DOUBT, files[delivery.key]) if delivery.recipient else None
            return Attempt(lease, doubt, self.actor, self.watch.clock).make(load.hand_in)

        for delivery, outcome in self.watch.patience.try_all(waiting, attempt, lambda each: each.channel):
            yield sent(delivery, outcome, files.pop(delivery.key, {}))

    def _last(self, reference: str) -> dict[str, Sent]:
        """What became last of each sending, by its key."""
        events = (stamp.event for stamp in self.ledger.entries(reference))
        return {event.key: event for event in events if isinstance(event, Sent)}

    def _see_current(self, parcel: Parcel) -> None:
        """See that what goes out is still what the ledger says, whoever changed it since the first mail."""
        standing = self.ledger.standing(parcel.reference)
        if standing is None or parcel.act == WITHDRAWN:
            return
        if parcel.embargo is not None and standing.embargo_ended is not None:
            raise StateForbids(f"the embargo of {parcel.reference} has ended: nothing more is sent under it")
        if standing.withdrawn or standing.version is None or standing.version.digest != parcel.version:
            how = "withdrawn" if standing.withdrawn else "changed"
            raise StateForbids(f"{parcel.reference} was {how} meanwhile: nothing more of this version is sent")


def _sent(parcel: Parcel, delivery: Delivery, outcome: Outcome, files: Hashes, bounce_key: str) -> Sent:
    return Sent(
        version=parcel.version,
        recipient=delivery.recipient,
        address=delivery.address,
        channel=delivery.channel,
        files=files,
        embargo=parcel.embargo,
        outcome=outcome.word,
        detail="; ".join(filter(None, (outcome.detail, delivery.remark))),
        key=delivery.key,
        wait=outcome.wait,
        bounce_key=bounce_key,
    )


def _takes(channel: str, parcel: Parcel, ways: set[str]) -> bool:
    """Whether a folder or a web hook gets it: a release that is not locked; a change, if it has the release."""
    return channel in ways if parcel.act != ISSUED else not parcel.locked
