"""Check that pull quotes repeat a quotation of the body exactly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.load.faults import make_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

PULL = re.compile(r"body\[\d+\]\.pull\.words")
SPOKEN = re.compile(r"(body\[\d+\]\.quote)\.words(?:\[\d+\])?")


def find_pull_quote_problems(source: SourceText) -> Iterator[Problem]:
    """Find pull quotes that are in no quotation of their speaker.

    The problem names the lines of the speaker's quotations.
    """
    for path in filter(PULL.fullmatch, source.nodes):
        words, speaker = source.text_at(path), source.text_at(path.replace(".words", ".by"))
        if words is None or speaker is None:
            continue
        said = list(_list_spoken_paragraphs(source, speaker))
        if any(_normalise_spaces(words) in _normalise_spaces(text) for _, text in said):
            continue
        lines = ", ".join(str(source.place(where).line) for where, _ in said)
        found = f"what was said begins in line {lines}" if said else "there is none"
        message = f"no quotation of “{speaker}” in the body has these words; {found}"
        yield make_problem("R27", message, source.place(path), path)


def _list_spoken_paragraphs(source: SourceText, speaker: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of a speaker's quotations, each with its path."""
    for path in source.nodes:
        match, text = SPOKEN.fullmatch(path), source.text_at(path)
        if match and text is not None and source.text_at(f"{match[1]}.by") == speaker:
            yield path, text


def _normalise_spaces(text: str) -> str:
    """Return the text with single spaces, as in print."""
    return " ".join(text.split())
