"""Set the attribution and the quotation marks of quotations.

Every paragraph has the opening mark, only the last one the closing mark (newsroom practice, GOV.UK's A to Z).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.compose.pieces import make_piece
from pressgen.model.document import Quotation
from pressgen.model.words import Words, to_plain_text
from pressgen.text.typography import get_quotation_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.compose.block_ids import BlockIds
    from pressgen.compose.pieces import TextSetting
    from pressgen.compose.typesetter import Typesetter
    from pressgen.compose.voice import LanguageWording
    from pressgen.model.release import Person, Quote, Release


class QuotationBuilder:
    """A builder of quotations with attributions and quotation marks.

    It introduces each speaker in full the first time, and briefly afterwards.
    """

    def __init__(
        self, release: Release, voice: LanguageWording, setting: TextSetting, typesetter: Typesetter, ids: BlockIds
    ) -> None:
        self._people = release.people
        self._voice = voice
        self._wording = voice.wording.attribution
        self._setting = replace(setting, quoted=True)
        self._typesetter = typesetter
        self._ids = ids
        self._introduced: set[str] = set()

    def quotation(self, quote: Quote, path: str) -> Iterator[Quotation]:
        """Yield the paragraphs of a quotation at `path`, such as `body[3].quote`."""
        texts = (
            [(quote.words, f"{path}.words")]
            if isinstance(quote.words, str)
            else [(text, f"{path}.words[{index}]") for index, text in enumerate(quote.words)]
        )
        language = get_quotation_marks(self._typesetter.language)
        for index, (text, where) in enumerate(texts):
            first, last = index == 0, index == len(texts) - 1
            mark = language.first[0] if first else language.continued
            words = (
                *(self._attribution(quote) if first else ()),
                make_piece(mark, "opening quotation mark"),
                *self._typesetter.prose(text, where, self._setting),
                *((make_piece(language.first[1], "closing quotation mark"),) if last else ()),
            )
            yield Quotation(
                id=self._ids.mint("quotation", to_plain_text(words), where), path=where, words=words,
                speaker=quote.by, first=first, last=last,
            )  # fmt: skip

    def _attribution(self, quote: Quote) -> Words:
        person, known = self._people[quote.by], quote.by in self._introduced
        self._introduced.add(quote.by)
        which = "later" if known else "first"
        phrase = self._wording.later if known else self._wording.first
        names = list_person_fields(quote.by, person)
        names["verb"] = ("verb", quote.verb or self._wording.verb)
        names["later"] = (f"people.{quote.by}.later", person.later or person.name)
        path = self._voice.at(f"wording.attribution.{which}")
        return self._typesetter.phrase(phrase, path, "attribution", names, open_end=True)


def list_person_fields(key: str, person: Person) -> dict[str, tuple[str, object]]:
    """List the fields of a person that a phrase may name.

    Returns name → (path, value).
    """
    return {name: (f"people.{key}.{name}", value) for name, value in person}
