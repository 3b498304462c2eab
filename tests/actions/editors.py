"""An editor who works on a review copy of one small release, and saves it as a program saves it."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from pressgen.actions.workspace.folder import Workspace
from pressgen.cli.app import main
from review.copies import copies_of
from review.dialects import DIALECTS, written
from review.editing import EDITORS, Char, Editing, Para, Remark

CHANCE = random.Random
RELEASE = """\
# A comment that stays.
reference: B-1
house: inspectorate
headline: Bridge opens
times:
  zone: Europe/London
  embargo: 2019-05-08 00:01
people:
  ray: {name: Dr Ada Ray, role: Chief Engineer, later: Dr Ray, phone: 01632 960000, email: ray@example.org}
facts:
  cost: {value: 3930, unit: pounds}
body:
  - >-
    The bridge over the river Wend opened on Monday after two years of work, and people of both
    banks **walked across** it in the rain.  # not a comment
  - quote: {by: ray, words: It holds and it will go on holding.}
  # why it cost so much
  - It cost £{{ facts.cost }} for each metre, which is less than any other bridge in the county.
  - The next bridge will be built further down the river when the money is there.
contacts: [ray]
"""


def run(*arguments: str, typed: str | None = None) -> Result:
    """A command, and what is typed while it asks."""
    return CliRunner().invoke(main, arguments, input=typed)


def edited(newsroom: Path, *edits: Callable[[Editing], None], dialect: str = "word", name: str = "in.docx") -> Path:
    """The review copy after an editor's hand, saved as a program saves it."""
    (copy,) = copies_of(Workspace(newsroom), newsroom / "releases" / "bridge")
    sent = sorted((newsroom / "dist" / "bridge" / "review").glob("*.docx"))
    editing = Editing(sent[0].read_bytes() if sent else copy.content, copy.blocks, CHANCE(1))
    for edit in edits:
        edit(editing)
    file = newsroom / name
    file.write_bytes(written(editing, DIALECTS[dialect], CHANCE(1)))
    return file


def change(old: str, new: str, *, tracked: bool = True, by: int = 0) -> Callable[[Editing], None]:
    """An edit: one word for another, with tracking or without."""

    def edit(editing: Editing) -> None:
        who = EDITORS[by] if tracked else None
        for para in editing.paras:
            at = "".join(char.text for char in para.chars).find(old)
            if at >= 0:
                editing._strike(para, at, at + len(old), who)
                at += len(old) if tracked else 0
                para.chars[at:at] = [Char(each, None, who) for each in new]
                return
        raise AssertionError(old)

    return edit


def add(after: str, text: str) -> Callable[[Editing], None]:
    """A new paragraph behind the one that begins with `after`."""

    def edit(editing: Editing) -> None:
        number = next(n for n, p in enumerate(editing.paras) if "".join(c.text for c in p.chars).startswith(after))
        chars = [Char(each, None, EDITORS[1]) for each in text]
        editing.paras.insert(number + 1, Para(chars, None, editing.paras[number].node, cell=False, inserted=EDITORS[1]))

    return edit


def remark(over: str, text: str) -> Callable[[Editing], None]:
    """A comment on some words."""

    def edit(editing: Editing) -> None:
        for para in editing.paras:
            at = "".join(char.text for char in para.chars).find(over)
            if at >= 0:
                editing.remarks.append(Remark(str(len(editing.remarks)), text, None, para.chars[at : at + len(over)]))
                return
        raise AssertionError(over)

    return edit
