"""The release: the facts that a press officer writes in `release.yaml`.

It has no presentation. One definition gives validation, the JSON Schema and the manual page of the format: the
docstrings and descriptions below are printed there. Every scalar is text until a field says otherwise.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from pressgen.model.acknowledgement import Acknowledgement
from pressgen.model.record import Email, Id, Language, Line, Prose, Record, Truth, WallTime
from pressgen.model.section import Section
from pressgen.model.unplaced import UnplacedText


class Person(Record):
    """Somebody who is quoted, or who answers questions."""

    name: Line = Field(description="The full name with its title, as printed the first time.")
    role: Line | None = Field(None, description="The office held, as printed before or after the name.")
    organisation: Line | None = Field(None, description="The body the person speaks for.")
    later: Line | None = Field(None, description="How the person is named after the first time; else the full name.")
    phone: Line | None = Field(None, description="Telephone number, as printed.")
    email: Email | None = Field(None, description="E-mail address.")
    out_of_hours: Line | None = Field(None, description="Telephone number outside office hours, as printed.")


class Fact(Record):
    """A figure, typed once and used in prose as `{{ facts.id }}`."""

    value: Line = Field(
        description="The exact figure in plain digits (`3930`, `40.5`), or words where it is no number."
    )
    unit: Line | None = Field(None, description="What is counted or measured.")
    of: Line | None = Field(None, description="What a percentage is a share of.")
    source: Line | None = Field(None, description="Where the figure comes from: a publication, or `note ID`.")
    as_of: Line | None = Field(None, description="The day or period that the figure describes.")


class ReleaseFinding(Record):
    """One judgement on the scale."""

    id: Id = Field(description="Its name in expressions: `{{ findings.ID.rating }}`.")
    subject: Line = Field(description="What was judged.")
    rating: Line = Field(description="One of the words of the scale.")
    text: Prose | None = Field(None, description="A sentence that says why.")
    figures: tuple[Id, ...] = Field((), description="Ids of the facts that it rests on.")


class Findings(Record):
    """The judgements, and the scale that they are made on."""

    scale: tuple[Line, ...] = Field(min_length=2, description="The words of the scale, best first.")
    items: tuple[ReleaseFinding, ...] = Field(min_length=1, description="The judgements in the order they are printed.")


class Times(Record):
    """The times of a release, as wall-clock times in one zone."""

    zone: Line = Field(description="The IANA zone of every time below, such as `Europe/London`.")
    embargo: WallTime | None = Field(
        None, description="From when the release may be used. Absent: for immediate release."
    )
    issue: WallTime | None = Field(None, description="When it is sent to journalists; before the embargo.")
    publish: WallTime | None = Field(None, description="When the own web page shows it; not before the embargo.")
    fold: Literal["first", "second"] | None = Field(
        None, description="Which of the two is meant, only where a wall time occurs twice because clocks go back."
    )


class Quote(Record):
    """The words of a person, typed without marks and attribution."""

    by: Id = Field(description="The id of the speaker in `people`.")
    words: Prose | Annotated[tuple[Prose, ...], Field(min_length=1)] = Field(
        description="The words, a text a paragraph, without quotation marks round them."
    )
    verb: Line | None = Field(None, description="Instead of the house's “said”.")


class Pull(Record):
    """Words of a quotation, repeated in large type."""

    by: Id = Field(description="The id of the speaker, who says them in a `quote` of the body.")
    words: Prose = Field(description="The words, as they stand there, without quotation marks round them.")


class Entry(Record):
    """An entry of a list that has entries below it."""

    text: Prose = Field(description="The entry's own words.")
    ordered: Truth = Field(default=False, description="Whether the entries below are numbered.")
    items: tuple[Prose | Entry, ...] = Field((), description="The entries below it.")


class EntryList(Record):
    """A list in the body."""

    ordered: Truth = Field(default=False, description="Whether the entries are numbered; each list begins at 1.")
    items: tuple[Prose | Entry, ...] = Field(
        min_length=1, description="The entries: a text each, or `text` with `items`."
    )


class TableData(Record):
    """A table in the body."""

    caption: Prose | None = Field(None, description="What the table shows; printed above it.")
    header: tuple[Line, ...] = Field(min_length=1, description="The heading of each column.")
    rows: tuple[Annotated[tuple[str, ...], Field(min_length=1)], ...] = Field(
        min_length=1, description="The rows, with as many cells as the header."
    )


class Picture(Record):
    """A picture beside the release."""

    file: Line = Field(description="PNG or JPEG, a path relative to the release's folder.")
    alt: Line | None = Field(None, description="What it shows, for those who do not see it.")
    decorative: Line | None = Field(None, description="Instead of `alt`: why it carries no information.")
    caption: Prose | None = Field(None, description="Printed under it.")


class ChartRow(Record):
    """The figures of a group, a year or the like."""

    label: Annotated[str, StringConstraints(min_length=1, max_length=120)] = Field(description="Its name.")
    values: tuple[Line, ...] = Field(
        min_length=1, description="A figure for each series: the id of a fact, or plain digits (`40.5`)."
    )


class ChartData(Record):
    """Figures drawn as a chart, with the same figures as table."""

    kind: Literal["bar", "stacked", "line"] = Field(
        description="Bars side by side, bars whose parts make a whole, or a line over time."
    )
    caption: Prose = Field(description="What the chart shows; printed above it.")
    unit: Line = Field(description="What the figures count or measure; heads their column, or follows the caption.")
    labels: Line | None = Field(None, description="What the rows are, such as `Year`; heads their column.")
    series: tuple[Line, ...] = Field(
        (), max_length=4, description="The names of the series where there are several, up to four."
    )
    rows: tuple[ChartRow, ...] = Field(min_length=1, max_length=60, description="The figures, row by row.")
    alt: Line | None = Field(
        None, description="What the chart shows, for those who do not see it; absent: the figures in words."
    )


class FindingsTable(Record):
    """The findings as a table."""

    caption: Prose | None = Field(None, description="Printed above the table.")
    only: tuple[Id, ...] = Field((), description="The ids of the findings to show; absent: all, in their order.")


class HeadingBlock(Record):
    """`heading`: a heading within the body."""

    heading: Prose


class QuoteBlock(Record):
    """`quote`: the words of a person."""

    quote: Quote


class PullBlock(Record):
    """`pull`: a pull quote."""

    pull: Pull


class ListBlock(Record):
    """`list`: bulleted or numbered entries."""

    list: EntryList | Annotated[tuple[Prose | Entry, ...], Field(min_length=1)]


class FindingsBlock(Record):
    """`findings`: the table of findings; `findings: all` shows every one."""

    findings: Literal["all"] | FindingsTable


class TableBlock(Record):
    """`table`: a table."""

    table: TableData


class ImageBlock(Record):
    """`image`: a picture."""

    image: Picture


class ChartBlock(Record):
    """`chart`: figures as a picture and as a table."""

    chart: ChartData


KINDS: dict[str, type[Record]] = {
    "heading": HeadingBlock,
    "quote": QuoteBlock,
    "pull": PullBlock,
    "list": ListBlock,
    "findings": FindingsBlock,
    "table": TableBlock,
    "image": ImageBlock,
    "chart": ChartBlock,
}


def find_block_kind(value: Any) -> str | None:  # noqa: ANN401 - whatever the file holds
    """Return the kind of a body value: `text`, one of `KINDS`, None."""
    if isinstance(value, str):
        return "text"
    keys = value if isinstance(value, dict) else type(value).model_fields if isinstance(value, Record) else ()
    return next((key for key in keys if key in KINDS), None)


BodyBlock = Annotated[
    Annotated[Prose, Tag("text")]
    | Annotated[HeadingBlock, Tag("heading")]
    | Annotated[QuoteBlock, Tag("quote")]
    | Annotated[PullBlock, Tag("pull")]
    | Annotated[ListBlock, Tag("list")]
    | Annotated[FindingsBlock, Tag("findings")]
    | Annotated[TableBlock, Tag("table")]
    | Annotated[ImageBlock, Tag("image")]
    | Annotated[ChartBlock, Tag("chart")],
    Discriminator(find_block_kind),
]


class NoteText(Record):
    """A note to editors, numbered by its position."""

    id: Id = Field(description="By which prose cites it: `[^ID]`.")
    text: Prose = Field(description="The note.")


class Link(Record):
    """A page or a report that the release points to."""

    id: Id = Field(description="Its name in expressions: `{{ links.ID.url }}`.")
    title: Line = Field(description="What it is called.")
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] = Field(description="Its address.")
    available: WallTime | None = Field(None, description="From when it is public; not after the embargo.")


class Attachment(Record):
    """A file to send along."""

    file: Line = Field(description="A path relative to the release's folder.")
    title: Line = Field(description="What it is called.")


class Release(Record):
    """One announcement."""

    reference: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$", max_length=60)] = Field(
        description="The release's own reference, unique in the office."
    )
    house: Id = Field(description="The folder under `templates/` whose wording and design it wears.")
    language: Language | None = Field(None, description="BCP 47, such as `en-GB`; absent: the house's.")
    headline: Prose = Field(description="The headline.")
    subhead: Prose | None = Field(None, description="A line under the headline.")
    summary: Prose | None = Field(None, description="One or two sentences for listings and file properties.")
    place: Line | None = Field(None, description="Where it is issued, for the dateline of houses that print one.")
    times: Times = Field(description="When it is sent, may be used, and is published.")
    audience: Literal["press", "named", "nobody"] = Field(
        "press", description="Who may have it before the lift: the press, only listed people, or nobody."
    )
    people: dict[Id, Person] = Field(default_factory=dict, description="Speakers and contacts, by id.")
    terms: dict[Line, Line] = Field(default_factory=dict, description="Acronyms and what they stand for.")
    facts: dict[Id, Fact] = Field(default_factory=dict, description="Figures, by id.")
    findings: Findings | None = Field(None, description="Judgements on a scale.")
    body: tuple[BodyBlock, ...] = Field(
        min_length=1, description="The text, block by block; the first paragraph is the lead."
    )
    notes: tuple[NoteText, ...] = Field((), description="Notes to editors.")
    contacts: tuple[Id, ...] = Field((), description="Ids of the people whom journalists may ask.")
    boilerplate: tuple[Section, ...] = Field((), description="What partners say of themselves; before the house's.")
    links: tuple[Link, ...] = Field((), description="Pages and reports that the release points to.")
    attachments: tuple[Attachment, ...] = Field((), description="Files to send along.")
    accept: tuple[Acknowledgement, ...] = Field((), description="Warnings of `pressgen check` that may stand.")
    unplaced: tuple[UnplacedText, ...] = Field((), description="Words of an imported release without a place.")
