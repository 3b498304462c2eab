"""A web hook that is told of a release: signed, known by a key that never changes, and trusted with nothing.

The signature is that of Standard Webhooks 1.0: HMAC-SHA256 over id, time and body, so that neither a forged message
nor an old one sent again passes for ours.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.channels.outcome import Outcome, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pressgen.channels.credentials import Secret

TIMEOUT = 15.0
"""Seconds for everything: to find the host, to say it and to hear the answer's head."""
ENOUGH = 1024
"""Bytes that are read of an answer that refuses."""
PREFIX = "whsec_"
"""Before a secret that is written in base64 (Standard Webhooks, “Signature scheme”)."""
LATER = frozenset({408, 425, 429})
"""Refusals that mean: not now."""


@dataclass(frozen=True, slots=True)
class Hook:
    """Where to post, and the key to sign with; None for no signature."""

    url: str
    secret: Secret | None = None
    timeout: float = TIMEOUT


def post(hook: Hook, said: Mapping[str, object], key: str, now: datetime) -> Outcome:
    """Tell `hook` what is `said`, as JSON; whatever goes wrong is in the outcome.

    Args:
        hook: where.
        said: what, plain JSON.
        key: the same whenever the same is told again, so that the receiver can leave out what it had.
        now: the time of the signature.
    """
    body = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
    return asyncio.run(_bounded(hook, body, headers(hook.secret, body, key, now)))


def headers(secret: Secret | None, body: bytes, key: str, now: datetime) -> dict[str, str]:
    """The headers that `body` is sent with."""
    stamp = str(int(now.timestamp()))
    made = {
        "Content-Type": "application/json; charset=utf-8",
        "Accept-Encoding": "identity",
        "User-Agent": "pressgen",
        "Idempotency-Key": key,
        "webhook-id": key,
        "webhook-timestamp": stamp,
    }
    if secret:
        signature = hmac.digest(_key(secret), b".".join([key.encode(), stamp.encode(), body]), "sha256")
        made["webhook-signature"] = f"v1,{base64.b64encode(signature).decode()}"
    return made


def _key(secret: Secret) -> bytes:
    if secret.value.startswith(PREFIX):
        try:
            return base64.b64decode(secret.value.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.value.encode()


async def _bounded(hook: Hook, body: bytes, sent: dict[str, str]) -> Outcome:
    """Post within the hook's time, however slowly the answer drips."""
    import httpx  # noqa: PLC0415 - slow to import

    try:
        async with asyncio.timeout(hook.timeout):
            return await _post(hook, body, sent)
    except TimeoutError:
        return _told(hook, f"does not answer within {hook.timeout:g} seconds")
    except httpx.InvalidURL as error:
        return _told(hook, f"is no address: {quoted(str(error))}", permanent=True)
    except httpx.HTTPError as error:
        return _told(hook, f"cannot be reached, or does not speak HTTP: {quoted(str(error))}")


async def _post(hook: Hook, body: bytes, sent: dict[str, str]) -> Outcome:
    import httpx  # noqa: PLC0415 - as above

    async with (
        httpx.AsyncClient(follow_redirects=False, timeout=hook.timeout) as client,
        client.stream("POST", hook.url, content=body, headers=sent) as answer,
    ):
        if answer.is_success:
            return Outcome(ok=True, detail=f"{_shown(hook)} answers {answer.status_code}")
        if answer.has_redirect_location:
            why = f"answers {answer.status_code} and points elsewhere; write the final address into the office file"
            return _told(hook, why, permanent=True)
        said = b""
        async for part in answer.aiter_raw(ENOUGH):
            said = (said + part)[:ENOUGH]
            if len(said) == ENOUGH:
                break
        refused = answer.is_client_error and answer.status_code not in LATER
        return _told(hook, f"answers {answer.status_code} {quoted(said)}".rstrip(), permanent=refused)


def _told(hook: Hook, why: str, *, permanent: bool = False) -> Outcome:
    return Outcome(ok=False, detail=f"{_shown(hook)} {why}", permanent=permanent)


def _shown(hook: Hook) -> str:
    """The hook's host; a path or a query may hold a key."""
    return quoted(hook.url.split("://")[-1].split("/")[0].split("?")[0].rpartition("@")[2])
