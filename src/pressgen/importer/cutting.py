"""A paragraph taken apart at its speech: prose before, speech with its attribution, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressgen.importer import attribution
from pressgen.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from pressgen.importer.attribution import Attribution
    from pressgen.importer.speech import Span

PUNCTUATION = " \t,.;:–—-"
STOPS = (".", "!", "?")
BEFORE_SPEECH = (*STOPS, ":", "”", '"', "’")
SPOKEN_ENDS = (*STOPS, "…", ":", ";", "?”", "!”")
DASHES = ("-", "–", "—")


@dataclass(frozen=True, slots=True)
class Cut:
    """Speech that somebody is said to say.

    Attributes:
        prose: the sentences before it.
        clause: its attribution as printed; what divides the speech again is set off by an ellipsis.
        spans: the stretches of speech.
        rest: what follows.
    """

    prose: str
    said: Attribution
    clause: str
    spans: tuple[Span, ...]
    rest: str

    @property
    def leading(self) -> bool:
        """Whether the attribution stands before the speech."""
        return self.spans[0].start > 0

    @property
    def words(self) -> str:
        """The speech without what divides it; a comma before an attribution that ends the sentence becomes a stop.

        Where the comma stands outside of the marks, as on the Continent, the stop is added.
        """
        texts = [span.text for span in self.spans]
        ended = self.clause.rstrip().endswith(".") or (len(texts) == 1 and not self.leading)
        if ended:
            texts[0] = texts[0].removesuffix(",")
            texts[0] += "" if texts[0].endswith(SPOKEN_ENDS) else "."
        return " ".join(texts)


def cut(text: str, found: Sequence[Span], surnames: Container[str]) -> Cut | None:
    """The first speech of a text that somebody is said to say; None where there is none.

    Args:
        text: a paragraph.
        found: its stretches in quotation marks.
        surnames: of the people whom the release names in full, in small letters.
    """
    for index, span in enumerate(found):
        if not span.speech:
            continue
        end = found[index + 1].start if index + 1 < len(found) else len(text)
        lead = [each.text for each in sentences(text[: span.start])]
        tail = [each.text for each in sentences(text[span.end : end])]
        signed = bool(tail) and tail[0].startswith(DASHES)
        if not signed and lead and not lead[-1].endswith(STOPS) and (said := attribution.before(lead[-1], surnames)):
            return _gathered(text, found[index:], Cut(" ".join(lead[:-1]), said, lead[-1], (span,), ""), span.end)
        if tail and (not lead or lead[-1].endswith(BEFORE_SPEECH)) and (said := attribution.after(tail[0])):
            consumed = text.find(tail[0], span.end) + len(tail[0])
            return _gathered(text, found[index:], Cut(" ".join(lead), said, tail[0], (span,), ""), consumed)
    return None


def _gathered(text: str, found: Sequence[Span], begun: Cut, at: int) -> Cut:
    """The speech from `found[0]` on as far as it is one, and what follows it."""
    kept, clause = [found[0]], begun.clause
    for span in found[1:]:
        between = text[at : span.start].strip(PUNCTUATION)
        again = attribution.after(between) if between else None
        if between and not (again and not again.name and again.whole):
            break
        clause = f"{clause} … {between}" if between else clause
        kept.append(span)
        at = span.end
    rest = text[at:].strip(" ,").lstrip(".").strip()
    return Cut(begun.prose.strip(), begun.said, clause.strip(), tuple(kept), rest)


def whole(text: str, found: Sequence[Span]) -> Span | None:
    """The speech that a paragraph is from end to end, but for a signature such as “— Name, office”."""
    if not found or found[0].start > 0 or not found[0].speech:
        return None
    behind = text[found[0].end :].strip(PUNCTUATION)
    return found[0] if not behind or signature(text, found[0]) else None


def signature(text: str, span: Span) -> Attribution | None:
    """The attribution after a dash that ends a paragraph of speech."""
    behind = text[span.end :].strip()
    return attribution.after(behind) if behind.startswith(DASHES) and attribution.DASH.fullmatch(behind) else None
