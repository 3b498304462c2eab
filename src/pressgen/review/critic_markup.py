"""Read CriticMarkup: changes and remarks that somebody types into a text.

`{++in++}`, `{--out--}`, `{~~old~>new~~}`, `{>>remark<<}`, `{==about this==}` (criticmarkup.com). Mail programs turn two
hyphens into a dash, so a dash counts as two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pressgen.review.mail_lines import INSERTED, STRUCK

MARK = re.compile(
    r"\{\+\+(?P<new>.*?)\+\+\}|\{(?:--|–|—)(?P<old>.*?)(?:--|–|—)\}|\{~~(?P<from>.*?)~(?:>|&gt;)(?P<to>.*?)~~\}"
    r"|\{>>(?P<remark>.*?)<<\}|\{==(?P<about>.*?)==\}",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text without its marks.

    Attributes:
        styles: the style of each character.
        remarks: each remark, with the first and the last character that it is about.
        explicit: whether there was a mark of insertion or deletion.
    """

    text: str
    styles: str
    remarks: list[tuple[int, int, str]]
    explicit: bool


def read_critic_markup(text: str, styles: str) -> MarkedText:
    """Read the marks in a text, and take them out."""
    made, looks, at = "", "", 0
    remarks: list[tuple[int, int, str]] = []
    explicit = False
    about = (-1, -1)
    for match in MARK.finditer(text):
        made, looks = made + text[at : match.start()], looks + styles[at : match.start()]
        if match["remark"] is not None:
            start = about[0] if about[1] == len(made) else len(made)
            remarks.append((start, len(made), " ".join(match["remark"].split())))
        elif match["about"] is not None:
            about = (len(made), len(made) + len(match["about"]))
            made, looks = made + match["about"], looks + styles[match.start("about") : match.end("about")]
        else:
            explicit = True
            old, new = match["old"] or match["from"] or "", match["new"] or match["to"] or ""
            made, looks = made + old + new, looks + STRUCK * len(old) + INSERTED * len(new)
        at = match.end()
    return MarkedText(made + text[at:], looks + styles[at:], remarks, explicit)
