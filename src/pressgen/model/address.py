"""E-mail addresses: what mail servers are given, and when two of them are one mailbox."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import urlsplit

import idna

ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+")
"""What needs no quotation marks before the @, letters beyond ASCII left out (RFC 5322, 3.2.3)."""
HOST = re.compile(r"[A-Za-z0-9._-]+")


def to_ascii_domain(address: str) -> str:
    """Return `address` with its domain as mail servers know it: `post@xn--mnchen-3ya.example` (RFC 5891).

    Raises:
        ValueError: it is not an address that a mail can go to.
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
    """Return `address`, if a mail can go to it.

    Raises:
        ValueError: it cannot.
    """
    to_ascii_domain(address)
    return address


def mailbox_of(address: str) -> str:
    """Return what is the same for all ways to write one mailbox: in capitals, or with its domain in ASCII.

    No server in use tells capitals apart before the @, though it may (RFC 5321, 2.4).
    """
    local, _, domain = unicodedata.normalize("NFC", address).lower().rpartition("@")
    return f"{local}@{'.'.join(map(_label, domain.split('.')))}"


def is_loopback(host: str) -> bool:
    """Whether what is sent to `host` stays on this machine."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def _label(label: str) -> str:
    """A part of a domain as people write it."""
    try:
        return label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _is_local(text: str) -> bool:
    """Whether `text` can stand before the @: atoms, with letters beyond ASCII among them (RFC 6531, 3.3)."""
    return all(
        ATOM.fullmatch("".join(char for char in part if char.isascii()) or "x") and part.isprintable() and part
        for part in text.split(".")
    )


def is_protected(url: str) -> bool:
    """Whether what is sent to this web address is read by nobody else: https, or http to this machine itself."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))))
