"""The manual, which comes with the program."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pressgen.errors import UsageError
from pressgen.text.expression import suggest_name

FOLDER: Final = Path(__file__).parents[2] / "manual"

SECTIONS: Final = {
    "Begin": {
        "install": "with make, pipx, uv or in a container",
        "writing": "a first release: words, figures, languages, checks",
        "house": "your branding: wording, templates, fonts, logo",
    },
    "Write": {
        "format": "every key of release.yaml and house.yaml",
        "rules": "what `pressgen check` looks for, rule by rule",
        "own-rules": "add rules of your own, in Python",
        "own-formats": "add a format of your own, in Python",
        "word": "write a release in Word, each save taken in",
        "import": "bring old releases in, from Word or text",
    },
    "Review, approve, send": {
        "office": "people, lists, approval, mails, the embargo and its end",
        "review": "send copies to editors, and take their changes into the release",
        "mail-login": "log in to Microsoft 365 or Google to send mail",
    },
    "Publish and archive": {
        "newsroom": "the public pages, the calendar, the report on a broken embargo",
        "archive": "search all releases; figures about them",
        "machines": "build thousands of releases, on one machine or several",
    },
    "Reference": {
        "faults": "what `pressgen verify` finds in a PDF or Word file",
        "codes": "the code of each message, and what to do",
        "python": "build, check and verify from a Python program",
    },
    "Project": {
        "architecture": "where each line of code is",
        "glossary": "what things are called",
        "decisions": "what was chosen, and why",
    },
}
"""The chapters in the order in which they are read, by section, each with a summary."""
FORMER_NAMES: Final = {"desk": "office"}
"""Chapters by the names that office files of earlier versions give them."""


def list_sections() -> dict[str, dict[str, str]]:
    """Return the sections in order, each with its chapters and their summaries."""
    return {section: dict(chapters) for section, chapters in SECTIONS.items()}


def list_chapters() -> dict[str, str]:
    """Return the summary of each chapter by its name, for example `office`."""
    return {name: summary for chapters in SECTIONS.values() for name, summary in chapters.items()}


def read_chapter(name: str) -> str:
    """Return a chapter of the manual, as Markdown.

    A chapter's former name is accepted too.

    Raises:
        UsageError: there is none of that name.
    """
    chapters, name = list_chapters(), FORMER_NAMES.get(name, name)
    if name not in chapters:
        among = suggest_name(name, chapters) or f"; there is {', '.join(chapters)}"
        raise UsageError(f"the manual has no chapter “{name}”{among}")
    return (FOLDER / f"{name}.md").read_text("utf-8")


def explain_code(code: str) -> str:
    """Return what the manual says of a code; empty if nothing."""
    for chapter in list_chapters():
        if found := re.search(rf"^\| `{re.escape(code)}` \| (.+?) \|$", read_chapter(chapter), re.MULTILINE):
            said = found[1].replace(" | ", ": ")
            more = f"This is not a rule of pressgen check. All codes like it: pressgen manual {chapter}"
            return f"{code}: {said}\n\n{more}"
    return ""
