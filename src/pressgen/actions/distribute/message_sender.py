"""Send a message to people and channels, each once.

The ledger records each result before the next one is sent.

It also records each mail before sending it. If the program ends before it records the server's answer, the next run
says that this one mail may have gone, and does not send it again unless somebody asks for that.
"""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pressgen.actions.distribute.deliveries import plan_deliveries
from pressgen.actions.distribute.message import ISSUED, WITHDRAWN
from pressgen.actions.distribute.office_channels import create_bounce_key, get_office_return_path
from pressgen.actions.workspace.bundle import hash_content
from pressgen.actions.workspace.reader_addresses import LatestRedirects
from pressgen.channels.outcome import DeliveryOutcome
from pressgen.channels.retry import RetryPolicy
from pressgen.errors import StateError
from pressgen.model.event import Sent
from pressgen.model.outcome import ARRIVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from pressgen.actions.distribute.deliveries import Delivery, Reader
    from pressgen.actions.distribute.message import OutgoingMessage
    from pressgen.actions.workspace.folder import Workspace
    from pressgen.ledger.lease import Lease, LeaseRequest
    from pressgen.ledger.ledger import Ledger
    from pressgen.model.event import Event, Hashes
    from pressgen.model.office import Office


IN_DOUBT: Final = DeliveryOutcome(
    ok=False, detail="the program ended before it recorded the mail server's answer", unknown=True
)
"""The outcome of a mail if nobody records its result."""


@dataclass(frozen=True, slots=True)
class DeliveryAttempt:
    """One attempt at a delivery, made while holding the release's lease.

    Attributes:
        doubt: the event to record if nobody records the result; None where trying twice does no harm.
        actor: who sends it.
    """

    lease: Lease
    doubt: Event | None
    actor: str
    clock: Callable[[], datetime]

    def make(self, hand_in: Callable[[], DeliveryOutcome]) -> DeliveryOutcome:
        """Make the attempt; always record the result with `Lease.settle`.

        Raises:
            StateError: somebody else is sending this release now.
        """
        if self.doubt is None:
            self.lease.renew()
            return hand_in()
        self.lease.intend(self.doubt, actor=self.actor, at=self.clock())
        outcome = hand_in()
        if outcome.passing:
            self.lease.drop()
        return outcome


def create_lease_request(
    reference: str, slug: str, actor: str, *, clock: Callable[[], datetime], wait: float
) -> LeaseRequest:
    """Create the request for a release's lease, in somebody's name.

    The request names the person, this machine and this process; `wait` is in seconds.
    """
    from pressgen.ledger.lease import LeaseRequest

    holder = f"{actor} on {socket.gethostname()} (process {os.getpid()})"
    return LeaseRequest(reference=reference, slug=slug, holder=holder, clock=clock, wait=wait)


