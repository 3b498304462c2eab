"""A reference to a note that does not exist, or one that is typed as a number.

Prose cites notes by their ids, `[^report]`, and the number is made. “See note 8” in a release of seven notes sends the
reader nowhere: an error. A typed number that fits today is a warning, for it moves when a note is added. In a release
that cites most of its notes, one that is never cited is a note on style.

Wrong: `(see note 8)` in a release of seven notes

Right: `Twelve were inspected.[^fieldwork]`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.rule import rule
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.subject import Subject

TYPED = re.compile(
    r"\b(?:see|in|to|cf\.?)\s(?:the\s)?(?:editors[’']\s|notes\s(?:to|for)\seditors?,\s)?notes?\s(?P<see>\d{1,2})\b|[(\[]notes?\s(?P<bracket>\d{1,2})[)\]]",
    re.IGNORECASE,
)
MOSTLY = 2
"""A release that cites fewer than half of its notes has standard notes, which nobody cites."""


@rule("N02", "note-that-is-not-there", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find typed note numbers, and notes that are never cited."""
    count = len(subject.document.notes)
    for passage in subject.own:
        for match in TYPED.finditer(passage.text):
            number = int(match["see"] or match["bracket"])
            if passage.is_made(match.end() - 1) or (passage.note and not count):
                continue
            if not 1 <= number <= count:
                there = f"are only {count} notes" if count > 1 else "is only one note" if count else "are no notes"
                yield passage.finding(*match.span(), f"“{match[0].strip('()[]')}”: there {there}")
            else:
                key = subject.document.notes[number - 1].key
                message = (
                    f"“{match[0].strip('()[]')}” is typed by hand: cite it as [^{key}], and pressgen sets the number"
                )
                yield passage.finding(*match.span(), message, severity=Severity.WARNING)
    yield from _find_uncited_notes(subject)


def _find_uncited_notes(subject: Subject) -> Iterator[Finding]:
    cited = {piece.note for passage in subject.passages for piece in passage.words if piece.note}
    cites = len(cited) * MOSTLY >= len(subject.release.notes)
    for index, note in enumerate(subject.release.notes if cited and cites else ()):
        if note.id not in cited:
            message = f"note {index + 1} is cited nowhere: cite it as [^{note.id}] where it belongs"
            yield Finding(f"notes[{note.id}].id", message, 0, len(note.id), severity=Severity.STYLE)
