"""Random marks, as five programs make them, on PDFs of all samples: `… python -m review.fuzz_marks 3000 [SEED]`."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter

from pressgen.model.export import Block
from pressgen.model.proposal import Proposal
from pressgen.review.pdfmarks import proposals, read_marks
from review.copies import printed
from review.marking import KINDS, Marking, Truth

MARKS = 15
"""Marks a file."""


def played(seed: int) -> tuple[str, Counter[str], list[str], float]:
    """One file: its program, the verdicts, what was not right, and the seconds that reading took."""
    one, program = printed()[seed % len(printed())], list(KINDS)[seed // len(printed()) % len(KINDS)]
    marking = Marking(one.content, one.found, program, random.Random(seed))  # noqa: S311 - can be played again
    data = marking.work(MARKS)
    start = time.perf_counter()
    told = {each.name: each for each in proposals(one.blocks, read_marks(data, one.name))}
    seconds = time.perf_counter() - start
    verdicts, wrong = Counter[str](), []
    for name, truth in marking.truth.items():
        verdict = _verdict(one.blocks, truth, told.get(name))
        verdicts[verdict] += 1
        if "right" not in verdict:
            wrong.append(f"{seed} {one.name} {verdict}: {truth} but {told.get(name)}")
    return program, verdicts, wrong, seconds


def _verdict(blocks: tuple[Block, ...], truth: Truth, told: Proposal | None) -> str:
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


def main(count: int, seed: int) -> None:
    """Play, and print what was not right, and the figures of each program."""
    total: dict[str, Counter[str]] = {name: Counter() for name in KINDS}
    slowest = 0.0
    while sum(sum(each.values()) for each in total.values()) < count:
        program, verdicts, wrong, seconds = played(seed)
        total[program] += verdicts
        slowest = max(slowest, seconds)
        seed += 1
        for line in wrong:
            print(line[:300])  # noqa: T201
    for name, verdicts in [*total.items(), ("all", sum(total.values(), Counter[str]()))]:
        words = sum(n for verdict, n in verdicts.items() if verdict.startswith("words"))
        block = verdicts["words: right"] + verdicts["words: right, other characters"]
        right = block + verdicts["beside: right"] + verdicts["beside: right, its row"]
        shares = f"right path {right / verdicts.total():7.2%}, words on their text {block / words:7.2%}"
        print(f"{name:8} {shares}", dict(verdicts))  # noqa: T201
    print(f"slowest {slowest * 1000:.0f} ms")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
