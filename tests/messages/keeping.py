"""The kept messages: `messages.txt` has every sentence with its code and a message that a test really made.

`unprovoked.txt` lists the sentences that no test provokes yet. It may only become shorter.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from messages.inventory import list_sentences

KEPT = Path(__file__).with_name("messages.txt")
UNPROVOKED = Path(__file__).with_name("unprovoked.txt")
BEGINNING = """\
Every message of pressgen: the code, the text with {…} for what is put in, and a message that a test really made.
Written by `make messages`; do not edit. “exit 2” is a command that was called wrongly, “exit 3” a machine that lacks
something, “exit 4” a state that forbids it, “printed” a line of a command, “part” a part of other messages.
"""
WRITE = "PRESSGEN_WRITE_MESSAGES"
"""The environment variable that has a run write `messages.txt`; `make messages` sets it."""
BY_CHANCE = 20
"""How many kept messages a whole run may leave out: 9 of 1,265 came in one run and not in the next."""
PART = "part"
TEMPLATE, EXAMPLE = "    ", "        » "
BREAK = "⏎"
LONGEST = 400
FOLDERS = re.compile(r"/tmp/pytest-of-\w+/pytest-\d+(?:/popen-gw\d+)?/[^/\s:]+")  # noqa: S108 - pytest's folders
CHANGING = re.compile(r"“[^”]*”|[^\s,;:()]*[\d/@][^\s,;:()]*|[^\w\s]")
"""What differs in a message from run to run: names in quotation marks, figures, paths, addresses, punctuation."""
OTHER_FOLDERS = re.compile(r"/tmp/[\w.-]+")  # noqa: S108 - folders that tests made


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a run said of a sentence: the code of the message that it was part of, and that message."""

    code: str
    example: str

    @property
    def order(self) -> tuple[bool, bool, int, str, str]:
        """Return the order of preference: with a code, not cut, short."""
        return (not self.code, len(self.example) > LONGEST, len(self.example), self.example, self.code)


def read_sightings(folder: Path) -> dict[str, Sighting]:
    """Return the best sighting of each sentence in the records of a run."""
    found: dict[str, Sighting] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            text, code, example = json.loads(line)
            seen = Sighting(code, shorten(example))
            found[text] = min(found.get(text, seen), seen, key=lambda each: each.order)
    return found


def shorten(example: str) -> str:
    """Return a message on one line, without the folders of the machine that made it."""
    plain = OTHER_FOLDERS.sub("/work/newsroom", FOLDERS.sub("/work/newsroom", example))
    line = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in plain.replace("\n", BREAK))
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} …"


def read_kept() -> dict[str, Sighting]:
    """Return the sentences of `messages.txt`, each with its code and example."""
    kept: dict[str, Sighting] = {}
    code = text = ""
    for line in KEPT.read_text("utf-8").splitlines() if KEPT.exists() else []:
        if line.startswith(EXAMPLE):
            kept[text] = Sighting("" if code == PART else code, line.removeprefix(EXAMPLE))
        elif line.startswith(TEMPLATE):
            text = line.removeprefix(TEMPLATE).replace(BREAK, "\n")
        else:
            code = line
    return kept


def read_unprovoked() -> set[str]:
    """Return the sentences that no test provokes yet."""
    return {line.replace(BREAK, "\n") for line in UNPROVOKED.read_text("utf-8").splitlines()}


def write_kept(seen: Mapping[str, Sighting], *, whole: bool) -> None:
    """Write both files again: what was seen now, what was kept, and only what the source still says.

    A run of some tests keeps every example whose sentence is still said, so that the file changes only where messages
    do. A run of all replaces the examples that have words which pressgen says no more.

    Args:
        seen: what the run provoked.
        whole: whether all tests were run, so that a sentence that was not seen is provoked by none.
    """
    said = {each.text for each in list_sentences()}
    kept = {text: each for text, each in read_kept().items() if text in (said & seen.keys() if whole else said)}
    for text in said & seen.keys():
        if text not in kept or not kept[text].code or (whole and is_outdated(kept[text], seen[text])):
            kept[text] = seen[text]
    KEPT.write_text(format_kept(kept), "utf-8")
    listed = said if whole else read_unprovoked() & said
    left = sorted(text.replace("\n", BREAK) for text in listed - kept.keys())
    UNPROVOKED.write_text("".join(f"{line}\n" for line in left), "utf-8")


def is_outdated(kept: Sighting, seen: Sighting) -> bool:
    """Return whether a kept example has other words than the one that a run of all tests made.

    Figures, names in quotation marks and paths differ from run to run.
    """
    return CHANGING.sub("", kept.example) != CHANGING.sub("", seen.example)


def format_kept(kept: Mapping[str, Sighting]) -> str:
    """Return the text of `messages.txt`: by code, then by sentence."""
    by_code: dict[str, list[str]] = defaultdict(list)
    for text, each in sorted(kept.items()):
        by_code[each.code or PART].append(f"{TEMPLATE}{text.replace(chr(10), BREAK)}\n{EXAMPLE}{each.example}\n")
    return BEGINNING + "".join(f"\n{code}\n{''.join(lines)}" for code, lines in sorted(by_code.items()))


def find_unsaid(kept: Iterable[str], seen: Iterable[str]) -> list[str]:
    """Return a line for each kept sentence that a run of all tests did not provoke."""
    return [f"no test provokes this message any more: {text!r}" for text in sorted(set(kept) - set(seen))]
