"""The ledger's words for the outcome of a delivery."""

from __future__ import annotations

from typing import Literal

Outcome = Literal["ok", "failed", "deferred", "unknown"]
"""The outcome of a delivery. `failed` was refused for good. `deferred` may succeed later, and is tried again.
`unknown` was handed over, but the server's answer was lost: it may have arrived, and is not sent again unless
somebody asks for that."""
ARRIVED = frozenset({"ok", "unknown"})
"""The outcomes after which somebody has it, or may have it: they are told of every change, and nothing is sent
twice."""
