"""Short ids for blocks: the same for the same kind, text and path, whatever the day and the machine."""

from __future__ import annotations

from hashlib import blake2b

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case
LENGTH = 6


class Ids:
    """Mints the ids of one document, none of them twice."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def mint(self, kind: str, text: str, path: str) -> str:
        """Six characters, the first a letter; salted anew where one is taken."""
        salt = 0
        while True:
            digest = blake2b("\0".join((kind, text, path, str(salt))).encode(), digest_size=LENGTH).digest()
            found = "".join(ALPHABET[byte % 32] for byte in digest)
            if found[0].isalpha() and found not in self._used:
                self._used.add(found)
                return found
            salt += 1
