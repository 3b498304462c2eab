"""A mail to one person: sender, recipient and content."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pressgen.model.address import to_ascii_domain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The name and address of a person."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail to one person, with no second recipient and no copies.

    Attributes:
        sender: the press office.
        to: the recipient.
        text: the body, plain.
        html: the same words as HTML; empty for none.
        files: the attachments, by name.
        key: identifies this mail for good; a repeated mail has the same, and so the same Message-ID.
        answers: the key of the mail that this one follows up, so that mail programs show them together; empty for none.
        reply_to: the address for answers; empty for the sender's.
        unsubscribe: the addresses, `https:` or `mailto:`, for leaving the list; empty for none.
        return_path: the address that the mail comes back to if it cannot be delivered; empty for the sender's.
        one_click: whether the page among them removes a reader with a POST and no question (RFC 8058).
        at: the Date.
    """

    sender: Mailbox
    to: Mailbox
    subject: str
    text: str = field(repr=False)
    html: str = field(default="", repr=False)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    key: str
    answers: str = ""
    reply_to: str = ""
    unsubscribe: tuple[str, ...] = ()
    one_click: bool = False
    return_path: str = ""
    at: datetime


def normalise_letter(letter: Letter) -> Letter:
    """Return a letter in the form that a mail can carry.

    This form is written, and the written mail is compared with it. In the subject and in names a line break or another
    control character becomes a blank. Each line of the text, the last one too, ends in a line feed alone. An address
    has its domain in ASCII (IDNA).

    Raises:
        ValueError: an address is not valid, or a text holds half a character (a lone surrogate).
    """
    text, html = (each.replace("\r\n", "\n") for each in (letter.text, letter.html))
    made = replace(
        letter,
        sender=Mailbox(_line(letter.sender.name), to_ascii_domain(letter.sender.address)),
        to=Mailbox(_line(letter.to.name), to_ascii_domain(letter.to.address)),
        reply_to=to_ascii_domain(letter.reply_to) if letter.reply_to else "",
        subject=_line(letter.subject),
        text=text if text.endswith("\n") else f"{text}\n",
        html=html if not html or html.endswith("\n") else f"{html}\n",
        files={_line(name): content for name, content in letter.files.items()},
    )
    for each in (made.sender.name, made.to.name, made.subject, made.text, made.html, *made.files):
        each.encode()  # a UnicodeEncodeError is a ValueError
    return made


def make_message_id(key: str, sender: Mailbox) -> str:
    """Return the Message-ID of a mail by its key."""
    return f"<{key}@{to_ascii_domain(sender.address).rpartition('@')[2]}>"


def _line(text: str) -> str:
    return "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
