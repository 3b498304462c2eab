"""Parse mail files (.eml) within bounds.

Python's parser needs 16 kB for each character of a header, so headers and parts are counted first.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import EmailPolicy
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from email.message import EmailMessage

LONGEST_HEADER, MOST_PARTS = 10_000, 200
"""The most characters of a header, and parts of a mail; few mail servers accept as many."""
PART = re.compile(rb"^content-type:", re.MULTILINE | re.IGNORECASE)


class MailTooLargeError(Exception):
    """A mail that is larger than any mail.

    The message says which.
    """


class _BoundedPolicy(EmailPolicy):
    """A mail policy that refuses headers longer than any mail has."""

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401 - as Python declares it
        if len(value) > LONGEST_HEADER:
            message = f"has a {name} of {len(value):,} characters, but the limit is {LONGEST_HEADER:,}"
            raise MailTooLargeError(message)
        return super().header_fetch_parse(name, value)


POLICY = _BoundedPolicy()


def parse_mail(data: bytes) -> EmailMessage:
    """Parse a mail file.

    Raises:
        MailTooLargeError: it has too many parts. A header that is too long raises it where it is read.
    """
    if len(PART.findall(data)) > MOST_PARTS:
        message = f"has more than {MOST_PARTS} parts"
        raise MailTooLargeError(message)
    return cast("EmailMessage", message_from_bytes(data, policy=POLICY))
