"""Accept the tracked changes of a letterhead, and delete its comments.

Source: ECMA-376 part 1 (transitional), 17.13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.word.names import PPR, RPR, P, R, W, remove_node

if TYPE_CHECKING:
    from pressgen.word.names import Element

INSERTED, STRUCK = (W + "ins", W + "moveTo"), (W + "del", W + "moveFrom")
FORMER = tuple(
    W + name
    for name in "rPrChange pPrChange tblPrChange tblPrExChange trPrChange tcPrChange sectPrChange tblGridChange"
    " numberingChange cellIns cellMerge moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd".split()
)
COMMENTS = tuple(W + name for name in ("commentReference", "commentRangeStart", "commentRangeEnd"))


def accept_all_changes(root: Element) -> int:
    """Accept all tracked changes of a part, and count them."""
    found = list(root.iter(*INSERTED, *STRUCK, *FORMER, W + "cellDel"))
    joined: list[Element] = []
    for node in found:
        parent = node.getparent()
        if parent is None:
            continue
        if node.tag == W + "cellDel" or (node.tag in STRUCK and parent.tag == W + "trPr"):
            remove_node(next(parent.iterancestors(W + "tc" if node.tag == W + "cellDel" else W + "tr")))
        elif node.tag in STRUCK and parent.tag == RPR:
            joined += parent.iterancestors(P)
            remove_node(node)
        elif node.tag in INSERTED and parent.tag not in {RPR, W + "trPr"}:
            for child in list(node):
                node.addprevious(child)
            remove_node(node)
        else:
            remove_node(node)
    for paragraph in joined:
        _join_next(paragraph)
    return len(found)


def delete_comments(root: Element) -> int:
    """Delete the marks of all comments in a part, and count them."""
    marks = list(root.iter(*COMMENTS))
    for node in marks:
        home = node.getparent()
        remove_node(node)
        if home is not None and home.tag == R and all(child.tag == RPR for child in home):
            remove_node(home)
    return sum(1 for node in marks if node.tag == COMMENTS[0])


def _join_next(paragraph: Element) -> None:
    """Join a paragraph whose end was deleted to the next one."""
    following = paragraph.getnext()
    if following is None or following.tag != P:
        return
    properties = following.find(PPR)
    at = 0 if properties is None else following.index(properties) + 1
    following[at:at] = [each for each in paragraph if each.tag != PPR]
    remove_node(paragraph)
