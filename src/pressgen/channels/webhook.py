"""Tell a webhook about a release, with a signed message.

A repeated message has the same key. The webhook's answer is not trusted. The signature is that of Standard Webhooks
1.0: HMAC-SHA256 over id, time and body, so that neither a forged message nor an old one sent again is accepted as ours.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.channels.outcome import DeliveryOutcome, clean_reply

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pressgen.channels.credentials import Secret

TIMEOUT = 15.0
"""Seconds for everything: to find the host, to send the message and to read the answer's head."""
ENOUGH = 1024
"""Bytes that are read of a refusal."""
PREFIX = "whsec_"
"""The prefix of a secret in base64 (Standard Webhooks, “Signature scheme”)."""
LATER = frozenset({408, 425, 429})
"""Refusals that are temporary."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """The address to post to, and the key to sign with.

    Without a key there is no signature.
    """

    url: str
    secret: Secret | None = None
    timeout: float = TIMEOUT


def post_to_webhook(hook: Webhook, said: Mapping[str, object], key: str, now: datetime) -> DeliveryOutcome:
    """Post a message to a webhook as JSON, and return the outcome.

    Args:
        hook: the webhook.
        said: the message, plain JSON.
        key: the same for repeated messages, so that the receiver can skip them.
        now: the time of the signature.
    """
    body = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
    return asyncio.run(_post_in_time(hook, body, build_headers(hook.secret, body, key, now)))


def build_headers(secret: Secret | None, body: bytes, key: str, now: datetime) -> dict[str, str]:
    """Build the headers that a webhook message is sent with."""
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


async def _post_in_time(hook: Webhook, body: bytes, sent: dict[str, str]) -> DeliveryOutcome:
    """Post within the webhook's time, however slow the answer is."""
    import httpx

    try:
        async with asyncio.timeout(hook.timeout):
            return await _post(hook, body, sent)
    except TimeoutError:
        return _make_failure(hook, f"does not answer within {hook.timeout:g} seconds")
    except httpx.InvalidURL as error:
        return _make_failure(hook, f"is not a valid address: {clean_reply(str(error))}", permanent=True)
    except httpx.HTTPError as error:
        return _make_failure(hook, f"cannot be reached, or does not speak HTTP: {clean_reply(str(error))}")


async def _post(hook: Webhook, body: bytes, sent: dict[str, str]) -> DeliveryOutcome:
    import httpx

    async with (
        httpx.AsyncClient(follow_redirects=False, timeout=hook.timeout) as client,
        client.stream("POST", hook.url, content=body, headers=sent) as answer,
    ):
        if answer.is_success:
            return DeliveryOutcome(ok=True, detail=f"{_get_host(hook)} answers {answer.status_code}")
        if answer.has_redirect_location:
            why = f"answers {answer.status_code} and points elsewhere; write the final address into the office file"
            return _make_failure(hook, why, permanent=True)
        said = b""
        async for part in answer.aiter_raw(ENOUGH):
            said = (said + part)[:ENOUGH]
            if len(said) == ENOUGH:
                break
        refused = answer.is_client_error and answer.status_code not in LATER
        return _make_failure(hook, f"answers {answer.status_code} {clean_reply(said)}".rstrip(), permanent=refused)


def _make_failure(hook: Webhook, why: str, *, permanent: bool = False) -> DeliveryOutcome:
    return DeliveryOutcome(ok=False, detail=f"{_get_host(hook)} {why}", permanent=permanent)


def _get_host(hook: Webhook) -> str:
    """Return the webhook's host, for messages.

    A path or a query may hold a key.
    """
    return clean_reply(hook.url.split("://")[-1].split("/")[0].split("?")[0].rpartition("@")[2])
