"""Decisions made in haste: an embargo that ends before its hour, and the second look that an urgent approval owes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import AwareDatetime  # noqa: TC002 - pydantic reads the annotations


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbargoEnded:
    """A head ended the embargo at `lift_at`, before the hour `was`; outside, `notice` is told, and `reason` is not."""

    revision: int
    lift_at: AwareDatetime
    was: AwareDatetime
    reason: str
    notice: str = ""
    kind: Literal["embargo ended"] = "embargo ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """Somebody else looked at a version that was approved urgently, and stands by it."""

    version: str
    kind: Literal["second look"] = "second look"
