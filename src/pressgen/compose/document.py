"""The whole Document, from the banner to the contacts.

In between are headline, body, end mark, notes and standing sections.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pressgen.compose.block_ids import BlockIds
from pressgen.compose.body import HEADING_LEVEL, BodyBuilder
from pressgen.compose.pieces import TextSetting, make_piece
from pressgen.compose.prose_names import list_prose_names
from pressgen.compose.speakers import QuotationBuilder, list_person_fields
from pressgen.compose.typesetter import Typesetter
from pressgen.compose.voice import select_wording
from pressgen.errors import InputError, Locate
from pressgen.model.artifact import Variant
from pressgen.model.document import Banner, Contact, Document, EndMark, Heading, Note, Paragraph
from pressgen.model.words import Field, Words, flatten, to_plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pressgen.model.house import House
    from pressgen.model.moment import Moments
    from pressgen.model.release import Release


def compose(
    release: Release, moments: Moments, house: House, *, slug: str, variants: Sequence[Variant], locate: Locate
) -> list[Document]:
    """Compose a release into a document for each variant.

    The documents differ only in variant and banner.

    Args:
        release: the release; the loader has checked its ids and names.
        moments: its times.
        house: its house.
        slug: the name of the release's folder.
        variants: the variants to compose.
        locate: returns the place of a character of the data, for error messages.

    Raises:
        InputError: an expression cannot be evaluated, a rounded figure contradicts the word before it, or the house
            needs something that the release lacks; with all such faults.
    """
    composer = _DocumentComposer(release, moments, house, locate)
    bare = composer.document(slug)
    # The banner comes last, so that everything the variants share has the same ids.
    documents = [replace(bare, variant=variant, banner=tuple(composer.banner(variant))) for variant in variants]
    if composer.typesetter.problems:
        raise InputError(composer.typesetter.problems)
    return documents


class _DocumentComposer:
    """A composer of the documents of one release."""

    def __init__(self, release: Release, moments: Moments, house: House, locate: Locate) -> None:
        self.release, self.moments, self.house = release, moments, house
        self.dated = moments.embargo or moments.publish or moments.issue
        self.ids = BlockIds()
        notes = {note.id: number for number, note in enumerate(release.notes, 1)}
        language = release.language or house.language
        self.voice = select_wording(house, language)
        self.typesetter = Typesetter(language, self.voice.formats, list_prose_names(release, moments), notes, locate)
        self.prose = TextSetting(typography=house.typography.prose)
        self.speakers = QuotationBuilder(release, self.voice, self.prose, self.typesetter, self.ids)

    def document(self, slug: str) -> Document:
        """Return the release without its banner."""
        release, house = self.release, self.house
        headline = self._headline(release.headline, "headline")
        subhead = self._subhead()
        body = BodyBuilder(release, self.voice, self.prose, self.typesetter, self.speakers, self.ids)
        blocks = tuple(body.blocks(release.body, self._dateline()))
        notes = (*self._notes(), *(self._contact_notes() if house.contacts == "note" else ()))
        contacts = tuple(self._contacts()) if house.contacts == "block" else ()
        return Document(
            slug=slug,
            reference=release.reference,
            language=self.typesetter.language,
            publisher=self.voice.name,
            summary=flatten(self._standing(release.summary or "", "summary")),
            variant=Variant.PUBLIC,
            embargo=self.moments.embargo,
            dated=self.dated,
            headline=headline,
            subhead=subhead,
            body=blocks,
            end=self._end(),
            notes_heading=self._heading(self.voice.wording.notes, self.voice.at("wording.notes")) if notes else None,
            notes=notes,
            boilerplate=tuple(self._boilerplate()),
            contacts_heading=self._heading(self.voice.wording.contacts, self.voice.at("wording.contacts"))
            if contacts
            else None,
            contacts=contacts,
            banner=(),
        )

    def _headline(self, text: str, path: str) -> Heading:
        words = self.typesetter.prose(text, path, TextSetting(typography=self.house.typography.headline))
        return Heading(id=self.ids.mint("headline", to_plain_text(words), path), path=path, words=words, level=1)

    def _subhead(self) -> Paragraph | None:
        if self.release.subhead is None:
            return None
        setting = TextSetting(typography=self.house.typography.headline)
        words = self.typesetter.prose(self.release.subhead, "subhead", setting)
        return Paragraph(id=self.ids.mint("subhead", to_plain_text(words), "subhead"), path="subhead", words=words)

    def _dateline(self) -> Words:
        phrase, release = self.voice.wording.dateline, self.release
        if phrase is None:
            return ()
        if release.place is None:
            self.typesetter.fault("C05", f"{self.voice.name} prints a dateline: add `place`", "")
        if self.dated is None:
            self.typesetter.fault("C05", f"{self.voice.name} prints a dateline: add `publish` to the times", "times")
        if release.place is None or self.dated is None:
            return ()
        names = {"place": ("place", release.place), "dated": ("times", self.dated)}
        return self.typesetter.phrase(phrase, self.voice.at("wording.dateline"), "dateline", names, open_end=True)

    def _end(self) -> EndMark | None:
        text, path = self.voice.wording.end, self.voice.at("wording.end")
        if text is None:
            return None
        words = (make_piece(text, "end mark"),)
        return EndMark(id=self.ids.mint("end", text, path), path=path, words=words)

    def _heading(self, text: str | None, path: str) -> Heading | None:
        if text is None:
            return None
        words = self._standing(text, path)
        return Heading(
            id=self.ids.mint("heading", to_plain_text(words), path), path=path, words=words, level=HEADING_LEVEL
        )

    def _standing(self, text: str, path: str) -> Words:
        return self.typesetter.prose(text, path, self.prose)

    def _notes(self) -> Iterator[Note]:
        for number, note in enumerate(self.release.notes, 1):
            path = f"notes[{note.id}].text"
            words = self._standing(note.text, path)
            yield Note(
                id=self.ids.mint("note", to_plain_text(words), path), path=path, words=words, key=note.id, number=number
            )

    def _contact_lines(self, key: str) -> Iterator[Words]:
        names = list_person_fields(key, self.release.people[key])
        for index, phrase in enumerate(self.voice.wording.contact):
            words = self.typesetter.phrase(phrase, self.voice.at(f"wording.contact[{index}]"), "contact wording", names)
            if "{{" not in phrase or any(isinstance(piece.origin, Field) for piece in words):
                yield words

    def _contact_notes(self) -> Iterator[Note]:
        for number, key in enumerate(self.release.contacts, len(self.release.notes) + 1):
            lines = list(self._contact_lines(key))
            spaces = [(make_piece(" ", "contact wording"),)] * (len(lines) - 1)
            words = tuple(piece for pair in zip(lines, [*spaces, ()], strict=False) for part in pair for piece in part)
            path = f"contacts[{number - len(self.release.notes) - 1}]"
            yield Note(
                id=self.ids.mint("note", to_plain_text(words), path),
                path=path,
                words=words,
                key=f"contact-{key}",
                number=number,
            )

    def _contacts(self) -> Iterator[Contact]:
        for index, key in enumerate(self.release.contacts):
            path = f"contacts[{index}]"
            lines = tuple(
                Paragraph(id=self.ids.mint("contact", to_plain_text(words), f"{path}.{line}"), path=path, words=words)
                for line, words in enumerate(self._contact_lines(key))
            )
            yield Contact(id=self.ids.mint("contact", "", path), path=path, lines=lines)

    def _boilerplate(self) -> Iterator[Heading | Paragraph]:
        """Yield the sections about the partners, and then about the house."""
        own = [(f"boilerplate[{index}]", section) for index, section in enumerate(self.release.boilerplate)]
        house = enumerate(self.voice.boilerplate)
        for path, section in (*own, *((self.voice.at(f"boilerplate[{index}]"), section) for index, section in house)):
            if heading := self._heading(section.heading, f"{path}.heading"):
                yield heading
            single = isinstance(section.text, str)
            for line, text in enumerate([section.text] if isinstance(section.text, str) else section.text):
                where = f"{path}.text" if single else f"{path}.text[{line}]"
                words = self._standing(text, where)
                yield Paragraph(id=self.ids.mint("paragraph", to_plain_text(words), where), path=where, words=words)

    def banner(self, variant: Variant) -> Iterator[Banner]:
        """Yield the lines that say when the release may be used."""
        wording, embargo = self.voice.wording, self.moments.embargo
        if embargo is None:
            lines = [(wording.immediate, self.voice.at("wording.immediate"))]
        elif variant is Variant.PUBLIC:
            lines = [(wording.lifted, self.voice.at("wording.lifted"))]
        else:
            lines = [(text, self.voice.at(f"wording.embargo[{index}]")) for index, text in enumerate(wording.embargo)]
        names: dict[str, tuple[str, object]] = {"embargo": ("times.embargo", embargo)}
        for text, path in lines:
            if text is not None:
                words = self.typesetter.phrase(text, path, "banner", names)
                yield Banner(id=self.ids.mint("banner", to_plain_text(words), path), path=path, words=words)
