"""Changes since somebody signed a version.

They are in the words of the data, the files of the house, or programs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from pressgen.errors import InputError
from pressgen.load.source import read_source
from pressgen.load.tree import Scalar
from pressgen.review.alignment import pair_texts
from pressgen.text.inline_changes import format_redline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pressgen.model.event import Version

YAML = (".yaml", ".yml")
Text = tuple[str, str]
"""A path, and the text there."""
POSITION = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class VersionChange:
    """One difference from a version that somebody signed.

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
        return f"{self.where}: {format_redline(self.before or '', self.after or '')}"


def compare_with_signed_version(
    signed: Version, now: Version, kept: Callable[[str], bytes], inputs: Mapping[str, bytes]
) -> list[VersionChange]:
    """List the differences between a signed version and the present one.

    Built files are listed only if nothing else differs: otherwise they differ because of the listed changes.

    Args:
        signed: the version that somebody signed.
        now: the version as it would be now.
        kept: returns the input files of `signed`, by their SHA-256.
        inputs: the input files of `now`, by name.
    """
    found: list[VersionChange] = []
    for before, after in ((signed.data, now.data), (signed.house, now.house)):
        for name in _list_differing_names(before, after):
            if name not in before or name not in after:
                found.append(VersionChange(f"{name} was {'added' if name in after else 'taken out'}"))
            else:
                found += _compare_file(name, kept(before[name]), inputs[name])
    made = [VersionChange(f"{name} has changed") for name in _list_differing_names(signed.files, now.files)]
    if found or not made:
        return found
    programs = _list_differing_names(signed.made_with, now.made_with)
    return [*(VersionChange(each, signed.made_with.get(each), now.made_with.get(each)) for each in programs), *made]


def _list_differing_names(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _compare_file(name: str, before: bytes, after: bytes) -> list[VersionChange]:
    """List the differences within a file: words, or the whole file."""
    try:
        old, new = (_read_source_texts(name, content) for content in (before, after))
    except InputError:
        return [VersionChange(f"{name} was changed")]
    changes = [VersionChange(f"{name}: {path}", was, is_) for path, was, is_ in pair_changed_texts(old, new)]
    return changes or [VersionChange(f"{name} was changed in its layout or comments; its words are the same")]


def _read_source_texts(name: str, content: bytes) -> list[tuple[str, str]]:
    """Return the texts of a data file with their paths, in order.

    Raises:
        InputError: the file is not data.
    """
    if not name.endswith(YAML):
        raise InputError([])
    source, _ = read_source(content, name)
    return [(path, node.value) for path, node in source.nodes.items() if isinstance(node, Scalar)]


def pair_changed_texts(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield the texts that differ: path, text before, text after.

    A text is the same if only the positions in its path differ, because something was inserted above it.
    """
    old, new = ([(POSITION.sub("[]", path), text) for path, text in each] for each in (before, after))
    for verdict, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verdict == "equal":
            continue
        kinds = dict.fromkeys(kind for kind, _ in [*old[a:b], *new[c:d]])
        for kind in kinds:
            gone = [before[i] for i in range(a, b) if old[i][0] == kind]
            come = [after[i] for i in range(c, d) if new[i][0] == kind]
            for was, is_ in _pair_texts(gone, come):
                path, _ = is_ or was or ("", "")
                yield path, was and was[1], is_ and is_[1]


def _pair_texts(gone: list[Text], come: list[Text]) -> Iterator[tuple[Text | None, Text | None]]:
    """Pair texts of one kind: in order, or by their likeness.

    The order decides where there are as many before as after.
    """
    if len(gone) == len(come) or not (gone and come):
        yield from zip_longest(gone, come)
        return
    for one, other in pair_texts([text for _, text in gone], [text for _, text in come]):
        yield None if one is None else gone[one], None if other is None else come[other]
