"""Comment a copy of a writing copy with the findings of `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.actions.check.check import check_release
from pressgen.actions.workspace.compose import compose_release
from pressgen.actions.workspace.folder import load_release
from pressgen.actions.workspace.read_files import find_write_root, read_file_argument
from pressgen.errors import InputError, guard_writing
from pressgen.files.within import write_within
from pressgen.model.artifact import Variant
from pressgen.model.document import iter_leaves
from pressgen.review.word_remarks import Remark, write_remarks

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pressgen.actions.write.session import WritingSession

AUTHOR = "pressgen"


def write_comment_copy(session: WritingSession, now: datetime) -> Path:
    """Write the copy with comments beside the writing copy, as `NAME-comments.docx`.

    Raises:
        InputError: the writing copy cannot be read, or the other cannot be written.
    """
    data = read_file_argument(session.copy, session.shown)
    texts = _list_printed_texts(session)
    remarks = [
        Remark(texts.get(each.path, ""), f"{each.code} {each.message}")
        for each in check_release(session.workspace, session.folder, present=now).problems
    ]
    content = write_remarks(data, session.shown, remarks, AUTHOR, f"{now:%Y-%m-%dT%H:%M:%SZ}")
    file = session.copy.with_name(f"{session.copy.stem}-comments.docx")
    home, folder = find_write_root(session.workspace.root, file.parent)
    with guard_writing(str(folder)):
        write_within(home, folder, {file.name: content})
    return file


def _list_printed_texts(session: WritingSession) -> dict[str, str]:
    """Return what the release prints, by path.

    There is nothing where it cannot be composed.
    """
    try:
        loaded = load_release(session.workspace, session.folder)[0]
        (document,) = compose_release(loaded, [Variant.REVIEW])
    except InputError:
        return {}
    return {leaf.path: str(leaf) for leaf in iter_leaves(document.blocks)}
