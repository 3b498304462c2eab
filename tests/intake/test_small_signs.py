"""Small signs that an office prints round its text: a greeting, a state, the point after a date, a line of asking."""

from __future__ import annotations

import pytest

from intake.drafts import draft_of, loaded, lost, written

LEAD = "The ferry to Osier Island will run on Sundays from next spring, for the first time in forty years."
QUIET = "Sunday sailings come back to Osier Island"


@pytest.mark.parametrize(
    "greeting",
    ["Dear editor,", "Hello all,", "Dear Ms Quill:", "Sehr geehrte Damen und Herren,", "Madame, Monsieur,", "Hi!"],
)
def test_a_greeting_is_no_headline(greeting: str) -> None:
    text = f"{greeting}\n\n{QUIET}\n\n{LEAD}\n"
    draft = draft_of(text)

    assert draft.headline == QUIET
    assert lost(text.encode(), written(draft)) == []


def test_a_headline_that_begins_like_a_greeting_stays_one() -> None:
    assert draft_of(f"Dear diary: island children write a book\n\n{LEAD}\n").headline.startswith("Dear diary")


@pytest.mark.parametrize(
    ("line", "place", "language", "zone"),
    [
        ("OSIER, Mich., March 4, 2025 — ", "OSIER, Mich.", "en-US", "America/New_York"),
        ("OSIER, Minn., March 4, 2025 — ", "OSIER, Minn.", "en-US", "America/Chicago"),
        ("OSIER, Ariz. — ", "OSIER, Ariz.", "en-US", "America/Phoenix"),
        ("Osier, 4 March 2025. ", "Osier", "en-GB", "Europe/London"),
        ("OSIER, 4 March 2025 – ", "OSIER", "en-GB", "Europe/London"),
    ],
)
def test_the_place_tells_language_and_zone(line: str, place: str, language: str, zone: str) -> None:
    draft = draft_of(f"{QUIET}\n\n{line}{LEAD}\n")
    read = loaded(draft).release

    assert (draft.place, draft.language, read.times.zone) == (place, language, zone)


def test_a_sentence_with_a_year_before_its_point_is_no_dateline() -> None:
    assert draft_of(f"{QUIET}\n\nThe last one sailed in 1985. {LEAD}\n").place == ""


def test_american_dates_and_numbers_make_an_american_release() -> None:
    text = f"March 4, 2025\n\n{QUIET}\n\n{LEAD}\n\nContact: Lena Marsh, (312) 555-0148\n"

    assert draft_of(text).language == "en-US"


@pytest.mark.parametrize(
    "asking",
    [
        "For more information, interviews or pictures contact:",
        "For further information, images and footage, please contact:",
        "For interviews, photographs or filming please call:",
    ],
)
def test_a_line_that_asks_to_ask_leaves_nothing_over(asking: str) -> None:
    draft = draft_of(f"{QUIET}\n\n{LEAD}\n\nENDS\n\n{asking}\nLena Marsh, 01632 960 148, lena@osier.example\n")

    assert [each.name for each in draft.people.values()] == ["Lena Marsh"]
    assert draft.unplaced == ()
