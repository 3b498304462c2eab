"""Read a returned mail: which mail it was, and whether it failed.

Each mail is sent with its own envelope sender (VERP), `bounces+KEY@county.example`, with a key that nobody can guess.
Servers return a mail to it, and so do vacation notices: the address says which mail, never that it failed. A delivery
report (RFC 3464) says that, or else the sender and the words of the returned mail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.utils import getaddresses
from typing import TYPE_CHECKING, Final, Literal

from pressgen.channels.outcome import clean_reply

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST: Final = 512 * 1024
"""Octets of a returned mail that are read; the report comes before the mail that it returns."""
MOST_PARTS: Final = 50
KEY: Final = "KEY"
"""The placeholder of the key in the office's address."""
KEY_FORM: Final = "[0-9a-f]{20}"
TO: Final = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To")
RECEIVED_FOR: Final = re.compile(r"\bfor\s+<?([^\s<>;]{3,320})>?")
STATUS: Final = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
REPLY: Final = re.compile(r"\b[45][0-5]\d[ -](?=[ \d<A-Za-z])")
SYSTEM: Final = re.compile(
    r"mailer-?daemon|mail-?delivery|postmaster|mail ?system|mail ?administrator|delivery ?subsystem|bounce|symantec_"
    r"|internet mail delivery|mmdf|system administrator|mail ?gateway|systemadministrator",
    re.IGNORECASE,
)
SUBJECT: Final = re.compile(
    r"undeliver|returned (?:mail|to sender)|return to sender|delivery (?:status|report|fail|has failed|notification"
    r"|problem|error|unsuccessful|delayed|incomplete)|fail(?:ure|ed)?\W+(?:notice|delivery)|delivery\W+fail"
    r"|mail (?:delivery|system|could not|failure|not delivered)|message (?:delayed|could not|not delivered|delivery)"
    r"|could not be delivered|nondeliver|non-deliver|non delivery|user unknown|rejected|mail error|bounced"
    r"|unzustellbar|nicht zugestellt|zustellung|r[uü]ckl[aä]ufer|non remis|[eé]chec de|devuelto|no se (?:ha )?pud"
    r"|mancata consegna|n[aã]o entregue|onbestelbaar|niet bezorgd|heb gyflwyno|permanent error|warning: could not send"
    r"|problem delivering|notification de|エラー|不能|退信",
    re.IGNORECASE,
)
DELAYED: Final = re.compile(
    r"\bdelay|will (?:keep|continue|be) (?:on )?(?:trying|to try|retr|attempted)|still trying|will retry"
    r"|warning: (?:message|could not)|not (?:yet|been able)[^.]{0,40}deliver|do(?: not|n't) need to (?:resend|do)"
    r"|no action is required|temporar(?:y|ily) (?:non|problem|fail)|wird weiter versucht|retard",
    re.IGNORECASE,
)
FOR_GOOD: Final = re.compile(
    r"giv(?:e|ing|en) (?:it )?up|permanent|fatal|final(?:ly)? fail|5\.\d{1,3}\.\d{1,3}\b", re.IGNORECASE
)
AUTO: Final = re.compile(
    r"out of (?:the )?office|auto(?:matic|mated)?[- :]?(?:reply|response|antwort|respon)|automatische antwort|vacation"
    r"|abwesen|r[eé]ponse automatique|absence|respuesta autom|risposta automatica|ateb awtomatig",
    re.IGNORECASE,
)

Kind = Literal["failed", "delayed", "auto-reply", "other"]


@dataclass(frozen=True, slots=True)
class ReturnedMail:
    """A mail in the mailbox for returned mails.

    Attributes:
        kind: its meaning: the mail failed for good, or waits; or this is an answer of a program, or something else.
        keys: those of the mails that it was addressed to; only the ledger knows whether they are ours.
        status: the enhanced status code (RFC 3463), such as `5.1.1`; empty where it names none.
        reason: one short line that is safe to print.
    """

    kind: Kind
    keys: tuple[str, ...] = ()
    status: str = ""
    reason: str = ""


def make_return_path(pattern: str, key: str) -> str:
    """Return the envelope sender of a mail with a bounce key.

    `pattern` is `bounces+KEY@county.example`.
    """
    return pattern.replace(KEY, key)


def read_returned_mail(data: bytes, pattern: str) -> ReturnedMail:
    """Read a mail that came to the bounce address.

    Only the kind of mail is taken from it; nothing else in it is trusted.

    Args:
        data: the mail; only the first `LARGEST` bytes are read.
        pattern: as in `make_return_path`.
    """
    try:
        message = BytesParser().parsebytes(data[:LARGEST])
        found = _classify(message)
        return ReturnedMail(found.kind, tuple(_keys(message, pattern)), found.status, found.reason)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError, AssertionError):
        return ReturnedMail(
            "other", reason="cannot be read as a mail"
        )  # the parser gives this for some malformed mails


