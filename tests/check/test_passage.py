"""Where a character of a passage was typed is found without a look at every piece before it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pressgen.check.passage import Kind, Passage
from pressgen.model.words import GeneratedText, Piece, Source, to_plain_text

TEXTS = st.lists(st.tuples(st.text("ab ", max_size=3), st.booleans()), max_size=8)


def passage(texts: list[tuple[str, bool]]) -> Passage:
    words = tuple(
        Piece(text=text, origin=Source("body[0]", 10 * at, 10 * at + len(text)) if typed else GeneratedText("mark"))
        for at, (text, typed) in enumerate(texts)
    )
    return Passage(Kind.PARAGRAPH, "body[0]", to_plain_text(words), words)


def placed(of: Passage) -> list[tuple[int, int, bool]]:
    """Where each piece begins and ends, and whether it was typed, counted from the first."""
    ends = [sum(len(each.text) for each in of.words[: at + 1]) for at in range(len(of.words))]
    return [
        (end - len(each.text), end, isinstance(each.origin, Source)) for each, end in zip(of.words, ends, strict=True)
    ]


@given(TEXTS, st.integers(0, 24), st.integers(0, 4))
def test_what_was_made_and_what_was_typed_is_told_as_a_look_at_all_pieces_tells(
    texts: list[tuple[str, bool]], start: int, size: int
) -> None:
    one, end = passage(texts), start + size

    assert one.is_made(start) == any(a <= start < b and not typed for a, b, typed in placed(one))
    assert one.is_literal(start, end) == any(a <= start and end <= b and typed for a, b, typed in placed(one))


@given(TEXTS, st.integers(0, 24))
def test_a_character_that_was_typed_is_told_where_it_was(texts: list[tuple[str, bool]], start: int) -> None:
    one = passage(texts)

    for at, (begins, ends, typed) in enumerate(placed(one)):
        if typed and begins <= start < ends:
            assert one.typed(start, start + 1) == ("body[0]", 10 * at + start - begins, 10 * at + start - begins + 1)
