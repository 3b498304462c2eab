"""Writing copies that somebody works on: each save at its place in the release, and no word lost.

The releases are those of `word_saves`, without the words that have no place; `pressgen write` makes the copies.
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
    _, release = made
    release.write_text(release.read_text().partition("\n# These words have no place")[0] + "\n")
    folder = release.parent.name
    command = ("write", str(release.parent), "--no-open", "--once", "--out", str(room / "dist"))
    code, _ = run_command(room, *command)
    if code:  # the release is not whole: nothing can be made of it
        return None
    copy = room / "dist" / folder / "writing" / f"{folder}.docx"
    asks = ("left alone:", "copy and release both")
    return Work(name, copy, release, shuffle_kinds(name, seed), lambda: run_command(room, *command), asks)
