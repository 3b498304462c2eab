"""Random marks, as five programs make them, on PDFs of all samples; `python -m soak marks` plays many."""

from __future__ import annotations

import random
from collections import Counter

from pressgen.model.export import ExportedBlock
from pressgen.model.proposal import Proposal
from pressgen.review.pdf_annotations import read_annotations
from pressgen.review.pdf_proposals import propose_from_pdf
from review.copies import printed
from review.marking import KINDS, Marking, Truth

MARKS = 15
"""Marks a file."""


def played(seed: int) -> tuple[Counter[str], list[str]]:
    """One file: the verdicts, and what was not right."""
    one, program = printed()[seed % len(printed())], list(KINDS)[seed // len(printed()) % len(KINDS)]
    marking = Marking(one.content, one.found, program, random.Random(seed))  # noqa: S311 - can be played again
    data = marking.work(MARKS)
    told = {each.name: each for each in propose_from_pdf(one.blocks, read_annotations(data, one.name))}
    verdicts, wrong = Counter[str](), []
    for name, truth in marking.truth.items():
        verdict = _verdict(one.blocks, truth, told.get(name))
        verdicts[verdict] += 1
        if "right" not in verdict:
            wrong.append(f"{seed} {one.name} {verdict}: {truth} but {told.get(name)}")
    return verdicts, wrong


def _verdict(blocks: tuple[ExportedBlock, ...], truth: Truth, told: Proposal | None) -> str:
    if told is None:
        return "lost"
    what = "words" if truth.exact else "beside"
    if told.path != blocks[truth.block].path and blocks[truth.block].path.startswith(
        (f"{told.path}.", f"{told.path}[")
    ):
        return f"{what}: right, its row"
    if told.block != truth.block:
        cell = told.block >= 0 and blocks[told.block].in_cell and blocks[truth.block].in_cell
        return f"{what}: other cell" if cell else f"{what}: other text"
    if truth.exact and (told.start, told.end) != (truth.start, truth.end):
        return f"{what}: right, other characters"
    return f"{what}: right"
