"""The covering note of an office: a few words of its own above the release, in the language of the release."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.errors import WrongUse
from pressgen.model.office import LONGEST_NOTE
from pressgen.text.notices import Notice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.model.office import MailingList, Office

BLANK = re.compile(r"\n\s*\n")
FILE = "@"
"""What a note on the command line begins with that stands in a file."""


def note_for(office: Office, people: MailingList, own: str | None, language: str) -> str:
    """Return the note that goes with a release to a list; empty for none.

    Args:
        office: whose note it is, where the list has none.
        people: the list.
        own: what is to be said instead, this once; None for nothing else.
        language: of the release; a note in another language is not sent.
    """
    if own is not None:
        return own
    return _in(people.note, language) or _in(office.office.note, language)


def as_notice(note: str, language: str) -> Notice | None:
    """Return a note as it stands in a mail, its paragraphs parted by blank lines; None for an empty one."""
    paragraphs = tuple(each.strip() for each in BLANK.split(note) if each.strip())
    return Notice(language=language, paragraphs=paragraphs) if paragraphs else None


def check_note(text: str) -> str:
    """Return a note that somebody typed, if a mail can hold it.

    Raises:
        WrongUse: it is too long, or holds characters that nobody sees.
    """
    note = text.replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise WrongUse(f"--note: a note has up to {LONGEST_NOTE} characters, and this one has {len(note)}")
    if bad := next((char for char in note if char != "\n" and not char.isprintable()), ""):
        raise WrongUse(f"--note: the note holds U+{ord(bad):04X}, which is no character that shows; take it out")
    return note


def _in(notes: Mapping[str, str], language: str) -> str:
    """The note in a language: that of its region, else of the language itself, else of another region."""
    main = language.partition("-")[0].lower()
    ranked = sorted(notes, key=lambda each: (each.lower() != language.lower(), each.lower() != main))
    return next((notes[each].strip() for each in ranked if each.partition("-")[0].lower() == main), "")
