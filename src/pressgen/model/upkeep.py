"""Events that keep the ledger usable, and change no release: its clock, and the newsroom's first address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import AwareDatetime  # noqa: TC002 - pydantic reads the annotations


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsroomNamed:
    """The newsroom's address by which everything is known that was lifted before lifts recorded it."""

    newsroom_address: str
    kind: Literal["newsroom named"] = "newsroom named"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSet:
    """The clock had been ahead, and is right now: `was` is the time that the last entry bears."""

    was: AwareDatetime
    reason: str
    kind: Literal["clock set"] = "clock set"


Upkeep = NewsroomNamed | ClockSet
