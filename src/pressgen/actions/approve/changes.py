"""What has changed since somebody put his name to a version: the words of the data, files of the house, programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from pressgen.errors import Refused
from pressgen.load.source import read_source
from pressgen.load.tree import Scalar
from pressgen.review.pairing import paired
from pressgen.text.redline import redline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pressgen.model.event import Version

YAML = (".yaml", ".yml")
Text = tuple[str, str]
"""A path, and what stands there."""
POSITION = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was.

    Attributes:
        where: a file, with the path of the data where it has one: `release.yaml: body[3].quote.words`; or a program.
        before, after: the words, or the version of the program; for other files, and where it is absent, None.
    """

    where: str
    before: str | None = None
    after: str | None = None

    def __str__(self) -> str:
        if self.before is None and self.after is None:
            return self.where
        return f"{self.where}: {redline(self.before or '', self.after or '')}"


def changes(signed: Version, now: Version, kept: Callable[[str], bytes], inputs: Mapping[str, bytes]) -> list[Change]:
    """What `now` has otherwise than `signed`.

    Where the made files alone differ, they are told; else they differ because of what is told.

    Args:
        signed: the version with somebody's name to it.
        now: the version as it would be now.
        kept: gives the bytes of what went into `signed`, by their SHA-256.
        inputs: the bytes of what goes into `now`, by name.
    """
    found: list[Change] = []
    for before, after in ((signed.data, now.data), (signed.house, now.house)):
        for name in _differing(before, after):
            if name not in before or name not in after:
                found.append(Change(f"{name} was {'added' if name in after else 'taken out'}"))
            else:
                found += _inside(name, kept(before[name]), inputs[name])
    made = [Change(f"{name} has other bytes") for name in _differing(signed.files, now.files)]
    if found or not made:
        return found
    programs = _differing(signed.made_with, now.made_with)
    return [*(Change(each, signed.made_with.get(each), now.made_with.get(each)) for each in programs), *made]


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _inside(name: str, before: bytes, after: bytes) -> list[Change]:
    """What differs in a file: words where it is data, else the file as a whole."""
    try:
        old, new = (_texts(name, content) for content in (before, after))
    except Refused:
        return [Change(f"{name} was changed")]
    told = [Change(f"{name}: {path}", was, is_) for path, was, is_ in pairs(old, new)]
    return told or [Change(f"{name} was changed in its layout or comments, in no word")]


def _texts(name: str, content: bytes) -> list[tuple[str, str]]:
    """The texts of a file of data with their paths, in order.

    Raises:
        Refused: it is no data.
    """
    if not name.endswith(YAML):
        raise Refused([])
    source, _ = read_source(content, name)
    return [(path, node.value) for path, node in source.nodes.items() if isinstance(node, Scalar)]


def pairs(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> Iterator[tuple[str, str | None, str | None]]:
    """What differs between two lists of texts with their paths: path, text before, text after.

    A text whose path differs in positions alone, because something was put in above it, is the same text.
    """
    old, new = ([(POSITION.sub("[]", path), text) for path, text in each] for each in (before, after))
    for verdict, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verdict == "equal":
            continue
        kinds = dict.fromkeys(kind for kind, _ in [*old[a:b], *new[c:d]])
        for kind in kinds:
            gone = [before[i] for i in range(a, b) if old[i][0] == kind]
            come = [after[i] for i in range(c, d) if new[i][0] == kind]
            for was, is_ in _matched(gone, come):
                path, _ = is_ or was or ("", "")
                yield path, was and was[1], is_ and is_[1]


def _matched(gone: list[Text], come: list[Text]) -> Iterator[tuple[Text | None, Text | None]]:
    """Texts of one kind side by side: one after the other where they are as many, else those that are alike."""
    if len(gone) == len(come) or not (gone and come):
        yield from zip_longest(gone, come)
        return
    for one, other in paired([text for _, text in gone], [text for _, text in come]):
        yield None if one is None else gone[one], None if other is None else come[other]
