"""The addresses that a release may link to: a page, a mail address, a telephone number, and nothing that runs."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SCHEMES = ("http", "https", "mailto", "tel")
ADDRESS = re.compile(r"(?:https?://[^\s/\\?#]|(?:mailto|tel):[^\s/])[^\x00-\x20\x7f-\x9f\u2028\u2029]*", re.IGNORECASE)
"""In full, from the scheme on, without control characters or blanks, which programs drop before they read a scheme."""


def may_be_linked(address: str) -> bool:
    """Whether a release may link to `address`: http, https, mailto or tel, written in full."""
    try:
        urlsplit(address)
    except ValueError:  # brackets that are no address of a machine
        return False
    return ADDRESS.fullmatch(address) is not None
