"""The covering note of an office.

It is a few words above the release, in the language of the release.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.errors import UsageError
from pressgen.model.office import LONGEST_NOTE
from pressgen.text.notices import MailNotice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pressgen.model.office import MailingList, Office

BLANK = re.compile(r"\n\s*\n")
FILE = "@"
"""The prefix on the command line of a note in a file."""


def choose_note(office: Office, people: MailingList, own: str | None, language: str) -> str:
    """Return the covering note for a list; empty for none.

    Args:
        office: has the note for lists without their own.
        people: the list.
        own: the note for this one time; None for the usual one.
        language: of the release; a note in another language is not sent.
    """
    if own is not None:
        return own
    return _find_note_in_language(people.note, language) or _find_note_in_language(office.office.note, language)


def convert_note_to_notice(note: str, language: str) -> MailNotice | None:
    """Convert a note to a notice for mails; None if empty.

    Blank lines separate its paragraphs.
    """
    paragraphs = tuple(each.strip() for each in BLANK.split(note) if each.strip())
    return MailNotice(language=language, paragraphs=paragraphs) if paragraphs else None


def check_note(text: str) -> str:
    """Return a typed note if a mail can hold it.

    Raises:
        UsageError: it is too long, or has invisible characters.
    """
    note = text.replace("\r\n", "\n").strip()
    if len(note) > LONGEST_NOTE:
        raise UsageError(f"--note: a note has up to {LONGEST_NOTE} characters, and this one has {len(note)}")
    if bad := next((char for char in note if char != "\n" and not char.isprintable()), ""):
        raise UsageError(f"--note: the note holds U+{ord(bad):04X}, an invisible character; delete it")
    return note


def _find_note_in_language(notes: Mapping[str, str], language: str) -> str:
    """Return the note in a language; empty where there is none.

    Its region comes first, then the language itself, then another region.
    """
    main = language.partition("-")[0].lower()
    ranked = sorted(notes, key=lambda each: (each.lower() != language.lower(), each.lower() != main))
    return next((notes[each].strip() for each in ranked if each.partition("-")[0].lower() == main), "")
