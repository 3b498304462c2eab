"""Find quotations in the body: speech with its speaker.

A quotation may have several paragraphs. It becomes data where its attribution can be parsed. Words of the attribution
that are left over stay as prose next to it, with a doubt. A quoted phrase or title stays in its prose; so does speech
without a speaker, with a doubt.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.importer import attribution, quotation_doubts
from pressgen.importer.attributed_speech import AttributedSpeech, find_speech, find_whole_speech, parse_signature
from pressgen.importer.attribution_clause import SpeakerKind
from pressgen.importer.draft import Block, DraftDoubt, DraftParagraph, DraftQuotation, SourceExcerpt
from pressgen.importer.manuscript import ParagraphKind, SourceParagraph
from pressgen.importer.people import Speaker
from pressgen.importer.pronouns import MentionTracker
from pressgen.importer.quoted_spans import QuotedSpan, find_quoted_spans
from pressgen.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.importer.attribution_clause import AttributionClause
    from pressgen.importer.people import People

LEADS = (":", ",")
SAID = "said"


class QuotationReader:
    """A reader of the quotations in a body, paragraph by paragraph.

    Attributes:
        doubts: the doubts about the quotations found.
    """

    def __init__(self, people: People, headline: str = "") -> None:
        self.doubts: list[DraftDoubt] = []
        self._people = people
        self._mentions = MentionTracker(people.names)
        self._mentions.add_prose(headline)
        self._before = 0  # blocks of the body before these
        self._blocks: list[Block] = []
        self._loose: list[SourceParagraph] = []  # speech that waits for its speaker
        self._led: tuple[Speaker, AttributionClause, SourceExcerpt] | None = None  # the speaker of the next paragraph
        self._set_in = False
        self._open = False  # whether the last quotation's marks are still open
        self._added = False  # whether its last paragraph was added without a sign

    def blocks(self, paras: Sequence[SourceParagraph], before: int) -> list[Block]:
        """Return the paragraphs and quotations of running text.

        Args:
            paras: the text, one paragraph after the other.
            before: how many blocks of the body come before it.
        """
        self._before, self._blocks, self._led, self._set_in, self._open = before, [], None, False, False
        for index, para in enumerate(paras):
            self._take(para, paras[index + 1] if index + 1 < len(paras) else None)
        self._settle(None)
        self._close()
        for index, block in enumerate(self._blocks, before):
            self.doubts += quotation_doubts.list_block_doubts(block, index)
        return self._blocks

    def _take(self, para: SourceParagraph, following: SourceParagraph | None) -> None:
        rest: SourceParagraph | None = para
        while rest:
            rest = self._part(rest, following if rest is para else None)

    def _part(self, para: SourceParagraph, following: SourceParagraph | None) -> SourceParagraph | None:
        """Read the beginning of a paragraph; return the rest, if any."""
        names = self._people.names
        found = find_quoted_spans(para.text) if len(para.text) <= quotation_doubts.LONGEST else []
        rest = None
        speech = find_whole_speech(para.text, found, names)
        set_in = para.kind is ParagraphKind.BLOCK and not found
        if self._led and (speech or para.kind is ParagraphKind.BLOCK):
            self._begin(para, speech)
        elif speech:
            self._pure(para, speech)
        elif self._set_in and set_in and self._quoting:
            self._extend(para.text)
        elif not found and self._sign(para):
            pass
        else:
            rest = self._mixed(para, found, following)
        self._set_in = set_in
        return rest

    def _begin(self, para: SourceParagraph, speech: QuotedSpan | None) -> None:
        if self._led:
            (speaker, said, taken), self._led = self._led, None
            text = speech.text if speech else para.text
            self._quote(speaker, (text,), said, para.line, (taken,) if taken.text else ())
            self._open = bool(speech and not speech.closed)

    def _quote(
        self, speaker: Speaker, words: tuple[str, ...], said: AttributionClause | None, line: int,
        taken: tuple[SourceExcerpt, ...],
    ) -> None:  # fmt: skip
        """Add a quotation."""
        if self._added and self._quoting:
            self._doubt_last(quotation_doubts.ALSO_SAID)
        self._close()
        verb = said.verb if said and said.verb != SAID else ""
        self._blocks.append(DraftQuotation(speaker.key, words, verb, line, taken, speaker.reasons))
        kind = said.kind if said else SpeakerKind.PERSON
        if kind is not SpeakerKind.PRONOUN:
            name = self._people.found[speaker.key].name
            self._mentions.add_speaker(name, collective=kind is not SpeakerKind.PERSON)

    def _pure(self, para: SourceParagraph, speech: QuotedSpan) -> None:
        """Read a paragraph that is all speech.

        It continues a quotation, or waits for its speaker.
        """
        said = parse_signature(para.text, speech, self._people.names)
        if said and (speaker := self._find_speaker(said)):
            self._settle(speaker)
            taken = SourceExcerpt(para.line, para.text[speech.end :].strip())
            self._quote(speaker, (speech.text,), replace(said, verb=""), para.line, (taken,))
        elif self._quoting and not self._loose:
            self._added = not self._open
            self._extend(speech.text)
            self._open = not speech.closed
        else:
            self._loose.append(para)

    def _sign(self, para: SourceParagraph) -> bool:
        """Read a signature below speech; return whether it is one."""
        last = self._blocks[-1] if self._blocks else None
        block = self._set_in and para.text.startswith(("—", "–", "-")) and isinstance(last, DraftParagraph)
        if not (self._loose or block):
            return False
        said = attribution.parse_signature_line(para.text, self._people.names)
        speaker = self._find_speaker(said) if said else None
        if said is None or speaker is None:
            return False
        taken = (SourceExcerpt(para.line, para.text),)
        if self._loose:
            self._settle(speaker, taken)
        elif isinstance(last, DraftParagraph):
            self._blocks.pop()
            self._quote(speaker, (last.text,), said, last.line, taken)
        return True

    def _mixed(
        self, para: SourceParagraph, found: list[QuotedSpan], following: SourceParagraph | None
    ) -> SourceParagraph | None:
        """Read a paragraph that has speech, or introduces speech.

        Return the text after the speech.
        """
        part = find_speech(para.text, found, self._people.names)
        speaker = self._find_speaker(part.said, part.prose) if part else None
        if part is None or speaker is None:
            self._settle(None)
            if not self._leads(para, following):
                self._add_prose(para.text, para.line)
            return None
        waiting = bool(self._loose) and not part.prose and not self._is_closed()
        self._settle(speaker if waiting else None)
        self._quote_part(para, part, speaker, waiting=waiting)
        return self._after(para, part)

    def _quote_part(self, para: SourceParagraph, part: AttributedSpeech, speaker: Speaker, *, waiting: bool) -> None:
        """Add the prose before a quotation, and the quotation.

        Speech that waited belongs to it.
        """
        prose = part.prose
        if part.leading and not part.said.whole:
            prose = f"{prose} {part.clause}".strip()
        if prose:
            self._add_prose(prose, para.line)
        taken = (SourceExcerpt(para.line, part.clause),) if part.said.whole else ()
        last = self._blocks[-1] if self._blocks else None
        if waiting and isinstance(last, DraftQuotation):
            verb = "" if part.said.verb == SAID else part.said.verb
            self._blocks[-1] = replace(last, words=(*last.words, part.words), verb=verb, taken=(*last.taken, *taken))
        else:
            self._quote(speaker, (part.words,), part.said, para.line, taken)
        self._open = not part.spans[-1].closed

    def _after(self, para: SourceParagraph, part: AttributedSpeech) -> SourceParagraph | None:
        rest = part.rest
        if not part.said.whole:
            beside = len(self._blocks) + (-2 if part.leading else 0)
            message = "some words of an attribution were kept as ordinary text"
            self.doubts.append(
                DraftDoubt(f"body[{self._before + beside}]", "attribution with more in it", message, para.line)
            )
            rest = rest if part.leading else f"{part.clause} {rest}".strip()
        return replace(para, text=rest, kind=ParagraphKind.TEXT) if rest else None

    def _leads(self, para: SourceParagraph, following: SourceParagraph | None) -> bool:
        """Return whether a paragraph introduces the speaker of the next.

        Its other sentences become prose.
        """
        names = self._people.names
        parts = [each.text for each in split_sentences(para.text)]
        if following is None or not parts or not para.text.rstrip().endswith(LEADS):
            return False
        said = attribution.parse_leading_clause(parts[-1], names)
        found = find_quoted_spans(following.text)
        whole = find_whole_speech(following.text, found, names)
        set_in = following.kind is ParagraphKind.BLOCK and find_speech(following.text, found, names) is None
        if said is None or not (whole or set_in):
            if said and said.kind is SpeakerKind.PERSON:
                self._people.find_speaker(said)  # they are introduced here; a pronoun follows
            return False
        speaker = self._find_speaker(said, " ".join(parts[:-1]))
        if speaker is None:
            return False
        if prose := " ".join(parts[:-1] if said.whole else parts):
            self._add_prose(prose, para.line)
        self._led = speaker, said, SourceExcerpt(para.line, parts[-1] if said.whole else "")
        return True

    def _find_speaker(self, said: AttributionClause, prose: str = "") -> Speaker | None:
        """Return an attribution's speaker; None for an unknown pronoun."""
        if said.kind is SpeakerKind.OFFICE:
            return self._people.find_holder(said, self._mentions.find_only_person(prose, said.role))
        if said.kind is not SpeakerKind.PRONOUN:
            return self._people.find_speaker(said)
        meant = self._mentions.find_antecedent(said.pronoun, prose)
        return Speaker(self._people.add(meant.name), (*said.reasons, *meant.reasons)) if meant else None

    def _settle(self, speaker: Speaker | None, taken: tuple[SourceExcerpt, ...] = ()) -> None:
        """Give the waiting speech to a speaker, or make it prose.

        Without `speaker`, it is the one that the paragraph before it reports.
        """
        loose, self._loose = self._loose, []
        if not loose:
            return
        names = self._people.names
        spans = [find_whole_speech(para.text, find_quoted_spans(para.text), names) for para in loose]
        last = self._blocks[-1] if self._blocks else None
        unclear = isinstance(last, DraftParagraph) and quotation_doubts.has_speech(last.text)
        unclear = unclear or (not taken and any(each and each.closed for each in spans))
        reasons = (quotation_doubts.AHEAD,) if speaker and unclear else ()
        if speaker is None and (reported := self._find_reported_speaker()):
            speaker, reasons = reported, (quotation_doubts.REPORTED,)
        if speaker is None:
            for para in loose:
                self._add_prose(para.text, para.line)
            return
        speaker = replace(speaker, reasons=(*speaker.reasons, *reasons))
        self._quote(speaker, tuple(span.text for span in spans if span), None, loose[0].line, taken)

    def _is_closed(self) -> bool:
        """Return whether the marks of the waiting speech are closed."""
        return find_quoted_spans(self._loose[-1].text)[0].closed

    def _find_reported_speaker(self) -> Speaker | None:
        """Return the speaker of reported speech in the last paragraph."""
        last = self._blocks[-1] if self._blocks else None
        if not isinstance(last, DraftParagraph):
            return None
        names = self._people.names
        first = split_sentences(last.text)[0].text
        head, verb, _ = first.partition(f" {SAID} ")
        said = attribution.parse_leading_clause(first.partition(" that ")[0], names) or (
            attribution.parse_leading_clause(f"{head} {SAID}", names) if verb else None
        )
        return self._people.find_speaker(said) if said and said.kind is SpeakerKind.PERSON else None

    def _extend(self, text: str) -> None:
        last = self._blocks[-1]
        if isinstance(last, DraftQuotation):
            self._blocks[-1] = replace(last, words=(*last.words, text))

    def _doubt_last(self, reason: str) -> None:
        last = self._blocks[-1]
        if isinstance(last, DraftQuotation):
            self._blocks[-1] = replace(last, reasons=(*last.reasons, reason))

    def _add_prose(self, text: str, line: int) -> None:
        self._close()
        self._blocks.append(DraftParagraph(text, line))
        self._mentions.add_prose(text)

    def _close(self) -> None:
        """End the last quotation; its marks may be missing."""
        if self._open and self._quoting:
            self._doubt_last(quotation_doubts.UNCLOSED)
        self._open = self._added = False

    @property
    def _quoting(self) -> bool:
        return bool(self._blocks) and isinstance(self._blocks[-1], DraftQuotation)
