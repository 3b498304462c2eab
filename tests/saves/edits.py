"""Known edits of a Word file, chosen so that it is certain where each belongs in the release that was imported from it.

The words of file and release are compared as plain words, with PyYAML and python-docx, and no code of pressgen.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

KINDS = ("type", "move", "quote", "row", "figure")
AROUND = 3
"""Words on either side of a place that is certain."""
FIGURE = re.compile(r"(?<![\w.,£$€-])\d{1,3}(?:,\d{3})*(?![\w.,-])")


@dataclass(frozen=True)
class Edit:
    """One edit by a person.

    Attributes:
        kind: one of `KINDS`.
        paragraph: the text of the Word paragraph that it is made at; for a row, of the last row's first cell.
        path: of the text in the release that holds the place, as `body.3` or `notes.0.text`.
        start, end: the characters of the paragraph to replace.
        words: what is typed; for a row, a cell each, apart by tabs.
        goal: for a move, the paragraph that it goes behind.
    """

    kind: str
    paragraph: str
    path: str
    start: int = 0
    end: int = 0
    words: str = ""
    goal: str = ""


def flatten(data: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - YAML holds anything
    """Every text below a value, with its path."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from flatten(value, f"{path}.{name}".lstrip("."))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from flatten(value, f"{path}.{number}")
    elif data is not None:
        yield path, plain(str(data).replace("\\", ""))


def load(text: str) -> Any:  # noqa: ANN401 - as above
    """The data of a release file, each scalar as typed."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506 - which makes nothing but texts


def plain(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


def choose(kind: str, paragraphs: list[str], tables: list[list[list[str]]], release: str, seed: int) -> Edit | None:
    """An edit of one kind whose place is certain; None where the file has none."""
    chance = random.Random(f"{kind}{seed}")  # noqa: S311 - edits that can be made again
    data = load(release)
    leaves = {path: text for path, text in flatten(data) if not path.startswith(("unplaced", "reference"))}
    once = [each for each, count in Counter(map(plain, paragraphs)).items() if count == 1 and len(each) > 60]
    texts = [each for each in paragraphs if plain(each) in once]
    whole = {text: path for path, text in leaves.items() if re.fullmatch(r"body\.\d+", path)}
    return {"type": _type, "move": _move, "quote": _quote, "row": _row, "figure": _figure}[kind](
        chance, texts, leaves, whole, (tables, data, seed)
    )


def _spot(text: str, start: int, end: int, leaves: dict[str, str]) -> str:
    """The path of the only text of the release that has a place of a paragraph, with the words around it."""
    before, after = text[:start].split()[-AROUND:], text[end:].split()[:AROUND]
    if len(before) < AROUND or len(after) < AROUND:
        return ""
    context = plain(f"{' '.join(before)} {text[start:end]} {' '.join(after)}")
    paths = [path for path, each in leaves.items() for _ in range(each.count(context))]
    return paths[0] if len(paths) == 1 else ""


def _type(chance: random.Random, texts: list[str], leaves: dict[str, str], _: object, more: Any) -> Edit | None:  # noqa: ANN401
    spots = [(text, found.end()) for text in texts for found in re.finditer(r"\w+(?= \w)", text)]
    chance.shuffle(spots)
    for text, at in spots:
        if path := _spot(text, at, at, leaves):
            return Edit("type", text, path, at, at, f" quietly zq{more[2]}t")
    return None


def _figure(chance: random.Random, texts: list[str], leaves: dict[str, str], _: object, more: Any) -> Edit | None:  # noqa: ANN401
    del more
    spots = [(text, found) for text in texts for found in FIGURE.finditer(text)]
    chance.shuffle(spots)
    for text, found in spots:
        if path := _spot(text, found.start(), found.end(), leaves):
            new = f"{int(found[0].replace(',', '')) + 7:,}"
            return Edit("figure", text, path, found.start(), found.end(), new)
    return None


def _move(chance: random.Random, texts: list[str], _: object, whole: dict[str, str], more: Any) -> Edit | None:  # noqa: ANN401
    del more
    rows = [each for each in texts if plain(each) in whole]
    pairs = [(one, rows[at + 2]) for at, (one, _) in enumerate(pairwise(rows)) if at + 2 < len(rows)]
    if not pairs:
        return None
    text, goal = chance.choice(pairs)
    return Edit("move", text, whole[plain(text)], goal=goal)


def _quote(chance: random.Random, texts: list[str], _: object, whole: dict[str, str], more: Any) -> Edit | None:  # noqa: ANN401
    rows = [
        each for each in texts if plain(each) in whole and '"' not in each and "“" not in each and each.endswith(".")
    ]
    if not rows:
        return None
    text, number = chance.choice(rows), more[2]
    first, last = (
        chance.choice(["Mara", "Joan", "Peter", "Ines"]),
        f"{chance.choice(['Oak', 'Fal', 'Brid', 'Wren'])}{'abcdefghij'[number % 10]}ton",
    )
    speaker = f"Dr {first} {last}, director of the Fenwick Trust"
    said = f"“We have waited for zq{number}q and its results for a decade,” said {speaker}."
    return Edit("quote", text, whole[plain(text)], words=said)


def _row(chance: random.Random, _: object, __: object, ___: object, more: Any) -> Edit | None:  # noqa: ANN401
    tables, data, number = more
    known = [
        [[plain(cell.replace("\\", "")) for cell in row] for row in [each["table"]["header"], *each["table"]["rows"]]]
        for each in data.get("body") or []
        if isinstance(each, dict) and "table" in each
    ]
    rows = [each for each in tables if [[plain(cell) for cell in row] for row in each] in known]
    if not rows:
        return None
    table = chance.choice(rows)
    words = "\t".join(f"zq{number}r{column}" for column in range(len(table[0])))
    return Edit("row", table[-1][0], "body", words=words)
