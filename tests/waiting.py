"""Trials against an hour that comes whether or not the machine is ready."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

SPANS = (4.0, 16.0, 64.0, 256.0)
"""Seconds to the hour: the first is enough on a machine that has nothing else to do."""


class TooLateError(Exception):
    """The hour came before the trial had done what it must do before it, so it would judge nothing."""


def soon(seconds: float) -> datetime:
    """The instant so many seconds from now."""
    return datetime.now(UTC) + timedelta(seconds=seconds)


def in_time(trial: Callable[[float], None]) -> None:
    """Play a trial against an hour, and again with one further off wherever the machine was too slow for it.

    Args:
        trial: takes the seconds to the hour, and calls `before` once it has done what comes before it.
    """
    for span in SPANS:
        try:
            return trial(span)
        except TooLateError:
            continue
    pytest.fail(f"this machine was not ready {SPANS[-1]:.0f} seconds ahead")


def before(hour: datetime) -> None:
    """Go on only if the hour has not come yet.

    Raises:
        TooLateError: it has.
    """
    if datetime.now(UTC) >= hour:
        raise TooLateError
