"""Requests to Microsoft Graph for one mailbox, with a token and limits.

No request is made before a time that Graph has set. Sources: “Microsoft Graph error responses”, “Microsoft Graph
throttling guidance” (Microsoft Learn).
"""

from __future__ import annotations

import base64
import ssl
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from pressgen.channels.https import HttpAnswer, HttpRequest, NoHttpAnswerError, get_host, send_request
from pressgen.channels.outcome import DeliveryOutcome, clean_reply

if TYPE_CHECKING:
    from pressgen.channels.credentials import Secret
    from pressgen.channels.oauth.tokens import TokenSource

TAKEN: Final = 600.0
"""Seconds to wait for Graph's answer that it has taken a mail, as for a mail server's."""
LATER: Final = frozenset({408, 425, 429, 503, 509})
"""Answers that mean nothing was done, and that another try may succeed (Microsoft Graph error responses)."""
EVERYBODYS: Final = frozenset({401, 403, 404})
"""Answers about the account or the mailbox, not about one mail."""


@dataclass(frozen=True, slots=True)
class Mailbox365:
    """A mailbox of Microsoft 365 that mails are sent from.

    Attributes:
        endpoint: the service's address with its version, `https://graph.microsoft.com/v1.0`.
        mailbox: the address.
        access: the source of tokens.
        drafts: whether a mail of more than 3 MB is sent as a draft, which needs the permission Mail.ReadWrite.
    """

    endpoint: str
    mailbox: str
    access: TokenSource
    drafts: bool = False

    @property
    def url(self) -> str:
        """The base address of the mailbox."""
        return f"{self.endpoint.rstrip('/')}/users/{quote(self.mailbox, safe='')}"


class GraphError(Exception):
    """A mail that Graph did not accept.

    `outcome` says why.
    """

    def __init__(self, outcome: DeliveryOutcome) -> None:
        super().__init__(outcome.detail)
        self.outcome = outcome


class GraphService:
    """Microsoft Graph for one mailbox, with its rate limits.

    No request is made before a time that Graph has set.
    """

    def __init__(self, mailbox: Mailbox365) -> None:
        self._mailbox = mailbox
        self.host = get_host(mailbox.endpoint)
        self._free = 0.0
        self._tls = ssl.create_default_context()

    def call(
        self, path: str, content: bytes, kind: str, *, method: str = "POST", largest: int = 65536, final: bool = False
    ) -> HttpAnswer:
        """Make a request for the mailbox.

        Args:
            path: after the mailbox's own address.
            content: the body.
            kind: the content type.
            method: of HTTP.
            largest: the most bytes of the answer.
            final: whether this request sends the mail, so that a lost answer means that it may have been sent.

        Raises:
            GraphError: it failed, or may have failed.
            SignInError: there is no token.
        """
        self._see_free()
        token = self._mailbox.access.fetch_token()
        answer = self._ask(path, content, kind, method, token, largest, final=final)
        if answer.status == HTTPStatus.UNAUTHORIZED:  # it may have been revoked early
            token = self._mailbox.access.fetch_token(refused=token)
            answer = self._ask(path, content, kind, method, token, largest, final=final)
        if not answer.is_done:
            raise GraphError(self._refused(answer, final=final))
        return answer

    def make_failure(self, why: str, **more: Any) -> DeliveryOutcome:  # noqa: ANN401 - DeliveryOutcome's own
        """Return an outcome in which nothing arrived for certain."""
        return DeliveryOutcome(ok=False, detail=f"{self.host} {why}", **more)

    def _ask(  # noqa: PLR0913 - a request's own parts
        self, path: str, content: bytes, kind: str, method: str, token: Secret, largest: int, *, final: bool
    ) -> HttpAnswer:
        headers = {"Authorization": f"Bearer {token.value}", "Content-Type": kind}
        try:
            return send_request(
                HttpRequest(method, f"{self._mailbox.url}/{path}", headers, content, TAKEN, largest), self._tls
            )
        except NoHttpAnswerError as error:
            if final and error.handed_over:
                why = (
                    "was given the whole mail but did not say whether it accepted it: it may have arrived"
                    f" ({error.why})"
                )
                raise GraphError(self.make_failure(why, unknown=True)) from None
            raise GraphError(self.make_failure(error.why, permanent=error.permanent, blocked=True)) from None

    def _see_free(self) -> None:
        left = self._free - time.monotonic()
        if left > 0:
            why = f"has asked to be left alone for {left:.0f} seconds more"
            raise GraphError(self.make_failure(why, blocked=True, wait=left))

    def _refused(self, answer: HttpAnswer, *, final: bool) -> DeliveryOutcome:
        """Return the outcome for a refused request."""
        status, said = answer.status, _read_error(answer)
        if status in LATER:
            self._free = time.monotonic() + answer.wait
            asks = f" and asks to be left alone for {answer.wait:.0f} seconds" if answer.wait else ""
            return self.make_failure(f"takes nothing at the moment{asks}: {said}", blocked=True, wait=answer.wait)
        if final and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return self.make_failure(f"answers {said}: the mail may have been sent anyway", unknown=True)
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return self.make_failure(f"refuses the mail for its size: {said}; attach less", permanent=True)
        blocked = status in EVERYBODYS
        hint = f"; see the permissions of the application for {self._mailbox.mailbox}" if blocked else ""
        lasting = status < HTTPStatus.INTERNAL_SERVER_ERROR
        return self.make_failure(f"refuses it: {said}{hint}", permanent=lasting, blocked=blocked)


def encode_mail(mail: bytes) -> bytes:
    """Return a mail in base64, as Graph expects it."""
    return base64.b64encode(mail)


def _read_error(answer: HttpAnswer) -> str:
    """Return the code and message of an error on one line."""
    error = answer.read_object().get("error")
    found = error if isinstance(error, dict) else {}
    return clean_reply(" ".join([str(answer.status), *(str(found.get(each, "")) for each in ("code", "message"))]))
