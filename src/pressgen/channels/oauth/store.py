"""The file with the tokens of one channel.

Only its owner can access it, it is written whole, and one program uses it at a time.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pressgen.channels.credentials import Secret, read_private_file
from pressgen.channels.oauth.access import SignInError
from pressgen.errors import EnvironmentFailureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST: Final = 256 * 1024
"""The most bytes of the file."""
AGAIN: Final = 0.1
"""Seconds between two tries to get the lock."""
TURN: Final = 120.0
"""Seconds to wait for a program that is renewing the tokens."""


@dataclass(frozen=True, slots=True)
class TokenStore:
    """The stored tokens of one channel.

    A refresh token may be valid for one renewal only. So a renewal holds the lock from reading to writing, and a second
    one reads what the first has written.

    Attributes:
        path: of the file.
        channel: the channel that the tokens are for.
    """

    path: Path
    channel: str

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keep all other threads and programs away from the tokens.

        Raises:
            SignInError: another one has the lock for too long, or the folder cannot be written.
        """
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise SignInError(f"{self.path.parent} cannot be written: {error.strerror}") from None
        try:
            self._take(lock)
            yield
        finally:
            os.close(lock)

    def read(self) -> Secret | None:
        """Return what the file holds; None where there is none.

        Raises:
            SignInError: it cannot be read, or others may read it.
        """
        if not os.path.lexists(self.path):
            return None
        try:
            return read_private_file(self.path, f"the sign-in of the channel “{self.channel}”", LARGEST)
        except EnvironmentFailureError as error:
            raise SignInError(str(error)) from None

    def write(self, text: str) -> None:
        """Replace the file, whole or not at all.

        The caller holds the lock.

        Raises:
            SignInError: it cannot be written.
        """
        part = self.path.with_suffix(".part")
        try:
            part.unlink(missing_ok=True)  # left by a program that was killed; nobody else has the lock
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise SignInError(f"{self.path} cannot be written: {error.strerror}") from None

    def forget(self) -> bool:
        """Remove the file; return whether there was one.

        Raises:
            SignInError: it cannot be removed.
        """
        with self.hold():
            try:
                self.path.unlink()
            except FileNotFoundError:
                return False
            except OSError as error:
                raise SignInError(f"{self.path} cannot be removed: {error.strerror}") from None
        return True

    def _take(self, lock: int) -> None:
        ends = time.monotonic() + TURN
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            if time.monotonic() > ends:
                why = f"another program is signing in the channel “{self.channel}” all the while"
                raise SignInError(why, permanent=False)
            time.sleep(AGAIN)
