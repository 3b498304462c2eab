"""A made-up release as a Document, with every kind of block in it, for the tests of the renderers."""

# ruff: noqa: ANN401 - any field of any kind may be replaced

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pressgen.model.document import (
    Banner,
    Caption,
    Cell,
    Chart,
    Contact,
    Document,
    EndMark,
    Figure,
    Heading,
    Item,
    Leaf,
    Listing,
    Note,
    Paragraph,
    PullQuote,
    Quotation,
    Table,
    Variant,
)
from pressgen.model.edition import Edition
from pressgen.model.house import Attribution, House, HouseFolder, Wording
from pressgen.model.moment import Moment
from pressgen.model.words import Field, GeneratedText, Piece, Source, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

L = TypeVar("L", bound=Leaf)
EMBARGO = Moment(datetime(2031, 3, 12, 0, 1, tzinfo=UTC), "Europe/London")


def ident(path: str) -> str:
    """An id as compose makes them: six characters, first a letter, stable for a path."""
    return "q" + blake2b(path.encode(), digest_size=4).hexdigest()[:5]


def piece(text: str, path: str = "headline", **dress: Any) -> Piece:
    """A piece typed at `path`."""
    return Piece(text=text, origin=Source(path, 0, len(text)), **dress)


def words(path: str, *texts: str | Piece) -> Words:
    """Pieces typed at `path`, plain where only a text is given."""
    return tuple(text if isinstance(text, Piece) else piece(text, path) for text in texts)


def leaf(kind: type[L], path: str, *texts: str | Piece, **rest: Any) -> L:
    """A block of `kind` at `path`."""
    return kind(id=ident(path), path=path, words=words(path, *texts), **rest)


def grid(path: str, caption: str | None, rows: list[list[str]], **rest: Any) -> Table:
    """A table; its first row is the header; digits are numeric, rating words carry their place on the scale."""
    scale = {"Strong": 1, "Sound": 2, "Weak": 3}
    cells = [
        tuple(
            leaf(Cell, f"{path}.rows[{y}][{x}]", text, rating=scale.get(text, 0), numeric=text.isdigit())
            for x, text in enumerate(row)
        )
        for y, row in enumerate(rows)
    ]
    title = None if caption is None else leaf(Caption, f"{path}.caption", caption)
    return Table(id=ident(path), path=path, caption=title, header=cells[0], rows=tuple(cells[1:]), **rest)


def chart(path: str, kind: Literal["bar", "stacked", "line"], rows: list[list[str]]) -> Chart:
    """A chart of the figures of a table; its first row names the series."""
    table = grid(f"{path}.rows", None, rows)
    return Chart(
        id=ident(path),
        path=path,
        kind=kind,
        alt=f"A chart of {kind} kind, 2029 to 2031",
        caption=leaf(Caption, f"{path}.caption", f"Pupils of the harbour schools, {kind}"),
        table=table,
        values=tuple(tuple(Decimal(str(cell)) for cell in row[1:]) for row in table.rows),
    )


