"""What the office's file names in `at_issue` and `at_lift`: channels, and at the lift lists as well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.load.faults import fault
from pressgen.text.expression import near

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.errors import Problem
    from pressgen.load.source import SourceText

USE = re.compile(r"(at_issue|at_lift)\[\d+\]")
CHANNEL = re.compile(r"channels\.[^.\[]+")
LIST = re.compile(r"lists\.[^.\[]+")


def judge_uses(source: SourceText) -> Iterator[Problem]:
    """Judge each name that is used: whether there is such a channel or list, and only one of the two.

    A list at the lift needs a mail channel, in `at_lift` or `at_issue`, by which its people get their mails.
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
            message = f"“{name}” is a channel and a list as well; give one of them another name"
            yield fault("O15", message, source.place(path), path)
        elif at_lift and name in lists and not mailed:
            message = f"the people of “{name}” are mailed, and no mail channel is in at_lift or at_issue; add one"
            yield fault("O16", message, source.place(path), path)
        elif name not in channels and not (at_lift and name in lists):
            kind, known = ("channels or lists", channels | lists) if at_lift else ("channels", channels)
            message = f"“{name}” is none of the {kind}{near(name, known)}"
            yield fault("O06", message, source.place(path), path)
