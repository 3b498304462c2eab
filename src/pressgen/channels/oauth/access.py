"""What sending a mail needs of a sign-in: a token, and why there is none."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final, Protocol

from pressgen.channels.credentials import Secret
from pressgen.channels.outcome import Outcome, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.channels.https import NoHttpAnswerError

TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]+=*")
"""What a token looks like (RFC 6750, 2.1); anything else would not be one word of a header."""
LONGEST: Final = 16 * 1024
"""Characters of a token; those of real services have up to some 4,000."""
SPARE: Final = 300.0
"""Seconds of a token's life that are not counted on."""
ENDED: Final = frozenset(
    "invalid_grant interaction_required login_required consent_required authorization_declined access_denied"
    " expired_token code_expired".split()
)
"""Errors that a person mends by signing in again (RFC 6749, 5.2; RFC 8628, 3.5; OpenID Connect Core, 3.1.2.6)."""
LATER: Final = frozenset({"temporarily_unavailable", "server_error", "slow_down"})
"""Errors that pass by themselves."""


class SignInError(Exception):
    """There is no token.

    Attributes:
        why: one line that says what to do; never holds a secret.
        permanent: whether to try again would be in vain until somebody mends something.
        wait: seconds that the service asks to be left alone.
    """

    def __init__(self, why: str, *, permanent: bool = True, wait: float = 0.0) -> None:
        super().__init__(why)
        self.why, self.permanent, self.wait = why, permanent, wait

    @property
    def outcome(self) -> Outcome:
        """What becomes of a mail, and of the next one, that needed the token."""
        return Outcome(ok=False, detail=self.why, permanent=self.permanent, blocked=True, wait=self.wait)


class TokenSource(Protocol):
    """A way to tokens for one account."""

    def fetch_token(self, refused: Secret | None = None) -> Secret:
        """Return a token that is good for some minutes at least.

        Args:
            refused: a token of this access that a server has just refused; another one is returned, if there is one.

        Raises:
            SignInError: there is none.
        """


class TokenMemory:
    """The token that was fetched last, until shortly before its end: a run of many mails asks for it with each."""

    def __init__(self) -> None:
        self._token: Secret | None = None
        self._ends = 0.0

    def recall(self, refused: Secret | None) -> Secret | None:
        """Return the token, if it is good for a while and not the one that a server refused."""
        return self._token if self._token != refused and time.monotonic() < self._ends else None

    def keep(self, token: Secret, seconds: object) -> Secret:
        """Keep a token that is good for so many seconds, and return it."""
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


def refusal(service: str, error: object, words: object, channel: str, secrets: Iterable[Secret]) -> SignInError:
    """Return what it means that a service refuses a token.

    Args:
        service: the host.
        error: the error's code (RFC 6749, 5.2).
        words: what the service says about it, for people.
        channel: whose sign-in it is.
        secrets: what is left out of the service's words.
    """
    code = error if isinstance(error, str) else ""
    said = " ".join([code, words if isinstance(words, str) else ""])
    for secret in secrets:
        said = said.replace(secret.value, "(secret)")
    why = f"{service} refuses to sign in the channel “{channel}”: {quoted(said) or 'without a reason'}"
    if code in ENDED:
        why += f"; sign in again with: pressgen login {channel}"
    elif code not in LATER:
        why += "; see the channel's oauth, and the manual's chapter mail-login"
    return SignInError(why, permanent=code not in LATER)


def unreached(service: str, error: NoHttpAnswerError) -> SignInError:
    """Return what it means that a service of tokens does not answer."""
    return SignInError(f"{service}, which signs in, {error.why}", permanent=error.permanent)
