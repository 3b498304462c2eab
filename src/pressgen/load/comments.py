"""Comments of a YAML file: those of a part that is about to be taken out, and where they can be kept."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from pressgen.load.node_spans import Footprints
from pressgen.load.source import join, read_source
from pressgen.load.tree import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as Lines

    from pressgen.load.source import SourceText

COMMENT: Final = re.compile(r"(?:^|(?<=[ \t]))#([^\r\n]*)", re.MULTILINE)


def comments_within(source: SourceText, path: str) -> list[str]:
    """Return the comments of the list at `path`, in order; one that ends the line of an entry begins with its id."""
    prints, node = Footprints.of(source), source.nodes[path]
    names = node.names if isinstance(node, Sequence) else ()
    entries = [(prints.begins(prints.holders[each]), each) for each in (join(path, name, node) for name in names)]
    found = []
    for at, comment in _comments(source, prints, path):
        line = source.text.rfind("\n", 0, at) + 1
        place = bisect_right(entries, (at, "")) - 1
        behind = bool(source.text[line:at].strip()) and place >= 0
        id_ = source.text_at(f"{entries[place][1]}.id") if behind else None
        found.append(f"{id_}: {comment}" if id_ else comment)
    return found


def _comments(source: SourceText, prints: Footprints, path: str) -> Iterator[tuple[int, str]]:
    """The comments at `path`, each with the index of its mark; a mark within a text begins none."""
    first, last = prints.begins(prints.holders[path]), prints.end(source.nodes[path])
    last = last if prints.holders[path].flow else prints.line_end(last)
    scalars = [*source.keys.values(), *(each for each in source.nodes.values() if isinstance(each, Scalar))]
    texts = sorted((each.start, prints.end(each)) for each in scalars)
    while comment := COMMENT.search(source.text, first, last):
        before = bisect_right(texts, (comment.start(), 0)) - 1
        first = comment.end()
        if before >= 0 and comment.start() < texts[before][1]:
            first = texts[before][1]
        else:
            yield comment.start(), comment[1].strip()


def put_comments(text: str, path: str, comments: Lines[str]) -> str:
    """Return the text of a file with comments in lines of their own, above `path` or the brackets in which it is."""
    source, _ = read_source(text.encode(), "")
    prints = Footprints.of(source)
    while path and prints.holders[path].flow:
        path = prints.holders[path].path
    at = source.keys[path].start if path else 0
    margin, end = text[text.rfind("\n", 0, at) + 1 : at], source.lines.end
    lines = "".join(f"# {each}".rstrip() + end + margin for each in comments)
    return text[:at] + lines + text[at:]
