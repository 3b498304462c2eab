"""Where each paragraph of a returned file came from, and by which rule that is known."""

from __future__ import annotations

from pressgen.model.export import ExportedBlock
from pressgen.model.words import Piece, Source
from pressgen.review.accept_reject import accept_all_changes
from pressgen.review.char_alignment import CharacterTrace, Position
from pressgen.review.paragraph_origins import (
    Origin,
    OriginReason,
    find_joins,
    find_origins,
    find_origins_by_place,
    find_origins_by_replacement,
    find_origins_by_words,
)
from pressgen.review.word_model import Character, TrackedChange, WordDocument, WordParagraph

NEW = TrackedChange(1, "insert", "Ann", "2026-11-20T10:00:00Z")
GONE = TrackedChange(2, "delete", "Ann", "2026-11-20T10:00:00Z")

Run = tuple[str, Position | None, TrackedChange | None, TrackedChange | None]
"""Text, the place of its first character in the sent texts, and who inserted and deleted it."""


def kept(text: str, sent: int, offset: int = 0) -> Run:
    return text, Position(sent, offset), None, None


def trace_of(sent: list[str], *paragraphs: list[Run]) -> CharacterTrace:
    """The trace of a file with these paragraphs."""
    blocks = [
        ExportedBlock(
            id=f"a{number}", path=f"body[{number}]", kind="paragraph", part="body",
            words=(Piece(text=text, origin=Source(f"body[{number}]", 0, len(text))),),
        )
        for number, text in enumerate(sent)
    ]  # fmt: skip
    read, coordinates = [], []
    for runs in paragraphs:
        one, row = WordParagraph("body"), list[Position | None]()
        for text, place, inserted, struck in runs:
            one.characters += [Character(each, inserted, struck) for each in text]
            row += [place and Position(place.sent, place.offset + at) for at in range(len(text))]
        read.append(one)
        coordinates.append(row)
    return CharacterTrace(blocks, WordDocument(read, [], [], {}, {}, [], []), coordinates)


def test_a_paragraph_comes_from_the_texts_whose_words_it_contains_in_their_order() -> None:
    trace = trace_of(["Otters", "Bridges"], [kept("Bridges", 1), kept("Otters", 0)])
    texts = accept_all_changes(trace.file)

    assert list(find_origins_by_words(trace, texts)) == [
        Origin(0, 1, OriginReason.WORDS), Origin(0, 0, OriginReason.WORDS)
    ]  # fmt: skip


def test_stray_words_of_a_text_count_as_typed_where_they_are() -> None:
    trace = trace_of(
        ["Otters return to the river", "Bridges"],
        [kept("Otters return to ", 0)], [kept("Bridges", 1)], [kept("the river", 0, 17)],
    )  # fmt: skip
    texts = accept_all_changes(trace.file)

    assert find_origins(trace, texts) == [[0], [1], []]
    assert trace.coordinates[2] == [None] * len("the river")


def test_a_text_that_goes_on_in_the_next_paragraph_is_the_origin_of_both() -> None:
    trace = trace_of(["Otters return"], [kept("Otters ", 0)], [kept("return", 0, 7)])

    assert find_origins(trace, accept_all_changes(trace.file)) == [[0], [0]]


def test_new_words_that_replace_a_deleted_text_come_from_it() -> None:
    trace = trace_of(["Otters"], [("Otters", Position(0, 0), None, GONE), ("Beavers", None, NEW, None)])
    texts = accept_all_changes(trace.file)

    assert list(find_origins_by_words(trace, texts)) == []
    assert list(find_origins_by_replacement(trace, texts, [])) == [Origin(0, 0, OriginReason.REPLACEMENT)]


def test_a_paragraph_in_the_place_of_a_missing_text_comes_from_it() -> None:
    trace = trace_of(["Otters"], [("Beavers", None, None, None)])
    trace.home[0] = 0
    texts = accept_all_changes(trace.file)

    assert list(find_origins_by_place(trace, texts, [])) == [Origin(0, 0, OriginReason.PLACE)]
    known = [Origin(1, 0, OriginReason.WORDS)]
    assert list(find_origins_by_place(trace, texts, known)) == []


def test_texts_that_share_a_paragraph_are_joined() -> None:
    assert find_joins([[0, 1], [2], [], [3, 4, 5]]) == [(0, 1), (3, 4), (4, 5)]
