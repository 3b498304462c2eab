"""One damaged file of a number: its way in, its seed and its damage, always the same ones."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from doors import archives, hostile, images, papers, texts
from doors.ways import WAYS, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from doors.seeds import Seed

    Spoiler = Callable[[random.Random, bytes], tuple[str, bytes]]

MOST_BYTES = 0.25
"""The share of files of a known format that are damaged without regard to it."""
FORMATS: dict[str, Spoiler] = {
    **dict.fromkeys((".docx", ".dotx", ".xlsx", ".zip"), archives.spoil_archive),
    **dict.fromkeys((".jpg", ".gif", ".webp", ".ttf", ".emf", ".wmf"), images.spoil_segments),
    **dict.fromkeys((".svg", ".yaml", ".csv", ".vcf", ".eml", ".html", ".txt", ".md", ".css"), texts.spoil_text),
    ".pdf": papers.spoil_paper, ".png": images.spoil_png,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A damaged file, its way in, and how it came to be."""

    way: str
    seed: Seed
    how: str
    data: bytes

    def __str__(self) -> str:
        return f"{self.way}: {self.seed.name}, {self.how}"


def spoil(number: int, all_seeds: Sequence[Seed]) -> Spoilt:
    """Make the damaged file of a number."""
    chance = random.Random(number)  # noqa: S311 - the same each time
    names = list(WAYS)
    name = chance.choices(names, [WAYS[each].weight for each in names])[0]
    seed = _choose(chance, WAYS[name], all_seeds)
    how, data = _damage(chance, seed)
    return Spoilt(name, seed, how, data)


def _choose(chance: random.Random, way: Way, all_seeds: Sequence[Seed]) -> Seed:
    """Choose a seed: first where it comes from, so that many files of one folder do not crowd out the others."""
    fit = [each for each in all_seeds if each.ending in way.endings and each.name.endswith(way.named)]
    groups = sorted({(each.ending, each.name.partition("/")[0]) for each in fit})
    group = chance.choice(groups)
    return chance.choice([each for each in fit if (each.ending, each.name.partition("/")[0]) == group])


def _damage(chance: random.Random, seed: Seed) -> tuple[str, bytes]:
    if chance.random() >= MOST_BYTES:
        try:
            return FORMATS[seed.ending](chance, seed.data)
        except Exception as error:  # noqa: BLE001 - the libraries that damage it may not read or write it either
            how = chance.choice(hostile.COMMON)
            return f"{how.__name__} ({type(error).__name__})", how(chance, seed.data)
    how = chance.choice((*hostile.COMMON * 3, hostile.empty))
    return how.__name__, how(chance, seed.data)
