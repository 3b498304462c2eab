"""Check the names in `at_issue` and `at_lift` of the office file.

Both may name channels; `at_lift` may name lists as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.load.faults import make_problem
from pressgen.text.expression import suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

USE = re.compile(r"(at_issue|at_lift)\[\d+\]")
CHANNEL = re.compile(r"channels\.[^.\[]+")
LIST = re.compile(r"lists\.[^.\[]+")


def find_channel_use_problems(source: SourceText) -> Iterator[Problem]:
    """Check that each used name is one channel or one list.

    A list in `at_lift` needs a mail channel, in `at_lift` or `at_issue`, that sends the mails to its people.
    """
    channels = {path.removeprefix("channels.") for path in source.nodes if CHANNEL.fullmatch(path)}
    lists = {path.removeprefix("lists.") for path in source.nodes if LIST.fullmatch(path)}
    uses = {path: source.text_at(path) for path in filter(USE.fullmatch, source.nodes)}
    folders_or_hooks = {each for each in channels if source.text_at(f"channels.{each}.kind") in {"folder", "webhook"}}
    mailed = any(name in channels - folders_or_hooks for name in uses.values())
    for path, name in uses.items():
        at_lift = path.startswith("at_lift")
        if name is None:
            continue
        if at_lift and name in channels & lists:
            message = f"“{name}” is the name of a channel and of a list; rename one of them"
            yield make_problem("O15", message, source.place(path), path)
        elif at_lift and name in lists and not mailed:
            message = f"the people of “{name}” get mail, but there is no mail channel in at_lift or at_issue; add one"
            yield make_problem("O16", message, source.place(path), path)
        elif name not in channels and not (at_lift and name in lists):
            kind, known = ("channels or lists", channels | lists) if at_lift else ("channels", channels)
            message = f"“{name}” is not one of the {kind}{suggest_name(name, known)}"
            yield make_problem("O06", message, source.place(path), path)
