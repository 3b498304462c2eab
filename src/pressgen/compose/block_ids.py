"""Short ids for blocks.

They are the same for the same kind, text and path, on any day and machine.
"""

from __future__ import annotations

from hashlib import blake2b

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case
LENGTH = 6


class BlockIds:
    """The unique ids of the blocks in one document."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def mint(self, kind: str, text: str, path: str) -> str:
        """Make an id of six characters, the first a letter.

        Where one is taken, another salt is used.
        """
        salt = 0
        while True:
            digest = blake2b("\0".join((kind, text, path, str(salt))).encode(), digest_size=LENGTH).digest()
            found = "".join(ALPHABET[byte % 32] for byte in digest)
            if found[0].isalpha() and found not in self._used:
                self._used.add(found)
                return found
            salt += 1