def _keys(message: Message, pattern: str) -> Iterator[str]:
    before, _, after = pattern.lower().partition(KEY.lower())
    form = re.compile(f"{re.escape(before)}({KEY_FORM}){re.escape(after)}")
    values = [str(each) for name in TO for each in message.get_all(name, [])]
    received = [found for each in message.get_all("Received", []) for found in RECEIVED_FOR.findall(str(each))]
    addresses = {address.lower(): None for _, address in getaddresses([*values, *received])}
    yield from dict.fromkeys(match[1] for each in addresses if (match := form.fullmatch(each)))


def _classify(message: Message) -> ReturnedMail:
    parts = [part for part, _ in zip(message.walk(), range(MOST_PARTS), strict=False)]
    kinds = {part.get_content_type() for part in parts}
    if kinds & {"message/feedback-report", "message/disposition-notification"}:
        return ReturnedMail("other", reason="a complaint or a receipt")
    for part in parts:
        if part.get_content_type() in {"message/delivery-status", "message/global-delivery-status"}:
            report = _read_report(part)
            if report:
                return report
    sender, subject = str(message.get("From", "")), _subject(message)
    automatic = str(message.get("Auto-Submitted", "")).lower().startswith("auto-replied")
    precedence = str(message.get("Precedence", "")).strip().lower()
    system = (
        SYSTEM.search(sender) or str(message.get("Return-Path", "")).strip() == "<>" or "X-Failed-Recipients" in message
    )
    if AUTO.search(subject) or message.get("X-Autoreply") or message.get("X-Autorespond"):
        return ReturnedMail("auto-reply", reason=clean_reply(subject))
    if SUBJECT.search(subject) or SYSTEM.search(sender) or "X-Failed-Recipients" in message:
        return _guess_kind(subject, "\n".join(map(_read_text, parts)))
    if automatic or precedence in {"auto_reply", "vacation"}:
        return ReturnedMail("auto-reply", reason=clean_reply(subject))
    text = "\n".join(map(_read_text, parts))
    if system and (STATUS.search(text) or REPLY.search(text)):
        return _guess_kind(subject, text)
    return ReturnedMail("other", reason=clean_reply(subject))


def _read_report(part: Message) -> ReturnedMail | None:
    """Read the worst recipient status of a delivery report, if any."""
    payload = part.get_payload()
    blocks = [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
    found: list[ReturnedMail] = []
    for block in blocks[:MOST_PARTS]:
        action = str(block.get("Action", "")).strip().lower()
        code = STATUS.search(str(block.get("Status", "")) or "")
        diagnostic = str(block.get("Diagnostic-Code", "")).partition(";")[2] or str(block.get("Diagnostic-Code", ""))
        status = code[0] if code else ""
        said = STATUS.search(diagnostic)
        if said and (not status or status.endswith(".0.0")):
            status = said[0]
        if action.startswith("fail") or (not action and status.startswith("5")):
            found.append(ReturnedMail("failed", (), status, clean_reply(diagnostic)))
        elif action.startswith("delay") or (not action and status.startswith("4")):
            found.append(ReturnedMail("delayed", (), status, clean_reply(diagnostic)))
        elif action:
            found.append(ReturnedMail("other", (), status, f"the report says: {clean_reply(action)}"))
    order = ("failed", "delayed", "other")
    return min(found, key=lambda each: order.index(each.kind), default=None)


def _guess_kind(subject: str, text: str) -> ReturnedMail:
    """Guess the meaning of a server's mail without a report."""
    code = STATUS.search(text)
    opening = f"{subject}\n{text[:4000]}"
    delayed = DELAYED.search(opening) and not FOR_GOOD.search(opening)
    line = next((line for line in text.splitlines() if STATUS.search(line) or REPLY.search(line)), subject)
    return ReturnedMail("delayed" if delayed else "failed", (), code[0] if code else "", clean_reply(line))


def _subject(message: Message) -> str:
    from email.header import decode_header, make_header

    value = str(message.get("Subject", ""))[:1000]
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError):
        return value


def _read_text(part: Message) -> str:
    """Return the first few thousand characters of a text part.

    The text of a returned mail is left out.
    """
    if part.is_multipart() or part.get_content_maintype() != "text" or part.get_content_type() == "text/rfc822-headers":
        return ""
    payload = part.get_payload(decode=True)
    return payload[:20_000].decode("latin-1") if isinstance(payload, bytes) else ""
