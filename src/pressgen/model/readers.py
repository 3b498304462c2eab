"""Events about readers: reissues, failed issues, changed addresses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from pressgen.model.address import normalise_mailbox

if TYPE_CHECKING:
    from collections.abc import Iterable

OFFICE: Final = "(office)"
"""The reference of events that concern the whole office; no release can have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reissued:
    """The repeated issue of a version to one reader.

    The reader may have had it; `number` counts such times for this reader.
    """

    version: str
    list: str
    recipient: str
    address: str
    number: int
    reason: str
    kind: Literal["reissued"] = "reissued"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFailed:
    """An issue that ended with nothing delivered anywhere.

    The release counts as not issued.
    """

    version: str
    list: str
    kind: Literal["issue failed"] = "issue failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderChanged:
    """A change or removal of a reader's address.

    Attributes:
        was: the digest of the mailbox, as `compute_mailbox_digest` makes it; the entry by itself names nobody.
        now: the address that gets everything in its place; empty for nobody, since the reader is forgotten. The same
            mailbox again means that it gets mails as before.
    """

    was: str
    now: str
    reason: str
    kind: Literal["reader changed"] = "reader changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced:
    """The return of a mail.

    Attributes:
        version: the version that it brought; empty for a copy for review.
        key, bounce_key: those of its `Sent` or `Posted`.
        final: whether it failed for good; otherwise it is still waiting somewhere.
        status: the enhanced status code (RFC 3463); empty where there was none.
    """

    version: str
    recipient: str
    address: str
    channel: str
    key: str
    bounce_key: str
    final: bool
    status: str
    reason: str
    kind: Literal["bounced"] = "bounced"

    @property
    def why(self) -> str:
        """The status and the reason, or that there is none."""
        return " ".join(filter(None, (self.status, self.reason))) or "no reason was given"


ReaderEvent = Bounced | Reissued | IssueFailed | ReaderChanged


@dataclass(slots=True)
class Redirects:
    """The addresses that replace others for new mails."""

    _now: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Iterable[object]) -> Redirects:
        """Build the redirects from events in order; others are ignored."""
        made = cls()
        for event in events:
            made.add(event)
        return made

    def add(self, event: object) -> None:
        """Apply one more event."""
        if isinstance(event, ReaderChanged):
            if event.now:
                self._now.pop(compute_mailbox_digest(event.now), None)  # it is valid again, so that there is no circle
            if not event.now or compute_mailbox_digest(event.now) != event.was:
                self._now[event.was] = event.now

    def address_for(self, address: str) -> str | None:
        """Return where a mail to `address` goes; None for nowhere."""
        found = address
        while (digest := compute_mailbox_digest(found)) in self._now:
            found = self._now[digest]
            if not found:
                return None
        return found

    def has_changed(self, address: str) -> bool:
        """Return whether this address was replaced or forgotten.

        True also if it replaced another.
        """
        digest = compute_mailbox_digest(address)
        return digest in self._now or digest in {compute_mailbox_digest(each) for each in self._now.values() if each}

    def is_forgotten(self, address: str) -> bool:
        """Return whether this address asked for no more mails.

        True also if the address that replaced it did.
        """
        return self.address_for(address) is None


def compute_mailbox_digest(address: str) -> str:
    """Return the SHA-256 of an address's mailbox, in hexadecimal."""
    return hashlib.sha256(normalise_mailbox(address).encode()).hexdigest()
