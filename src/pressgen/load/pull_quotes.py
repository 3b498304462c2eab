"""Pull quotes: what is shown large must stand in a quotation of the body, word for word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.load.faults import fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

PULL = re.compile(r"body\[\d+\]\.pull\.words")
SPOKEN = re.compile(r"(body\[\d+\]\.quote)\.words(?:\[\d+\])?")


def pull_problems(source: SourceText) -> Iterator[Problem]:
    """Every pull quote that no quotation of its speaker holds, with the lines of what the speaker does say."""
    for path in filter(PULL.fullmatch, source.nodes):
        words, speaker = source.text_at(path), source.text_at(path.replace(".words", ".by"))
        if words is None or speaker is None:
            continue
        said = list(_said(source, speaker))
        if any(_spaced(words) in _spaced(text) for _, text in said):
            continue
        lines = ", ".join(str(source.place(where).line) for where, _ in said)
        found = f"what was said begins in line {lines}" if said else "there is none"
        message = f"no quotation of “{speaker}” in the body has these words; {found}"
        yield fault("R27", message, source.place(path), path)


def _said(source: SourceText, speaker: str) -> Iterator[tuple[str, str]]:
    """The paragraphs of a speaker's quotations, each with its path."""
    for path in source.nodes:
        match, text = SPOKEN.fullmatch(path), source.text_at(path)
        if match and text is not None and source.text_at(f"{match[1]}.by") == speaker:
            yield path, text


def _spaced(text: str) -> str:
    """The text with every run of blanks and line ends as one space, as it is printed."""
    return " ".join(text.split())
