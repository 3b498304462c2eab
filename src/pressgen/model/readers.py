"""What happens to readers: a release sent again, an issue that reaches nobody, an address replaced or forgotten."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from pressgen.model.address import mailbox_of

if TYPE_CHECKING:
    from collections.abc import Iterable

OFFICE: Final = "(office)"
"""What stands for the reference of what concerns the whole office; no release can be called so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reissued:
    """A version is sent once more to a reader who may have had it; `number` counts such times for this reader."""

    version: str
    list: str
    recipient: str
    address: str
    number: int
    reason: str
    kind: Literal["reissued"] = "reissued"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFailed:
    """An issue ended, and nothing of it arrived anywhere: the release is as if it had not been issued."""

    version: str
    list: str
    kind: Literal["issue failed"] = "issue failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderChanged:
    """An address gets nothing any more.

    Attributes:
        was: the digest of the mailbox, as `mailbox_digest` makes it; the entry by itself names nobody.
        now: the address that gets everything in its place; empty for nobody, since the reader is forgotten. The same
            mailbox again means that it gets mails as before.
    """

    was: str
    now: str
    reason: str
    kind: Literal["reader changed"] = "reader changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounced:
    """A mail came back.

    Attributes:
        version: which it brought; empty for a copy for review.
        key, bounce_key: those of its `Sent` or `Posted`.
        final: whether it failed for good; otherwise it is still waiting somewhere.
        status: the enhanced status code (RFC 3463); empty where none was told.
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


ReaderEvent = Bounced | Reissued | IssueFailed | ReaderChanged


@dataclass(slots=True)
class Redirects:
    """Where mails to an address go now."""

    _now: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Iterable[object]) -> Redirects:
        """The redirects after these events, in order; others are passed over."""
        made = cls()
        for event in events:
            made.add(event)
        return made

    def add(self, event: object) -> None:
        """Take in one event more."""
        if isinstance(event, ReaderChanged):
            if event.now:
                self._now.pop(mailbox_digest(event.now), None)  # it is good again, so that nothing goes in a circle
            if not event.now or mailbox_digest(event.now) != event.was:
                self._now[event.was] = event.now

    def address_for(self, address: str) -> str | None:
        """Return where a mail to `address` goes; None for nowhere."""
        found = address
        while (digest := mailbox_digest(found)) in self._now:
            found = self._now[digest]
            if not found:
                return None
        return found

    def has_changed(self, address: str) -> bool:
        """Whether this address was replaced or forgotten, or took the place of another."""
        digest = mailbox_digest(address)
        return digest in self._now or digest in {mailbox_digest(each) for each in self._now.values() if each}

    def is_forgotten(self, address: str) -> bool:
        """Whether this address, or the one that took its place, asked for no more mails."""
        return self.address_for(address) is None


def mailbox_digest(address: str) -> str:
    """Return the SHA-256, in hexadecimal, of the mailbox behind an address."""
    return hashlib.sha256(mailbox_of(address).encode()).hexdigest()
