"""What several editors did to one paragraph, told apart."""

from __future__ import annotations

from itertools import count

from pressgen.model.export import ExportedBlock
from pressgen.model.proposal import Proposal, ProposalKind
from pressgen.model.words import Piece, Source
from pressgen.review.word_model import Character, TrackedChange, WordDocument, WordParagraph
from pressgen.review.word_proposals import propose_from_word

HEADLINE, LEAD, QUOTE = (
    "Otters return to the Arrow",
    "The survey found forty-two otters.",
    "“We are glad,” said Ms Pell.",
)
SENT = (HEADLINE, LEAD, QUOTE)

Run = str | tuple[str, str] | tuple[str, str, str]
"""Text; with `+` and `-` the people who put it in and struck it, such as `("old", "-Ann")`."""


def block(number: int, text: str) -> ExportedBlock:
    words = (Piece(text=text, origin=Source(f"body[{number}]", 0, len(text))),)
    return ExportedBlock(id=f"a{number}", path=f"body[{number}]", kind="paragraph", part="body", words=words)


def told(*paragraphs: tuple[list[Run], str]) -> list[tuple[str, int, str, str, str]]:
    """What is told of a file of these paragraphs, each its runs and what was done to its end: kind, text, words, by."""
    numbers, revisions = count(1), dict[int, TrackedChange]()

    def revision(by: str) -> TrackedChange:
        number = next(numbers)
        revisions[number] = TrackedChange(
            number, "insert" if by[0] == "+" else "delete", by[1:], "2026-11-20T10:00:00Z"
        )
        return revisions[number]

    def changes(marks: tuple[str, ...]) -> tuple[TrackedChange | None, TrackedChange | None]:
        made = {by[0]: revision(by) for by in marks if by}
        return made.get("+"), made.get("-")

    read = []
    for runs, end in paragraphs:
        one = WordParagraph("body")
        for run in runs:
            text, *marks = (run,) if isinstance(run, str) else run
            hands = changes(tuple(marks))
            one.characters += [Character(each, *hands) for each in text]
        one.inserted, one.struck = changes((end,))
        read.append(one)
    file = WordDocument(read, [], [], revisions, {}, [], [])
    found = propose_from_word([block(number, text) for number, text in enumerate(SENT)], file)
    assert {number for each in found for number in each.revisions} == set(revisions)
    return [short(each) for each in found]


def short(each: Proposal) -> tuple[str, int, str, str, str]:
    return (
        each.kind.value,
        each.anchor if each.kind is ProposalKind.ADD else each.block,
        each.before,
        each.after,
        each.author,
    )


def test_a_moved_paragraph_keeps_its_place_in_the_data_when_another_strikes_words_of_it() -> None:
    found = told(
        ([HEADLINE], ""),
        ([(LEAD, "-Ann")], "-Ann"),
        ([QUOTE], ""),
        ([("The survey found ", "+Ann"), ("forty-two ", "+Ann", "-Bo"), ("otters.", "+Ann")], "+Ann"),
        ([""], ""),
    )

    assert found == [("edit", 1, "forty-two ", "", "Bo"), ("move", 1, "", "", "Ann")]


def test_words_that_are_missing_where_a_paragraph_was_put_are_struck_by_whoever_moved_it() -> None:
    found = told(
        ([(LEAD, "-Ann")], "-Ann"),
        ([HEADLINE], ""),
        ([QUOTE], ""),
        ([("The survey found otters.", "+Ann")], "+Ann"),
        ([""], ""),
    )

    assert ("edit", 1, "forty-two ", "", "Ann") in found


def test_words_typed_without_tracking_into_a_moved_paragraph_are_told_on_its_text() -> None:
    found = told(
        ([HEADLINE], ""),
        ([(LEAD, "-Ann")], "-Ann"),
        ([QUOTE], ""),
        ([("The survey found ", "+Ann"), "at least ", ("forty-two otters.", "+Ann")], "+Ann"),
        ([""], ""),
    )

    assert ("edit", 1, "", "at least ", "") in found
    assert ("move", 1, "", "", "Ann") in found


def test_a_new_paragraph_before_a_struck_one_is_new() -> None:
    found = told(
        ([HEADLINE], ""),
        ([("Nobody had counted before.", "+Ann")], "+Ann"),
        ([(LEAD, "-Bo")], ""),
        ([QUOTE], ""),
    )

    assert found == [("add", 0, "", "Nobody had counted before.", "Ann"), ("delete", 1, LEAD, "", "Bo")]


def test_a_paragraph_rewritten_after_it_was_joined_keeps_its_place_in_the_data() -> None:
    found = told(
        ([HEADLINE, (" ", "+Ann")], "-Ann"),
        ([(LEAD, "-Bo"), ("Forty-two were counted.", "+Bo")], ""),
        ([QUOTE], ""),
    )

    assert found == [
        ("edit", 0, "", " ", "Ann"),
        ("edit", 1, LEAD, "Forty-two were counted.", "Bo"),
        ("join", 1, "", "", "Ann"),
    ]


def test_the_half_of_a_split_paragraph_that_was_typed_anew_goes_on_with_the_other() -> None:
    found = told(
        ([HEADLINE], ""),
        (["The survey found "], "+Ann"),
        ([("forty-two otters.", "-Bo"), ("many.", "+Bo")], ""),
        ([QUOTE], ""),
    )

    assert ("split", 1, "", "\n", "Ann") in found
    assert ("edit", 1, "forty-two otters.", "many.", "Bo") in found


def test_words_replaced_without_tracking_are_one_change_and_not_one_between_two_blanks() -> None:
    found = told(([HEADLINE], ""), (["The survey counted at least otters."], ""), ([QUOTE], ""))

    assert found == [("edit", 1, "found forty-two", "counted at least", "")]


def test_a_short_line_typed_anew_between_its_neighbours_is_that_line() -> None:
    found = told(([HEADLINE], ""), (["The survey came to nothing"], ""), ([QUOTE], ""))

    assert {(kind, text) for kind, text, *_ in found} == {("edit", 1)}


def test_what_was_moved_by_one_and_struck_by_another_is_taken_out() -> None:
    found = told(
        ([HEADLINE], ""),
        ([(LEAD, "-Ann")], "-Ann"),
        ([QUOTE], ""),
        ([(LEAD, "+Ann", "-Bo")], "+Ann"),
        ([""], ""),
    )

    assert found == [("delete", 1, LEAD, "", "Bo")]


def test_what_follows_a_new_paragraph_with_untracked_words_in_it_is_left_as_it_is() -> None:
    found = told(
        ([HEADLINE], ""),
        ([("Nobody had ", "+Ann"), "ever ", ("counted them so well before.", "+Ann")], "+Ann"),
        ([LEAD], ""),
        ([QUOTE], ""),
    )

    assert found == [("add", 0, "", "Nobody had ever counted them so well before.", "Ann")]
