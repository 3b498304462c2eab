"""Parts of a release that run together in one paragraph, set apart: `ENDS NOTES TO EDITORS …`, `Media contact: …`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.importer import signs
from pressgen.importer.manuscript import Kind, Para

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EMBARGOED = re.compile(r"(?<=\s)(?:STRICTLY\s+)?(?:UNDER\s+)?EMBARGO(?:ED)?\b(?=.{0,40}(?:UNTIL|\d))")
ALONE = re.compile(r"\W*(?:STRICTLY|UNDER)?\W*")
INNER_CONTACT = re.compile(
    r"(?:(?<=[.!?”\"])\s*|(?<=\d{4}\s)|(?<=Release\s))(?=(?:(?:Media|Press)\s+)?Contacts?\s*:)"
    r"|(?<=\s)(?=Release\s+Date\s*:)|(?<=\w\s)(?=FOR\s+IMMEDIATE\s+RELEASE\b)"
    r"|(?<=[.!?”\"])\s+(?=(?:Relations\s+avec\s+les\s+médias|Contacts?\s+médias?|Pressekontakt|Contacto\s+de\s+prensa)\b)"
)
INNER_SECTION = re.compile(
    r"(?<=\w)\s+(?=Notes?\s+to\s+Editors?\b|For\s+(?:more|further)\s+information[^.:]{0,70}\bcontact\s?:)"
    r"|(?<=[.!?”»\"])\s+(?=Notes?\s+(?:to|for)\s+(?:the\s+)?Editors?\b"
    r"|(?:For\s+(?:more|further)|Pour\s+(?:plus|de\s+plus)|Für\s+weitere|Para\s+m[áa]s)\s[^.:]{0,70}(?:contact\w*|kontakt\w*)\s?:)"
)
INNER_ABOUT = re.compile(rf"(?<=[.!?”»\"])\s+(?={signs.ABOUT_WORD}\s+[A-ZÀ-Þ0-9])")
INNER_END = re.compile(r"(?<=[.!?”\"])\s+(?=(?:ENDS|#\s?#\s?#|-30-|- ?ENDS? ?-)(?:\s|$))")
DETAILS = re.compile(r"(?P<heading>(?:Contact\s+Details|Company\s+Website))(?=[A-Zh])")
LONGEST, MOST = 30_000, 40
"""Characters of a paragraph in which parts are looked for, and parts that it may have."""
LOUD = re.compile(r"(?:[A-Z0-9][A-Z0-9’'&:,;.-]*\s+){4,}(?=[A-Z][a-z]+\s+[a-z]|A\s[a-z])")


def unglued(paras: Sequence[Para]) -> list[Para]:
    """The paragraphs, those that hold several parts of a release divided between them."""
    return [part for para in paras for part in _parts(para)]


def _parts(para: Para) -> Iterator[Para]:
    """A paragraph from the first of its parts to the last; only the first is set off from what stood before."""
    text, parts = para.text, 1
    at = 0 if para.kind in (Kind.TABLE, Kind.PICTURE) or len(text) > LONGEST else _cut(text)
    yield replace(para, text=text[:at].strip()) if at else para
    while at:
        text, parts = text[at:].strip(), parts + 1
        at = _cut(text) if parts < MOST else 0
        yield _later(para, text[:at].strip() if at else text)


def _later(para: Para, text: str) -> Para:
    return Para(line=para.line, text=text, links=tuple(link for link in para.links if link.text in text))


def _cut(text: str) -> int:
    """Where a paragraph's first part ends; 0 where it is one part."""
    for pattern, group in (
        (signs.RUN_IN_END, "sign"), (signs.RUN_IN_NOTES, "heading"), (DETAILS, "heading"),
        (signs.RUN_IN_ABOUT, "heading"),
    ):  # fmt: skip
        if (match := pattern.match(text)) and match.end(group) < len(text):
            return match.end(group)
    cuts = [match.start() for match in INNER_ABOUT.finditer(text)]
    cuts += [match.end() for pattern in (INNER_CONTACT, INNER_SECTION, INNER_END) for match in pattern.finditer(text)]
    if (
        (match := EMBARGOED.search(text))
        and text[: match.start()].isupper()
        and not ALONE.fullmatch(text[: match.start()])
    ):
        cuts.append(match.start())
    return min((cut for cut in cuts if 0 < cut < len(text)), default=0)


def loud_headline(text: str) -> tuple[str, str]:
    """A headline in capitals that runs into the lead, and the lead; an empty headline where there is none."""
    match = LOUD.match(text)
    return (match[0].strip(), text[match.end() :]) if match else ("", text)
