"""What an office writes to those who have a release: its embargo moved or ended, it was corrected, or withdrawn.

English only, whatever the release's language: these lines are for news desks, and the release itself goes with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.text.dates import shown, zone_name
from pressgen.text.mail import wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pressgen.model.moment import Moment

LANGUAGE = "en-GB"
EMBARGO = {"ar": "محظور النشر حتى", "de": "SPERRFRIST"}
"""How newsrooms of a language call an embargo, where that is another word."""
NO_LONGER = "These files no longer hold, by SHA-256 (a marked copy has another):"
REPLACES = "What is attached takes the place of what you have. Please delete the earlier files."
LOCKED = (
    "The release is in the attached PDF. It opens with a password, which the press office gives you by another way;"
    " so the text does not stand in this mail, and the PDF is not an archival one (PDF/A)."
)


def when(moment: Moment) -> str:
    """An hour as notices say it: `00:01 BST on Wednesday 8 May 2019 (23:01 UTC, Tuesday 7 May)`."""
    there = f"{shown(moment, 'HH:mm', LANGUAGE)} {zone_name(moment)} on {shown(moment, 'EEEE d MMMM y', LANGUAGE)}"
    return f"{there} ({moment.instant:%H:%M} UTC, {moment.instant:%A} {moment.instant.day} {moment.instant:%B})"


def embargo_mark(moment: Moment, language: str) -> str:
    """Return an embargo as a subject says it in a language: `EMBARGO 00:01 GMT Thu 11 Mar`."""
    word = EMBARGO.get(language.partition("-")[0], "EMBARGO")
    return f"{word} {shown(moment, 'HH:mm', language)} {zone_name(moment)} {shown(moment, 'EEE d MMM', language)}"


def moved(number: int, headline: str, times: tuple[Moment, Moment], reason: str) -> str:
    """The advisory of that number that the embargo of a release moved from the first of `times` to the second."""
    was, now = times
    return _letter(
        f"ADVISORY {number}: EMBARGO MOVED",
        f"“{headline}” may now be used from {when(now)}. Until then it stays under embargo.",
        f"It was to be used from {when(was)}. That time no longer holds.",
        f"Reason: {reason}",
        REPLACES,
    )


def embargo_ended(headline: str, was: Moment | None, address: str, notice: str) -> str:
    """What those who have a release are told when its embargo was ended before its hour; not why, unless `notice` does.

    Args:
        headline: as printed, without dress.
        was: when the embargo would have ended; None where they were told of none.
        address: of the public page.
        notice: a line of the office's own; empty for none.
    """
    held = f" The embargo until {when(was)} no longer holds." if was else ""
    told = [f"“{headline}” is public, and may be used from now on.{held}", *([notice] if notice else [])]
    return "\n\n".join([_letter("EMBARGO ENDED", *told), f"It is here:\n{address}"])


def corrected(label: str, headline: str, line: str, superseded: Mapping[str, str]) -> str:
    """The correction of a release: its class, its line, and by SHA-256 the files that no longer hold."""
    files = [f"{digest}  {name}" for name, digest in sorted(superseded.items())]
    told = _letter(label.upper(), f"“{headline}”: {line.removesuffix('.')}.", REPLACES, NO_LONGER)
    return "\n\n".join([told, "\n".join(files)])


def for_review(number: int, headline: str, reference: str, files: Sequence[str]) -> str:
    """What goes with the copies of a round of review to an editor."""
    return _letter(
        "FOR REVIEW – NOT FOR PUBLICATION",
        f"“{headline}” ({reference}) is a draft, in its round {number} of review. Please pass it to nobody.",
        "Change the Word file as you like: it records what you do. Or mark the PDF, in any program. Then send either"
        " back to this address. You will be told what became of each change and remark.",
        f"Attached: {', '.join(files)}",
    )


def withdrawn(headline: str, reference: str, reason: str) -> str:
    """The kill notice of a release."""
    return _letter(
        "WITHDRAWN – DO NOT USE",
        f"“{headline}” ({reference}) is withdrawn. Do not publish, broadcast or post it, nor any part of it.",
        "If it has been used, please take it down, and tell your readers so.",
        f"Reason: {reason}",
        "Please delete every file of it that you have.",
    )


def _letter(*paragraphs: str) -> str:
    return "\n\n".join(wrapped(each) for each in paragraphs)
