"""A placeholder that nobody filled in.

`XX`, `TBC`, `TK`, `lorem ipsum`, words in square brackets that tell the writer what to insert, and the braces of a
template have all been printed by newspapers. Looked for in every text of the release, in figures and among people.
A whole sentence in square brackets, or a label such as `Intro paragraph:`, may be meant: a warning.

Wrong: `The survey found XX per cent of [insert number] homes.`

Right: `The survey found 34 per cent of the homes.`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pressgen.check.finding import Finding
from pressgen.check.passage import SPOKEN, Kind
from pressgen.check.rule import rule
from pressgen.errors import Severity
from pressgen.text.quoted_words import pair_quotation_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject

WORDS = re.compile(
    r"""\b(?:X{2,}(?:[.:,/-]X{2,})*|TBC|TBD|TBA|TKT?K?|TODO|FIXME|INSERT(?=\s+[A-Z])|NNN+)\b  # in capitals only
    | \b(?i:lorem\s+ipsum|dolor\s+sit\s+amet)\b
    | \b(?i:xx+day|xxth)\b
    | \[(?i:insert|name|number|figure|date|time|title|quote|link|url|tbc|add|place|to\s+follow|\.{2,}|…)\b[^\][]*\]
    | (?<!!)\[(?:\s*|X+|_+|\.{2,}|…|\?+)\](?!\()  # but not a picture or a link of Markdown
    | <(?i:insert|name|number|figure|date|time|title|quote|link)\b[^<>]*>
    | \{\{|\}\}|\{%|%\}
    | _{4,} | \?{3,}
    | (?:Say\ in\ one\ line\ what\ is\ new|Name\ of\ the\ town|Full\ name\ of\ the\ speaker|Office\ of\ the\ speaker
        |(?:Short\ n|N)ame\ after\ the\ first\ time|Name\ of\ the\ press\ officer|The\ lead\ says\ who\ did\ what
        |Type\ the\ words\ without\ quotation\ marks
        |Words\ without\ quotation\ marks,\ a\ text\ a\ paragraph)""",  # what `pressgen new` leaves to be replaced
    re.VERBOSE,
)
MEANT = ("{{", "}}", "{%", "%}")
"""Typed with a backslash, braces may be what is meant."""
CLOSED = {"}}": "{{", "%}": "{%"}
"""What closes a template's expression by what opens it; alone, it is from a style sheet."""
OMISSION = re.compile(r"\[(?:\.{2,}|…)\]")
"""Words that were left out of a quotation; elsewhere they may be meant as well."""
ASKED = re.compile(r"\[(?!sic\b)[A-Z][a-z]+(?:[\s,]+[\w’'/-]+){7,}[^\][]*\]")
"""A whole sentence in square brackets tells the writer what to write; a few words are an editor's, in a quotation."""
LABEL = re.compile(
    r"(?:(?:Sub-?)?(?:Title|Headline|head(?:ing|line))|Intro(?:duction|ductory)?\s(?:paragraph|text)|Lead\sparagraph"
    r"|(?:First|Second|Closing|Final)\sparagraph|Body\s(?:text|copy)|Quote\s\d|Call\sto\saction)\s?:\s",
    re.IGNORECASE,
)
"""A template's names for its parts."""
TOP = {Kind.HEADLINE, Kind.SUBHEAD, Kind.PARAGRAPH}
ROMAN = re.compile(r"(?:Super\s+Bowl|Factor|Class|Pope|Chapter|Part|Volume|Article|King|Queen)\s+$")
OTHERS = re.compile(r"(?:place|people|facts|terms|links|attachments|findings)\b.*")


@rule("N07", "placeholder", Severity.ERROR)
def check(subject: Subject) -> Iterator[Finding]:
    """Find placeholders that were never filled in."""
    seen = set()
    for passage in subject.own:
        seen.add(passage.path)
        for match in WORDS.finditer(passage.text):
            if not _is_meant(passage, match):
                severity = Severity.WARNING if match[0] in MEANT or OMISSION.fullmatch(match[0]) else None
                message = f"placeholder “{match[0]}”: fill it in"
                if not passage.text.strip("_ "):  # as a form has it, or a line between two parts
                    message, severity = "a line of “_”: fill it in, or delete it", Severity.WARNING
                yield passage.finding(*match.span(), message, severity=severity)
        yield from _check_instructions(passage)
    for path, text in subject.typed.items():
        if path not in seen and OTHERS.match(path) and not path.endswith(".url"):
            for match in WORDS.finditer(text):
                if "{{" not in match[0]:
                    yield Finding(path, f"placeholder “{match[0]}”: fill it in", *match.span(), match[0])


def _is_meant(passage: Passage, match: re.Match[str]) -> bool:
    """Return whether what looks like a placeholder is certainly none."""
    at, words = match.start(), match[0]
    if passage.is_made(at) or ROMAN.search(passage.before(at)):
        return True
    if words in CLOSED:
        return CLOSED[words] not in passage.text[:at]
    if not OMISSION.fullmatch(words):
        return False
    quoted = pair_quotation_marks(passage.text).quoted
    return passage.kind in SPOKEN or any(each.start < at < each.end for each in quoted)


def _check_instructions(passage: Passage) -> Iterator[Finding]:
    """Yield instructions and labels that a template left for the writer."""
    for match in ASKED.finditer(passage.text):
        message = f"“{match[0]}” is an instruction to the writer: replace it with your own text"
        yield passage.finding(*match.span(), message, severity=Severity.WARNING)
    label = LABEL.match(passage.text) if passage.kind in TOP else None
    if label:
        message = f"“{label[0].strip()}” is a label from a template: delete it"
        yield passage.finding(*label.span(), message, severity=Severity.WARNING)
