"""Split parts of a release that share one paragraph.

Such as `ENDS NOTES TO EDITORS …` and `Media contact: …`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.importer import section_markers
from pressgen.importer.manuscript import ParagraphKind, SourceParagraph

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
INNER_ABOUT = re.compile(rf"(?<=[.!?”»\"])\s+(?={section_markers.ABOUT_WORD}\s+[A-ZÀ-Þ0-9])")
INNER_END = re.compile(r"(?<=[.!?”\"])\s+(?=(?:ENDS|#\s?#\s?#|-30-|- ?ENDS? ?-)(?:\s|$))")
DETAILS = re.compile(r"(?P<heading>(?:Contact\s+Details|Company\s+Website))(?=[A-Zh])")
LONGEST, MOST = 30_000, 40
"""The most characters of a paragraph in which parts are searched for, and the most parts."""
LOUD = re.compile(r"(?:[A-Z0-9][A-Z0-9’'&:,;.-]*\s+){4,}(?=[A-Z][a-z]+\s+[a-z]|A\s[a-z])")


def split_joined_parts(paras: Sequence[SourceParagraph]) -> list[SourceParagraph]:
    """Split paragraphs that hold several parts of a release."""
    return [part for para in paras for part in _split_paragraph(para)]


def _split_paragraph(para: SourceParagraph) -> Iterator[SourceParagraph]:
    """Split a paragraph into its parts.

    Only the first is separated from the text before.
    """
    text, parts = para.text, 1
    at = 0 if para.kind in (ParagraphKind.TABLE, ParagraphKind.PICTURE) or len(text) > LONGEST else _find_split(text)
    yield replace(para, text=text[:at].strip()) if at else para
    while at:
        text, parts = text[at:].strip(), parts + 1
        at = _find_split(text) if parts < MOST else 0
        yield _make_following(para, text[:at].strip() if at else text)


def _make_following(para: SourceParagraph, text: str) -> SourceParagraph:
    return SourceParagraph(line=para.line, text=text, links=tuple(link for link in para.links if link.text in text))


def _find_split(text: str) -> int:
    """Return where a paragraph's first part ends; 0 if it is one."""
    for pattern, group in (
        (section_markers.RUN_IN_END, "sign"), (section_markers.RUN_IN_NOTES, "heading"), (DETAILS, "heading"),
        (section_markers.RUN_IN_ABOUT, "heading"),
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


def split_capital_headline(text: str) -> tuple[str, str]:
    """Split a headline in capitals from the lead that follows it.

    Return an empty headline where there is none.
    """
    match = LOUD.match(text)
    return (match[0].strip(), text[match.end() :]) if match else ("", text)
