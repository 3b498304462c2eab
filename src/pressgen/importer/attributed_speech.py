"""Split a paragraph into prose, speech with attribution, and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pressgen.importer import attribution
from pressgen.importer.attribution_clause import SpeakerKind
from pressgen.importer.speech_words import JOINING, VERB
from pressgen.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pressgen.importer.attribution_clause import AttributionClause
    from pressgen.importer.name_index import NameIndex
    from pressgen.importer.quoted_spans import QuotedSpan

PUNCTUATION = " \t\u00a0\u202f,.;:–—-"
STOPS = (".", "!", "?")
BEFORE_SPEECH = (*STOPS, ":", "”", '"', "’", "»", "“")
SPOKEN_ENDS = (*STOPS, "…", ":", ";", "?”", "!”")
DASHES = ("-", "–", "—")
JOINED = re.compile(rf"{JOINING}\s*", re.IGNORECASE)
SECOND = re.compile(rf",?\s+(?={JOINING}\s+\S)", re.IGNORECASE)
JOINED_END = re.compile(rf"\s+{JOINING}\s*$", re.IGNORECASE)
BRIEF = re.compile(rf"\s?,\s+{VERB}")
GOES_ON = re.compile(r"\s*,?\s+[a-zß-ÿ]")


@dataclass(frozen=True, slots=True)
class AttributedSpeech:
    """Speech in a paragraph, with its attribution and the text around it.

    Attributes:
        prose: the sentences before it.
        clause: its attribution as printed; an ellipsis replaces speech within it.
        spans: the parts of the speech.
        rest: the text after it.
        leading: whether the attribution comes before the speech.
        stops: whether the sentence ends between each part and the next.
    """

    prose: str
    said: AttributionClause
    clause: str
    spans: tuple[QuotedSpan, ...]
    leading: bool
    rest: str = ""
    stops: tuple[bool, ...] = ()

    @property
    def words(self) -> str:
        """The speech without the attribution inside it.

        A comma before an attribution that ends the sentence becomes a full stop. Where the comma is outside of the
        marks, as in continental style, the full stop is added.
        """
        *earlier, last = [span.text for span in self.spans]
        texts = [_end(text) if stop else text for text, stop in zip(earlier, self.stops, strict=True)]
        return " ".join([*texts, _end(last) if last.endswith(",") or not self.leading else last])


def _end(text: str) -> str:
    """Return speech with a full stop, or its own mark."""
    text = text.removesuffix(",").rstrip()
    return text if text.endswith(SPOKEN_ENDS) else f"{text}."


def find_speech(text: str, found: Sequence[QuotedSpan], names: NameIndex) -> AttributedSpeech | None:
    """Find the first attributed speech in a paragraph; None if none.

    Args:
        text: a paragraph.
        found: its spans in quotation marks.
        names: the names in the release.
    """
    for index, span in enumerate(found):
        if not (span.speech or _is_said_briefly(text, span)):
            continue
        following = next((each.start for each in found[index + 1 :] if each.speech or not each.closed), len(text))
        lead = [each.text for each in split_sentences(text[: span.start])]
        tail = [each.text for each in split_sentences(text[span.end : following])]
        signed = bool(tail) and tail[0].startswith(DASHES)
        if not signed and lead and not lead[-1].endswith(STOPS) and not _goes_on(text, span):
            said = attribution.parse_leading_clause(lead[-1], names)
            if said and not _has_own_clause(span, tail, names):
                begun = AttributedSpeech(" ".join(lead[:-1]), said, lead[-1], (span,), leading=True)
                return _gather_speech(text, found[index + 1 :], begun, span.end, names)
        joined = lead and JOINED.fullmatch(lead[-1])
        if tail and (not lead or joined or lead[-1].endswith(BEFORE_SPEECH)) and not _leads_next(span, tail[0]):
            clause = _cut_second_speaker(tail[0], names) if following < len(text) and len(tail) == 1 else tail[0]
            if said := attribution.parse_trailing_clause(clause, names):
                consumed = text.find(clause, span.end) + len(clause)
                prose = " ".join(lead[:-1] if joined else lead)
                clause = f"{lead[-1]} {clause}" if joined else clause
                begun = AttributedSpeech(prose, said, clause, (span,), leading=False)
                return _gather_speech(text, found[index + 1 :], begun, consumed, names)
    return None


def _is_said_briefly(text: str, span: QuotedSpan) -> bool:
    """Return whether a verb of saying follows a few words.

    They are speech then: « Oui », dit Name.
    """
    return span.text[:1].isupper() and BRIEF.match(text[span.end :]) is not None


def _goes_on(text: str, span: QuotedSpan) -> bool:
    """Return whether the sentence goes on behind the marks."""
    ended = span.text.endswith((*SPOKEN_ENDS, ","))
    return span.closed and not ended and GOES_ON.match(text[span.end :]) is not None


def _has_own_clause(span: QuotedSpan, tail: Sequence[str], names: NameIndex) -> bool:
    """Return whether an attribution with a name follows the speech."""
    said = attribution.parse_trailing_clause(tail[0], names) if tail and not _leads_next(span, tail[0]) else None
    return said is not None and said.kind is not SpeakerKind.PRONOUN and said.whole


def _leads_next(span: QuotedSpan, clause: str) -> bool:
    """Return whether a clause introduces the next speech: “Name added:”."""
    return span.text.endswith(STOPS) and clause.rstrip().endswith((":", ",")) and clause[:1].isupper()


def _cut_second_speaker(clause: str, names: NameIndex) -> str:
    """Return the first speaker's clause: “said A, while B said:”."""
    for match in reversed(list(SECOND.finditer(clause))):
        first, second = clause[: match.start()], clause[match.end() :]
        again = attribution.parse_leading_clause(second, names)
        named = again is not None and bool(again.name or again.role or again.pronoun)
        if attribution.parse_trailing_clause(first, names) and (named or JOINED.fullmatch(second)):
            return first
    ending = JOINED_END.search(clause)
    return clause[: ending.start()] if ending else clause


