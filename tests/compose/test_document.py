"""What a release becomes in the words of its house."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pressgen.errors import InputError
from pressgen.model.artifact import Variant
from pressgen.model.document import Document, Listing, PullQuote, Table, iter_leaves

if TYPE_CHECKING:
    from conftest import Composed


def texts(document: Document) -> list[str]:
    """The text of every leaf of the body."""
    return [str(leaf) for leaf in iter_leaves(document.body)]


def test_a_speaker_is_introduced_in_full_once_and_shortly_afterwards(composed: Composed) -> None:
    quotes = [{"quote": {"by": "ray", "words": "It holds."}}, {"quote": {"by": "ray", "words": "It will."}}]

    assert texts(composed(body=quotes)) == [
        "Chief Engineer Dr Ada Ray said: “It holds.”",
        "Dr Ray said: “It will.”",
    ]


def test_a_person_with_no_later_name_keeps_the_full_one(composed: Composed) -> None:
    quotes = [{"quote": {"by": "oh", "words": "Yes."}}, {"quote": {"by": "oh", "words": "No.", "verb": "added"}}]

    assert texts(composed(body=quotes))[1] == "Min Oh added: “No.”"


def test_a_missing_role_leaves_no_gap(composed: Composed) -> None:
    people = {"ray": {"name": "Dr Ada Ray"}}

    found = composed(people=people, body=[{"quote": {"by": "ray", "words": "Yes."}}])

    assert texts(found) == ["Dr Ada Ray said: “Yes.”"]


def test_the_opening_mark_stands_on_every_paragraph_and_the_closing_mark_on_the_last(composed: Composed) -> None:
    found = composed(body=[{"quote": {"by": "ray", "words": ["One.", "Two.", "Three."]}}])

    assert texts(found) == ["Chief Engineer Dr Ada Ray said: “One.", "“Two.", "“Three.”"]


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("fr", ["Chief Engineer Dr Ada Ray said: «\u00a0One.", "«\u00a0Two.\u00a0»"]),
        ("de", ["Chief Engineer Dr Ada Ray said: „One.", "„Two.“"]),
        ("es", ["Chief Engineer Dr Ada Ray said: «One.", "»Two.»"]),
    ],
)
def test_the_marks_of_a_quotation_are_the_languages(composed: Composed, language: str, shown: list[str]) -> None:
    assert texts(composed(language=language, body=[{"quote": {"by": "ray", "words": ["One.", "Two."]}}])) == shown


def test_straight_marks_within_a_quotation_become_the_second_marks(composed: Composed) -> None:
    found = composed(body=[{"quote": {"by": "ray", "words": 'They call it "the snake".'}}])

    assert texts(found) == ["Chief Engineer Dr Ada Ray said: “They call it ‘the snake’.”"]


def test_notes_are_numbered_by_place_and_cited_by_id(composed: Composed) -> None:
    notes = [{"id": "one", "text": "First."}, {"id": "two", "text": "Second."}]

    found = composed(notes=notes, body=["See this.[^two]"])

    assert [(note.number, str(note)) for note in found.notes] == [(1, "First."), (2, "Second.")]
    assert [(piece.text, piece.note) for piece in next(iter(iter_leaves(found.body))).words] == [
        ("See this.", ""),
        ("2", "two"),
    ]


def test_the_contact_is_the_last_note_where_the_house_says_so(composed: Composed) -> None:
    wording = {"contact": ["Ask {{ role }} {{ name }} on {{ phone }} or {{ email }}", "(nights {{ out_of_hours }})"]}

    found = composed(house={"contacts": "note", "wording": wording}, contacts=["oh"])

    assert [str(note) for note in found.notes] == ["Ask Press Officer Min Oh on 01632 960000 or min@example.org"]
    assert found.contacts == ()


def test_a_contact_block_leaves_out_lines_that_say_nothing(composed: Composed) -> None:
    found = composed(contacts=["oh"])

    assert [str(line) for line in found.contacts[0].lines] == ["Min Oh", "01632 960000", "min@example.org"]


def test_an_address_in_a_contact_can_be_clicked(composed: Composed) -> None:
    assert composed(contacts=["oh"]).contacts[0].lines[2].words[0].href == "mailto:min@example.org"


@pytest.mark.parametrize(
    ("wall", "line"),
    [
        ("2019-05-08 00:01", "EMBARGOED UNTIL 00:01 BST ON 8 MAY 2019"),
        ("2019-01-08 00:00", "EMBARGOED UNTIL 00:00 GMT ON 8 JANUARY 2019"),
        ("2024-02-29 01:30", "EMBARGOED UNTIL 01:30 GMT ON 29 FEBRUARY 2024"),
    ],
)
def test_the_banner_prints_the_one_instant(composed: Composed, wall: str, line: str) -> None:
    found = composed(times={"zone": "Europe/London", "embargo": wall})

    assert [str(each) for each in found.banner] == [line]


def test_the_doubled_hour_names_the_reading_that_is_meant(composed: Composed) -> None:
    times = {"zone": "Europe/London", "embargo": "2019-10-27 01:30", "fold": "second"}

    assert str(composed(times=times).banner[0]) == "EMBARGOED UNTIL 01:30 GMT ON 27 OCTOBER 2019"


def test_the_public_twin_differs_in_its_banner_and_variant_only(composed: Composed) -> None:
    """The lift must change nothing that was approved."""
    embargoed, public = composed(Variant.EMBARGOED), composed(Variant.PUBLIC)

    differing = {name for name in Document.__slots__ if getattr(embargoed, name) != getattr(public, name)}

    assert differing == {"variant", "banner"}
    assert public.banner == ()


def test_a_house_may_print_a_line_when_there_is_no_embargo(composed: Composed) -> None:
    found = composed(house={"wording": {"immediate": "FOR IMMEDIATE RELEASE"}}, times={"zone": "Europe/London"})

    assert [str(line) for line in found.banner] == ["FOR IMMEDIATE RELEASE"]


def test_the_dateline_stands_before_the_lead(composed: Composed) -> None:
    wording = {"dateline": "{{ place }}, {{ dated | date('MMM d, y') }} — "}

    found = composed(house={"wording": wording}, language="en-US", place="DENVER", body=["It opened.", "It closed."])

    assert texts(found) == ["DENVER, May 8, 2019 — It opened.", "It closed."]


def test_a_house_with_a_dateline_needs_place_and_day(composed: Composed) -> None:
    with pytest.raises(InputError) as refusal:
        composed(house={"wording": {"dateline": "{{ place }} — "}}, times={"zone": "Europe/London"})

    assert [problem.message for problem in refusal.value.problems] == [
        "Bridge Board prints a dateline: add `place`",
        "Bridge Board prints a dateline: add `publish` to the times",
    ]


def test_the_headline_stays_as_typed_where_the_house_says_so(composed: Composed) -> None:
    assert str(composed(headline="A 'good' day").headline) == "A ‘good’ day"
    assert str(composed(house={"typography": {"headline": False}}, headline="A 'good' day").headline) == "A 'good' day"


def test_white_space_of_the_file_is_one_space(composed: Composed) -> None:
    assert texts(composed(body=["  one\ntwo   three\n"])) == ["one two three"]


def test_a_no_break_space_stays(composed: Composed) -> None:
    assert texts(composed(body=["one\u00a0two"])) == ["one\u00a0two"]


def test_a_figure_prints_where_prose_names_it(composed: Composed) -> None:
    assert texts(composed(body=["Nearly {{ facts.cars | nearest(1000) }} cars, *{{ facts.cars }}* today."])) == [
        "Nearly 4,000 cars, 3,930 today."
    ]


def test_the_time_of_the_embargo_prints_as_the_house_writes_it(composed: Composed) -> None:
    assert texts(composed(body=["From {{ times.embargo }}."])) == ["From Wednesday 08 May 00.01."]


def test_lists_nest_and_keep_their_order(composed: Composed) -> None:
    items = ["one", {"text": "two", "ordered": "true", "items": ["three"]}]

    found = composed(body=[{"list": {"ordered": "true", "items": items}}]).body[0]

    assert isinstance(found, Listing)
    assert found.ordered
    assert [str(leaf) for leaf in iter_leaves([found])] == ["one", "two", "three"]
    assert found.items[1].ordered
    assert found.items[1].items[0].path == "body[0].list.items[1].items[0]"


def test_findings_show_their_rating_with_its_place_on_the_scale(composed: Composed) -> None:
    findings = {
        "scale": ["Good", "Poor"],
        "items": [{"id": "a", "subject": "Deck", "rating": "Poor"}, {"id": "b", "subject": "Arch", "rating": "Good"}],
    }

    found = composed(findings=findings, body=[{"findings": "all"}]).body[0]

    assert isinstance(found, Table)
    assert [[(str(cell), cell.rating) for cell in row] for row in found.rows] == [
        [("Deck", 0), ("Poor", 2)],
        [("Arch", 0), ("Good", 1)],
    ]


def test_every_fault_is_told_at_once_with_its_place(composed: Composed) -> None:
    body = ["more than {{ facts.cars | nearest(1000) }}", "{{ facts.bikes }} and {{ facts.cars / 0 }}"]

    with pytest.raises(InputError) as refusal:
        composed(body=body, headline="{{ people.ray }}")

    assert refusal.value.lines() == [
        "body[0]:1:11: C02 “more than” needs another rounding: 4000 is not below the exact 3930",
        "body[1]:1:4: C01 there is no value called “facts.bikes”",
        "body[1]:1:26: C01 “facts.cars / 0” cannot be calculated: division by zero",
        "headline:1:3: C01 this is not a text, figure or time; name a part of it",
    ]


def test_a_figure_that_is_read_as_text_is_blamed_at_its_fact_alone(composed: Composed) -> None:
    facts = {"answers": {"value": "1,234"}, "share": {"value": "27%"}, "words": {"value": "nine in ten"}}
    body = ["{{ facts.answers | up(100) }}, {{ facts.answers | up(10) }}", "{{ facts.share * 2 }}",
            "{{ facts.words | up(10) }} of {{ facts.share }}"]  # fmt: skip

    with pytest.raises(InputError) as refusal:
        composed(body=body, facts=facts)

    assert refusal.value.lines() == [
        "body[2]:1:4: C01 “facts.words | up(10)” cannot be calculated: only a number can be rounded",
        "facts.answers.value:1:1: C01 the value of “answers” is a text, and cannot be calculated with: write 1234,"
        " without the comma",
        "facts.share.value:1:1: C01 the value of “share” is a text, and cannot be calculated with: write 27, and unit:"
        " per cent",
    ]


def test_a_filter_that_does_not_exist_is_named_beside_a_figure_that_is_read_as_text(composed: Composed) -> None:
    with pytest.raises(InputError) as refusal:
        composed(body=["{{ facts.answers | upp(100) }}"], facts={"answers": {"value": "1,234"}})

    assert refusal.value.lines() == ["body[0]:1:20: C01 there is no filter “upp”; did you mean “up”?"]


def test_ids_are_six_characters_and_none_is_used_twice(composed: Composed) -> None:
    found = composed(body=["Same.", "Same.", {"quote": {"by": "ray", "words": ["Same.", "Same."]}}])
    ids = [leaf.id for leaf in iter_leaves(found.blocks)]

    assert len(set(ids)) == len(ids)
    assert {len(each) for each in ids} == {6}
    assert all(each[0].isalpha() and each == each.lower() for each in ids)


def test_ids_do_not_depend_on_the_run(composed: Composed) -> None:
    """The anchors of a file sent last week must be those of the file built today."""
    assert composed().headline.id == "eaz6a4"


def test_a_pull_quote_has_the_words_between_marks(composed: Composed) -> None:
    said = {"quote": {"by": "ray", "words": "Why? It 'just' holds."}}
    quotation, pull = composed(body=[said, {"pull": {"by": "ray", "words": "It 'just' holds."}}]).body

    assert isinstance(pull, PullQuote)
    assert pull.speaker == "ray"
    assert str(pull)[0] + str(pull)[-1] == "“”"
    assert str(pull)[1:-1] in str(quotation)


def test_what_partners_say_of_themselves_stands_before_what_the_house_says_of_itself(composed: Composed) -> None:
    document = composed(
        house={"boilerplate": [{"heading": "About the Board", "text": "The Board builds bridges."}]},
        boilerplate=[{"heading": "About the Ferry", "text": ["It ran.", "It stopped."]}],
    )

    assert [block.path for block in document.boilerplate] == [
        "boilerplate[0].heading", "boilerplate[0].text[0]", "boilerplate[0].text[1]",
        "house.boilerplate[0].heading", "house.boilerplate[0].text",
    ]  # fmt: skip


def test_a_phrase_of_the_house_cannot_cite_a_note(composed: Composed) -> None:
    with pytest.raises(InputError, match="C03 a phrase of the house cannot cite a note"):
        composed(house={"wording": {"contact": ["{{ name }}[^count]"]}}, contacts=("oh",))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("It opened.[^count]", "body[0]:1:11: C03 there is no note “count”"),
        ("See [the plan](links.plan).", "body[0]:1:6: C04 “links.plan” is not the name of a link in this release"),
        ({"findings": "all"}, "body[0].findings:1:1: C07 there are no findings to show: add `findings` to the release"),
    ],
)
def test_what_the_body_names_but_the_release_lacks_is_refused(composed: Composed, body: object, told: str) -> None:
    with pytest.raises(InputError) as refusal:
        composed(body=[body])

    assert told in refusal.value.lines()
