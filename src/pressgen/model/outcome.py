"""How the ledger calls what became of a delivery."""

from __future__ import annotations

from typing import Literal

Outcome = Literal["ok", "failed", "deferred", "unknown"]
"""What became of a delivery.

`failed` was refused for good; `deferred` may go better later, and is tried again; `unknown` was handed over, the
server's answer was lost, and it may have arrived: it is not sent again unless somebody asks for that.
"""
ARRIVED = frozenset({"ok", "unknown"})
"""The outcomes after which somebody has it, or may have it: told of every change, and sent nothing twice."""