def _gather_speech(
    text: str, found: Sequence[QuotedSpan], begun: AttributedSpeech, at: int, names: NameIndex
) -> AttributedSpeech:
    """Return the whole of a speech, and the text after it."""
    kept, clause, stops = [*begun.spans], begun.clause, []
    at, clause = _take_pronoun_clause(text, found, at, clause, names) if begun.leading else (at, clause)
    for index, span in enumerate(found):
        if span.start < at:
            continue
        between = text[at : span.start].strip(PUNCTUATION)
        again = attribution.parse_trailing_clause(between, names) if between else None
        if between and not (again and again.kind is SpeakerKind.PRONOUN and again.whole):
            break
        if _names_another(text, found[index + 1 :], span, names):
            break
        clause = f"{clause} … {between}" if between else clause
        stops.append(text[kept[-1].end : span.start].rstrip().endswith(STOPS))
        kept.append(span)
        at, clause = _take_pronoun_clause(text, found[index + 1 :], span.end, clause, names)
    rest = text[at:].strip(" ,\u00a0\u202f").lstrip(".").strip()
    return replace(
        begun, prose=begun.prose.strip(), clause=clause.strip(), spans=tuple(kept), rest=rest, stops=tuple(stops)
    )


def _take_pronoun_clause(
    text: str, found: Sequence[QuotedSpan], at: int, clause: str, names: NameIndex
) -> tuple[int, str]:
    """Take a clause that repeats the speaker as a pronoun: “they warn.”."""
    tail = _list_tail(text, found, at)
    said = attribution.parse_trailing_clause(tail[0], names) if tail else None
    if said is None or said.kind is not SpeakerKind.PRONOUN or not said.whole:
        return at, clause
    return text.find(tail[0], at) + len(tail[0]), f"{clause} … {tail[0].strip(PUNCTUATION)}"


def _names_another(text: str, found: Sequence[QuotedSpan], span: QuotedSpan, names: NameIndex) -> bool:
    """Return whether the clause after a span names its own speaker."""
    tail = _list_tail(text, found, span.end)
    if tail and _leads_next(span, tail[0]):
        return False
    again = attribution.parse_trailing_clause(tail[0], names) if tail else None
    return again is not None and again.kind is not SpeakerKind.PRONOUN


def _list_tail(text: str, found: Sequence[QuotedSpan], at: int) -> list[str]:
    """List the sentences from a place to the next speech."""
    following = next((each.start for each in found if each.speech and each.start >= at), len(text))
    return [each.text for each in split_sentences(text[at:following])]


def find_whole_speech(text: str, found: Sequence[QuotedSpan], names: NameIndex) -> QuotedSpan | None:
    """Find speech that fills a whole paragraph; None if none.

    A signature such as “— Name, office” may follow.
    """
    if not found or found[0].start > 0 or not found[0].speech:
        return None
    behind = text[found[0].end :].strip(PUNCTUATION)
    return found[0] if not behind or parse_signature(text, found[0], names) else None


def parse_signature(text: str, span: QuotedSpan, names: NameIndex) -> AttributionClause | None:
    """Parse the attribution after a dash at a speech's end."""
    behind = text[span.end :].strip()
    return (
        attribution.parse_trailing_clause(behind, names)
        if behind.startswith(DASHES) and attribution.DASH.fullmatch(behind)
        else None
    )
