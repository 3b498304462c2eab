"""Urgent decisions: an early end of an embargo, a second look.

An urgent approval needs a second look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import AwareDatetime  # noqa: TC002 - pydantic reads the annotations


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbargoEnded:
    """The end of an embargo by a head, before its time.

    The time was `was`. `notice` is sent to outsiders, `reason` is not.
    """

    revision: int
    lift_at: AwareDatetime
    was: AwareDatetime
    reason: str
    notice: str = ""
    kind: Literal["embargo ended"] = "embargo ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLook:
    """A second person's confirmation of a version approved urgently."""

    version: str
    kind: Literal["second look"] = "second look"
