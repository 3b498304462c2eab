"""Random edits in Word's way over all samples of both houses: `PYTHONPATH=tests python -m review.fuzz 2000 [SEED]`."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter

from pressgen.review.reading import read
from pressgen.review.receiving import proposals
from review.copies import samples
from review.dialects import DIALECTS, written
from review.editing import Editing
from review.judging import judged

RIGHT = {"right", "right, as taken out and added", "right, as a move"}
GOOD = {*RIGHT, "move of the other"}


def played(seed: int) -> tuple[str, Counter[str], list[str], float]:
    """One round: its dialect, the verdicts, what was not right, and the seconds that reading and telling took."""
    chance = random.Random(seed)  # noqa: S311 - rounds that can be played again
    copies = samples()
    copy, (name, dialect) = copies[seed % len(copies)], list(DIALECTS.items())[seed // len(copies) % len(DIALECTS)]
    editing = Editing(copy.content, copy.blocks, chance)
    editing.work(chance.randint(1, 14))
    data = written(editing, dialect, chance)
    start = time.perf_counter()
    file = read(data, "copy.docx")
    found = proposals(copy.blocks, file)
    seconds = time.perf_counter() - start
    verdicts = list(judged(editing, found))
    told = {number for each in found for number in each.revisions}
    verdicts += [("untold", f"change {number}") for number in file.revisions if number not in told]
    wrong = [f"{seed} {name}: {verdict}: {about}" for verdict, about in verdicts if verdict not in GOOD]
    return name, Counter(verdict for verdict, _ in verdicts), wrong, seconds


def main(rounds: int, seed: int) -> None:
    """Play, and print what was not right, and the figures of each dialect."""
    total: dict[str, Counter[str]] = {name: Counter() for name in DIALECTS}
    slowest = 0.0
    for number in range(seed, seed + rounds):
        name, verdicts, wrong, seconds = played(number)
        total[name] += verdicts
        slowest = max(slowest, seconds)
        for line in wrong:
            print(line[:240])  # noqa: T201
    for name, verdicts in [*total.items(), ("all", sum(total.values(), Counter()))]:
        judged = sum(
            n for verdict, n in verdicts.items() if verdict not in {"move of the other", "invented", "closure broken"}
        )
        right = sum(verdicts[each] for each in RIGHT)
        print(f"{name:12} {right / max(judged, 1):7.2%} of {judged}", dict(verdicts))  # noqa: T201
    print(f"slowest {slowest * 1000:.0f} ms")  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
