"""A mail to one person, as a message that a mail server takes (RFC 5322, MIME)."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

KINDS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
ANY = "application/octet-stream"


class _Whole(EmailPolicy):
    """Begins no header with an empty line, as Python does where the words would just fit on a line of their own."""

    def fold(self, name: str, value: str) -> str:
        folded: str = super().fold(name, value)
        return folded.replace(f"{name}:{self.linesep} ", f"{name}: ", 1)

    def fold_binary(self, name: str, value: str) -> bytes:
        empty = f"{name}:{self.linesep} ".encode()
        return super().fold_binary(name, value).replace(empty, f"{name}: ".encode(), 1)


POLICY = _Whole(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody's name and address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail to one person: there is no room for a second, nor for copies.

    Attributes:
        sender: the press office.
        to: the one who gets it.
        text: the body, plain.
        files: what is attached, by name.
        key: names this mail for good; one that is sent again has the same, and so the same Message-ID.
        answers: the key of the mail that this one follows up, which mail programs show it under; empty for none.
        at: the Date.
    """

    sender: Mailbox
    to: Mailbox
    subject: str
    text: str = field(repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    key: str
    answers: str = ""
    at: datetime


def message(letter: Letter) -> EmailMessage:
    """The message of `letter`.

    Whatever stands in a name or a subject stays in its header: line breaks and other controls become spaces.

    Raises:
        ValueError: an address is none.
    """
    made = EmailMessage(policy=POLICY)
    made["Date"] = format_datetime(letter.at)
    made["From"] = _address(letter.sender)
    made["To"] = _address(letter.to)
    made["Subject"] = _line(letter.subject)
    made["Message-ID"] = message_id(letter.key, letter.sender)
    if letter.answers:
        made["In-Reply-To"] = made["References"] = message_id(letter.answers, letter.sender)
    made.set_content(letter.text, cte="quoted-printable")
    for name, content in letter.files.items():
        main, _, sub = KINDS.get(PurePosixPath(name).suffix.lower(), ANY).partition("/")
        made.add_attachment(content, maintype=main, subtype=sub, filename=_line(name))
    return made


def message_id(key: str, sender: Mailbox) -> str:
    """The Message-ID of the mail that is called `key`."""
    return f"<{key}@{sender.address.rpartition('@')[2].encode('idna').decode()}>"


def _address(mailbox: Mailbox) -> Address:
    local, at, host = mailbox.address.rpartition("@")
    if not (local and at and host) or not mailbox.address.isprintable() or " " in mailbox.address:
        raise ValueError(f"{mailbox.address!r} is no e-mail address")
    return Address(_line(mailbox.name), addr_spec=mailbox.address)


def _line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
