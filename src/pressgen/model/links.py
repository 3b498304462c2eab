"""The addresses that a release may link to.

These are a page, a mail address and a telephone number, and nothing that runs.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SCHEMES = ("http", "https", "mailto", "tel")
ADDRESS = re.compile(r"(?:https?://[^\s/\\?#]|(?:mailto|tel):[^\s/])[^\x00-\x20\x7f-\x9f\u2028\u2029]*", re.IGNORECASE)
"""In full, from the scheme on, without control characters or blanks, which programs drop before they read a scheme."""


def is_linkable(address: str) -> bool:
    """Return whether a release may link to an address.

    It may be http, https, mailto or tel, written in full.
    """
    try:
        urlsplit(address)
    except ValueError:  # brackets without an IP address
        return False
    return ADDRESS.fullmatch(address) is not None
