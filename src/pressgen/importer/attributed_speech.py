"""Split a paragraph into prose, speech with attribution, and the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.importer import attribution
from pressgen.text.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from pressgen.importer.attribution import AttributionClause
    from pressgen.importer.quoted_spans import QuotedSpan

PUNCTUATION = " \t,.;:–—-"
STOPS = (".", "!", "?")
BEFORE_SPEECH = (*STOPS, ":", "”", '"', "’")
SPOKEN_ENDS = (*STOPS, "…", ":", ";", "?”", "!”")
DASHES = ("-", "–", "—")


@dataclass(frozen=True, slots=True)
class AttributedSpeech:
    """Speech in a paragraph, with its attribution and the text around it.

    Attributes:
        prose: the sentences before it.
        clause: its attribution as printed; an ellipsis replaces speech within it.
        spans: the parts of the speech.
        rest: the text after it.
    """

    prose: str
    said: AttributionClause
    clause: str
    spans: tuple[QuotedSpan, ...]
    rest: str

    @property
    def leading(self) -> bool:
        """Whether the attribution comes before the speech."""
        return self.spans[0].start > 0

    @property
    def words(self) -> str:
        """The speech without the attribution inside it.

        A comma before an attribution that ends the sentence becomes a full stop. Where the comma is outside of the
        marks, as in continental style, the full stop is added.
        """
        texts = [span.text for span in self.spans]
        ended = self.clause.rstrip().endswith(".") or (len(texts) == 1 and not self.leading)
        if ended:
            texts[0] = texts[0].removesuffix(",")
            texts[0] += "" if texts[0].endswith(SPOKEN_ENDS) else "."
        return " ".join(texts)


def find_speech(text: str, found: Sequence[QuotedSpan], surnames: Container[str]) -> AttributedSpeech | None:
    """Find the first attributed speech in a paragraph; None if none.

    Args:
        text: a paragraph.
        found: its spans in quotation marks.
        surnames: of the people with a full name in the release, in lower case.
    """
    for index, span in enumerate(found):
        if not span.speech:
            continue
        end = found[index + 1].start if index + 1 < len(found) else len(text)
        lead = [each.text for each in split_sentences(text[: span.start])]
        tail = [each.text for each in split_sentences(text[span.end : end])]
        signed = bool(tail) and tail[0].startswith(DASHES)
        if (
            not signed
            and lead
            and not lead[-1].endswith(STOPS)
            and (said := attribution.parse_leading_clause(lead[-1], surnames))
        ):
            return _gather_speech(
                text, found[index:], AttributedSpeech(" ".join(lead[:-1]), said, lead[-1], (span,), ""), span.end
            )
        if (
            tail
            and (not lead or lead[-1].endswith(BEFORE_SPEECH))
            and (said := attribution.parse_trailing_clause(tail[0]))
        ):
            consumed = text.find(tail[0], span.end) + len(tail[0])
            return _gather_speech(
                text, found[index:], AttributedSpeech(" ".join(lead), said, tail[0], (span,), ""), consumed
            )
    return None


def _gather_speech(text: str, found: Sequence[QuotedSpan], begun: AttributedSpeech, at: int) -> AttributedSpeech:
    """Return the whole of a speech, and the text after it."""
    kept, clause = [found[0]], begun.clause
    for span in found[1:]:
        between = text[at : span.start].strip(PUNCTUATION)
        again = attribution.parse_trailing_clause(between) if between else None
        if between and not (again and not again.name and again.whole):
            break
        clause = f"{clause} … {between}" if between else clause
        kept.append(span)
        at = span.end
    rest = text[at:].strip(" ,").lstrip(".").strip()
    return AttributedSpeech(begun.prose.strip(), begun.said, clause.strip(), tuple(kept), rest)


def find_whole_speech(text: str, found: Sequence[QuotedSpan]) -> QuotedSpan | None:
    """Find speech that fills a whole paragraph; None if none.

    A signature such as “— Name, office” may follow.
    """
    if not found or found[0].start > 0 or not found[0].speech:
        return None
    behind = text[found[0].end :].strip(PUNCTUATION)
    return found[0] if not behind or parse_signature(text, found[0]) else None


def parse_signature(text: str, span: QuotedSpan) -> AttributionClause | None:
    """Parse the attribution after a dash at a speech's end."""
    behind = text[span.end :].strip()
    return (
        attribution.parse_trailing_clause(behind)
        if behind.startswith(DASHES) and attribution.DASH.fullmatch(behind)
        else None
    )
