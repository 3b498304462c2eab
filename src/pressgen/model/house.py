"""The house: the wording and settings that all its releases share.

It is data, so that a new house needs no Python.

A *phrase* is text with `{{ … }}` in it, filled with the names that its description gives. Filters for moments: `date`,
`time`, `moment` (the house's patterns, or one given in brackets), `zone`, `utc`; for text: `upper`, `lower`. Patterns
are Unicode CLDR's (UTS 35): `EEEE d MMMM y`, `HH:mm`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from pressgen.model.record import Language, Line, Record, Truth
from pressgen.model.section import Section
from pressgen.model.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FileName = Annotated[str, StringConstraints(pattern=r"^[^/\\]+\.(ttf|otf)$")]


class FontFace(Record):
    """A font face in one file, as a package installs it."""

    family: Line = Field(description="What `release.css` calls it in its lists of families.")
    weight: Literal["normal", "bold"] = Field("normal", description="`bold` for the bold face of a family.")
    file: FileName = Field(description="Its file's name, such as `NotoSansArabic-Regular.ttf`; one face a file.")
    package: Line = Field(description="The Debian package that brings it.")
    letters: Annotated[tuple[Line, ...], Field(min_length=1)] = Field(
        description="For which letters it is wanted, by the first words of their names in Unicode: `ARABIC`, `CJK`."
    )

    def serves(self, characters: Iterable[str]) -> bool:
        """Return whether it is needed for one of `characters`."""
        names = tuple(each.upper() for each in self.letters)
        return any(unicodedata.name(each, "").startswith(names) for each in characters)


Digits = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]?$")]
Phrase = Annotated[str, Field(examples=["{{ role }} {{ name }} {{ verb }}: "])]


class Formats(Record):
    """The house's patterns for dates and times in prose."""

    date: Line = Field("d MMMM y", description="`{{ times.embargo | date }}`.")
    time: Line = Field("HH:mm", description="`{{ times.embargo | time }}`; 24-hour unless you say otherwise.")
    moment: Line = Field("EEEE d MMMM y, HH:mm", description="`{{ times.embargo }}`.")


class Attribution(Record):
    """The phrases that introduce a speaker.

    Names: `name`, `role`, `organisation`, `later`, `verb`.
    """

    first: Phrase = Field("{{ role }} {{ name }} {{ verb }}: ", description="The first time somebody speaks.")
    later: Phrase = Field("{{ later }} {{ verb }}: ", description="Every further time.")
    verb: Line = Field("said", description="The verb, unless the quotation has its own.")


class Wording(Record):
    """The house's words."""

    embargo: tuple[Phrase, ...] = Field(
        min_length=1,
        description="The banner's lines, the first repeated on every page. Name: `embargo`, the moment.",
    )
    lifted: Phrase | None = Field(None, description="The line in its place in the public twin; absent: none.")
    immediate: Phrase | None = Field(None, description="The line where there is no embargo at all; absent: none.")
    end: Line | None = Field(None, description="The mark that closes the text: `ENDS`, `###`.")
    notes: Line = Field("Notes to editors", description="The heading of the notes.")
    contacts: Line | None = Field(None, description="The heading of the contacts, where they are a block.")
    contact: tuple[Phrase, ...] = Field(
        min_length=1,
        description="A contact, a line each; a line none of whose names has a value is left out. "
        "Names: `name`, `role`, `organisation`, `phone`, `email`, `out_of_hours`.",
    )
    dateline: Phrase | None = Field(
        None,
        description="Before the lead: names `place`, `dated` (embargo, else publication, else issue). Absent: none.",
    )
    attribution: Attribution = Field(default_factory=Attribution, description="How speakers are introduced.")
    findings: tuple[Line, Line] = Field(
        ("Area", "Rating"), description="The two column headings of the findings table."
    )
    reasons: Line = Field("Why", description="Its third column heading, where a finding has a text.")


class Logo(Record):
    """The house's mark."""

    file: Line = Field(description="SVG, PNG or JPEG in the house's folder.")
    alt: Line = Field(description="What it says, for those who do not see it.")


class Typography(Record):
    """The texts that get typographic quotation marks and apostrophes.

    They are the language's own, in place of straight ones; dashes and spaces go with them.
    """

    headline: Truth = Field(
        default=True, description="`false` leaves headline and subhead as typed, as wire services want them."
    )
    prose: Truth = Field(default=True, description="`false` leaves all other text as typed.")


class HouseLanguage(Record):
    """The house's names, formats and words in another language."""

    name: Line | None = Field(None, description="The body's name; absent: as in the house's own language.")
    formats: Formats | None = Field(None, description="Patterns for dates and times; absent: the house's own.")
    wording: Wording = Field(description="The words.")
    boilerplate: tuple[Section, ...] = Field((), description="Standing sections, in their order.")


class Budget(Record):
    """The room that a release may take in the PDF.

    More is remarked on, with the field to shorten.
    """

    pages: Digits | None = Field(None, description="Pages; absent: as many as it takes.")
    headline_lines: Digits = Field("4", description="Lines of the headline.")


class House(Record):
    """One house: names, wording, style choices."""

    name: Line = Field(description="The body that issues the releases.")
    language: Language = Field("en-GB", description="The language of releases that name none.")
    zone: Line = Field("Europe/London", description="The IANA zone that `pressgen new` writes into a new release.")
    address: Line | None = Field(None, description="The body's web address, for templates: `{{ address }}`.")
    logo: Logo | None = Field(None, description="The mark at the head of page and PDF.")
    formats: Formats = Field(default_factory=Formats, description="Patterns for dates and times.")
    wording: Wording = Field(description="The words.")
    typography: Typography = Field(
        default_factory=Typography, description="Which texts are set with the language's marks."
    )
    contacts: Literal["note", "block"] = Field("block", description="Whether contacts are the last note, or a block.")
    boilerplate: tuple[Section, ...] = Field((), description="Standing sections, in their order.")
    faces: tuple[FontFace, ...] = Field((), description="Type faces of the machine, for scripts that `fonts/` lacks.")
    budget: Budget = Field(default_factory=Budget, description="How much room a release may take.")
    style: Style = Field(default_factory=Style, description="How it writes; what `pressgen check` looks at.")
    languages: dict[Language, HouseLanguage] = Field(
        default_factory=dict, description="What it says in other languages, for releases and translations in them."
    )


@dataclass(frozen=True, slots=True)
class HouseFolder:
    """A house with its files.

    Attributes:
        name: the folder's name under `templates/`.
        shown: the folder's path as messages show it, such as `templates/inspectorate`.
        files: the bytes of every file in it, by path relative to the folder with `/`, such as `fonts/Serif.ttf`.
    """

    name: str
    shown: str
    house: House
    files: Mapping[str, bytes] = field(repr=False)
