"""A quotation that is never closed, or one that is closed and was never opened.

The reader cannot tell where the speaker ends and the office begins. A paragraph whose quotation goes on in the next
one is right without a closing mark. Lines into which a program broke a paragraph are read as one.

Wrong: `She called it “a good year.`

Right: `She called it “a good year”.`
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.check.passage import SPOKEN, Kind
from pressgen.check.rule import rule
from pressgen.check.speech import ENDED
from pressgen.errors import Severity
from pressgen.text.quoted_words import CLOSING, OPENING, STRAIGHT, pair_quotation_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.check.finding import Finding
    from pressgen.check.passage import Passage
    from pressgen.check.subject import Subject

SINGLE = re.compile(
    r"(?<!\w)‘(?!\d|(?:em|n|til|tis|twas|cause|bout|round)\b)[^‘’]*(?:(?:‘(?=\d)|’(?=\w))[^‘’]*)*(?=‘(?!\d)|$)"
)
"""A single mark that opens and is never closed; before a figure it is an apostrophe."""

LETTERS = re.compile(r"[^\W\d_]")
FURNITURE = 3
"""With fewer letters a text is the furniture of a page: a number, a rule, a dot."""
SMALL = " .,·•*'’-–"
"""Signs before an opening mark, from a scan or a list."""


LINE = 45
"""A line that was broken by a program is longer; a shorter one may be a heading."""


@rule("Q03", "quotation-never-closed", Severity.ERROR, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find quotation marks that are never closed or never opened."""
    texts = [each for each in subject.own if len(LETTERS.findall(each.text)) >= FURNITURE]
    for passage in texts:
        if match := SINGLE.search(passage.text):
            yield passage.finding(match.start(), match.start() + 1, "this single mark is never closed")
    groups = _join_lines(texts)
    for before, lines, following in zip([None, *groups], groups, [*groups[1:], None], strict=False):
        if lines.kind in SPOKEN:
            continue
        found = pair_quotation_marks(lines.text)
        for at in found.crossed:
            yield lines.finding(at, "this opens with a double mark, and a single one closes it: use one kind")
        for at in found.turned:
            yield lines.finding(at, "an opening mark where the quotation ends: type ”", mend=CLOSING)
        for each in found.quoted:
            last = each.end == len(lines.text)
            if not each.closed and not (last and _is_continued(lines, following)):
                yield lines.finding(each.start, "this quotation is never closed")
        opened = before is not None and any(not each.closed for each in pair_quotation_marks(before.text).quoted)
        for at in found.stray[1:] if opened else found.stray:
            yield lines.finding(at, "this closes a quotation that was never opened")


@dataclass(frozen=True, slots=True)
class _Lines:
    """A paragraph, in the lines into which a program may have broken it."""

    passages: tuple[Passage, ...]

    @property
    def kind(self) -> Kind:
        return self.passages[0].kind

    @property
    def text(self) -> str:
        return " ".join(each.text for each in self.passages)

    def finding(self, at: int, message: str, *, mend: str | None = None) -> Finding:
        """Return a finding about the character at a place of the whole."""
        for passage in self.passages[:-1]:
            if at < len(passage.text):
                return passage.finding(at, at + 1, message, mend=mend)
            at -= len(passage.text) + 1
        return self.passages[-1].finding(at, at + 1, message, mend=mend)


def _join_lines(texts: Sequence[Passage]) -> list[_Lines]:
    """Return the paragraphs, those together that are lines of one."""
    groups: list[_Lines] = []
    for passage in texts:
        if groups and _is_broken(groups[-1].passages[-1], passage):
            groups[-1] = _Lines((*groups[-1].passages, passage))
        else:
            groups.append(_Lines((passage,)))
    return groups


def _is_broken(line: Passage, following: Passage) -> bool:
    """Return whether a paragraph is a line that the next one continues."""
    if line.kind is not Kind.PARAGRAPH or following.kind is not Kind.PARAGRAPH or ENDED.search(line.text):
        return False
    if following.text[:1].islower():
        return True
    found = pair_quotation_marks(following.text)
    return len(line.text) > LINE and not found.quoted and bool(found.stray)


def _is_continued(lines: _Lines, following: _Lines | None) -> bool:
    """Return whether an open quotation continues in the next paragraph."""
    kinds = {Kind.PARAGRAPH, Kind.ITEM}
    if following is None or lines.kind is not Kind.PARAGRAPH or following.kind not in kinds:
        return False
    marked = following.text.lstrip(SMALL).startswith((OPENING, STRAIGHT))
    return marked or bool(pair_quotation_marks(following.text).stray)
