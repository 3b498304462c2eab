"""Accept tracked changes in the XML of a Word file.

Word gives the same result. All other tracked changes stay. Source: ECMA-376 part 1 (transitional), 17.13.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.review.word_reader import INSERTED, STRUCK
from pressgen.word.names import ID, NAME, PPR, RPR, P, W, remove_node

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pressgen.word.names import Element

STAYS = frozenset(
    W + name
    for name in "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd moveFromRangeStart moveFromRangeEnd"
    " moveToRangeStart moveToRangeEnd".split()
)
"""Elements between words that stay when the words are deleted."""
MOVES = {W + "moveFromRangeStart": W + "moveFromRangeEnd", W + "moveToRangeStart": W + "moveToRangeEnd"}
MOVED = (W + "moveFrom", W + "moveTo")
REFERENCE = W + "commentReference"


def accept_changes(roots: Iterable[Element], accepted: Iterable[Element]) -> None:
    """Carry out the accepted tracked changes in the XML.

    Inserted text becomes plain text, deleted text goes, and paragraphs are joined.
    """
    ends = []
    for node in accepted:
        parent = node.getparent()
        if parent is None:
            continue
        if parent.tag == RPR and (properties := parent.getparent()) is not None and properties.tag == PPR:
            ends.append((node, properties.getparent()))
        elif parent.tag == W + "trPr":
            _row(node, parent)
        elif node.tag in INSERTED:
            _unwrap(node)
        elif node.tag in STRUCK:
            _delete_text(node)
        else:
            remove_node(node)  # the former formatting of something
    for node, paragraph in ends:  # after the words in them are accepted
        remove_node(node)
        if node.tag in STRUCK and paragraph is not None:
            _join(paragraph)
    for root in roots:
        _remove_move_ranges(root)


def _unwrap(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        at = parent.index(node)
        parent[at : at + 1] = list(node)


def _delete_text(node: Element) -> None:
    """Delete removed words, but keep marks and comment references."""
    parent = node.getparent()
    if parent is None:
        return
    kept = [each for each in node.iter() if each.tag in STAYS or (each.tag == W + "r" and _has_comment_reference(each))]
    at = parent.index(node)
    if parent.tag == P or all(each.tag in STAYS for each in kept):
        parent[at : at + 1] = kept
    else:
        remove_node(node)


def _has_comment_reference(run: Element) -> bool:
    return run.find(REFERENCE) is not None


def _row(node: Element, properties: Element) -> None:
    row = properties.getparent()
    if node.tag in STRUCK and row is not None:
        remove_node(row)
    else:
        remove_node(node)


def _join(paragraph: Element) -> None:
    """Join a paragraph to the next, and use the next's formatting.

    The end of the paragraph was deleted. Without a next paragraph, it stays.
    """
    following = paragraph.getnext()
    while following is not None and following.tag in STAYS:
        following = following.getnext()
    if following is None or following.tag != P:
        return
    properties = following.find(PPR)
    at = 0 if properties is None else following.index(properties) + 1
    following[at:at] = [each for each in paragraph if each.tag != PPR]
    remove_node(paragraph)


def _remove_move_ranges(root: Element) -> None:
    """Remove the ranges of moves that have no tracked text left."""
    inside: dict[str, list[Element]] = {}
    names: dict[str, str] = {}
    moving: set[str] = set()
    for node in root.iter(*MOVES, *MOVES.values(), *MOVED):
        if node.tag in MOVES:
            names[str(node.get(ID))] = str(node.get(NAME))
            inside.setdefault(str(node.get(NAME)), []).append(node)
        elif node.tag in MOVED:
            moving |= set(names.values())
        elif (name := names.pop(str(node.get(ID)), None)) is not None:
            inside[name].append(node)
    for name, nodes in inside.items():
        if name not in moving:
            for node in nodes:
                remove_node(node)
