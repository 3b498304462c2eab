"""Tokens for sending a mail, kept in private files."""

from __future__ import annotations

import fcntl
import os
import re
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from pressgen.channels.credentials import Secret, read_private_file
from pressgen.channels.outcome import DeliveryOutcome, clean_reply
from pressgen.errors import EnvironmentFailureError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pressgen.channels.https import NoHttpAnswerError


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
                why = (
                    f"another program is signing in the channel “{self.channel}” at the moment; try again"
                    " when it is done"
                )
                raise SignInError(why, permanent=False)
            time.sleep(AGAIN)


TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*")
"""The form of a token (RFC 6750, 2.1); anything else would not be one word of a header."""
LONGEST: Final = 16 * 1024
"""The most characters of a token; those of real services have up to some 4,000."""
SPARE: Final = 300.0
"""Seconds before its end at which a token is no longer used."""
ENDED: Final = frozenset(
    "invalid_grant interaction_required login_required consent_required authorization_declined access_denied"
    " expired_token code_expired".split()
)
"""Errors that a person can repair by signing in again (RFC 6749, 5.2; RFC 8628, 3.5; OpenID Connect Core, 3.1.2.6)."""
LATER: Final = frozenset({"temporarily_unavailable", "server_error", "slow_down"})
"""Temporary errors."""


class SignInError(Exception):
    """A sign-in that gave no token.

    Attributes:
        why: one line that says what to do; never holds a secret.
        permanent: whether another try would fail until somebody repairs something.
        wait: seconds that the service asks us to wait.
    """

    def __init__(self, why: str, *, permanent: bool = True, wait: float = 0.0) -> None:
        super().__init__(why)
        self.why, self.permanent, self.wait = why, permanent, wait

    @property
    def outcome(self) -> DeliveryOutcome:
        """The outcome of mails that needed the token."""
        return DeliveryOutcome(ok=False, detail=self.why, permanent=self.permanent, blocked=True, wait=self.wait)


class TokenSource(Protocol):
    """A source of tokens for one account."""

    def fetch_token(self, refused: Secret | None = None) -> Secret:
        """Return a token that is valid for some minutes at least.

        Args:
            refused: a token of this access that a server has just refused; another one is returned, if there is one.

        Raises:
            SignInError: there is none.
        """


class TokenMemory:
    """The token that was fetched last, until shortly before its end.

    A run of many mails asks for it with each mail.
    """

    def __init__(self) -> None:
        self._token: Secret | None = None
        self._ends = 0.0

    def recall(self, refused: Secret | None) -> Secret | None:
        """Return the token, unless it ends soon or is `refused`."""
        return self._token if self._token != refused and time.monotonic() < self._ends else None

    def keep(self, token: Secret, seconds: object) -> Secret:
        """Keep a token that is valid for `seconds`, and return it."""
        life = seconds if isinstance(seconds, int | float) else 0
        self._token, self._ends = token, time.monotonic() + life - SPARE
        return token


def check_token(found: object, service: str) -> Secret:
    """Return the token that a service gave.

    Raises:
        SignInError: it is not valid.
    """
    if isinstance(found, str) and len(found) <= LONGEST and TOKEN.fullmatch(found):
        return Secret(found)
    raise SignInError(f"{service} gave no token: its answer is not a valid one", permanent=False)


def explain_refusal(service: str, error: object, words: object, channel: str, secrets: Iterable[Secret]) -> SignInError:
    """Return the error for a service that refuses a token.

    Args:
        service: the host.
        error: the error's code (RFC 6749, 5.2).
        words: the service's message for people.
        channel: the channel that signs in.
        secrets: these are removed from the service's words.
    """
    code = error if isinstance(error, str) else ""
    said = " ".join([code, words if isinstance(words, str) else ""])
    for secret in secrets:
        said = said.replace(secret.value, "(secret)")
    why = f"{service} refuses to sign in the channel “{channel}”: {clean_reply(said) or 'without a reason'}"
    if code in ENDED:
        why += f"; sign in again with: pressgen login {channel}"
    elif code not in LATER:
        why += "; check the channel's oauth; see: pressgen manual mail-login"
    return SignInError(why, permanent=code not in LATER)


def explain_no_answer(service: str, error: NoHttpAnswerError) -> SignInError:
    """Return the error for a token service that does not answer."""
    return SignInError(f"{service}, which signs in, {error.why}", permanent=error.permanent)
