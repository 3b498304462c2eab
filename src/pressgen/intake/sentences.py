"""Where sentences end."""

from __future__ import annotations

import re

STOP = re.compile(r"[.!?…]+[\"”»’)\]]*\s+(?=[\"“„«‘(\[]?[A-ZÀ-ÖØ-ÞŁŚŻ0-9])")
LONGEST_WORD = 12
ABBREVIATED = re.compile(
    r"(?:^|[\s(“\"])(?:Dr|Mr|Mrs|Ms|Prof|St|Hon|Sen|Rep|Rev|No|vs|etc|Jr|Sr|Co|Inc|Ltd|Gov|Gen|Col|Lt|Sgt|approx|"
    r"[A-Z]|(?:[A-Z]\.)+[A-Z]|[a-z]\.[a-z])\.$"
)


def sentences(text: str) -> list[str]:
    """The sentences of a text; joined by single spaces they are the text."""
    found: list[str] = []
    start = 0
    for match in STOP.finditer(text):
        end = match.start() + len(match[0].rstrip())
        if not ABBREVIATED.search(text[max(start, end - LONGEST_WORD) : end]):
            found.append(text[start:end])
            start = match.end()
    tail = text[start:].strip()
    return [*found, tail] if tail else found
