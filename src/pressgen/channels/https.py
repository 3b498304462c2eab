"""Requests to web services, with limits on time and answer.

A failed request says whether the service had it by then.
"""

from __future__ import annotations

import asyncio
import json
import ssl
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from socket import gaierror
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pressgen.channels.outcome import clean_reply
from pressgen.model.address import is_protected

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORT: Final = 30.0
"""Seconds for a small request."""
LARGEST: Final = 1024 * 1024
"""The most bytes of an answer, where no larger one is expected."""
LONGEST_WAIT: Final = 24 * 3600
"""The most seconds that a service may ask us to wait (`Retry-After`); more is ignored."""
BLOCK: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request to a web service.

    Attributes:
        content: the body, which is not shown: it may hold a secret, as may the headers.
        seconds: for everything, however slowly the answer arrives.
        largest: the most bytes of the answer.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes = field(default=b"", repr=False)
    seconds: float = SHORT
    largest: int = LARGEST


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """The answer of a web service.

    Attributes:
        headers: by their names in lower case.
        body: not shown, as it may hold a secret.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def is_done(self) -> bool:
        """Whether the service did what was asked."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def wait(self) -> float:
        """Seconds that the service asks us to wait; 0 for none.

        See RFC 9110, 10.2.3.
        """
        said = self.headers.get("retry-after", "").strip()
        if said.isascii() and said.isdecimal() and len(said) <= len(str(LONGEST_WAIT)):
            return float(min(int(said), LONGEST_WAIT))
        try:
            until = parsedate_to_datetime(said)
            asked = until - parsedate_to_datetime(self.headers.get("date", ""))
        except (ValueError, TypeError):
            return 0.0
        return min(max(asked.total_seconds(), 0.0), LONGEST_WAIT)

    def read_object(self) -> dict[str, Any]:
        """Return the answer as a JSON object, empty if it is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


class NoHttpAnswerError(Exception):
    """A failure to get an answer that can be understood.

    Attributes:
        why: one line that follows the service's name.
        handed_over: whether it had the whole request by then, and so may have acted on it.
        permanent: whether another try would fail until somebody repairs something.
    """

    def __init__(self, why: str, *, handed_over: bool = False, permanent: bool = False) -> None:
        super().__init__(why)
        self.why, self.handed_over, self.permanent = why, handed_over, permanent


def send_request(request: HttpRequest, tls: ssl.SSLContext | None = None) -> HttpAnswer:
    """Send a request, and return its answer, whatever the status.

    No redirection is followed.

    Args:
        request: the request.
        tls: the trusted certificates, those of the system by default; frequent callers make it once, since that is
            slow.

    Raises:
        NoHttpAnswerError: there is no answer; or the address is neither https nor on this machine, and nothing was
            sent.
    """
    if not is_protected(request.url):
        raise NoHttpAnswerError("was not contacted, because its address is not https", permanent=True)
    return asyncio.run(_send_in_time(request, tls or ssl.create_default_context()))


def get_host(url: str) -> str:
    """Return the host and port of an address, for messages.

    A path or a query may hold a key.
    """
    return clean_reply(urlsplit(url).netloc.rpartition("@")[2])


async def _send_in_time(request: HttpRequest, tls: ssl.SSLContext) -> HttpAnswer:
    import httpx

    progress: list[str] = []
    try:
        async with asyncio.timeout(request.seconds):
            return await _send(request, tls, progress)
    except TimeoutError:
        raise NoHttpAnswerError(
            f"does not answer within {request.seconds:g} seconds", handed_over=_is_handed_over(progress)
        ) from None
    except httpx.InvalidURL as error:
        raise NoHttpAnswerError(f"is not a valid address: {clean_reply(str(error))}", permanent=True) from None
    except httpx.HTTPError as error:
        raise _explain(error, handed_over=_is_handed_over(progress)) from None


async def _send(request: HttpRequest, tls: ssl.SSLContext, progress: list[str]) -> HttpAnswer:
    import httpx

    async def note(event: str, _: object) -> None:
        progress.append(event)

    sent = {"Accept-Encoding": "identity", "User-Agent": "pressgen", **request.headers}
    async with (
        httpx.AsyncClient(verify=tls, follow_redirects=False, timeout=request.seconds) as client,
        client.stream(
            request.method, request.url, content=request.content, headers=sent, extensions={"trace": note}
        ) as answer,
    ):
        body = bytearray()
        async for part in answer.aiter_raw(BLOCK):
            body += part
            if len(body) > request.largest:
                if answer.is_success:
                    raise NoHttpAnswerError("sends an answer that never ends", handed_over=True)
                break  # its beginning is enough
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return HttpAnswer(answer.status_code, headers, bytes(body[: request.largest]))


def _is_handed_over(progress: list[str]) -> bool:
    """Return whether the whole request was sent.

    The service may act on it then.
    """
    return "http11.send_request_body.complete" in progress


def _explain(error: Exception, *, handed_over: bool) -> NoHttpAnswerError:
    """Return the error for a fault, by its cause."""
    cause: BaseException | None = error
    while cause is not None:
        match cause:
            case ssl.SSLCertVerificationError():
                why = f"has a certificate that is not trusted: {clean_reply(cause.verify_message)}"
                return NoHttpAnswerError(why, permanent=True)
            case ssl.SSLError() if cause.reason == "WRONG_VERSION_NUMBER":
                return NoHttpAnswerError("does not use TLS there; check its address", permanent=True)
            case gaierror():
                return NoHttpAnswerError("is not found: no address is known under that name")
            case _:
                pass
        cause = cause.__cause__ or cause.__context__
    why = f"cannot be reached, or does not speak HTTP: {clean_reply(str(error))}".rstrip(": ")
    return NoHttpAnswerError(why, handed_over=handed_over)
