"""Random edits of samples put in: the file loads, reads as the editor's copy, and has changed in their lines only."""

from __future__ import annotations

import random
from pathlib import Path

from review.copies import samples
from review.editing import EDITORS, Char, Editing
from review.fuzz_apply import put_in


def test_what_two_people_say_is_not_put_together(tmp_path: Path) -> None:
    copy = next(each for each in samples() if each.name == "thornmere-remand-centre.docx")
    editing = Editing(copy.content, copy.blocks, random.Random(1))  # noqa: S311 - it is not asked
    (at,) = (n for n, para in enumerate(editing.paras) if "".join(c.text for c in para.chars).startswith("Governor of"))
    editing.paras[at].chars.append(Char(" ", None, EDITORS[0]))
    editing.paras[at].struck = EDITORS[0]

    found, applied, desk = put_in(editing, copy, tmp_path)

    (join,) = (each.number for each in found.proposals if each.proposal.kind == "join")
    assert dict(applied.left)[join] == "joins texts of different kinds or speakers; join them yourself"
    assert desk.source.text == copy.desk.source.text
