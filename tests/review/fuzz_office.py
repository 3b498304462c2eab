"""Edits in LibreOffice itself, and Word's saved again by it; `python -m soak libreoffice` plays many.

What our reader makes of a file with everything accepted, and with everything rejected, must be what LibreOffice's own
commands make of it; and every word that somebody typed must be told.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pressgen.review.accept_reject import accept_all_changes, read_state_text, reject_all_changes
from pressgen.review.word_model import WordDocument
from pressgen.review.word_proposals import propose_from_word
from pressgen.review.word_reader import read_word_document
from review.copies import Copy, samples
from review.dialects import DIALECTS, written
from review.editing import Editing
from review.fuzz import changes_to_tell
from review.libreoffice import saved

STATES = {"accept": accept_all_changes, "reject": reject_all_changes}


@dataclass(frozen=True)
class Round:
    """A file that LibreOffice has saved, with the words that were typed into it."""

    copy: Copy
    content: bytes
    typed: list[str]
    by_itself: dict[str, list[str]]
    """The paragraphs that LibreOffice has with every change accepted, and with every one rejected."""


def rounds(folder: Path, seeds: Sequence[int]) -> list[Round]:
    """Rounds by turns edited in LibreOffice, and edited as in Word and saved again by LibreOffice."""
    jobs: list[tuple[Path, Path, int | None]] = []
    typed: dict[int, list[str]] = {}
    for seed in seeds:
        copy, file, again = _copy(seed), folder / f"{seed}.docx", folder / f"{seed}-again.docx"
        if seed % 2:
            chance = random.Random(seed)  # noqa: S311 - rounds that can be played again
            editing = Editing(copy.content, copy.blocks, chance)
            editing.work(chance.randint(1, 12))
            file.write_bytes(written(editing, DIALECTS["word"], chance))
            typed[seed] = [act.token for act in editing.acts if act.token]
        else:
            file.write_bytes(copy.content)
        jobs.append((file, again, None if seed % 2 else seed))
    return [
        Round(_copy(seed), again.read_bytes(), typed.get(seed, found["typed"]), {each: found[each] for each in STATES})
        for seed, (_, again, _), found in zip(seeds, jobs, saved(folder, jobs), strict=True)
    ]


def _copy(seed: int) -> Copy:
    return samples()[seed // 2 % len(samples())]


def failures(one: Round) -> Iterator[tuple[str, Any]]:
    """What our reader makes of a round otherwise than LibreOffice, and the typed words that are not told."""
    file = read_word_document(one.content, "again.docx")
    for what, states in STATES.items():
        theirs = [_plain(each) for each in one.by_itself[what]]
        ours = [
            _plain(text)
            for each in states(file)
            if each.part == "body" and (text := read_state_text(file, each)).strip()
        ]
        if ours != theirs:
            yield what, [each for each in zip(ours, theirs, strict=False) if each[0] != each[1]][:2]
    found = propose_from_word(one.copy.blocks, file)
    told = " ".join(each.before + each.after for each in found)
    there = _everything(file)
    for word in one.typed:
        if word in there and word not in told:
            yield "not told", word
    if numbers := changes_to_tell(file) - {number for each in found for number in each.revisions}:
        yield "changes not told", sorted(numbers)


def _everything(file: WordDocument) -> str:
    words = ("".join(each.text for each in paragraph.characters) for paragraph in file.paragraphs)
    return " ".join([*words, *(each.text for each in file.comments)])


def _plain(text: str) -> str:
    """A text as both show it: LibreOffice has a line feed for the end of a line."""
    return text.replace("\u2028", "\n").rstrip()
