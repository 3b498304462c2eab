"""Word files that an office works on and imports again: each change at its place in the release, and no word lost.

Files are invented ones, those of `../shared/corpus/word` where it is there, and those of the folder that
`PRESSGEN_WORD_FILES` names. Each is saved five times, after one edit of each kind: by python-docx and by LibreOffice.
"""

from __future__ import annotations

from pathlib import Path

from saves.rounds import Work, import_with_table, play, run_command, shuffle_kinds
from soak.result import Result

SIZE, SHORT = 40, 3


def soak(size: int, seed: int) -> Result:
    """Work on as many files, five saves each, from a seed on."""
    return play(size, seed, _begin, short=size <= SHORT)


def _begin(room: Path, name: str, data: bytes, seed: int) -> Work | None:
    made = import_with_table(room, name, data, seed)
    if made is None:
        return None
    file, release = made
    return Work(
        name, file, release, shuffle_kinds(name, seed), lambda: run_command(room, "import", str(file)), ("I06",)
    )
