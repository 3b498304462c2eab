"""Find quotations in the body: speech with its speaker.

A quotation may have several paragraphs. It becomes data where its attribution can be parsed. Words of the attribution
that are left over stay as prose next to it, with a doubt. A quoted phrase or title stays in its prose.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.importer import attribution
from pressgen.importer.attributed_speech import AttributedSpeech, find_speech, find_whole_speech, parse_signature
from pressgen.importer.draft import Block, DraftDoubt, DraftParagraph, DraftQuotation, SourceExcerpt
from pressgen.importer.manuscript import ParagraphKind, SourceParagraph
from pressgen.importer.person_names import find_names
from pressgen.importer.quoted_spans import QuotedSpan, find_quoted_spans
from pressgen.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.importer.attribution import AttributionClause
    from pressgen.importer.people import People

COLLECTIVES = re.compile(r"\bthe\s+(?:authors|researchers|scientists|writers|team)\b", re.IGNORECASE)
LEADS = (":", ",")
SAID = "said"
LONGEST = 8000
"""The most characters of a paragraph in which speech is searched for; nobody writes longer ones."""


class QuotationReader:
    """A reader of the quotations in a body, paragraph by paragraph.

    Attributes:
        doubts: the doubts about the quotations found.
    """

    def __init__(self, people: People) -> None:
        self.doubts: list[DraftDoubt] = []
        self._people = people
        self._before = 0  # blocks of the body before these
        self._blocks: list[Block] = []
        self._loose: list[SourceParagraph] = []  # speech that waits for its speaker
        self._led: tuple[str, AttributionClause, SourceExcerpt] | None = None  # the speaker of the next paragraph
        self._collective = ""
        self._set_in = False

    def blocks(self, paras: Sequence[SourceParagraph], before: int) -> list[Block]:
        """Return the paragraphs and quotations of running text.

        Args:
            paras: the text, one paragraph after the other.
            before: how many blocks of the body come before it.
        """
        self._before, self._blocks, self._led, self._set_in = before, [], None, False
        for index, para in enumerate(paras):
            self._take(para, paras[index + 1] if index + 1 < len(paras) else None)
            if seen := COLLECTIVES.findall(para.text):
                self._collective = seen[-1].lower()
        self._settle(None)
        return self._blocks

    def _take(self, para: SourceParagraph, following: SourceParagraph | None) -> None:
        rest: SourceParagraph | None = para
        while rest:
            rest = self._part(rest, following if rest is para else None)

    def _part(self, para: SourceParagraph, following: SourceParagraph | None) -> SourceParagraph | None:
        """Read the beginning of a paragraph; return the rest, if any."""
        found = find_quoted_spans(para.text) if len(para.text) <= LONGEST else []
        rest = None
        speech = find_whole_speech(para.text, found)
        set_in = para.kind is ParagraphKind.BLOCK and not found
        if self._led and (speech or para.kind is ParagraphKind.BLOCK):
            self._begin(para, speech)
        elif speech:
            self._pure(para, speech)
        elif self._set_in and set_in:
            self._extend(para.text)
        else:
            rest = self._mixed(para, found, following)
        self._set_in = set_in and self._quoting
        return rest

    def _begin(self, para: SourceParagraph, speech: QuotedSpan | None) -> None:
        if self._led:
            (by, said, taken), self._led = self._led, None
            text = speech.text if speech else para.text
            self._blocks.append(DraftQuotation(by, (text,), _verb(said), para.line, (taken,) if taken.text else ()))

    def _pure(self, para: SourceParagraph, speech: QuotedSpan) -> None:
        """Read a paragraph that is all speech.

        It continues a quotation, or waits for its speaker.
        """
        said = parse_signature(para.text, speech)
        if said and (by := self._people.speaker(said)):
            self._settle(by)
            taken = SourceExcerpt(para.line, para.text[speech.end :].strip())
            self._blocks.append(DraftQuotation(by, (speech.text,), "", para.line, (taken,)))
        elif self._quoting and not self._loose:
            self._extend(speech.text)
        else:
            self._loose.append(para)

    def _mixed(
        self, para: SourceParagraph, found: list[QuotedSpan], following: SourceParagraph | None
    ) -> SourceParagraph | None:
        """Read a paragraph that has speech, or introduces speech.

        Return the text after the speech.
        """
        part = find_speech(para.text, found, self._people.surnames)
        by = self._people.speaker(part.said, self._spoken_of(part.prose)) if part else None
        if part is None or by is None:
            self._settle(None)
            if not self._leads(para, following):
                self._blocks.append(DraftParagraph(para.text, para.line))
            return None
        waiting = bool(self._loose) and not part.prose
        self._settle(by if waiting else None)
        self._quote(para, part, by, waiting=waiting)
        return self._after(para, part)

    def _quote(self, para: SourceParagraph, part: AttributedSpeech, by: str, *, waiting: bool) -> None:
        """Add the prose before a quotation, and the quotation.

        Speech that waited belongs to it.
        """
        prose = part.prose
        if part.leading and not part.said.whole:
            prose = f"{prose} {part.clause}".strip()
        if prose:
            self._blocks.append(DraftParagraph(prose, para.line))
        taken = (SourceExcerpt(para.line, part.clause),) if part.said.whole else ()
        quotation = DraftQuotation(by, (part.words,), _verb(part.said), para.line, taken)
        last = self._blocks[-1] if self._blocks else None
        if waiting and isinstance(last, DraftQuotation):
            self._blocks[-1] = replace(quotation, words=(*last.words, part.words), line=last.line)
        else:
            self._blocks.append(quotation)

    def _after(self, para: SourceParagraph, part: AttributedSpeech) -> SourceParagraph | None:
        rest = part.rest
        if not part.said.whole:
            self._doubt(
                "attribution with more in it", "some words of its attribution were kept as ordinary text", para.line
            )
            rest = rest if part.leading else f"{part.clause} {rest}".strip()
        return replace(para, text=rest, kind=ParagraphKind.TEXT) if rest else None

    def _leads(self, para: SourceParagraph, following: SourceParagraph | None) -> bool:
        """Return whether a paragraph introduces the speaker of the next.

        Its other sentences become prose.
        """
        parts = [each.text for each in split_sentences(para.text)]
        if following is None or not parts or not para.text.rstrip().endswith(LEADS):
            return False
        if following.kind is not ParagraphKind.BLOCK and not find_whole_speech(
            following.text, find_quoted_spans(following.text)
        ):
            return False
        said = attribution.parse_leading_clause(parts[-1], self._people.surnames)
        by = self._people.speaker(said, self._spoken_of(" ".join(parts[:-1]))) if said else None
        if said is None or by is None:
            return False
        if prose := " ".join(parts[:-1] if said.whole else parts):
            self._blocks.append(DraftParagraph(prose, para.line))
        self._led = by, said, SourceExcerpt(para.line, parts[-1] if said.whole else "")
        return True

    def _spoken_of(self, prose: str) -> str:
        """Return the name that a pronoun refers to.

        It is the first person of the sentence before, or of earlier ones.
        """
        for text in (split_sentences(prose)[-1].text if prose else "", prose):
            if found := [named for named in find_names(text) if named.person]:
                return found[0].name
        seen = COLLECTIVES.findall(prose)
        return seen[-1].lower() if seen else "" if self._people.found else self._collective

    def _settle(self, by: str | None) -> None:
        """Give the waiting speech to a speaker, or make it prose.

        Without `by`, the speaker is the one that the paragraph before it reports.
        """
        loose, self._loose = self._loose, []
        if not loose:
            return
        if by is None and (by := self._reported()):
            self._doubt(
                "speaker taken from the paragraph before", "the quotation itself names nobody", loose[0].line, 0
            )
        if by is None:
            for para in loose:
                self._blocks.append(DraftParagraph(para.text, para.line))
                self._doubt("speech without a speaker", "nothing says who said this", para.line)
            return
        texts = [
            speech.text for para in loose if (speech := find_whole_speech(para.text, find_quoted_spans(para.text)))
        ]
        self._blocks.append(DraftQuotation(by, tuple(texts), "", loose[0].line))

    def _reported(self) -> str | None:
        """Return the speaker of reported speech in the last paragraph."""
        last = self._blocks[-1] if self._blocks else None
        if not isinstance(last, DraftParagraph):
            return None
        first = split_sentences(last.text)[0].text
        head, verb, _ = first.partition(f" {SAID} ")
        said = attribution.parse_leading_clause(first.partition(" that ")[0]) or (
            attribution.parse_leading_clause(f"{head} {SAID}") if verb else None
        )
        return self._people.speaker(said) if said and said.name and not said.collective else None

    def _extend(self, text: str) -> None:
        last = self._blocks[-1]
        if isinstance(last, DraftQuotation):
            self._blocks[-1] = replace(last, words=(*last.words, text))

    def _doubt(self, kind: str, message: str, line: int, back: int = 1) -> None:
        """Add a doubt about the last block.

        With `back` 0 it is about the next one.
        """
        self.doubts.append(DraftDoubt(f"body[{self._before + len(self._blocks) - back}]", kind, message, line))

    @property
    def _quoting(self) -> bool:
        return bool(self._blocks) and isinstance(self._blocks[-1], DraftQuotation)


def _verb(said: AttributionClause) -> str:
    return "" if said.verb == SAID else said.verb
