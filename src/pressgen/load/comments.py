"""The comments of a YAML file.

Those of a part that will be removed are found, and put where they can be kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from pressgen.load.node_spans import NodeSpans
from pressgen.load.source import join_path, read_source
from pressgen.load.tree import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as Lines

    from pressgen.load.source import SourceText

COMMENT: Final = re.compile(r"(?:^|(?<=[ \t]))#([^\r\n]*)", re.MULTILINE)


def list_comments(source: SourceText, path: str) -> list[str]:
    """List the comments of the list at `path`, in order.

    A comment that ends the line of an entry begins with the id of the entry.
    """
    prints, node = NodeSpans.of(source), source.nodes[path]
    names = node.names if isinstance(node, Sequence) else ()
    entries = [(prints.begins(prints.holders[each]), each) for each in (join_path(path, name, node) for name in names)]
    found = []
    for at, comment in _find_comments(source, prints, path):
        line = source.text.rfind("\n", 0, at) + 1
        place = bisect_right(entries, (at, "")) - 1
        behind = bool(source.text[line:at].strip()) and place >= 0
        id_ = source.text_at(f"{entries[place][1]}.id") if behind else None
        found.append(f"{id_}: {comment}" if id_ else comment)
    return found


def _find_comments(source: SourceText, prints: NodeSpans, path: str) -> Iterator[tuple[int, str]]:
    """Yield the comments at `path`, each with its index.

    A `#` within a text begins none.
    """
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
    """Insert comments above `path` or the brackets that hold it.

    Each comment gets its own line. Return the new text of the file.
    """
    source, _ = read_source(text.encode(), "")
    prints = NodeSpans.of(source)
    while path and prints.holders[path].flow:
        path = prints.holders[path].path
    at = source.keys[path].start if path else 0
    margin, end = text[text.rfind("\n", 0, at) + 1 : at], source.lines.end
    lines = "".join(f"# {each}".rstrip() + end + margin for each in comments)
    return text[:at] + lines + text[at:]
