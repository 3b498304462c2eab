"""The hidden data in a release's attachments, for the rules."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.errors import InputError, guard_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.actions.workspace.folder import LoadedRelease


def describe_attachments(loaded: LoadedRelease) -> Mapping[str, str]:
    """Describe the hidden data in each attachment, in one sentence.

    The sentence is empty for an attachment without any.
    """
    publisher = loaded.house.house.name
    return {
        each.file: _describe_attachment(each.file, loaded.media[each.file], publisher)
        for each in loaded.release.attachments
    }


def add_attachment_digests(loaded: LoadedRelease, typed: Mapping[str, str]) -> Mapping[str, str]:
    """Add each attachment's digest to the texts of a release.

    So an acknowledgement of an attachment lapses when the file changes.
    """
    sums = {
        f"attachments[{index}].file": f"{each.file} {sha256(loaded.media[each.file]).hexdigest()}"
        for index, each in enumerate(loaded.release.attachments)
    }
    return {**typed, **sums}


@lru_cache(maxsize=64)
def _describe_attachment(name: str, data: bytes, publisher: str) -> str:
    """Describe the hidden data in one attachment."""
    from pressgen.validate.attachment import find_disclosures
    from pressgen.validate.disclosures import describe_disclosures

    try:
        with guard_file(name):
            return describe_disclosures(find_disclosures(data, publisher))
    except InputError as refusal:
        return "; ".join(each.message for each in refusal.problems)
