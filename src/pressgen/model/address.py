"""E-mail addresses: their form for mail servers, and equal mailboxes."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit

import idna

ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+")
"""Characters that need no quotation marks before the @, without letters beyond ASCII (RFC 5322, 3.2.3)."""
HOST = re.compile(r"[A-Za-z0-9._-]+")


def to_ascii_domain(address: str) -> str:
    """Return an address with its domain in ASCII.

    Mail servers know `post@xn--mnchen-3ya.example` (RFC 5891).

    Raises:
        ValueError: it is not a valid address for mail.
    """
    local, _, domain = address.rpartition("@")
    if not _is_local(local) or not domain.strip("."):
        raise ValueError(f"{address!r} is not an e-mail address")
    if HOST.fullmatch(domain):
        return f"{local}@{domain}"
    try:
        return f"{local}@{idna.encode(domain, uts46=True).decode()}"
    except (idna.IDNAError, UnicodeError) as error:
        raise ValueError(f"{address!r} is not an e-mail address: {error}") from None


def check_address(address: str) -> str:
    """Return an address if mail can be sent to it.

    Raises:
        ValueError: it is not valid.
    """
    to_ascii_domain(address)
    return address


def normalise_mailbox(address: str) -> str:
    """Return the same text for all ways to write one mailbox.

    Such as in capitals, or with its domain in ASCII. No server in use distinguishes capitals before the @, though it
    may (RFC 5321, 2.4).
    """
    local, _, domain = unicodedata.normalize("NFC", address).lower().rpartition("@")
    return f"{local}@{'.'.join(map(_decode_label, domain.split('.')))}"


def is_loopback(host: str) -> bool:
    """Return whether data sent to a host stays on this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def _decode_label(label: str) -> str:
    """Return a part of a domain as people write it."""
    try:
        return label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _is_local(text: str) -> bool:
    """Return whether a text is valid before the @ sign.

    It has atoms, with letters beyond ASCII among them (RFC 6531, 3.3).
    """
    return all(
        ATOM.fullmatch("".join(char for char in part if char.isascii()) or "x") and part.isprintable() and part
        for part in text.split(".")
    )


def is_protected(url: str) -> bool:
    """Return whether nobody else can read data that is sent there.

    The address is https, or http to this machine itself.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))))
