"""Microsoft Graph, as one mailbox speaks to it: with a token, within bounds, and not before a time that it has set.

Sources: “Microsoft Graph error responses”, “Microsoft Graph throttling guidance” (Microsoft Learn).
"""

from __future__ import annotations

import base64
import ssl
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from pressgen.channels.https import HttpAnswer, HttpRequest, NoHttpAnswerError, ask, host_of
from pressgen.channels.outcome import Outcome, quoted

if TYPE_CHECKING:
    from pressgen.channels.credentials import Secret
    from pressgen.channels.oauth.access import TokenSource

TAKEN: Final = 600.0
"""Seconds for Graph's word that it has taken a mail, as for a mail server's."""
LATER: Final = frozenset({408, 425, 429, 503, 509})
"""Answers by which nothing was done, and which pass (Microsoft Graph error responses)."""
EVERYBODYS: Final = frozenset({401, 403, 404})
"""Answers that say something of the account or the mailbox, not of one mail."""


@dataclass(frozen=True, slots=True)
class Mailbox365:
    """A mailbox of Microsoft 365 that mails are sent from.

    Attributes:
        endpoint: the service's address with its version, `https://graph.microsoft.com/v1.0`.
        mailbox: the address.
        access: to tokens.
        drafts: whether a mail of more than 3 MB goes by way of a draft, which wants the permission Mail.ReadWrite.
    """

    endpoint: str
    mailbox: str
    access: TokenSource
    drafts: bool = False

    @property
    def url(self) -> str:
        """The address of everything that belongs to the mailbox."""
        return f"{self.endpoint.rstrip('/')}/users/{quote(self.mailbox, safe='')}"


class GraphError(Exception):
    """Graph did not take a mail; `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.detail)
        self.outcome = outcome


class GraphService:
    """Graph, as one mailbox speaks to it. Nothing is asked before a time that it has set."""

    def __init__(self, mailbox: Mailbox365) -> None:
        self._mailbox = mailbox
        self.host = host_of(mailbox.endpoint)
        self._free = 0.0
        self._tls = ssl.create_default_context()

    def call(
        self, path: str, content: bytes, kind: str, *, method: str = "POST", largest: int = 65536, final: bool = False
    ) -> HttpAnswer:
        """Ask for something of the mailbox.

        Args:
            path: after the mailbox's own address.
            content: what is posted.
            kind: its type.
            method: of HTTP.
            largest: bytes of the answer.
            final: whether this is what sends the mail, so that a lost answer means that it may have gone.

        Raises:
            GraphError: it was not done, or may not have been.
            SignInError: there is no token.
        """
        self._see_free()
        token = self._mailbox.access.fetch_token()
        answer = self._ask(path, content, kind, method, token, largest, final=final)
        if answer.status == HTTPStatus.UNAUTHORIZED:  # it may have been revoked before its time
            token = self._mailbox.access.fetch_token(refused=token)
            answer = self._ask(path, content, kind, method, token, largest, final=final)
        if not answer.is_done:
            raise GraphError(self._refused(answer, final=final))
        return answer

    def told(self, why: str, **more: Any) -> Outcome:  # noqa: ANN401 - Outcome's own
        """An outcome in which nothing arrived for sure."""
        return Outcome(ok=False, detail=f"{self.host} {why}", **more)

    def _ask(  # noqa: PLR0913 - a request's own parts
        self, path: str, content: bytes, kind: str, method: str, token: Secret, largest: int, *, final: bool
    ) -> HttpAnswer:
        headers = {"Authorization": f"Bearer {token.value}", "Content-Type": kind}
        try:
            return ask(HttpRequest(method, f"{self._mailbox.url}/{path}", headers, content, TAKEN, largest), self._tls)
        except NoHttpAnswerError as error:
            if final and error.handed_over:
                why = f"was given the whole mail and did not say whether it took it: it may have arrived ({error.why})"
                raise GraphError(self.told(why, unknown=True)) from None
            raise GraphError(self.told(error.why, permanent=error.permanent, blocked=True)) from None

    def _see_free(self) -> None:
        left = self._free - time.monotonic()
        if left > 0:
            why = f"has asked to be left alone for {left:.0f} seconds more"
            raise GraphError(self.told(why, blocked=True, wait=left))

    def _refused(self, answer: HttpAnswer, *, final: bool) -> Outcome:
        """What a refusal means."""
        status, said = answer.status, _words(answer)
        if status in LATER:
            self._free = time.monotonic() + answer.wait
            asks = f" and asks to be left alone for {answer.wait:.0f} seconds" if answer.wait else ""
            return self.told(f"takes nothing at the moment{asks}: {said}", blocked=True, wait=answer.wait)
        if final and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return self.told(f"answers {said}: the mail may have gone all the same", unknown=True)
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return self.told(f"refuses the mail for its size: {said}; attach less", permanent=True)
        blocked = status in EVERYBODYS
        hint = f"; see the permissions of the application for {self._mailbox.mailbox}" if blocked else ""
        lasting = status < HTTPStatus.INTERNAL_SERVER_ERROR
        return self.told(f"refuses it: {said}{hint}", permanent=lasting, blocked=blocked)


def encode(mail: bytes) -> bytes:
    """Return a mail as Graph takes it: base64 throughout."""
    return base64.b64encode(mail)


def _words(answer: HttpAnswer) -> str:
    """The code and the message of an error, on one line."""
    error = answer.read_object().get("error")
    found = error if isinstance(error, dict) else {}
    return quoted(" ".join([str(answer.status), *(str(found.get(each, "")) for each in ("code", "message"))]))
