"""Random edits in Word's way over all samples of both houses; `python -m soak edits` plays many."""

from __future__ import annotations

import random
from collections import Counter

from pressgen.review.word_model import WordDocument
from pressgen.review.word_proposals import propose_from_word
from pressgen.review.word_reader import read_word_document
from review.copies import samples
from review.dialects import DIALECTS, written
from review.editing import Editing
from review.judging import judged

RIGHT = {"right", "right, as taken out and added", "right, as a move"}
GOOD = {*RIGHT, "move of the other"}


def played(seed: int) -> tuple[Counter[str], list[str]]:
    """One round: the verdicts, and what was not right."""
    chance = random.Random(seed)  # noqa: S311 - rounds that can be played again
    copies = samples()
    copy, (name, dialect) = copies[seed % len(copies)], list(DIALECTS.items())[seed // len(copies) % len(DIALECTS)]
    editing = Editing(copy.content, copy.blocks, chance)
    editing.work(chance.randint(1, 14))
    data = written(editing, dialect, chance)
    file = read_word_document(data, "copy.docx")
    found = propose_from_word(copy.blocks, file)
    verdicts = list(judged(editing, found))
    told = {number for each in found for number in each.revisions}
    verdicts += [("untold", f"change {number}") for number in changes_to_tell(file) if number not in told]
    wrong = [f"{seed} {name}: {verdict}: {about}" for verdict, about in verdicts if verdict not in GOOD]
    return Counter(verdict for verdict, _ in verdicts), wrong


def changes_to_tell(file: WordDocument) -> set[int]:
    """The tracked changes of a file that somebody can read: those with words, and those of formatting."""
    marks = (
        (change.number, each.text)
        for paragraph in file.paragraphs
        for each in paragraph.characters
        for change in (each.inserted, each.struck)
        if change
    )
    return {number for number, text in marks if text.strip()} | {each.revision.number for each in file.format_changes}
