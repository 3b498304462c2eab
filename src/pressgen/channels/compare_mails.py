"""Compare a mail with a mail service's copy of it.

Addresses, subject, texts and files are compared, as a reader sees them.
"""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from email.utils import getaddresses
from typing import TYPE_CHECKING

from pressgen.channels.outcome import quote_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

ADDRESSED = ("From", "To", "Cc", "Bcc", "Reply-To")


def compare_mails(ours: bytes, theirs: bytes) -> list[str]:
    """List where a mail service's copy differs from our mail.

    A service may add headers, change the order of the parts, use other line ends, and remove blank lines from the end
    of a text. Everything else is a difference.
    """
    return list(_find_differences(*(message_from_bytes(each, policy=default) for each in (ours, theirs))))


def _find_differences(ours: EmailMessage, theirs: EmailMessage) -> Iterator[str]:
    for header in ADDRESSED:
        if _addresses(ours, header) != _addresses(theirs, header):
            yield f"its {header} is different"
    if str(ours.get("Subject", "")) != str(theirs.get("Subject", "")):
        yield f"its subject reads {quote_text(str(theirs.get('Subject', ''))[:60])}"
    (texts, files), (other_texts, other_files) = _list_content(ours), _list_content(theirs)
    if [kind for kind, _ in texts] != [kind for kind, _ in other_texts]:
        yield f"it has the texts {', '.join(kind for kind, _ in other_texts) or 'none'}"
    elif texts != other_texts:
        yield "its text is different"
    if [name for name, _ in files] != [name for name, _ in other_files]:
        yield f"its files are called {', '.join(name for name, _ in other_files) or 'nothing'}"
    elif files != other_files:
        yield "a file of it has changed"


def _addresses(message: EmailMessage, header: str) -> list[tuple[str, str]]:
    return getaddresses([str(each) for each in message.get_all(header, [])])


def _list_content(message: EmailMessage) -> tuple[list[tuple[str, str]], list[tuple[str, bytes]]]:
    """Return the texts with their kinds, and the files by name."""
    texts: list[tuple[str, str]] = []
    files: list[tuple[str, bytes]] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        payload = part.get_payload(decode=True)
        octets = payload if isinstance(payload, bytes) else b""
        name = part.get_filename()
        if name is None and part.get_content_maintype() == "text":
            text = octets.decode(part.get_content_charset("ascii"), "replace")
            texts.append((part.get_content_type(), "\n".join(text.splitlines()).rstrip("\n")))
        else:
            files.append((name or "", octets))
    return sorted(texts), sorted(files)
