"""What the attachments of a release tell beside what they show, as the rules want it."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.errors import Refused, guard_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.actions.workspace.folder import Desk


def attached(desk: Desk) -> Mapping[str, str]:
    """What each attachment tells, by its name, in one sentence; empty for one that tells nothing."""
    publisher = desk.house.house.name
    return {each.file: _told(each.file, desk.media[each.file], publisher) for each in desk.release.attachments}


def with_sums(desk: Desk, typed: Mapping[str, str]) -> Mapping[str, str]:
    """The texts of a release, with the sum of each attachment at its name: what was accepted lapses when it changes."""
    sums = {
        f"attachments[{index}].file": f"{each.file} {sha256(desk.media[each.file]).hexdigest()}"
        for index, each in enumerate(desk.release.attachments)
    }
    return {**typed, **sums}


@lru_cache(maxsize=64)
def _told(name: str, data: bytes, publisher: str) -> str:
    from pressgen.validate.attachment import find_traits  # noqa: PLC0415 - few releases have attachments
    from pressgen.validate.trait import describe_traits  # noqa: PLC0415 - as above

    try:
        with guard_file(name):
            return describe_traits(find_traits(data, publisher))
    except Refused as refusal:
        return "; ".join(each.message for each in refusal.problems)
