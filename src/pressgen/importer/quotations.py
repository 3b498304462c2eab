"""Quotations found in the paragraphs of the body: speech with its speaker, over as many paragraphs as it runs.

A quotation becomes data where its attribution can be taken apart; where words of it are left over they stay as prose
beside it, with a doubt. What is no whole speech (a phrase, a title) stays in the prose that it is quoted in.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.importer import attribution
from pressgen.importer.cutting import Cut, cut, signature, whole
from pressgen.importer.draft import Block, Doubt, Paragraph, Quotation, Taken
from pressgen.importer.manuscript import Kind, Para
from pressgen.importer.names import names_in
from pressgen.importer.speech import Span, spans
from pressgen.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.importer.attribution import Attribution
    from pressgen.importer.people import People

COLLECTIVES = re.compile(r"\bthe\s+(?:authors|researchers|scientists|writers|team)\b", re.IGNORECASE)
LEADS = (":", ",")
SAID = "said"
LONGEST = 8000
"""Characters of a paragraph in which speech is looked for; what is longer is no paragraph that somebody wrote."""


class Quotations:
    """Goes through the paragraphs of a body once, in order.

    Attributes:
        doubts: what is doubtful about the quotations found.
    """

    def __init__(self, people: People) -> None:
        self.doubts: list[Doubt] = []
        self._people = people
        self._before = 0  # blocks of the body before those of this stretch
        self._blocks: list[Block] = []
        self._loose: list[Para] = []  # speech that waits for who says it
        self._led: tuple[str, Attribution, Taken] | None = None  # who speaks in the next paragraph
        self._collective = ""
        self._set_in = False

    def blocks(self, paras: Sequence[Para], before: int) -> list[Block]:
        """The paragraphs and quotations that running text is made of.

        Args:
            paras: the text, one paragraph after the other.
            before: how many blocks of the body stand before it.
        """
        self._before, self._blocks, self._led, self._set_in = before, [], None, False
        for index, para in enumerate(paras):
            self._take(para, paras[index + 1] if index + 1 < len(paras) else None)
            if seen := COLLECTIVES.findall(para.text):
                self._collective = seen[-1].lower()
        self._settle(None)
        return self._blocks

    def _take(self, para: Para, following: Para | None) -> None:
        """A paragraph, and what is left of it after each quotation in it."""
        rest: Para | None = para
        while rest:
            rest = self._part(rest, following if rest is para else None)

    def _part(self, para: Para, following: Para | None) -> Para | None:
        """What a paragraph begins with; what is left of it, if anything."""
        found = spans(para.text) if len(para.text) <= LONGEST else []
        rest = None
        speech = whole(para.text, found)
        set_in = para.kind is Kind.BLOCK and not found
        if self._led and (speech or para.kind is Kind.BLOCK):
            self._begin(para, speech)
        elif speech:
            self._pure(para, speech)
        elif self._set_in and set_in:
            self._extend(para.text)
        else:
            rest = self._mixed(para, found, following)
        self._set_in = set_in and self._quoting
        return rest

    def _begin(self, para: Para, speech: Span | None) -> None:
        """A quotation whose speaker stands in the paragraph before."""
        if self._led:
            (by, said, taken), self._led = self._led, None
            text = speech.text if speech else para.text
            self._blocks.append(Quotation(by, (text,), _verb(said), para.line, (taken,) if taken.text else ()))

    def _pure(self, para: Para, speech: Span) -> None:
        """A paragraph that is speech from end to end: it goes on, or waits for who says it."""
        said = signature(para.text, speech)
        if said and (by := self._people.speaker(said)):
            self._settle(by)
            taken = Taken(para.line, para.text[speech.end :].strip())
            self._blocks.append(Quotation(by, (speech.text,), "", para.line, (taken,)))
        elif self._quoting and not self._loose:
            self._extend(speech.text)
        else:
            self._loose.append(para)

    def _mixed(self, para: Para, found: list[Span], following: Para | None) -> Para | None:
        """A paragraph with speech in it, or that leads to speech in the next; what follows the speech."""
        part = cut(para.text, found, self._people.surnames)
        by = self._people.speaker(part.said, self._spoken_of(part.prose)) if part else None
        if part is None or by is None:
            self._settle(None)
            if not self._leads(para, following):
                self._blocks.append(Paragraph(para.text, para.line))
            return None
        waiting = bool(self._loose) and not part.prose
        self._settle(by if waiting else None)
        self._quote(para, part, by, waiting=waiting)
        return self._after(para, part)

    def _quote(self, para: Para, part: Cut, by: str, *, waiting: bool) -> None:
        """The prose before a quotation, and the quotation, to which speech that waited belongs."""
        prose = part.prose
        if part.leading and not part.said.whole:
            prose = f"{prose} {part.clause}".strip()
        if prose:
            self._blocks.append(Paragraph(prose, para.line))
        taken = (Taken(para.line, part.clause),) if part.said.whole else ()
        quotation = Quotation(by, (part.words,), _verb(part.said), para.line, taken)
        last = self._blocks[-1] if self._blocks else None
        if waiting and isinstance(last, Quotation):
            self._blocks[-1] = replace(quotation, words=(*last.words, part.words), line=last.line)
        else:
            self._blocks.append(quotation)

    def _after(self, para: Para, part: Cut) -> Para | None:
        """What follows a quotation in its paragraph, as one of its own."""
        rest = part.rest
        if not part.said.whole:
            self._doubt("attribution with more in it", "words of its attribution stay as prose beside it", para.line)
            rest = rest if part.leading else f"{part.clause} {rest}".strip()
        return replace(para, text=rest, kind=Kind.TEXT) if rest else None

    def _leads(self, para: Para, following: Para | None) -> bool:
        """Whether a paragraph says who speaks in the next; its other sentences become prose."""
        parts = [each.text for each in sentences(para.text)]
        if following is None or not parts or not para.text.rstrip().endswith(LEADS):
            return False
        if following.kind is not Kind.BLOCK and not whole(following.text, spans(following.text)):
            return False
        said = attribution.before(parts[-1], self._people.surnames)
        by = self._people.speaker(said, self._spoken_of(" ".join(parts[:-1]))) if said else None
        if said is None or by is None:
            return False
        if prose := " ".join(parts[:-1] if said.whole else parts):
            self._blocks.append(Paragraph(prose, para.line))
        self._led = by, said, Taken(para.line, parts[-1] if said.whole else "")
        return True

    def _spoken_of(self, prose: str) -> str:
        """Whom a pronoun stands for: the first person of the sentence before it, or of those before that."""
        for text in (sentences(prose)[-1].text if prose else "", prose):
            if found := [named for named in names_in(text) if named.person]:
                return found[0].name
        seen = COLLECTIVES.findall(prose)
        return seen[-1].lower() if seen else "" if self._people.found else self._collective

    def _settle(self, by: str | None) -> None:
        """Give the speech that waits to `by`, else to whom the paragraph before it reports, else leave it as prose."""
        loose, self._loose = self._loose, []
        if not loose:
            return
        if by is None and (by := self._reported()):
            self._doubt(
                "speaker taken from the paragraph before", "the quotation itself names nobody", loose[0].line, 0
            )
        if by is None:
            for para in loose:
                self._blocks.append(Paragraph(para.text, para.line))
                self._doubt("speech without a speaker", "nobody is said to say this", para.line)
            return
        texts = [speech.text for para in loose if (speech := whole(para.text, spans(para.text)))]
        self._blocks.append(Quotation(by, tuple(texts), "", loose[0].line))

    def _reported(self) -> str | None:
        """Who speaks in the reported speech of the last paragraph."""
        last = self._blocks[-1] if self._blocks else None
        if not isinstance(last, Paragraph):
            return None
        first = sentences(last.text)[0].text
        head, verb, _ = first.partition(f" {SAID} ")
        said = attribution.before(first.partition(" that ")[0]) or (
            attribution.before(f"{head} {SAID}") if verb else None
        )
        return self._people.speaker(said) if said and said.name and not said.collective else None

    def _extend(self, text: str) -> None:
        last = self._blocks[-1]
        if isinstance(last, Quotation):
            self._blocks[-1] = replace(last, words=(*last.words, text))

    def _doubt(self, kind: str, message: str, line: int, back: int = 1) -> None:
        """Doubt the block that was added last, or, with `back` 0, the one that comes next."""
        self.doubts.append(Doubt(f"body[{self._before + len(self._blocks) - back}]", kind, message, line))

    @property
    def _quoting(self) -> bool:
        """Whether the last block is a quotation."""
        return bool(self._blocks) and isinstance(self._blocks[-1], Quotation)


def _verb(said: Attribution) -> str:
    return "" if said.verb == SAID else said.verb
