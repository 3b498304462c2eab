"""The comments of a Word file and their threads.

Word keeps threads in a separate part ([MS-DOCX] 2.5.3). Programs without that part repeat the range of the first
comment.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.review.word_model import Comment
from pressgen.word.names import ID, W14, P, T, W

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pressgen.review.word_model import Spot
    from pressgen.word.names import Element

W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


def read_comments(
    root: Element | None, threads: Element | None, starts: Mapping[str, Spot], ends: Mapping[str, Spot]
) -> Iterator[Comment]:
    """Read every comment of a Word file, with its place.

    They come in the order of the file, each with the comment that it answers.
    """
    if root is None:
        return
    said = {} if threads is None else {str(node.get(W15 + "paraId")): node for node in threads}
    owner = {str(node.get(W14 + "paraId")): str(each.get(ID)) for each in root for node in each.iter(P)}
    first: dict[tuple[Spot, Spot], str] = {}
    for node in root.iterfind(W + "comment"):
        comment = _comment(node, said, owner, starts, ends)
        place = (comment.start, comment.end)
        if place[0] is not None and place[1] is not None and place[0] != place[1]:
            known = first.setdefault((place[0], place[1]), comment.id)
            if not comment.parent and known != comment.id and not said:
                comment = replace(comment, parent=known)
        yield comment


def _comment(
    node: Element,
    said: Mapping[str, Element],
    owner: Mapping[str, str],
    starts: Mapping[str, Spot],
    ends: Mapping[str, Spot],
) -> Comment:
    ident = str(node.get(ID) or "")
    paragraphs = list(node.iter(P))
    about = said.get(str(paragraphs[-1].get(W14 + "paraId"))) if paragraphs else None
    start = starts.get(ident)
    return Comment(
        id=ident,
        author=str(node.get(W + "author") or ""),
        date=str(node.get(W + "date") or ""),
        text="\n".join("".join(text.text or "" for text in each.iter(T)) for each in paragraphs),
        parent="" if about is None else owner.get(str(about.get(W15 + "paraIdParent")), ""),
        done=about is not None and about.get(W15 + "done") == "1",
        start=start,
        end=ends.get(ident, start),
    )
