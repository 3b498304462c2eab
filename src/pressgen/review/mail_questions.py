"""The questions that changes in a mail leave open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.model.proposal import ProposalKind

if TYPE_CHECKING:
    from pressgen.model.proposal import Proposal

NEW_PARAGRAPH = "it may be a new paragraph or a remark; if it is new, accept this one by its number"
OTHER_ORDER = "the mail may only quote in another order; if the text is to change, accept this one by its number"
RETYPED = "the text is typed again outside the quote; if it is to be like this, accept this one by its number"
BETWEEN = "these words stand between two quoted lines; if they belong there, accept this one by its number"
NOT_QUOTED = "the mail does not quote this text; if it is to go, accept this one by its number"
TWO_TEXTS = "the mail has a blank line within this text; if it is to be two, accept this one by its number"
RUN_ON = "the mail has both texts on one line; if they are to be one, accept this one by its number"
IN_BRACKETS = "words in brackets may be a remark; if they belong into the text, accept this one by its number"
CITATION = "the number of a note stands in this text; change it by hand, so that it stays a citation"
OLDER = "it stands in an older mail that this one quotes; if it still holds, accept this one by its number"
BRACKETS = re.compile(r"\s*(?:\[[^\]]*[^\]\s.…][^\]]*\]|\(\(.*\)\))\s*$")
PART_QUOTED = "the mail may quote only a part of this text; if the rest is to go, accept this one by its number"
WORDY = 20
"""The fewest characters at an end of a text that somebody leaves out to quote less."""
ASKED = {
    ProposalKind.ADD: NEW_PARAGRAPH, ProposalKind.MOVE: OTHER_ORDER, ProposalKind.SPLIT: TWO_TEXTS,
    ProposalKind.JOIN: OTHER_ORDER, ProposalKind.DELETE: NOT_QUOTED,
}  # fmt: skip


def ask_about_change(each: Proposal, text: str) -> str:
    """Return what a change leaves open; empty for nothing.

    Args:
        each: a change that is known only by comparison.
        text: the sent text that it changes.
    """
    if each.kind is not ProposalKind.EDIT:
        return ASKED.get(each.kind, "")
    if BRACKETS.match(each.after):
        return IN_BRACKETS
    edge = each.start == 0 or each.end == len(text)
    left_out = each.after.strip(" []().…").lower() in ({"", "snip"} if each.after else {"snip"})
    cut = left_out or (edge and not each.after)
    return PART_QUOTED if cut and len(each.before) > WORDY else ""
