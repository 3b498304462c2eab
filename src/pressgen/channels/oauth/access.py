"""Tokens for sending a mail, and the reason if there is none."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final, Protocol

from pressgen.channels.credentials import Secret
from pressgen.channels.outcome import DeliveryOutcome, clean_reply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.channels.https import NoHttpAnswerError

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
        SignInError: it is none.
    """
    if isinstance(found, str) and len(found) <= LONGEST and TOKEN.fullmatch(found):
        return Secret(found)
    raise SignInError(f"{service} gives no token: its answer is not what it should be", permanent=False)


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
        why += "; see the channel's oauth, and the manual's chapter mail-login"
    return SignInError(why, permanent=code not in LATER)


def explain_no_answer(service: str, error: NoHttpAnswerError) -> SignInError:
    """Return the error for a token service that does not answer."""
    return SignInError(f"{service}, which signs in, {error.why}", permanent=error.permanent)
