"""Who says what: attribution, and the marks of a quotation over its paragraphs.

The opening mark stands on every paragraph, the closing mark on the last only (newsroom practice, GOV.UK's A to Z).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.compose.pieces import made
from pressgen.model.document import Quotation
from pressgen.model.words import Words, plain
from pressgen.text.typography import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.compose.identity import Ids
    from pressgen.compose.pieces import Setting
    from pressgen.compose.typesetter import Typesetter
    from pressgen.compose.voice import Voice
    from pressgen.model.release import Person, Quote, Release


class Speakers:
    """Introduces each speaker in full the first time, and shortly afterwards."""

    def __init__(self, release: Release, voice: Voice, setting: Setting, typesetter: Typesetter, ids: Ids) -> None:
        self._people = release.people
        self._voice = voice
        self._wording = voice.wording.attribution
        self._setting = replace(setting, quoted=True)
        self._typesetter = typesetter
        self._ids = ids
        self._introduced: set[str] = set()

    def quotation(self, quote: Quote, path: str) -> Iterator[Quotation]:
        """The paragraphs of a quotation that stands at `path`, such as `body[3].quote`."""
        texts = (
            [(quote.words, f"{path}.words")]
            if isinstance(quote.words, str)
            else [(text, f"{path}.words[{index}]") for index, text in enumerate(quote.words)]
        )
        language = marks(self._typesetter.language)
        for index, (text, where) in enumerate(texts):
            first, last = index == 0, index == len(texts) - 1
            mark = language.first[0] if first else language.continued
            words = (
                *(self._attribution(quote) if first else ()),
                made(mark, "opening quotation mark"),
                *self._typesetter.prose(text, where, self._setting),
                *((made(language.first[1], "closing quotation mark"),) if last else ()),
            )
            yield Quotation(
                id=self._ids.mint("quotation", plain(words), where), path=where, words=words,
                speaker=quote.by, first=first, last=last,
            )  # fmt: skip

    def _attribution(self, quote: Quote) -> Words:
        person, known = self._people[quote.by], quote.by in self._introduced
        self._introduced.add(quote.by)
        which = "later" if known else "first"
        phrase = self._wording.later if known else self._wording.first
        names = person_names(quote.by, person)
        names["verb"] = ("verb", quote.verb or self._wording.verb)
        names["later"] = (f"people.{quote.by}.later", person.later or person.name)
        path = self._voice.at(f"wording.attribution.{which}")
        return self._typesetter.phrase(phrase, path, "attribution", names, open_end=True)


def person_names(key: str, person: Person) -> dict[str, tuple[str, object]]:
    """What a phrase about a person may name: name → (field, value)."""
    return {name: (f"people.{key}.{name}", value) for name, value in person}
