"""What receiving desks are told beside the text, and never publish: the embargo, corrections, a withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.newsroom.wording import minute

if TYPE_CHECKING:
    from pressgen.newsroom.item import Item

SPOKEN = "en-GB"
"""Wire desks are spoken to in English, whatever the release's language."""


def remarks(item: Item) -> list[str]:
    """The notes to editors at receiving desks, a line each."""
    if item.withdrawn:
        when = minute(item.moment(item.withdrawn.at), SPOKEN)
        return [f"WITHDRAWN {when}. Do not use; take down what was published from it. Reason: {item.withdrawn.reason}"]
    said = [f"CORRECTED {minute(item.moment(each.at), SPOKEN)}: {each.line}" for each in item.corrections]
    if item.embargo:
        said.append(f"Was under embargo until {minute(item.moment(item.embargo), SPOKEN)}.")
    return said
