"""The sample office: invented releases, people and a mailing list."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from pathlib import Path

TOUR: Final = "elmbrook-reading/release.yaml"
"""The release of the README. Its embargo must lie ahead on the day when somebody tries it."""
TIMES: Final = re.compile(r"^  zone: (?P<zone>\S+)\n  embargo: \S+ \S+$", re.MULTILINE)
ENDINGS: Final = frozenset((".yaml", ".csv"))
SATURDAY: Final = 5


def read_samples(folder: Path, now: datetime) -> dict[str, bytes]:
    """Return the files of the sample office by their paths below `releases/`.

    Args:
        folder: the samples that pressgen comes with.
        now: an aware instant. The embargo of the README's release ends about a week after it, on a weekday.
    """
    files = {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.suffix in ENDINGS and each.is_file()
    }
    return {**files, TOUR: _set_embargo(files[TOUR].decode(), now).encode()}


def _set_embargo(text: str, now: datetime) -> str:
    def propose_times(match: re.Match[str]) -> str:
        day = (now.astimezone(ZoneInfo(match["zone"])) + timedelta(days=7)).date()
        if day.weekday() >= SATURDAY:
            day += timedelta(days=7 - day.weekday())
        return f"  zone: {match['zone']}\n  embargo: {day} 00:01"

    return TIMES.sub(propose_times, text, count=1)