FILES: Final = 16
"""Files with remembered digests while a message is sent: about those of one mail."""
CHANGED: Final = "not sent: this address was replaced or forgotten in the meantime"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOptions:
    """The caller's clock, callback, retries and time limit for sending.

    Attributes:
        clock: gives the present instant, aware.
        tell: gets each sending once it is recorded.
        patience: how often to try a delivery before it is left for later.
        only: the keys of the deliveries that may be tried; None for all.
        turn: seconds to wait for another program that is sending the same release.
    """

    clock: Callable[[], datetime]
    tell: Callable[[Sent], None]
    patience: RetryPolicy = field(default_factory=RetryPolicy)
    only: frozenset[str] | None = None
    turn: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSender:
    """Sends messages for an office, in the name of a person.

    Attributes:
        actor: the id of the person.
        by: the channels; None for those of the office's `at_issue`.
    """

    workspace: Workspace
    office: Office
    ledger: Ledger
    actor: str
    watch: SendOptions
    by: tuple[str, ...] | None = None

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels of the message."""
        return self.office.at_issue if self.by is None else self.by

    def send(
        self,
        message: OutgoingMessage,
        readers: Callable[[], Sequence[Reader]],
        until: datetime | None = None,
        finish: Callable[[], None] = lambda: None,
    ) -> list[Sent]:
        """Send `message` to everybody who has not had it; return the outcomes.

        It goes by every one of the channels.

        Args:
            message: the message.
            readers: returns the people who get it by mail; called when nobody else can send anything of this
                release.
            until: the instant from which nothing of it may go any more; None for no such instant.
            finish: called after the last delivery, while nobody else can send anything of this release.

        Returns:
            what was sent, and earlier deliveries that may have gone and were not sent again.

        Raises:
            StateError: another program is sending this release; or `until` has come, or the release was withdrawn
                or has another version meanwhile.
            EnvironmentFailureError: a secret is missing, and nothing was sent; or the ledger cannot be written.
        """
        asked = create_lease_request(
            message.reference, message.slug, self.actor, clock=self.watch.clock, wait=self.watch.turn
        )
        only = self.watch.only
        with ExitStack() as sessions, self.ledger.lease(asked) as lease:
            last = self._last(message.reference)
            had = {each.key: each for each in last.values() if each.outcome in ARRIVED}
            ways = {each.channel for each in had.values() if not each.recipient}
            wanted = plan_deliveries(self.workspace, self.office, self.channels, message, readers(), sessions)
            wanted = [each for each in wanted if only is None or each.key in only]
            done = [had[each.key] for each in wanted if each.key in had and had[each.key].outcome == "unknown"]
            left = [each for each in wanted if each.key not in had]
            left = [each for each in left if each.recipient or _is_delivered_to(each.channel, message, ways)]
            for sent in self._send_all(message, left, lease, until):
                if sent.outcome != "deferred" or sent.wait or sent.key not in last:  # later ones add nothing
                    lease.settle(sent, actor=self.actor, at=self.watch.clock())
                done.append(sent)
                self.watch.tell(sent)
            finish()
        return done

    def _send_all(
        self, message: OutgoingMessage, waiting: Sequence[Delivery], lease: Lease, until: datetime | None
    ) -> Iterator[Sent]:
        """Send each delivery, recorded beforehand; yield each result.

        The result is to be recorded before the next one is sent.
        """
        files: dict[str, Hashes] = {}
        keys: dict[str, str] = {}
        redirects = LatestRedirects(self.ledger)
        digest_of = lru_cache(FILES)(hash_content)  # once for files that many readers get

        def sent(delivery: Delivery, outcome: DeliveryOutcome, files: Hashes) -> Sent:
            return _create_sent_event(message, delivery, outcome, files, keys.get(delivery.key, ""))

        def attempt(delivery: Delivery) -> DeliveryOutcome:
            now = self.watch.clock()
            if until is not None and now >= until:
                raise StateError(f"the embargo of {message.reference} has ended, so no more mails are sent under it")
            self._see_current(message)
            if delivery.recipient and redirects.read().address_for(delivery.address) != delivery.address:
                return DeliveryOutcome(ok=False, detail=CHANGED, permanent=True)
            keys[delivery.key] = create_bounce_key(self.office) if delivery.recipient else ""
            load = delivery.load(now, get_office_return_path(self.office, keys[delivery.key]))
            files[delivery.key] = {name: digest_of(content) for name, content in load.files.items()}
            # A folder and a web hook take the same again without harm: of them nothing needs to be in doubt.
            doubt = sent(delivery, IN_DOUBT, files[delivery.key]) if delivery.recipient else None
            return DeliveryAttempt(lease, doubt, self.actor, self.watch.clock).make(load.hand_in)

        for delivery, outcome in self.watch.patience.try_all(waiting, attempt, lambda each: each.channel):
            yield sent(delivery, outcome, files.pop(delivery.key, {}))

    def _last(self, reference: str) -> dict[str, Sent]:
        """Return the last result of each delivery, by its key."""
        events = (stamp.event for stamp in self.ledger.entries(reference))
        return {event.key: event for event in events if isinstance(event, Sent)}

    def _see_current(self, message: OutgoingMessage) -> None:
        """Check that the message is still what the ledger says.

        Somebody may have changed the release since the first mail.
        """
        standing = self.ledger.standing(message.reference)
        if standing is None or message.act == WITHDRAWN:
            return
        if message.embargo is not None and standing.embargo_ended is not None:
            raise StateError(f"the embargo of {message.reference} has ended, so no more mails are sent under it")
        if standing.withdrawn or standing.version is None or standing.version.digest != message.version:
            how = "withdrawn" if standing.withdrawn else "changed"
            raise StateError(
                f"{message.reference} was {how} in the meantime, so this version is not sent to anybody else"
            )


def _create_sent_event(
    message: OutgoingMessage, delivery: Delivery, outcome: DeliveryOutcome, files: Hashes, bounce_key: str
) -> Sent:
    return Sent(
        version=message.version,
        recipient=delivery.recipient,
        address=delivery.address,
        channel=delivery.channel,
        files=files,
        embargo=message.embargo,
        outcome=outcome.word,
        detail="; ".join(filter(None, (outcome.detail, delivery.remark))),
        key=delivery.key,
        wait=outcome.wait,
        bounce_key=bounce_key,
    )


def _is_delivered_to(channel: str, message: OutgoingMessage, ways: set[str]) -> bool:
    """Return whether the message goes to a folder or a web hook.

    A locked release goes to none; a change goes to those that have the release.
    """
    return channel in ways if message.act != ISSUED else not message.locked
