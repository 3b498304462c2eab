"""Notes for newsdesks that they never publish.

They are about the embargo, corrections and a withdrawal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.newsroom.wording import format_minute

if TYPE_CHECKING:
    from pressgen.newsroom.public_release import PublicRelease

SPOKEN = "en-GB"
"""Notes to newsdesks are in English, whatever the release's language."""


def list_editor_notes(item: PublicRelease) -> list[str]:
    """List the notes to editors at newsdesks, a line each."""
    if item.withdrawn:
        when = format_minute(item.moment(item.withdrawn.at), SPOKEN)
        return [f"WITHDRAWN {when}. Do not use; take down what was published from it. Reason: {item.withdrawn.reason}"]
    said = [f"CORRECTED {format_minute(item.moment(each.at), SPOKEN)}: {each.line}" for each in item.corrections]
    if item.embargo:
        said.append(f"Was under embargo until {format_minute(item.moment(item.embargo), SPOKEN)}.")
    return said
