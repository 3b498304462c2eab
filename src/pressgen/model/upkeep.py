"""Events that maintain the ledger and change no release.

They concern its clock and the newsroom's first address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import AwareDatetime  # noqa: TC002 - pydantic reads the annotations


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsroomNamed:
    """The record of the newsroom's address for earlier lifts.

    It applies to everything lifted before lifts recorded the address.
    """

    newsroom_address: str
    kind: Literal["newsroom named"] = "newsroom named"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSet:
    """The record that a clock which was ahead is right.

    `was` is the time of the last entry.
    """

    was: AwareDatetime
    reason: str
    kind: Literal["clock set"] = "clock set"


Upkeep = NewsroomNamed | ClockSet
