"""Where an edit came to be in a release: judged by its words alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from saves.edits import AROUND, Edit, flatten, load, plain

WORD = re.compile(r"\w+")
PRINTED = frozenset(("said",))
"""A word of an attribution that the house prints."""


@dataclass
class Verdict:
    """What became of an edit.

    Attributes:
        right: whether it is in the right field.
        lost: words that were typed and are nowhere, or that went though nobody took them out.
        wrong: texts of the release that differ though nobody edited them.
    """

    right: bool
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def judge(edit: Edit, word: tuple[Counter[str], Counter[str]], release: tuple[str, str]) -> Verdict:
    """Judge a release before and after an edit, with the words of the Word file before and after."""
    before, after = (dict(flatten(load(text))) for text in release)
    typed, taken = word[1] - word[0], word[0] - word[1]
    was, now = (Counter(WORD.findall(text)) for text in release)
    lost = [each for each in (typed - (now - was)) if each not in PRINTED or edit.kind != "quote"]
    lost += list((was - now) - taken)
    gone, come = _differences(before, after)
    right, expected = _is_right(edit, before, after)
    wrong = [f"- {each}" for each in gone if each not in expected] + [
        f"+ {each}" for each in come if each not in expected
    ]
    return Verdict(right, sorted(lost), wrong)


def _differences(before: dict[str, str], after: dict[str, str]) -> tuple[list[str], list[str]]:
    """The texts that only one of the two has, each with the kind of its place."""
    old, new = (
        Counter(f"{_kind(path)}: {text}" for path, text in each.items() if _counts(path)) for each in (before, after)
    )
    return list((old - new).elements()), list((new - old).elements())


def _counts(path: str) -> bool:
    return not path.endswith(".line")


def _kind(path: str) -> str:
    return re.sub(r"\.\d+", "", path)


def _is_right(edit: Edit, before: dict[str, str], after: dict[str, str]) -> tuple[bool, set[str]]:
    """Whether an edit is in its field, and the texts that may differ for it."""
    match edit.kind:
        case "type" | "figure":
            text, kind = before[edit.path], _kind(edit.path)
            one, other = edit.paragraph[: edit.start].split()[-AROUND:], edit.paragraph[edit.end :].split()[:AROUND]
            old = plain(f"{' '.join(one)} {edit.paragraph[edit.start : edit.end]} {' '.join(other)}")
            glued = edit.paragraph[edit.start - 1 : edit.start].strip() and edit.words.lstrip() == edit.words
            new = plain(f"{' '.join(one)}{'' if glued else ' '}{edit.words} {' '.join(other)}")
            wanted = text.replace(old, new)
            return after.get(edit.path) == wanted, {f"{kind}: {text}", f"{kind}: {wanted}"}
        case "move":
            body = [text for path, text in after.items() if path.startswith("body.")]
            text, goal = plain(edit.paragraph), plain(edit.goal)
            return text in body and goal in body and body.index(text) == body.index(goal) + 1, set()
        case "row":
            cells = edit.words.split("\t")
            rows = {
                path.rpartition(".")[0] for path, text in after.items() if text == cells[0] and ".table.rows." in path
            }
            found = [[text for path, text in after.items() if path.rpartition(".")[0] == row] for row in rows]
            return found == [cells], {f"body.table.rows: {cell}" for cell in cells}
        case _:
            return _is_quotation_right(edit, after)


def _is_quotation_right(edit: Edit, after: dict[str, str]) -> tuple[bool, set[str]]:
    words, name, role = re.fullmatch(r"“(.*),” said (.*?), (.*)\.", edit.words).groups()  # type: ignore[union-attr]
    number = next(
        (path.split(".")[1] for path, text in after.items() if path.startswith("body.") and words in text), "-1"
    )
    by = after.get(f"body.{number}.quote.by", "")
    placed = after.get(f"body.{int(number) - 1}") == plain(edit.paragraph)
    person = (after.get(f"people.{by}.name"), after.get(f"people.{by}.role"))
    expected = {
        f"body.quote.words: {words}.",
        f"body.quote.by: {by}",
        f"people.{by}.name: {name}",
        f"people.{by}.role: {role}",
    }
    return bool(by) and placed and person == (name, role), expected
