"""What a run found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """The outcome of a run.

    Attributes:
        rounds: how many were played.
        faults: a line for each promise that was broken, with the seed that shows it again; empty if all were kept.
        figures: one line of numbers for the reader.
    """

    rounds: int
    faults: tuple[str, ...]
    figures: str = ""