def png(width: int, height: int) -> bytes:
    """A picture in one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x2e\x6f\x8e" * width) * height
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


MEDIA: Mapping[str, bytes] = {"pictures/workshop.png": png(640, 360), "pictures/rule.png": png(600, 12)}


def sample(**changes: Any) -> Document:
    """A release of a body that does not exist, with every kind of block; `changes` replace fields of the Document."""
    return replace(_sample(), **changes)


def charted() -> Document:
    """A release with a chart of every kind."""
    charts = (
        chart("body[12].chart", "bar", [["Harbour", "Pupils"], ["Northquay", "140"], ["Saltmere & Wick", "252.5"]]),
        chart("body[13].chart", "stacked", [["", "Girls", "Boys"], ["Northquay", "40", "100"], ["Wick", "2", "90"]]),
        chart("body[14].chart", "line", [["Year", "Girls", "Boys"], ["of 2030", "40", "100"], ["of 2031", "52", "90"]]),
    )
    return sample(body=(*_opening(), *charts, leaf(Paragraph, "body[15]", "So it stands.")))


def public(document: Document) -> Document:
    """The public twin: no banner, all else alike."""
    return replace(document, variant=Variant.PUBLIC, banner=())


def reviewed(document: Document) -> Document:
    """The review copy."""
    return replace(document, variant=Variant.REVIEW, edition=Edition("7f3a9c12e04b"))


def _sample() -> Document:
    return Document(
        slug="harbour-tuition",
        reference="IHE-2031-014",
        language="en-GB",
        publisher="Inspectorate of Harbour Education",
        summary="",
        variant=Variant.EMBARGOED,
        embargo=EMBARGO,
        dated=EMBARGO,
        banner=(
            leaf(Banner, "house.wording.embargo[0]", "EMBARGOED until 00:01 on Wednesday 12 March 2031"),
            leaf(Banner, "house.wording.embargo[1]", "Not for publication, broadcast or posting before this time."),
        ),
        headline=leaf(
            Heading, "headline", "Harbour schools teach navigation well, but too few girls take part", level=1
        ),
        subhead=leaf(Paragraph, "subhead", "Four in ten classes are still without a trained instructor"),
        body=(*_opening(), *_middle(), *_closing()),
        end=leaf(EndMark, "house.wording.end", "ENDS"),
        notes_heading=leaf(Heading, "house.wording.notes", "Notes to editors", level=2),
        notes=_notes(),
        boilerplate=(
            leaf(Heading, "house.boilerplate[0].heading", "About the Inspectorate", level=2),
            leaf(
                Paragraph,
                "house.boilerplate[0].text",
                "The Inspectorate of Harbour Education judges how well the coast’s schools teach seamanship.",
            ),
        ),
        contacts_heading=leaf(Heading, "house.wording.contacts", "Media contact", level=2),
        contacts=(
            Contact(
                id=ident("contacts[0]"),
                path="contacts[0]",
                lines=(
                    leaf(Paragraph, "contacts[0].lines[0]", piece("Wren Adeyemi", strong=True), ", press officer"),
                    leaf(Paragraph, "contacts[0].lines[1]", piece("01632 960 114", href="tel:+441632960114")),
                    leaf(
                        Paragraph,
                        "contacts[0].lines[2]",
                        piece("press@harbour.example", href="mailto:press@harbour.example"),
                    ),
                ),
            ),
        ),
    )


def _opening() -> tuple[Paragraph | Quotation | Heading, ...]:
    role = Piece(text="Chief Inspector Ines Okafor said: ", origin=GeneratedText("attribution"))
    mark = Piece(text="“", origin=GeneratedText("opening quotation mark"))
    count = Piece(text="almost 40", origin=Field("facts.classes", "nearest(10)", Source("body[0]", 20, 52)))
    return (
        leaf(
            Paragraph,
            "body[0]",
            "Inspectors visited ",
            count,
            " classes",
            Piece(text="1", origin=GeneratedText("citation"), note="visits"),
            " in R&D-led schools; fewer than <5% were judged ",
            piece("outstanding", emphasis=True),
            ", says ",
            piece("the report", href="https://harbour.example/report?a=1&b=2"),
            ".",
        ),
        leaf(
            Quotation,
            "body[1].quote.words[0]",
            role,
            mark,
            "Children here learn to read the sea before they read a map, and it shows.",
            speaker="okafor",
            first=True,
            last=False,
        ),
        leaf(
            Quotation,
            "body[1].quote.words[1]",
            mark,
            "But a girl who asks for the tiller should be given it.”",
            speaker="okafor",
            first=False,
            last=True,
        ),
        leaf(Heading, "body[2].heading", "What inspectors found", level=2),
    )


def _middle() -> tuple[Table | Paragraph | Heading | Listing, ...]:
    findings = [
        ["Area", "Rating", "Why"],
        ["Teaching at sea", "Strong", "Instructors know their pupils and their water."],
        ["Teaching ashore", "Sound", "Lessons are planned, though not always finished."],
        ["Who takes part", "Weak", "One pupil in five is a girl."],
    ]
    numbers = [["Harbour", "Classes", "Trained"], ["Northquay", "14", "9"], ["Saltmere", "25", "11"]]
    return (
        grid("body[3].findings", "How the inspectorate rates the service", findings, findings=True),
        leaf(Paragraph, "body[4]", "The inspectorate recommends, without delay:"),
        Listing(
            id=ident("body[5].list"),
            path="body[5].list",
            ordered=True,
            items=(
                leaf(Item, "body[5].list.items[0]", "an instructor in every class;"),
                leaf(
                    Item,
                    "body[5].list.items[1]",
                    "places for all who ask, first of all",
                    ordered=True,
                    items=(
                        leaf(Item, "body[5].list.items[1].items[0]", "girls;"),
                        leaf(Item, "body[5].list.items[1].items[1]", "children from inland."),
                    ),
                ),
            ),
        ),
        leaf(Heading, "body[6].heading", "Figures at a glance", level=3),
        grid("body[7].table", None, numbers),
    )


def _closing() -> tuple[Listing | Paragraph | Figure | PullQuote, ...]:
    opening = Piece(text="“", origin=GeneratedText("opening quotation mark"))
    closing = Piece(text="”", origin=GeneratedText("closing quotation mark"))
    return (
        Listing(
            id=ident("body[8].list"),
            path="body[8].list",
            ordered=False,
            items=(
                leaf(
                    Item,
                    "body[8].list.items[0]",
                    "Boats are sound",
                    items=(leaf(Item, "body[8].list.items[0].items[0]", "oars less so"),),
                ),
                leaf(Item, "body[8].list.items[1]", "Jackets fit"),
            ),
        ),
        Figure(
            id=ident("body[9].image"),
            path="body[9].image",
            file="pictures/workshop.png",
            alt="Two pupils plane the keel of a dinghy in a workshop.",
            decorative=False,
            caption=leaf(Caption, "body[9].image.caption", "Pupils at Saltmere build the boats that they sail."),
        ),
        Figure(
            id=ident("body[10].image"),
            path="body[10].image",
            file="pictures/rule.png",
            alt="",
            decorative=True,
            caption=None,
        ),
        leaf(
            Paragraph,
            "body[11]",
            "A second visit",
            Piece(text="2", origin=GeneratedText("citation"), note="scale"),
            " follows.",
        ),
        leaf(
            Paragraph,
            "body[13]",
            "In Saltmere they call it ",
            piece("Ysgol yr Harbwr", language="cy"),
            ", and ",
            piece("l’école du vent", language="fr", emphasis=True),
            " across the water.",
        ),
        leaf(PullQuote, "body[12].pull.words", opening, "they see it.", closing, speaker="okafor"),
    )


def _notes() -> tuple[Note, ...]:
    return (
        leaf(Note, "notes[visits].text", "Inspectors visited in January 2031.", key="visits", number=1),
        leaf(
            Note,
            "notes[scale].text",
            "The scale is ",
            piece("Strong, Sound, Weak", strong=True),
            "; see ",
            piece("the handbook", href="https://harbour.example/handbook"),
            ".",
            key="scale",
            number=2,
        ),
    )


def house(**changes: Any) -> House:
    """The house of the sample release; `changes` replace its fields."""
    wording = Wording(
        embargo=("EMBARGOED until {{ embargo }}",), contact=("{{ name }}",), attribution=Attribution(), end="ENDS"
    )
    settings: dict[str, Any] = {"name": "Inspectorate of Harbour Education", "wording": wording} | changes
    return House(**settings)


def folder(files: Mapping[str, bytes], **changes: Any) -> HouseFolder:
    """The folder of the sample's house with `files` in it."""
    return HouseFolder("harbour", "templates/harbour", house(**changes), files)
